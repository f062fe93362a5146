"""Snippets: the HTML by which other pages show a map."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from geo.draw.embed import HEIGHT, RESIZE_HASH, draw_frame, draw_picture
from geo.read.page import read_page
from geo.write.files import write_files

__all__ = ["Snippets", "build_snippets"]


@dataclass(frozen=True)
class Snippets:
    """HTML by which other pages show a map.

    Parameters
    ----------
    live : str
        Shows the file itself, as it is whenever the page around it is opened.
    frozen : str
        Shows a copy whose name carries its hash, so that it never changes; empty where no copy was wanted.
    picture : str
        A figure with a link, for systems that strip frames.
    copy : Path, optional
        The copy, beside the file.
    resize_hash : str
        Source for a Content-Security-Policy that lets the snippets' script run.
    image : str
        Name of the figure in ``picture``.
    is_drawn : bool
        `presence figure` draws it; of other pages it has to be a picture of the screen.
    """

    live: str
    frozen: str
    picture: str
    copy: Path | None
    resize_hash: str
    image: str = ""
    is_drawn: bool = True


NO_FIGURE = ("change", "sources", "all")
"""What pages open with of which no figure is drawn: one of another kind would say what they do not."""


def build_snippets(
    file: Path, *, picture: str = "overlay.png", height: int | None = None, freeze: bool = True
) -> Snippets:
    """Write the HTML by which another page shows a map, and a copy of the map that never changes.

    Parameters
    ----------
    file : Path
        A map, as `build_maps` writes it.
    picture : str
        Name of the figure that stands in for the map where frames are stripped, if there is one of such a page.
    height : int, optional
        Of the frame, in CSS pixels, where the map cannot tell its own.
    freeze : bool
        Copy the file to ``NAME-HASH.html`` beside it; the hash is the first 12 digits of the file's SHA-256.

    Returns
    -------
    Snippets

    Raises
    ------
    PresenceError
        If the file cannot be read or is none of our maps.
    WriteError
        If the copy cannot be written.

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
    high = height or HEIGHT
    is_drawn = page.view not in NO_FIGURE
    image = picture if is_drawn else f"{file.stem}.png"
    mark = f"-{hashlib.sha256(data).hexdigest()[:12]}"
    copy = file.with_name(f"{file.stem.removesuffix(mark)}{mark}{file.suffix}") if freeze else None
    if copy and copy != file:
        write_files({copy: data})
    return Snippets(
        draw_frame(page.title, file.name, high),
        draw_frame(page.title, copy.name, high) if copy else "",
        draw_picture(page.title, page.description, file.name, image),
        copy,
        RESIZE_HASH,
        image,
        is_drawn,
    )
