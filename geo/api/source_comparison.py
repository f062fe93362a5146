"""The page of two sources: drawn in memory, then written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.job import Job
from geo.api.maps import Built, render_page
from geo.api.output_paths import settle_file
from geo.api.tables import join_checked
from geo.errors import Problem, TableError
from geo.read.common.names import nearest_names
from geo.write.files import write_files

if TYPE_CHECKING:
    from geo.join.joined_table import JoinedTable

__all__ = ["build_source_comparison"]


def build_source_comparison(
    table: Path, file: Path, sources: tuple[str, str], job: Job = Job(), *, basemap: bool = False
) -> Built:
    r"""Draw where two sources of a table differ, each of them a record's own, and write the page.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> records = "presence: [{group: a, in: Kabul, source: s}, {group: a, in: Herat, source: t}]"
    >>> known = "sources: {s: {title: S}, t: {title: T}}\ngroups: {a: {name: A}}"
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text(f"{known}\n{records}", encoding="utf-8")
    ...     built = build_source_comparison(table, Path(folder) / "sources.html", ("s", "t"))
    >>> list(built.pages)
    ['sources']
    """
    file, _ = settle_file(file, ["html"], table=table, boundaries=job.boundaries)
    joined, topology, warnings = join_checked(table, replace(job, allow_empty=None))
    _check_sources(joined, str(table), sources)
    from geo.draw.pages.source_comparison import draw_two_sources

    job.progress("drawing sources")
    page = render_page(draw_two_sources(joined, topology, *sources), basemap=basemap)
    job.progress("writing")
    write_files({file: page})
    return Built({"sources": page}, joined.report, warnings, joined.gazetteer.noun)


def _check_sources(joined: JoinedTable, name: str, sources: tuple[str, str]) -> None:
    """Refuse a source that the table lacks, or of which no record counts: its silence would be of our making."""
    from geo.join.source_comparison import list_record_sources

    table, known, left = joined.whole, list_record_sources(joined.whole), list_record_sources(joined.table)
    expected = f"one that a record has as its source: {', '.join(known) or 'none'}"
    problems = []
    for source in dict.fromkeys(sources):
        if source not in table.sources:
            problems.append(Problem(name, f"no source {source!r}", expected, nearest_names(source, known)))
        elif source not in known:
            problems.append(
                Problem(name, f"{source!r} is no record's own source, so it has nothing to compare", expected)
            )
        elif source not in left:
            problems.append(Problem(name, f"no record of {source!r} is left by what was chosen", "other choices"))
    if len(set(sources)) < len(sources):
        problems.append(Problem(name, "the same source stands twice in the comparison", f"two of {', '.join(known)}"))
    if problems:
        raise TableError(problems)
