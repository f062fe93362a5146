"""A table, and what it is joined to, for spreadsheets and GIS."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from geo.api.boundaries import BUNDLED, BoundaryFile, list_inputs, load_gazetteer
from geo.api.output_paths import check_folder, spare_inputs
from geo.api.tables import join_checked, stay_silent
from geo.errors import FormatError, Problem, TableError
from geo.join.filters import Choices
from geo.model import Sheet
from geo.option_values import CONTENTS, EXPORTS
from geo.read.common.file_text import read_bytes
from geo.read.common.nodes import Map
from geo.read.table.reader import check_tree
from geo.read.yaml.parse import parse_tree
from geo.write.files import write_files
from geo.write.standard_output import OUTPUT

__all__ = ["CONTENTS", "EXPORTS", "export_table", "render_exports"]

SHAPED = ("geojson", "gpkg")
SPLIT = ("csv",)


def render_exports(
    table: Path,
    forms: Iterable[str],
    *,
    of: str | None = None,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    with_internal: bool = False,
    with_tags: bool = False,
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
) -> dict[str, bytes]:
    r"""Write a table, or the units it is joined to, in other tools' formats, in memory.

    Parameters
    ----------
    table : Path
        The table; ``-`` is standard input.
    forms : iterable of str
        Some of `EXPORTS`.
    of : str, optional
        One of `CONTENTS`: the whole table, from which `import_table` makes it again, or the units and claims. Without,
        units for formats that hold shapes and the table for the others.
    choices : Choices, optional
        For units: level, groups and roll-up; everything without.
    boundaries : BoundaryFile
        For units; the bundled provinces without.
    with_internal : bool
        Write what stands under ``internal`` as well; of a table only.
    with_tags : bool
        Add HXL hashtags below the header of records, units and claims.
    allow_empty : bool
        Accept a table without records.
    progress : callable
        Is told in a few words what is done next.

    Returns
    -------
    dict of str to bytes
        By file name.

    Raises
    ------
    TableError
        If the table does not hold together, a format cannot hold it, or units have nothing internal.
    BoundaryError
        If the boundaries cannot be read or do not fit the table.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     files = render_exports(table, ["csv"])
    >>> list(files)[:3], files["presence.csv"][-17:]
    (['presence.csv', 'levels.csv', 'sources.csv'], b',,,,,,,,,,,,,,,\r\n')
    """
    wanted = {form: of or ("units" if form in SHAPED else "table") for form in forms}
    source = str(table)
    if flat := [form for form, part in wanted.items() if form in SHAPED and part == "table"]:
        raise TableError([Problem(source, f"the table itself as {flat[0]}, which holds shapes", "--of units")])
    if with_internal and "units" in wanted.values():
        shaped = any(form in SHAPED for form in wanted)  # which hold no table
        expected = "the command without --with-internal" if shaped else "--of table"
        raise TableError([Problem(source, "--with-internal for units, which have nothing internal", expected)])
    data = read_bytes(table)
    files: dict[str, bytes] = {}
    if "table" in wanted.values():
        progress(f"reading {'standard input' if source == '-' else table}")
        sheets, title = _flatten(data, source, with_internal, with_tags, allow_empty, boundaries)
        for form in (form for form, part in wanted.items() if part == "table"):
            progress(f"making {form} of the table")
            files |= _write_sheets(sheets, "table", form, title, source)
    if "units" in wanted.values():
        files |= _render_units(data, source, [form for form, part in wanted.items() if part == "units"],
                               choices or Choices(), boundaries, with_tags, allow_empty, progress)  # fmt: skip
    return files


def export_table(
    table: Path,
    folder: Path,
    forms: Iterable[str],
    *,
    of: str | None = None,
    choices: Choices | None = None,
    boundaries: BoundaryFile = BUNDLED,
    with_internal: bool = False,
    with_tags: bool = False,
    allow_empty: bool = False,
    progress: Callable[[str], None] = stay_silent,
) -> Mapping[Path, bytes]:
    """Write a table, or the units it is joined to, into files for other tools, all or none.

    Parameters
    ----------
    table, forms, of, choices, boundaries, with_internal, with_tags, allow_empty, progress
        As for `render_exports`.
    folder : Path
        Where they go; made if its parent exists. ``-`` is standard output, for a format that is one file.

    Returns
    -------
    mapping of Path to bytes

    Raises
    ------
    TableError, BoundaryError
        As for `render_exports`.
    WriteError
        If a file cannot be written; FormatError if the folder is called like a file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder) / "t.yaml"
    ...     _ = table.write_text("presence: {Group A: [Kabul]}", encoding="utf-8")
    ...     [path.name for path in export_table(table, Path(folder) / "export", ["xlsx", "markdown"])]
    ['table.xlsx', 'table.md']
    """
    forms = tuple(dict.fromkeys(forms))
    if folder == OUTPUT:
        _check_single(forms)
    else:
        check_folder(folder, table, boundaries)
    made = render_exports(
        table, forms, of=of, choices=choices, boundaries=boundaries, with_internal=with_internal, with_tags=with_tags,
        allow_empty=allow_empty, progress=progress,
    )  # fmt: skip
    files = {OUTPUT if folder == OUTPUT else folder / name: data for name, data in made.items()}
    spare_inputs(files, [table, *list_inputs(boundaries)])
    progress("writing")
    write_files(files)
    return files


def _check_single(forms: tuple[str, ...]) -> None:
    """Refuse to print what is more than one file."""
    if len(forms) != 1 or forms[0] in SPLIT:
        single = [form for form in EXPORTS if form not in SPLIT]
        expected = f"a folder, or one format of {', '.join(single)}"
        raise FormatError([Problem(str(OUTPUT), "standard output, where several files are written", expected)])


def _flatten(
    data: bytes, source: str, with_internal: bool, with_tags: bool, allow_empty: bool, boundaries: BoundaryFile
) -> tuple[tuple[Sheet, ...], str]:
    from geo.read.sheets.tree_to_rows import flatten_tree

    name = "standard input" if source == "-" else source
    root = parse_tree(data, name)
    table, _ = check_tree(root, name, load_gazetteer(boundaries), allow_empty)
    if not isinstance(root, Map):
        raise TypeError("a checked table is a mapping")
    return flatten_tree(root, table, with_internal=with_internal, with_tags=with_tags), table.title


def _write_sheets(sheets: tuple[Sheet, ...], name: str, form: str, title: str, source: str) -> dict[str, bytes]:
    """Write sheets in one of the formats that hold no shapes."""
    if form == "csv":
        from geo.export.csv_sheets import write_separated

        return {f"{sheet.name}.csv": write_separated(sheet) for sheet in sheets}
    if form == "xlsx":
        from geo.export.xlsx_sheets import write_workbook

        return {f"{name}.xlsx": write_workbook(sheets, source)}
    from geo.export.markdown_tables import write_markdown

    return {f"{name}.md": write_markdown(title, sheets)}


def _render_units(
    data: bytes,
    source: str,
    forms: list[str],
    choices: Choices,
    boundaries: BoundaryFile,
    with_tags: bool,
    allow_empty: bool,
    progress: Callable[[str], None],
) -> dict[str, bytes]:
    joined, _, _ = join_checked(Path(source), choices, boundaries, allow_empty, progress, data)
    from geo.export.unit_sheets import list_claims, list_units

    units, claims = list_units(joined, with_tags=with_tags), list_claims(joined, with_tags=with_tags)
    files: dict[str, bytes] = {}
    for form in forms:
        progress(f"making {form} of the {joined.gazetteer.noun.many}")
        if form == "geojson":
            from geo.export.geojson import write_geojson

            files["units.geojson"] = write_geojson(joined, units, f"Boundaries: {joined.gazetteer.credit}.")
        elif form == "gpkg":
            from geo.export.geopackage import write_geopackage

            files["units.gpkg"] = write_geopackage(joined, units, claims)
        else:
            files |= _write_sheets((units, claims), "units", form, joined.table.title, source)
    return files
