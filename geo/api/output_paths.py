"""What the ending of a file's name means: the one rule for all that is written, of commands and library alike."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from geo.api.boundaries import BUNDLED, BoundaryFile, list_inputs, write_command
from geo.errors import FormatError, Problem, WriteError
from geo.option_values import DEFAULT_TABLE
from geo.write.standard_output import OUTPUT

__all__ = ["ENDINGS", "check_folder", "complete_file", "settle_file", "spare_inputs"]

ENDINGS = {
    ".html": "html", ".htm": "html", ".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".pdf": "pdf",
    ".csv": "csv", ".xlsx": "xlsx", ".geojson": "geojson", ".gpkg": "gpkg", ".md": "markdown", ".yaml": "yaml",
    ".yml": "yaml", ".json": "stix",
}  # fmt: skip
"""What each ending promises; the first one of a format is given to a name that has none."""

OTHERS = frozenset(
    (".docx", ".dbf", ".eps", ".gif", ".gz", ".kml", ".kmz", ".ods", ".odt", ".parquet", ".pptx", ".ps",
     ".shp", ".svgz", ".tex", ".tif", ".tiff", ".topojson", ".tsv", ".txt", ".webp", ".xhtml", ".xls", ".xml", ".zip")
)  # fmt: skip
"""Endings of files that nothing here writes: no folder is given one either."""

MAKERS = {
    "html": ("html", "{overlay} -o {file}"),
    "svg": ("svg", "{figure} -o {file}"),
    "png": ("png", "{figure} -o {file}"),
    "jpeg": ("png", "{figure} -o {stem}.png"),
    "pdf": ("pdf", "{figure} -o {file}"),
    "yaml": ("yaml", "presence import SHEET -o {file}"),
    **{form: (form, f"{{export}} --format {form}") for form in ("csv", "xlsx", "geojson", "gpkg", "markdown", "stix")},
}
"""What makes each format, or the one nearest to it: that format, and a command."""


def settle_file(
    file: Path, forms: Sequence[str], asked: str | None = None, *, read: Iterable[Path] = (), table: Path | None = None,
    boundaries: BoundaryFile = BUNDLED,
) -> tuple[Path, str]:  # fmt: skip
    """Settle where a file goes and in which format: as its ending says, whatever its case, or not at all.

    Of ``forms`` the usual one stands first, and ``asked`` is that asked for in another way; a file without an ending is
    given that of its format. Nothing may replace what is read: the table, of which something else could be made, as
    messages say, the boundaries and what else ``read`` lists.

    Examples
    --------
    >>> settle_file(Path("A.PNG"), ["svg", "png"])[1]
    'png'
    >>> settle_file(Path("a"), ["html"])[0].name
    'a.html'
    >>> settle_file(Path("a.png"), ["html"])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    geo.errors.FormatError: a.png: the ending '.png', where html is written; expected .html; ...
    """
    if asked is not None and asked not in forms:
        raise FormatError([Problem(str(file), f"no format {asked!r}", f"one of {', '.join(forms)}")])
    if file == OUTPUT:
        return file, asked or forms[0]
    file = complete_file(file, asked or forms[0])
    spare_inputs([file], [*read, *([table] if table else []), *list_inputs(boundaries)])
    check_folder(file.parent, table, boundaries)
    promised = ENDINGS.get(_find_ending(file), "")
    if promised not in ([asked] if asked else forms):
        if not _is_no_file(file):
            raise FormatError([_refuse_ending(file, forms, asked, table, boundaries)])
        promised = asked or forms[0]  # Whoever writes refuses what is no file.
    return file, promised


def complete_file(file: Path, form: str) -> Path:
    """Give a name without an ending that of its format, unless it names standard output, a folder or a device.

    Examples
    --------
    >>> complete_file(Path("a"), "html").name, complete_file(Path("a.png"), "html").name
    ('a.html', 'a.png')
    """
    if file == OUTPUT or _is_no_file(file) or _find_ending(file):
        return file
    return file.parent / (file.name + _find_first(form))


def spare_inputs(files: Iterable[Path], inputs: Iterable[Path]) -> None:
    """Refuse to write over what is read, by whatever name or link; standard input and output are two.

    Examples
    --------
    >>> spare_inputs([Path("t.yaml")], [Path("a", "..", "t.yaml")])
    Traceback (most recent call last):
    geo.errors.WriteError: t.yaml: is one of the files that are read; expected another place for what is written: -o
    """
    read = {mark for path in inputs if path != OUTPUT for mark in _list_marks(path)}
    if problems := [
        Problem(str(path), "is one of the files that are read", "another place for what is written: -o")
        for path in files
        if path != OUTPUT and not read.isdisjoint(_list_marks(path))
    ]:
        raise WriteError(problems)


def _list_marks(path: Path) -> list[object]:
    """List by what a file is known: its place, all links followed, and its number, which hard links share."""
    marks: list[object] = [os.path.realpath(path)]  # Path.resolve() ends in an error on a link to itself.
    with suppress(OSError, ValueError):
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            marks.append((status.st_dev, status.st_ino))
    return marks


def check_folder(folder: Path, table: Path | None = None, boundaries: BoundaryFile = BUNDLED) -> None:
    """Refuse a folder that is yet to be made and is called like a file, and standard output, which holds one file.

    Examples
    --------
    >>> check_folder(Path("report-2020.07"))
    >>> check_folder(Path("report.zip"))
    Traceback (most recent call last):
    geo.errors.FormatError: report.zip: the ending '.zip', where a folder is made; expected a name such as 'report'
    """
    name, ending = str(folder), _find_ending(folder)
    if folder == OUTPUT:
        overlay = _spell("overlay", table, boundaries)
        expected = f"a folder; '{overlay} -o -' and other commands of one file print it"
        raise FormatError([Problem(name, "standard output, where a folder of files is written", expected)])
    if _is_no_file(folder) or not (ending in ENDINGS or ending in OTHERS):
        return
    expected = (
        f"a name such as {folder.name[: -len(ending)] or 'maps'!r}{_name_maker(folder, ending, table, boundaries)}"
    )
    raise FormatError([Problem(name, f"the ending {ending!r}, where a folder is made", expected)])


def _is_no_file(path: Path) -> bool:
    """Whether a folder or device stands there; `Path.is_file` ends in an error on a name that is too long."""
    return os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113


def _find_ending(path: Path) -> str:
    """Return the ending in small letters; of a name such as ``.png`` that is all of it."""
    _, dot, ending = path.name.lower().rpartition(".")
    return dot + ending if dot else ""


def _find_first(form: str) -> str:
    return next(ending for ending, promised in ENDINGS.items() if promised == form)


def _refuse_ending(
    file: Path, forms: Sequence[str], asked: str | None, table: Path | None, boundaries: BoundaryFile
) -> Problem:
    ending = _find_ending(file)
    made, promised = [asked] if asked else forms, ENDINGS.get(ending)
    found = f"the ending {ending!r}, where {' or '.join(made)} is written"
    other = f", or the format {promised}" if promised in forms else _name_maker(file, ending, table, boundaries)
    return Problem(str(file), found, " or ".join(map(_find_first, made)) + other)


def _name_maker(path: Path, ending: str, table: Path | None, boundaries: BoundaryFile) -> str:
    """Name a command that makes what an ending promises, or what is nearest to it, if there is any."""
    maker = MAKERS.get(ENDINGS.get(ending, ""))
    if maker is None:
        return ""
    form, words = maker
    file, stem = (shlex.quote(str(each)) for each in (path, path.parent / (path.name[: -len(ending)] or "map")))
    commands = {"overlay": "overlay", "figure": "figure overlay", "export": "export"}
    spelt = {name: _spell(command, table, boundaries) for name, command in commands.items()}
    return f"; '{words.format(file=file, stem=stem, **spelt)}' makes {form}"


def _spell(command: str, table: Path | None, boundaries: BoundaryFile) -> str:
    return write_command(command, table or Path(DEFAULT_TABLE), boundaries)
