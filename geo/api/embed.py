"""Snippets: the HTML by which other pages show a map."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.attribution import shorten_hash
from geo.draw.web.embed import HEIGHT, RESIZE_HASH, draw_frame, draw_picture
from geo.draw.wording.catalogue import LANGUAGES
from geo.read.own_page import EmbeddedPage, read_page
from geo.write.files import write_files

__all__ = ["Snippets", "build_snippets"]


@dataclass(frozen=True)
class Snippets:
    """HTML by which other pages show a map.

    ``live`` shows the file itself, as it is whenever the page around it is opened; ``frozen`` a copy whose name carries
    its hash, so that it never changes, where one was wanted; ``picture`` a figure ``image`` with a link, for systems
    that strip frames. ``resize_hash`` lets the snippets' script run under a Content-Security-Policy. ``figure`` are the
    words after `presence figure` that draw the picture; without any it has to be one of the screen.
    """

    live: str
    frozen: str
    picture: str
    copy: Path | None
    resize_hash: str
    image: str = ""
    figure: tuple[str, ...] = ()


FIGURES = {"": "overlay", "overlay": "overlay", "count": "choropleth", "compare": "compare"}
"""The figure that shows what a page opens with; another one would say what the page does not."""


def build_snippets(file: Path, *, height: int | None = None, freeze: bool = True) -> Snippets:
    """Write the HTML by which another page shows a map and, frozen, a copy of the map that never changes.

    The copy is ``NAME-HASH.html`` beside the file, with the first 12 digits of its SHA-256. ``height`` is that of the
    frame in CSS pixels, where the map cannot tell its own.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> data = '<title>A</title><script id="presence-data">{"version":1}</script>'
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.html").write_text(data, encoding="utf-8")
    ...     build_snippets(Path(folder) / "a.html").copy.name
    'a-04c8d5aa011a.html'
    """
    page, data = read_page(file)
    high, image = height or HEIGHT, f"{file.stem}.png"
    language = page.lang if page.lang in LANGUAGES else "en"
    mark = f"-{shorten_hash(hashlib.sha256(data).hexdigest())}"
    copy = file.with_name(f"{file.stem.removesuffix(mark)}{mark}{file.suffix}") if freeze else None
    made = Snippets(
        str(draw_frame(page.title, file.name, high, language)),
        str(draw_frame(page.title, copy.name, high, language)) if copy else "",
        str(draw_picture(page.title, page.description, file.name, image, language)),
        copy,
        RESIZE_HASH,
        image,
        _find_figure(page, language),
    )
    # Last, since nothing is written where anything failed.
    if copy and copy != file:
        write_files({copy: data})
    return made


def _find_figure(page: EmbeddedPage, language: str) -> tuple[str, ...]:
    """Find the figure that shows what a page opens with: none has a slider or counts sources.

    The day and the records that were chosen stand in no page, so nor can they stand here.
    """
    kind, block = FIGURES.get(page.view), page.block
    has_figure = block.get("kind", "claims") in ("claims", "compare", "report")  # version 1 did not say
    if kind is None or not has_figure or "given" in block or ("steps" in block and not page.is_tabbed):
        return ()
    chosen = block.get("choices")
    chosen = chosen if isinstance(chosen, dict) else {}
    located = [group.get("id") for group in _list(block, "groups") if isinstance(group, dict) and "slot" in group]
    shown = _list(chosen, "groups")
    groups = _list(chosen, "compared") if kind == "compare" else shown if shown != located else []
    level = chosen.get("level")
    return (
        kind,
        *(word for group in groups for word in ("--group", str(group))),
        *(("--level", level) if isinstance(level, str) else ()),
        *(("--roll-up",) if chosen.get("roll_up") is True else ()),
        *(("--lang", language) if language != "en" else ()),
    )


def _list(values: Mapping[str, Any], key: str) -> list[Any]:
    found = values.get(key)
    return found if isinstance(found, list) else []
