"""A figure as bytes, the same for the same input."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from geo.draw.figure.fonts import unmark

__all__ = ["keep_style", "save_figure"]

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
    """Write lines with few marks of direction, as a PDF wants them, and then as they were."""
    lines = [(each, each.get_text()) for axes in figure.axes for each in axes.texts]
    for each, text in lines:
        each.set_text(unmark(text))
    yield
    for each, text in lines:
        each.set_text(text)


def save_figure(figure: Figure, form: str, dpi: int = 300) -> bytes:
    r"""Write a figure as ``"svg"``, ``"png"`` or ``"pdf"``; a PNG has so many dots an inch, the others are in points.

    Examples
    --------
    >>> save_figure(Figure(figsize=(1, 1)), "png", 36)[:4]
    b'\x89PNG'
    """
    title = str(figure.get_label())
    metadata = {**METADATA[form], **({"Title": title} if title and form != "png" else {})}
    buffer = io.BytesIO()
    with keep_style(), _mark_sparely(figure if form == "pdf" else Figure()):
        figure.savefig(buffer, format=form, dpi=dpi if form == "png" else 72, metadata=metadata)
    return buffer.getvalue()
