"""Figures for print and slides: drawn without a browser, and written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from geo.api.checks.map_refusals import limit_groups, write_page_command
from geo.api.job import Job
from geo.api.maps import Built
from geo.api.output_paths import settle_file, spare_inputs
from geo.api.quotes.copies import list_kept
from geo.api.tables import join_checked
from geo.errors import FormatError, Problem
from geo.option_values import FORMATS
from geo.write.files import write_files

__all__ = ["FigureOptions", "build_figure"]


@dataclass(frozen=True)
class FigureOptions:
    """What a user asks of a figure only.

    ``form`` is one of `FORMATS` and, without, that of the file's ending; ``dpi`` the dots an inch of a PNG, without
    those of its size; ``labels`` says whether provinces are named in English, in Dari or by codes and, without, as in
    the language of the choices.
    """

    form: str | None = None
    size: str = "a4"
    dpi: int | None = None
    labels: str | None = None


def build_figure(
    table: Path, kind: str, file: Path, job: Job = Job(), options: FigureOptions = FigureOptions()
) -> Built:
    """Draw one of `FIGURES` and write it; the groups of a ``compare`` are those chosen, or the two that share most.

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
    file, form = settle_file(file, FORMATS, options.form, table=table, boundaries=job.boundaries)
    if options.dpi and form != "png":
        raise FormatError([Problem(str(file), f"{options.dpi} dots an inch", f"a PNG; {form.upper()} has no dots")])
    may_be_empty = job.allow_empty or (False if kind in ("choropleth", "overlay") else None)
    joined, topology, warnings = join_checked(table, replace(job, allow_empty=may_be_empty))
    if kind == "overlay":
        limit_groups(joined, table, job.boundaries, "figure")
    from geo.draw.figure.draw_figure import draw_figure
    from geo.draw.figure.save import find_dpi, save_figure

    job.progress(f"drawing {kind}")
    page = write_page_command(kind, table, job.boundaries)
    figure = draw_figure(joined, topology, kind, size=options.size, labels=options.labels, source=str(table), page=page)
    dpi = options.dpi or find_dpi(options.size)
    built = Built({kind: save_figure(figure, form, dpi)}, joined.report, warnings, joined.gazetteer.noun)
    job.progress("writing")
    spare_inputs([file], list_kept(table, joined.whole))
    write_files({file: built.pages[kind]})
    return built
