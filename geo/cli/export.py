"""`presence export`: a table, or the provinces it is joined to, for spreadsheets, GIS and exchange."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli import options
from geo.cli.messages import name_place
from geo.option_values import CONTENTS, EXPORTS

if TYPE_CHECKING:
    from geo.api import Job

__all__ = ["command"]


@click.command("export")
@options.table
@click.option("--format", "forms", type=click.Choice(EXPORTS), multiple=True, default=["xlsx"], show_default=True,
              help="Kind of file; may be repeated.")  # fmt: skip
@click.option("--of", type=click.Choice(CONTENTS),
              help="The whole table, or provinces and claims.  [default: units for shapes]")  # fmt: skip
@click.option("-o", "--out", type=click.Path(path_type=Path), default="export", show_default=True, metavar="DIR",
              help="Folder for the files, made if it is missing; - is standard output, for a single file.")  # fmt: skip
@click.option("--with-internal", is_flag=True, help="Write what stands under `internal` as well.")
@click.option("--hxl", "with_tags", is_flag=True, help="Add a row of HXL hashtags below the header.")
@options.choices("language")
@options.boundaries
@options.allow_empty
@options.quiet
@options.job
def command(
    table: Path, forms: tuple[str, ...], of: str | None, out: Path, with_internal: bool, with_tags: bool, job: Job
) -> None:
    """Write a table for spreadsheets, GIS and exchange.

    The whole table goes into one workbook or one CSV a part, from which 'presence import' makes it again. GeoJSON and
    GeoPackage hold the provinces: which are named, for which groups. --group, --level, --as-of and the like choose
    what counts there. STIX 2.1 (bundle.json) is for platforms of threat intelligence, a data package (datapackage.json
    and its CSV) for libraries and statistics; what STIX cannot say is counted. TABLE is presence.yaml unless you name
    another.

    \b
    Examples:
      presence export
      presence export --format csv --format gpkg
      presence export --of units --format xlsx --hxl -o report/data
      presence export --format datapackage -o package
    """
    from geo.api import ExportOptions, export_table

    made = export_table(table, out, forms, job, ExportOptions(of, with_internal, with_tags))
    for path, data in made.items():
        job.progress(f"wrote {name_place(path)} ({len(data) / 1000:.0f} kB)")
