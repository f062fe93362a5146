"""A file of events is looked at: its kind, its format by its header, and where in it what stands."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NoReturn

from geo.errors import EventsError, Problem, name_install
from geo.events.files.columns import find_columns
from geo.events.files.formats import EventFormat, find_format, list_formats
from geo.events.files.json_events import Rows, parse_objects
from geo.events.files.partitions import read_partitions
from geo.events.files.workbook import check_first_sheet
from geo.events.stores.addresses import Address, is_stored
from geo.events.stores.remote_files import give_input, look_at, open_source
from geo.model import Position
from geo.read.common.nodes import cut
from geo.regular_files import IrregularError, check_regular

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

    from geo.read.sheets.xlsx_checks import Hidden

__all__ = [
    "BROKEN", "SEPARATORS", "EventFile", "allow_long_cells", "check_workbook", "import_arrow", "inspect_file",
    "load_objects", "open_parquet", "open_text", "refuse_encoding", "refuse_event_file", "say_broken",
    "stat_source",
]  # fmt: skip

SEPARATORS = (",", ";", "\t", "|")
LONGEST_HEAD = 1_000_000
"""Bytes in which the header must end."""

SMALL, STRONGEST = 50_000_000, 200
"""Bytes, and times their size when packed: a part of a workbook that is larger than both was made to do harm."""

BROKEN = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error, lzma.LZMAError)
"""What comes out of archives that are damaged, or packed in a way that Python does not know."""

AGAIN = "the file as it was published, or unpacked"
BOM = "\ufeff"
MOST_OBJECTS = 500_000_000
"""Bytes of JSON, which is held in memory as a whole."""

OBJECTS = 'JSON of events, [{"id": 1, "latitude": 34.53, ...}], a list under Result or data, or GeoJSON of points'


@dataclass(frozen=True)
class EventFile:
    """A file of events as it was found."""

    path: str
    form: EventFormat
    kind: str
    """``"text"``, ``"objects"`` (JSON), ``"workbook"`` or ``"parquet"``."""
    columns: Mapping[str, int]
    """The column, from 0, of ``lon``, ``lat``, ``id``, ``start``, ``actor0`` and so on."""
    names: tuple[str, ...]
    """The header, with what stands in names of folders; empty where there is none."""
    width: int
    """How many columns a row has; what stands in names of folders comes after."""
    size: int
    """Bytes."""
    stamp: int | str
    """When it was last changed, in nanoseconds, or what its store says of it: by this and the size a change is noticed.

    It is empty where the store says nothing."""
    separator: str = ","
    encoding: str = "utf-8"
    head: int = 0
    """Length of the header, once unpacked: bytes in UTF-8, letters in another encoding."""
    total: int = 0
    """How many events a service says that it has; 0 where it does not say."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """What stands in names of folders, by what it is for."""

    def check_unchanged(self) -> None:
        """Raise an `EventsError` where the file is not what it was when it was looked at."""
        size, stamp = stat_source(self.path, anew=True)
        if (size, stamp) != (self.size, self.stamp):
            told = "the file changed while it was read"
            refuse_event_file(self.path, told, "a file that stays as it is; start again")


def refuse_event_file(path: str, found: str, expected: str = "", line: int | None = None) -> NoReturn:
    """Raise an `EventsError` about a file, or about a row of it."""
    raise EventsError([Problem(path, found, expected, position=Position(line, 1) if line else None)])


def refuse_encoding(path: str, encoding: str, error: Exception) -> NoReturn:
    """Raise an `EventsError` about a file that is in another encoding than was said."""
    refuse_event_file(path, f"the file is not {encoding}: {error}", "--encoding, such as cp1252 or utf-16")


def inspect_file(
    path: Path | str,
    form: EventFormat | None = None,
    *,
    separator: str | None = None,
    encoding: str = "utf-8",
    count: str | None = None,
) -> EventFile:
    r"""Find out what a file of events is, from its first bytes.

    It is CSV or the like, JSON or GeoJSON, also in a .zip or .gz, a workbook .xlsx, or Parquet. Without a format it is
    of the first whose columns stand in the header; without a separator, whatever makes a known header of its first row
    parts its cells. ``count`` is the column that says how many events a row is; without, each row is one. If it cannot
    be read, is of no format, or has not the columns that its format needs, that is an `EventsError`.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "events.csv"
    ...     _ = file.write_text("id;Lat;Lon\n1;34.5;69.2\n")
    ...     found = inspect_file(file)
    >>> found.form.id_, found.separator, dict(found.columns)
    ('generic', ';', {'id': 0, 'lon': 2, 'lat': 1})
    """
    name = os.fspath(path)
    size, stamp = stat_source(name)
    kind = _find_kind(name)
    if kind == "text":
        return _inspect_text(name, form, separator, encoding, size, stamp, count)
    return _inspect_named(
        EventFile(name, find_format("generic"), kind, {}, _read_names(name, kind), 0, size, stamp), form, count
    )


def _inspect_named(file: EventFile, form: EventFormat | None, count: str | None) -> EventFile:
    """Find format and columns of a file whose names of columns are known."""
    found = form or _recognise(file.names)
    if found is None:
        _refuse_unknown(file.path, file.names)
    return _find_columns(replace(file, form=found, width=len(file.names)), file.names, count)


def _find_columns(file: EventFile, own: tuple[str, ...], count: str | None) -> EventFile:
    """Find the columns of a file, own ones first, and in the names of its folders."""
    given = read_partitions(file.path)
    if not given:
        return replace(file, columns=find_columns(file.path, own, file.form, count))
    more = tuple(name for name in given if name.lower() not in {each.lower() for each in own})
    columns = find_columns(file.path, own, file.form, count, more)
    constants = {role: given[more[at - len(own)]] for role, at in columns.items() if at >= len(own)}
    return replace(file, columns=columns, constants=constants, names=(*file.names, *more) if file.names else ())


def stat_source(path: str, *, anew: bool = False) -> tuple[int, int | str]:
    """Tell size and stamp of a file, wherever it lies; ``anew`` where its store may remember what was."""
    if isinstance(path, Address):
        size, mark = look_at(path, anew=anew)
        if size is None:
            refuse_event_file(path, "a file whose size its store does not know", "one that lies there whole")
        return size, mark
    try:
        found = Path(path).stat()
        check_regular(found)
    except IrregularError as error:
        refuse_event_file(path, error.found, "a file of events; name those of a folder, save what comes through a pipe")
    except (OSError, ValueError) as error:
        refuse_event_file(path, getattr(error, "strerror", None) or "not a path", "a file of events")
    return found.st_size, found.st_mtime_ns


def _find_kind(path: str) -> str:
    try:
        with open_source(path) as file:
            start = file.read(4)
    except OSError as error:
        refuse_event_file(path, f"the file cannot be read: {error.strerror}", "a file of events")
    if start == b"PAR1":
        return "parquet"
    if start == b"PK\x03\x04":
        with _open_zip(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return "text"
            sizes = [(each.file_size, each.compress_size * STRONGEST) for each in archive.infolist()]
            if any(size > max(SMALL, most) for size, most in sizes):
                told = "a workbook that swells when it is unpacked"
                refuse_event_file(path, told, "the file as it was published, or CSV")
            return "workbook"
    if start == b"\xd0\xcf\x11\xe0":
        refuse_event_file(path, "an old workbook (.xls)", "a workbook saved as .xlsx, or CSV")
    return "text"


def _open_zip(path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(give_input(path))
    except BROKEN as error:
        refuse_event_file(path, say_broken(error), AGAIN)


def say_broken(error: Exception) -> str:
    """Say what is wrong with an archive."""
    kind = "an archive that nobody can unpack here" if isinstance(error, RuntimeError) else "a damaged archive"
    return f"{kind}: {error or type(error).__name__}"


@contextmanager
def open_text(path: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Open a text file, unpacked where it is packed, and the file below it, whose position tells how far one is."""
    with open_source(path) as raw:
        start = raw.read(4)
        raw.seek(0)
        if start[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=raw) as packed:
                yield io.BufferedReader(packed), raw
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(raw) as archive, archive.open(_choose_member(path, archive)) as member:
                yield member, raw
        else:
            yield raw, raw


