"""Figures for print and slides: drawn without a browser, and written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geo.api.boundaries import BUNDLED, BoundaryFile
from geo.api.map_refusals import limit_groups, write_page_command
from geo.api.maps import Built
from geo.api.output_paths import settle_file
from geo.api.tables import join_checked, stay_silent
from geo.join.filters import Choices
from geo.option_values import FIGURES, FORMATS, LABELS, SIZES
from geo.write.files import write_files

__all__ = ["FIGURES", "FORMATS", "LABELS", "SIZES", "build_figure"]


def build_figure(
    table: Path,
    kind: str,
    file: Path,
    *,
    form: str | None = None,
    size: str = "a4",
    dpi: int = 300,
    labels: str = "en",
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
) -> Built:
    """Draw a figure for print or a slide, without a browser, and write it.

    Parameters
    ----------
    table, choices, boundaries, allow_empty, progress
        As for `render_maps`; the groups of a ``compare`` are those of the choices or, without, the two that share
        most.
    kind : str
        One of `FIGURES`.
    file : Path
        Where it goes; its folder is made if that folder's parent exists.
    form : str, optional
        One of `FORMATS`; that of the file's ending without, and SVG where it has none.
    size, labels : str
        One of `SIZES`, and of `LABELS` (names of provinces: English, Dari or codes).
    dpi : int
        Dots an inch of a PNG.

    Returns
    -------
    Built
        Its only page is called ``kind``.

    Raises
    ------
    TableError, BoundaryError
        As for `render_maps`; also if the groups cannot be drawn so or no font has a character of the table.
    WriteError
        If the file cannot be written; FormatError if its ending promises another format.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     built = build_figure(table, "overlay", Path(folder) / "a.pdf")
    >>> built.pages["overlay"][:5]
    b'%PDF-'
    """
    file, form = settle_file(file, FORMATS, form, read=[table], table=table, boundaries=boundaries)
    may_be_empty = allow_empty or (False if kind in ("choropleth", "overlay") else None)
    joined, topology, warnings = join_checked(table, choices or Choices(), boundaries, may_be_empty, progress)
    if kind == "overlay":
        limit_groups(joined, table, boundaries, "figure")
    from geo.draw.figure.draw_figure import draw_figure
    from geo.draw.figure.save import save_figure

    progress(f"drawing {kind}")
    page = write_page_command(joined, kind, table, boundaries)
    figure = draw_figure(joined, topology, kind, size=size, labels=labels, source=str(table), page=page)
    built = Built({kind: save_figure(figure, form, dpi)}, joined.report, warnings, joined.gazetteer.noun)
    progress("writing")
    write_files({file: built.pages[kind]})
    return built
