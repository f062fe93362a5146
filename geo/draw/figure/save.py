"""A figure as bytes, the same for the same input."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
from fontTools import subset
from matplotlib.figure import Figure
from matplotlib.text import Text

from geo.draw.figure.fonts import TURN, measure_line, part_line, unmark
from geo.draw.figure.words_inside import FigureWords, describe_svg, make_chunks, tag_pdf
from geo.option_values import SOCIAL

__all__ = ["SCREEN", "Shown", "find_dpi", "keep_style", "save_figure"]

SCREEN, PRINTED = 96, 300
"""Dots an inch."""

STYLE: dict[str, Any] = {
    "text.parse_math": False,
    "text.hinting": "no_hinting",
    "svg.fonttype": "none",
    "svg.hashsalt": "presence",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "agg.path.chunksize": 0,
}

METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Nothing that changes with the day, the machine or the version of matplotlib."""


class Shown(Figure):
    """A figure that says what it shows, also in its file, and that a notebook shows by itself."""

    words: FigureWords | None = None

    def _repr_png_(self) -> bytes:
        return save_figure(self, "png", SCREEN)


@contextmanager
def keep_style() -> Iterator[None]:
    """Draw with matplotlib's defaults and ours, whatever a user's own settings are, and leave those as they were."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        style: Any = STYLE
        matplotlib.rcParams.update(style)
        yield


@contextmanager
def _mark_sparely(figure: Figure) -> Iterator[None]:
    """Write lines with few marks of direction, as a PDF wants them, in parts where need be, and then as they were."""
    lines = [(each, each.get_text()) for axes in figure.axes for each in axes.texts]
    parts: list[Text] = []
    for each, text in lines:
        if len(pieces := part_line(text)) > 1:
            parts += _write_parts(each, text, pieces)
        each.set_text(unmark(text) if len(pieces) == 1 else "")
    yield
    for each in parts:
        each.remove()
    for each, text in lines:
        each.set_text(text)


def _write_parts(line: Text, text: str, parts: Sequence[str]) -> Iterator[Text]:
    """Write the parts of a line from right to left, each where it stands in the whole."""
    families: tuple[str, ...] = tuple(line.get_fontfamily())
    axes: Any = line.axes
    size, is_bold = float(line.get_fontsize()), line.get_fontweight() == "bold"
    at, y = line.get_position()
    at += (
        measure_line(text, size, is_bold, families)
        * {"right": 0, "center": 0.5, "left": 1}[line.get_horizontalalignment()]
    )
    for part in parts:
        said, width = unmark(part), measure_line(part, size, is_bold, families)
        mark, said = said[: said.startswith(TURN)], said.removeprefix(TURN)
        blanks = measure_line(" ", size, is_bold, families) * (len(said) - len(said.lstrip(" ")))
        yield axes.text(
            at - blanks, y, mark + said.strip(), fontsize=size, color=line.get_color(),
            fontweight=line.get_fontweight(), fontfamily=list(families), ha="right", va="baseline",
            parse_math=False, clip_on=False, zorder=line.get_zorder(),
        )  # fmt: skip
        at -= width


@contextmanager
def _embed_sparely() -> Iterator[None]:
    """Embed fonts in a PDF without what lays out lines, which matplotlib has done: half the time, and less to read."""
    load = subset.load_font

    def load_plain(*asked: Any, **options: Any) -> Any:
        font = load(*asked, **options)
        for table in {"GDEF", "GPOS", "GSUB", "kern"}.intersection(font.keys()):
            del font[
                table
            ]  # Before it is read, which takes long; matplotlib's own options only keep it from being written.
        return font

    subset.load_font = load_plain
    try:
        yield
    finally:
        subset.load_font = load


def find_dpi(size: str) -> int:
    """Return how many dots an inch a PNG of a size has where nobody says: for social media as many as it asks for."""
    return SCREEN if size == SOCIAL else PRINTED


def save_figure(figure: Figure, form: str, dpi: int = PRINTED) -> bytes:
    r"""Write a figure as ``"svg"``, ``"png"`` or ``"pdf"``; a PNG has so many dots an inch, the others are in points.

    What it says of itself (`FigureWords`) stands inside.

    Examples
    --------
    >>> save_figure(Figure(figsize=(1, 1)), "png", 36)[:4]
    b'\x89PNG'
    """
    words = figure.words.clean() if isinstance(figure, Shown) and figure.words else None
    buffer = io.BytesIO()
    with keep_style(), _mark_sparely(figure if form == "pdf" else Figure()), _embed_sparely():
        figure.savefig(buffer, format=form, dpi=dpi if form == "png" else 72, **_describe(form, words))
    saved = buffer.getvalue()
    if words and form == "svg":
        return describe_svg(saved, words)
    return tag_pdf(saved, words) if words and form == "pdf" else saved


def _describe(form: str, words: FigureWords | None) -> dict[str, Any]:
    """Return what matplotlib itself is to write into a file besides the picture."""
    if words is None:
        return {"metadata": METADATA[form]}
    if form == "png":
        return {"pil_kwargs": {"pnginfo": make_chunks(words)}}
    if form == "pdf":
        said = {"Title": words.title, "Subject": words.description, "Author": words.author, "Keywords": words.credit}
    else:
        said = {"Title": words.title, "Creator": words.author, "Rights": words.credit, "Language": words.language}
    return {"metadata": {**METADATA[form], **{key: text for key, text in said.items() if text}}}