def _choose_member(path: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [each for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__MACOSX/")]
    if len(files) != 1:
        told = f"an archive of {len(files)} files"
        refuse_event_file(path, told, "one of a single file; unpack it and name its files")
    if files[0].flag_bits & 1:
        refuse_event_file(path, "an archive with a password", "the file unpacked")
    return files[0]


def _read_head(path: str) -> bytes:
    try:
        with open_text(path) as (file, _):
            return file.read(LONGEST_HEAD)
    except BROKEN as error:
        refuse_event_file(path, say_broken(error), AGAIN)


def _inspect_text(
    path: str,
    form: EventFormat | None,
    separator: str | None,
    encoding: str,
    size: int,
    stamp: int | str,
    count: str | None,
) -> EventFile:
    data = _read_head(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") and encoding == "utf-8":
        refuse_event_file(path, "the file is not UTF-8 but UTF-16", "--encoding utf-16", 1)
    text = _decode(path, data, encoding)
    if not text.strip():
        refuse_event_file(path, "the file is empty", "a file of events")
    if text.lstrip(BOM + " \t\r\n")[:1] in ("[", "{"):
        rows = load_objects(path, encoding)
        file = EventFile(path, find_format("generic"), "objects", {}, rows.names, 0, size, stamp, total=rows.total)
        return _inspect_named(replace(file, encoding=encoding), form, count)
    own = separator or (form.separator if form else None)
    signs = [own] if own else [*SEPARATORS]
    heads = {sign: _split_first(text, sign, encoding) for sign in signs}
    signs.sort(key=lambda sign: -len(heads[sign][0]))
    found, sign = _choose_format(heads, signs, form)
    names, length = heads[sign]
    if found is None:
        _refuse_unknown(path, names)
    if found.bare and _fits_bare(names, found) and (form is None or not _has_places(names, found)):
        names, length = _name_bare(found), 0
    header = names if length else ()
    file = EventFile(path, found, "text", {}, header, len(names), size, stamp, sign, encoding, length)
    return _find_columns(file, names, count)


def _choose_format(
    heads: Mapping[str, tuple[tuple[str, ...], int]], signs: Sequence[str], form: EventFormat | None
) -> tuple[EventFormat | None, str]:
    """Choose a format by a header, or by a first row of data, and what parts the cells; the most cells first."""
    if form is not None:
        fits = [sign for sign in signs if _has_places(heads[sign][0], form) or _fits_bare(heads[sign][0], form)]
        return form, (fits or signs)[0]
    for sign in signs:
        if found := _recognise(heads[sign][0]):
            return found, sign
    for sign in signs:
        for known in list_formats():
            if _fits_bare(heads[sign][0], known):
                return known, sign
    return None, signs[0]


def _has_places(names: tuple[str, ...], form: EventFormat) -> bool:
    known = {name.lower() for name in names}
    return bool(known & {*form.longitude} and known & {*form.latitude})


def _decode(path: str, data: bytes, encoding: str) -> str:
    """Decode the beginning of a file, which may end within a letter."""
    try:
        if not codecs.lookup(encoding)._is_text_encoding:  # as str.encode asks, for which Python has no public name
            raise LookupError(f"no encoding of text: {encoding}")
        text = codecs.getincrementaldecoder(encoding)().decode(data, final=len(data) < LONGEST_HEAD)
    except (UnicodeError, LookupError, ValueError) as error:
        refuse_encoding(path, encoding, error)
    if "\0" in text:
        refuse_event_file(path, "no text", "CSV or the like, .xlsx or Parquet", 1)
    return text


def _split_first(text: str, sign: str, encoding: str) -> tuple[tuple[str, ...], int]:
    """Split the first row into cells, and measure it with what stands before it."""
    marked = text.startswith(BOM)
    lines, row = io.StringIO(text.removeprefix(BOM), newline=""), list[str]()
    with allow_long_cells(), suppress(csv.Error):
        reader = csv.reader(iter(lines.readline, ""), delimiter=sign)
        row = next((row for row in reader if row), [])
    head = text[: lines.tell() + marked]
    length = len(head.encode()) if encoding == "utf-8" else len(head)
    return tuple(cell.strip() for cell in row), length


@contextmanager
def allow_long_cells() -> Iterator[None]:
    """Let Python read cells of text up to 100 MB."""
    before = csv.field_size_limit(LONGEST_HEAD * 100)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _recognise(names: tuple[str, ...]) -> EventFormat | None:
    """Find the first format whose columns all stand in a header; the generic one needs places."""
    known = {name.lower() for name in names}
    fits = (form for form in list_formats() if {*form.known_by} <= known and _has_places(names, form))
    return next(fits, None)


def _fits_bare(cells: tuple[str, ...], form: EventFormat) -> bool:
    """Tell whether a first row is one of data: as many cells as it should have, and numbers where places stand."""
    if form.bare is None or len(cells) != form.bare.width:
        return False
    places = [form.bare.columns.get(each[0]) for each in (form.longitude, form.latitude)]
    return all(place is not None and _is_number(cells[place]) for place in places)


def _is_number(text: str) -> bool:
    try:
        float(text or 0)
    except ValueError:
        return False
    return True


def _name_bare(form: EventFormat) -> tuple[str, ...]:
    if form.bare is None:
        return ()
    by_place = {place: name for name, place in form.bare.columns.items()}
    return tuple(by_place.get(place, "") for place in range(form.bare.width))


def _refuse_unknown(path: str, names: tuple[str, ...]) -> NoReturn:
    shown = ", ".join(cut(name) for name in names[:8]) + (", …" if len(names) > 8 else "")
    known = ", ".join(each.id_ for each in list_formats())
    refuse_event_file(path, f"an unknown format with the columns {shown or '(none)'}",
            f"a header with latitude and longitude, or --format: {known} or a file .toml", 1)  # fmt: skip


def load_objects(path: str, encoding: str) -> Rows:
    """Load the rows of a file of JSON, which are all held at once."""
    with open_text(path) as (file, _):
        data = file.read(MOST_OBJECTS + 1)
    if len(data) > MOST_OBJECTS:
        told = f"more than {MOST_OBJECTS // 1_000_000} MB of JSON"
        refuse_event_file(path, told, "CSV or Parquet, which are read in parts")
    try:
        found = parse_objects(data.decode(encoding).removeprefix(BOM))
    except UnicodeError as error:
        refuse_encoding(path, encoding, error)
    except ValueError as error:
        refuse_event_file(path, str(error), OBJECTS)
    if not found.rows:
        refuse_event_file(path, "JSON without an event", "a file with rows of events")
    return found


def _read_names(path: str, kind: str) -> tuple[str, ...]:
    """Read the header of a workbook or a Parquet file."""
    if kind == "parquet":
        with open_parquet(path) as file:
            names = tuple(file.schema_arrow.names)
        if twice := sorted({name for name in names if names.count(name) > 1}):
            refuse_event_file(path, f"two columns {', '.join(map(cut, twice))}", "each name once")
        return names
    import openpyxl

    try:
        check_workbook(path)
        book = openpyxl.load_workbook(give_input(path), read_only=True, data_only=True, keep_links=False)
        row: Any = next(book.worksheets[0].iter_rows(max_row=1, values_only=True), ())
        book.close()
    except EventsError:
        raise
    except Exception:  # noqa: BLE001  # openpyxl lets errors of every class out of a broken file
        refuse_event_file(path, "a damaged workbook", "a workbook saved again as .xlsx, or CSV")
    return tuple("" if cell is None else str(cell).strip() for cell in row)


def check_workbook(path: str) -> Hidden:
    """Refuse a workbook whose first sheet cannot be read whole, and find what is hidden there."""

    def stop(line: int, _: int, found: str, expected: str) -> NoReturn:
        refuse_event_file(path, found, expected, line)

    return check_first_sheet(path, stop)


def import_arrow() -> Any:
    """Import the library that reads text fast, and Parquet; None where it is missing."""
    try:
        import pyarrow.parquet
    except ModuleNotFoundError:
        return None
    return pyarrow


def open_parquet(path: str) -> ParquetFile:
    """Open a Parquet file."""
    if (arrow := import_arrow()) is None:
        refuse_event_file(path, "a Parquet file, which needs pyarrow", f"it: {name_install('mapclassify', 'pyarrow')}")
    try:
        if isinstance(path, Address):
            return arrow.parquet.ParquetFile(give_input(path, "none"), pre_buffer=is_stored(path.place))
        return arrow.parquet.ParquetFile(path)
    except (arrow.ArrowException, OSError) as error:
        refuse_event_file(path, f"a damaged Parquet file: {str(error).splitlines()[0][:100]}", "a Parquet file")
