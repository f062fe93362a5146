"""A table, and what it is joined to, for spreadsheets, GIS and exchange."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.api.boundaries import list_inputs, load_gazetteer
from geo.api.job import Job
from geo.api.output_paths import check_folder, spare_inputs
from geo.api.tables import join_checked
from geo.attribution import shorten_hash
from geo.errors import FormatError, Problem, TableError
from geo.model import Sheet
from geo.read.any_table import parse_parts
from geo.read.common.file_text import read_bytes
from geo.read.table.json_schema import make_schema
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

if TYPE_CHECKING:
    from geo.join.joined_table import JoinedTable

__all__ = ["ExportOptions", "export_table", "render_exports"]

SHAPED = ("geojson", "gpkg")
WHOLE = ("stix", "datapackage")
"""Formats that hold a table with its units, in a form of their own."""

PACKAGE = "datapackage/"
"""The folder of a data package that does not stand alone: it and CSV have files of one name."""


@dataclass(frozen=True)
class ExportOptions:
    """What a user asks of an export only.

    ``of`` is one of `CONTENTS` and, without, units for formats that hold shapes and the table for the others. Only a
    table can be written ``with_internal``; ``with_tags`` adds HXL hashtags below headers.
    """

    of: str | None = None
    with_internal: bool = False
    with_tags: bool = False


def render_exports(
    table: Path, forms: Iterable[str], job: Job = Job(), options: ExportOptions = ExportOptions(),
    data: bytes | None = None,
) -> dict[str, bytes]:  # fmt: skip
    r"""Write a table, or the units it is joined to, in some of `EXPORTS`, in memory: files by name.

    Where its file was read already, ``data`` is what stood in it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     files = render_exports(table, ["csv"])
    >>> list(files)[:3], files["presence.csv"][-17:]
    (['presence.csv', 'translations.csv', 'levels.csv'], b',,,,,,,,,,,,,,,\r\n')
    """
    wanted = {form: options.of or ("units" if form in SHAPED else "table") for form in forms}
    source = str(table)
    _refuse_exchange(wanted, source, options)
    if flat := [form for form, part in wanted.items() if form in SHAPED and part == "table"]:
        raise TableError([Problem(source, f"the table itself as {flat[0]}, which holds shapes", "--of units")])
    if options.with_internal and "units" in wanted.values():
        shaped = any(form in SHAPED for form in wanted)  # which hold no table
        expected = "the command without --with-internal" if shaped else "--of table"
        raise TableError([Problem(source, "--with-internal for units, which have nothing internal", expected)])
    data = read_bytes(table) if data is None else data
    files: dict[str, bytes] = {}
    whole = [form for form in wanted if form in WHOLE]
    if any(part == "table" and form not in WHOLE for form, part in wanted.items()):
        job.progress(f"reading {'standard input' if source == '-' else table}")
        sheets, title = _flatten(data, source, job, options)
        for form in (form for form, part in wanted.items() if part == "table" and form not in WHOLE):
            job.progress(f"making {form} of the table")
            files |= _write_sheets(sheets, "table", form, title, source)
    if units := [form for form, part in wanted.items() if part == "units"]:
        files |= _render_units(data, table, units, job, with_tags=options.with_tags)
    if whole:
        files |= _render_whole(data, table, whole, job, folder=PACKAGE if len(wanted) > 1 else "")
    return files


def _refuse_exchange(wanted: Mapping[str, str], source: str, options: ExportOptions) -> None:
    """Refuse what a format for exchange cannot be: of units alone, or with what is for the analyst only."""
    for form in (form for form in wanted if form in WHOLE):
        if wanted[form] == "units":
            raise TableError([Problem(source, f"units alone as {form}, which holds a whole table", "--of table")])
        if options.with_internal:
            found = f"--with-internal for {form}, which is made to be passed on"
            raise TableError([Problem(source, found, "the command without --with-internal")])


def export_table(
    table: Path, folder: Path, forms: Iterable[str], job: Job = Job(), options: ExportOptions = ExportOptions()
) -> Mapping[Path, bytes]:
    """Write the same into a folder, all files or none; ``-`` is standard output, for a format that is one file."""
    if folder != OUTPUT:
        check_folder(folder, table, job.boundaries)
    made = render_exports(table, dict.fromkeys(forms), job, options)
    if folder == OUTPUT:
        _check_single(made)
    files = {OUTPUT if folder == OUTPUT else folder / name: data for name, data in made.items()}
    spare_inputs(files, [table, *list_inputs(job.boundaries)])
    job.progress("writing")
    write_files(files)
    return files


def _check_single(made: Mapping[str, bytes]) -> None:
    """Refuse to print what is more than one file, of which all but the last would be lost."""
    if len(made) > 1:
        found = f"standard output, where {len(made)} files are written: {', '.join(made)}"
        raise FormatError([Problem(str(OUTPUT), found, "a folder, or one format that is one file, such as xlsx")])


def _flatten(data: bytes, source: str, job: Job, options: ExportOptions) -> tuple[tuple[Sheet, ...], str]:
    from geo.read.sheets.tree_to_rows import flatten_tree

    name = "standard input" if source == "-" else source
    parsed = parse_parts(data, name, load_gazetteer(job.boundaries), allow_empty=job.allow_empty)
    sheets = flatten_tree(parsed.root, parsed.table, with_internal=options.with_internal, with_tags=options.with_tags)
    return sheets, parsed.table.title


def _write_sheets(sheets: tuple[Sheet, ...], name: str, form: str, title: str, source: str) -> dict[str, bytes]:
    """Write sheets in one of the formats that hold no shapes."""
    if form == "csv":
        from geo.export.csv_sheets import write_separated

        return {f"{sheet.name}.csv": write_separated(sheet) for sheet in sheets}
    if form == "xlsx":
        from geo.export.xlsx_sheets import write_workbook

        return {f"{name}.xlsx": write_workbook(sheets, source)}
    if form == "markdown":
        from geo.export.markdown_tables import write_markdown

        return {f"{name}.md": write_markdown(title, sheets)}
    raise NotImplementedError(f"no function writes sheets as {form}")


def _render_units(data: bytes, table: Path, forms: list[str], job: Job, *, with_tags: bool) -> dict[str, bytes]:
    joined = join_checked(table, job, data)[0]
    from geo.export.unit_sheets import list_claims, list_units

    units, claims = list_units(joined, with_tags=with_tags), list_claims(joined, with_tags=with_tags)
    files: dict[str, bytes] = {}
    for form in forms:
        job.progress(f"making {form} of the {joined.gazetteer.noun.many}")
        if form == "geojson":
            from geo.export.geojson import write_geojson

            files["units.geojson"] = write_geojson(joined, units, f"Boundaries: {joined.gazetteer.credit}.")
        elif form == "gpkg":
            from geo.export.geopackage import write_geopackage

            files["units.gpkg"] = write_geopackage(joined, units, claims)
        else:
            files |= _write_sheets((units, claims), "units", form, joined.table.title, str(table))
    return files


def _render_whole(data: bytes, table: Path, forms: list[str], job: Job, *, folder: str) -> dict[str, bytes]:
    """Write what counts of a table in formats for exchange, and say what these cannot say."""
    joined = join_checked(table, job, data)[0]
    files: dict[str, bytes] = {}
    for form in forms:
        job.progress(f"making {form} of the table")
        if form == "stix":
            from geo.export.stix_bundle import write_stix

            files["bundle.json"], told = write_stix(joined)
        elif form == "datapackage":
            from geo.draw.serialise import hash_data
            from geo.export.data_package import write_package

            made, told = write_package(joined, make_schema(joined.gazetteer), shorten_hash(hash_data(joined)))
            files |= {f"{folder}{name}": part for name, part in made.items()}
        else:
            raise NotImplementedError(f"no function writes a table as {form}")
        for line in (*told, *_say_choices(joined)):
            job.progress(f"  {line}")
    return files


def _say_choices(joined: JoinedTable) -> Iterable[str]:
    """Say what choices left out of a table, and which leave nothing out of what is no map."""
    if hidden := sum(joined.report.hidden.values()):
        yield f"left out, as was chosen: {hidden} of {len(joined.whole.records)} records"
    choices = joined.choices
    if choices.groups is not None or choices.level is not None or choices.roll_up:
        yield "--group, --level and --roll-up choose what a map shows; here they leave nothing out"
