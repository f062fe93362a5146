"""A figure as bytes, the same for the same input."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

from geo.draw.figure.canvas import keep_style

__all__ = ["save_figure"]

METADATA: dict[str, dict[str, str | None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Nothing that changes with the day, the machine or the version of matplotlib."""


def save_figure(figure: Figure, form: str, dpi: int = 300) -> bytes:
    r"""Write a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        From :func:`geo.draw.figure.draw_figure.draw_figure`.
    form : str
        ``"svg"``, ``"png"`` or ``"pdf"``.
    dpi : int
        Dots an inch of a PNG; the others are drawn in points.

    Returns
    -------
    bytes

    Examples
    --------
    >>> save_figure(Figure(figsize=(1, 1)), "png", 36)[:4]
    b'\x89PNG'
    """
    title = str(figure.get_label())
    metadata = {**METADATA[form], **({"Title": title} if title and form != "png" else {})}
    buffer = io.BytesIO()
    with keep_style():
        figure.savefig(buffer, format=form, dpi=dpi if form == "png" else 72, metadata=metadata)
    return buffer.getvalue()
