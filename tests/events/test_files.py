"""Files as people have them: the right count of rows, or a refusal that names the place and the remedy."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from geo.errors import EventsError, name_install
from geo.events.count_chunk import Rules
from geo.events.engines import LocalEngine
from geo.events.files.cells import Chunk
from geo.events.files.chunks import Part, list_parts, read_chunks
from geo.events.files.formats import find_format, list_formats, parse_formats
from geo.events.files.inspect_file import inspect_file
from geo.events.merge import count_all
from geo.events.tally import name_file
from tests.events.conftest import ACLED, ACTORS, PAIR, Write, event, tally

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [event(number, notes=f'He said "no", {number}') for number in range(1, 12)]


def list_rows(chunk: Chunk, *roles: str) -> list[list[str]]:
    every = np.arange(len(chunk))
    return [list(cells) for cells in zip(*(chunk[role].show(every) for role in roles), strict=True)]


def tags() -> tuple[str, ...]:
    known = {"latitude": "#geo+lat", "longitude": "#geo + lon", "notes": ""}
    return tuple(known.get(name, "#event+code") for name in ACLED)


def pack(path: Path, *names: str) -> Path:
    packed = path.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.write(path, name)
    return packed


def squeeze(path: Path) -> Path:
    squeezed = path.with_suffix(".csv.gz")
    squeezed.write_bytes(gzip.compress(path.read_bytes()))
    return squeezed


def save_workbook(path: Path) -> Path:
    frame = pd.read_csv(path, dtype=str, na_filter=False)
    frame["event_date"] = pd.to_datetime(frame["event_date"])
    frame["latitude"] = frame["latitude"].astype(float)
    frame["time_precision"] = frame["time_precision"].astype(int)
    frame.to_excel(path.with_suffix(".xlsx"), index=False)
    return path.with_suffix(".xlsx")


def save_parquet(path: Path) -> Path:
    frame = pd.read_csv(path, dtype={"event_id_cnty": str})
    frame["event_date"] = pd.to_datetime(frame["event_date"])
    frame["geo_precision"] = frame["geo_precision"].astype(float)
    frame.to_parquet(path.with_suffix(".parquet"), index=False, row_group_size=4)
    return path.with_suffix(".parquet")


@pytest.mark.parametrize(
    "write_file",
    [
        lambda write: write(ROWS),
        lambda write: write(ROWS, separator=";"),
        lambda write: write(ROWS, separator="\t"),
        lambda write: write(ROWS, separator="|"),
        lambda write: write(ROWS, encoding="utf-8-sig"),
        lambda write: write([tags(), *ROWS]),
        lambda write: write([tags(), *ROWS], encoding="utf-8-sig", separator=";"),
        lambda write: write([event(n, notes='two\nlines, "quoted",\r\n\nand a fourth') for n in range(1, 12)]),
        lambda write: write([event(n, notes=f"x, {'y' * 5000}") for n in range(1, 12)]),
        lambda write: write(ROWS, header=[name.upper() for name in ACLED]),
        lambda write: write(ROWS, header=[f" {name} " for name in ACLED]),
        lambda write: write([row[::-1] for row in ROWS], header=ACLED[::-1]),
        lambda write: write([(*row, "") for row in ROWS], header=[*ACLED, ""]),
        lambda write: write([(*row, "") for row in ROWS]),
        lambda write: write([[], *ROWS, []]),
        lambda write: write([(*row, "AFG") for row in ROWS], header=[*ACLED, "iso3"]),
        lambda write: squeeze(write(ROWS)),
        lambda write: pack(write(ROWS), "GEDEvent_v25_1.csv"),
        lambda write: pack(write(ROWS), "events.csv", "__MACOSX/events.csv"),
        lambda write: save_workbook(write(ROWS)),
        lambda write: save_parquet(write(ROWS)),
    ],
)
@pytest.mark.parametrize("rows", [3, 1000])
def test_the_right_count(write_file: Callable[[Write], Path], rows: int, write: Write):
    found = tally(write_file(write), rows=rows).counts
    assert found.tally == {"read": 11, "counted": 11}
    assert found.rows["taliban", 0, 2020 * 12 + 6] == (11, 22, 11, 22, 22)


def test_an_error_of_a_spreadsheet_is_no_row_of_hashtags(write: Write):
    path = write([event(1, latitude="#N/A", longitude="#N/A"), event(2)])
    assert tally(path).counts.tally == {"read": 2, "counted": 1, "bad_coordinates": 1}


@pytest.mark.parametrize(
    ("written", "damaged"),
    [
        (lambda write: squeeze(write(ROWS)), lambda data: data[:60] + b"\x00\xff\x07" + data[63:]),
        (lambda write: squeeze(write(ROWS)), lambda data: data[:-20]),
        (lambda write: pack(write(ROWS), "events.csv"), lambda data: data[:60] + b"\x00\xff\x07" + data[63:]),
        (lambda write: pack(write(ROWS), "events.csv"), lambda data: data.replace(b"\x08\x00", b"\x09\x00")),
        (lambda write: pack(write(ROWS), "events.csv"), lambda data: data.replace(b"\x08\x00", b"\x0e\x00")),
    ],
)
def test_a_damaged_archive_is_refused(
    written: Callable[[Write], Path], damaged: Callable[[bytes], bytes], write: Write
):
    path = written(write)
    path.write_bytes(damaged(path.read_bytes()))
    with pytest.raises(EventsError, match=r"archive|cannot be read to its end"):
        tally(path)


@pytest.mark.parametrize("encoding", ["rot13", "base64", "hex", "zlib", "a\0b", "klingon"])
def test_what_is_no_encoding_of_text_is_refused(encoding: str, write: Write):
    with pytest.raises(EventsError, match="expected --encoding, such as cp1252"):
        inspect_file(write(ROWS), encoding=encoding)


def test_whole_numbers_beside_nothing_stay_whole(tmp_path: Path):
    ids = pd.array([9007199254740993, 9007199254740992, None], dtype="Int64")
    frame = pd.DataFrame({"id": ids, "lat": 31.5, "lon": 61.5, "date": pd.Timestamp("2020-07-01"), "actor": "IS"})
    frame.to_parquet(tmp_path / "e.parquet", index=False)
    found = tally(tmp_path / "e.parquet")
    assert found.counts.tally == tally(tmp_path / "e.parquet", rows=1).counts.tally == {"read": 3, "counted": 3}
    assert found.blank == 1


def test_columns_of_a_parquet_file_of_any_type_are_the_texts_of_a_csv(tmp_path: Path):
    cells = {
        "id": pd.array([2**60 + 1, None], "Int64"), "lat": [31.5, float("nan")], "lon": pd.array([61, 61], "int8"),
        "date": [pd.Timestamp("2020-07-01 13:00"), pd.NaT], "date_end": [dt.date(2020, 7, 2), None],
        "actor": pd.Categorical(["IS", "Ä"]), "actor1": ["x", None], "deaths": [2.0, None],
    }  # fmt: skip
    pd.DataFrame(cells).to_parquet(tmp_path / "e.parquet", index=False)
    ((chunk, _),) = read_chunks(Part(inspect_file(tmp_path / "e.parquet")))
    assert list_rows(chunk, "id", "lat", "lon", "start", "end", "actor0", "actor3") == [
        ["1152921504606846977", "31.5", "61", "2020-07-01", "2020-07-02", "IS", "x"], ["", "", "61", "", "", "Ä", ""],
    ]  # fmt: skip
    assert chunk["deaths"].numbers[0] == 2


def test_a_format_may_say_what_parts_its_cells(tmp_path: Path):
    path = tmp_path / "log.txt"
    path.write_text("nr^lon^lat^one, two, three, four\n1^61.5^31.5^a, b\n")
    (form,) = parse_formats(b'[a]\ntitle="A"\nseparator="^"\nid=["nr"]\nlongitude=["lon"]\nlatitude=["lat"]', "a.toml")
    found = inspect_file(path, form)
    assert (found.separator, found.width) == ("^", 4)
    assert [list_rows(chunk, "id", "lon", "lat") for chunk, _ in read_chunks(Part(found))] == [[["1", "61.5", "31.5"]]]


@pytest.mark.parametrize("parts", [["year"], ["year", "month"]])
def test_a_date_may_have_fewer_parts(parts: list[str], write: Write):
    text = f'[a]\ntitle="A"\nlongitude=["lon"]\nlatitude=["lat"]\nparts={parts}'
    (form,) = parse_formats(text.encode(), "a.toml")
    path = write([("61.5", "31.5", "2020", "7")], header=("lon", "lat", "year", "month"))
    rules = Rules(PAIR, by="year")
    found = count_all([Part(inspect_file(path, form))], rules, LocalEngine()).counts
    assert found.rows == {(None, 0, 2020): (1, 0, 0, 0, 0)}
    with pytest.raises(EventsError, match="no column year, which a file of format a has"):
        inspect_file(write([("61.5", "31.5")], header=("lon", "lat")), form)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "latin-1"])
def test_other_encodings_are_read_when_they_are_named(encoding: str, write: Write):
    path = write([event(1, notes="Müller", actor1="Taleban")], encoding=encoding)
    file = inspect_file(path, encoding=encoding)
    chunks = list(read_chunks(Part(file)))
    assert list_rows(chunks[0][0], "actor0") == [["Taleban"]]


def write_gdelt(write: Write) -> Path:
    cells = [""] * 61
    for place, cell in {0: "9", 1: "20200701", 8: "TAL", 51: "4", 56: "31.5", 57: "61.5", 60: 'a "b'}.items():
        cells[place] = cell
    text = "\t".join(cells) + "\n"
    path = write([], "20200701.export.CSV", header=None)
    path.write_text(text + text.replace("\t4\t", "\t1\t", 1).replace("9", "8", 1))
    return path


def test_gdelt_has_tabs_no_header_and_no_quotes(write: Write):
    file = inspect_file(write_gdelt(write))
    assert (file.form.id_, file.separator, file.names) == ("gdelt", "\t", ())
    assert tally(Path(file.path), actors=None).counts.tally == {"read": 2, "counted": 1, "imprecise": 1}


def test_a_candidate_file_of_ucdp_may_lack_its_header(ged: Path, tmp_path: Path):
    bare = tmp_path / "candidate.csv"
    bare.write_text(ged.read_text("utf-8").partition("\n")[2])
    file = inspect_file(bare)
    assert (file.form.id_, file.names) == ("ucdp-ged", ())
    assert name_file(tally(bare).counts, "") == name_file(tally(ged).counts, "")


def test_lists_in_cells_are_text(ged: Path, tmp_path: Path):
    listed = tmp_path / "lists.csv"
    listed.write_text(ged.read_text("utf-8").replace(",700,\n", ",2;200;900,700;2\n"))
    assert ",2;200;900,700;2\n" in listed.read_text()
    assert name_file(tally(listed).counts, "") == name_file(tally(ged).counts, "")


def test_versions_of_a_format_with_other_columns_are_of_that_format(ged: Path, write: Write):
    older = (
        "ID",
        "YEAR",
        "SIDE_A",
        "SIDE_B",
        "WHERE_PREC",
        "LATITUDE",
        "LONGITUDE",
        "DATE_START",
        "DATE_END",
        "BEST_EST",
    )
    path = write([("7", "2018", "IS", "Taleban", "1", "31.5", "61.5", "2018-01-02", "2018-01-02", "4")], header=older)
    assert inspect_file(path).form.id_ == "ucdp-ged"
    assert tally(path, ged).counts.tally["read"] == 136


def test_a_file_is_read_by_the_format_that_the_user_names(write: Write):
    own = b'[mine]\ntitle = "Mine"\nid = ["nr"]\nlongitude = ["E"]\nlatitude = ["N"]\nstart = ["when"]\n'
    own += b'dates = ["%d.%m.%Y"]\nactors = ["who"]\nprecision = {column = "q", province = ["good"]}\n'
    (form,) = parse_formats(own, "mine.toml")
    path = write([("1", "61.5", "31.5", "24.12.2020", "IS", "good")], header=("nr", "E", "N", "when", "who", "q"))
    file = inspect_file(path, form)
    assert dict(file.columns) == {"id": 0, "lon": 1, "lat": 2, "start": 3, "actor0": 4, "precision": 5}
    with pytest.raises(EventsError, match="an unknown format with the columns nr, E, N, when, who, q"):
        inspect_file(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("a,b\n1,2\n", ":1:1: an unknown format with the columns a, b; expected a header with latitude"),
        ("event_id_cnty,event_date,actor1,latitude,longitud\n", "an unknown format"),
        (
            "event_id_cnty,event_date,actor1,latitude,longitude\n",
            "no column geo_precision, which a file of format acled",
        ),
        ("id,side_a,side_b,where_prec,date_start,latitude,longitude\n1,a\x00,b,1,2020-01-01,31,61\n", "no text"),
        ("\xff\xfea\x00", "not UTF-8 but UTF-16; expected --encoding utf-16"),
        ("lat,lon\n1,\xe9\n", "the file is not utf-8"),
        ("lat,lon\n1,2\n1,2,3\n", ": a row of more cells than the header has: row 3"),
        ('lat,lon\n1,2\n1,"2\n3,4\n', ": a quote that is never closed: row 3"),
        ("lat,lon\n1,2\n1,2,,x\n", ": a row of more cells than the header has: row 3"),
        ("PK\x03\x04 nothing", "a damaged archive"),
        ("\x1f\x8b nothing", "a damaged archive"),
        ("\xd0\xcf\x11\xe0 old", "an old workbook (.xls); expected a workbook saved as .xlsx"),
        ("PAR1 nothing", "a damaged Parquet file"),
    ],
)
def test_a_refusal_names_the_place_and_the_remedy(content: str, said: str, tmp_path: Path):
    path = tmp_path / "events.csv"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(EventsError) as error:
        tally(path)
    assert said in str(error.value)
    assert str(error.value).startswith(str(path))


@pytest.fixture(params=[True, False], ids=["with Arrow", "without"])
def arrow(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if not request.param:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
    return bool(request.param)


ODD = [
    ("1,2,3\n", [["1", "2"]]),
    ("1,2,3", [["1", "2"]]),
    ('1,2,"3"', [["1", "2"]]),
    ("1,2,\n\n\n  \n4,5,6\n", [["1", "2"], ["4", "5"]]),
    ("1,2,3\r\n4,5,6\r\n", [["1", "2"], ["4", "5"]]),
    ("1,2,3\r4,5,6\r", [["1", "2"], ["4", "5"]]),
    ('1,2,5" gun\n4,5,6" gun\n', [["1", "2"], ["4", "5"]]),
    ('1,"2"0,3\n', [["1", "20"]]),
    ('"1","2 ""x"", y",3\n', [["1", '2 "x", y']]),
    ('1,2,"a\n\nb\r\nc"\n4,5,6\n', [["1", "2"], ["4", "5"]]),
    ("1,2,3\n4,5,6,\n7,8,9,,\n", [["1", "2"], ["4", "5"], ["7", "8"]]),
    ("1,2,3\nSource: nobody\n4,5,6\n", [["1", "2"], ["Source: nobody", ""], ["4", "5"]]),
    ('1,2,3\n""\n4,5,6\n', [["1", "2"], ["", ""], ["4", "5"]]),
    ("1,2,3\n\x04\n4,5,6\n", [["1", "2"], ["4", "5"]]),
    (f"1,2,{'x' * 3_000_000}\n4,5,6\n", [["1", "2"], ["4", "5"]]),
    ("1,ü,é\n4,5,6\n", [["1", "ü"], ["4", "5"]]),
    ("", []),
    ("\n \n", []),
]


@pytest.mark.usefixtures("arrow")
@pytest.mark.parametrize(("text", "wanted"), ODD)
@pytest.mark.parametrize("rows", [1, 2, 1000])
def test_rows_that_people_write_are_read_with_arrow_and_without(
    text: str, wanted: list[list[str]], rows: int, tmp_path: Path
):
    (tmp_path / "e.csv").write_text("lat,lon,note\n" + text, newline="")
    chunks = [chunk for chunk, _ in read_chunks(Part(inspect_file(tmp_path / "e.csv")), rows)]
    assert [cells for chunk in chunks for cells in list_rows(chunk, "lat", "lon")] == wanted
    assert [number for chunk in chunks for number in chunk.rows] == [*range(2, 2 + len(wanted))]


@pytest.mark.usefixtures("arrow")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2,3\n1,2,3,4\n1,2\n", "a row of more cells than the header has: row 3"),
        ("1,2,3\n1,2,3,,,,,,,,,4\n", "a row of more cells than the header has: row 3"),
        ("1,2,3\n4,5\n1,2,3,4\n", "a row of 2 cells, where the header has 3: row 3"),
        ("note\n\n1,2,3\n4,5\n", "a row of 2 cells, where the header has 3: row 4"),
        ("1,2,3\n4,5,6\n7", "a row of 1 cells, where the header has 3: row 4"),
        ('1,2,3\n4,5,"6\n7,8,9\n', "a quote that is never closed: row 3"),
        ('1,2,3\n4,5,"6', "a quote that is never closed: row 3"),
        ('1,2,3\n"4,5,6\n', "a quote that is never closed: row 3"),
        ('1,2,3\n4,"5",6\n7,8,9"\n"', "a quote that is never closed: row 5"),
        ('1,a "x,y" b,3\n', "a row of more cells than the header has: row 2"),
        ('1, "x,y",3\n', "a row of more cells than the header has: row 2"),
        ("1,2,\xff\n", "the file is not utf-8: 'utf-8' codec can't decode byte 0xff"),
        ("1,2,3\n4,5,\xc3", "the file is not utf-8: 'utf-8' codec can't decode byte 0xc3"),
    ],
)
@pytest.mark.parametrize("rows", [1, 1000])
def test_rows_that_are_none_are_refused_with_arrow_and_without(text: str, said: str, rows: int, tmp_path: Path):
    path = tmp_path / "e.csv"
    path.write_bytes(b"lat,lon,note\n" + text.encode("latin-1"))
    with pytest.raises(EventsError, match=re.escape(said)):
        list(read_chunks(Part(inspect_file(path)), rows))


@pytest.mark.usefixtures("arrow")
def test_a_byte_that_is_no_letter_is_refused_wherever_it_stands(tmp_path: Path):
    path = tmp_path / "e.csv"
    path.write_bytes(b"lat,lon,note\n" + b"1,2,text\n" * 200_000 + b"1,2,\xfc\n")
    with pytest.raises(EventsError, match="the file is not utf-8: 'utf-8' codec can't decode byte 0xfc"):
        list(read_chunks(Part(inspect_file(path))))


@pytest.mark.usefixtures("arrow")
def test_cells_may_be_parted_by_a_sign_of_several_bytes_and_rows_of_tabs_are_rows(tmp_path: Path):
    path = tmp_path / "e.txt"
    path.write_text("lon¦lat\n61.5¦31.5\n")
    (form,) = parse_formats('[a]\ntitle="A"\nseparator="¦"\nlongitude=["lon"]\nlatitude=["lat"]'.encode(), "a.toml")
    assert [list_rows(chunk, "lon") for chunk, _ in read_chunks(Part(inspect_file(path, form)))] == [[["61.5"]]]
    path.write_text("lon\tlat\tx\n1\t2\t3\n\t\n4\t5\t6\n")
    with pytest.raises(EventsError, match="a row of 2 cells, where the header has 3: row 3"):
        list(read_chunks(Part(inspect_file(path))))


def test_whoever_lacks_pyarrow_is_told_how_to_get_it(write: Write, monkeypatch: pytest.MonkeyPatch):
    path = save_parquet(write(ROWS))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(EventsError) as error:
        inspect_file(path)
    assert (
        str(error.value)
        == f"{path}: a Parquet file, which needs pyarrow; expected it: {name_install('mapclassify', 'pyarrow')}"
    )


def test_a_folder_a_missing_file_and_archives_of_several(write: Write, tmp_path: Path):
    for path, said in [
        (tmp_path / "no.csv", "No such file"), (tmp_path, "a folder; expected a file of events; name those of"),
        (pack(write(ROWS), "a.csv", "b.csv"), "an archive of 2 files; expected one of a single file"),
    ]:  # fmt: skip
        with pytest.raises(EventsError, match=said):
            inspect_file(path)


def test_a_damaged_workbook_is_refused(tmp_path: Path):
    path = tmp_path / "gtd.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x>")
    with pytest.raises(EventsError, match="a damaged workbook"):
        inspect_file(path)


@pytest.mark.parametrize(
    ("part", "old", "new", "found"),
    [
        (SHEET, '<row r="3"', '<row r="2"', "row 2 a second time; expected a workbook saved again"),
        (SHEET, 'r="B2"', 'r="A2"', "the cell A2 a second time"),
        ("xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml",
         "a workbook whose first sheet is missing, its part 'xl/worksheets/sheet9.xml'; expected a whole copy"),
    ],
    ids=["row", "cell", "sheet"],
)  # fmt: skip
def test_a_workbook_of_which_rows_would_be_left_out_is_refused(
    write: Write, tmp_path: Path, part: str, old: str, new: str, found: str
) -> None:
    book = save_workbook(write(ROWS))
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    path = tmp_path / "gtd.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(old.encode(), new.encode()) if name == part else data)
    with pytest.raises(EventsError, match=re.escape(found)):
        inspect_file(path)


def test_a_workbook_that_swells_is_refused(tmp_path: Path):
    path = tmp_path / "gtd.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x>")
        archive.writestr("xl/sharedStrings.xml", bytes(60_000_000))
    with pytest.raises(EventsError, match="a workbook that swells when it is unpacked"):
        inspect_file(path)


def test_numbers_and_days_of_a_workbook_are_those_of_text(tmp_path: Path):
    book = openpyxl.Workbook()
    assert book.active
    for row in (("eventid", "iyear", "imonth", "iday", "specificity", "latitude", "longitude", "gname", "nkill"),
                (202007010001, 2020, 7, 1, 1.0, 31.5, 61.5, "Taliban", None), (None,) * 9):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "gtd.xlsx")
    assert tally(tmp_path / "gtd.xlsx").counts.rows["taliban", 0, 2020 * 12 + 6] == (1, 0, 0, 0, 0)


def test_a_file_that_changes_while_it_is_read_is_refused(write: Write):
    path = write(ROWS)
    file = inspect_file(path)
    chunks = read_chunks(Part(file), 3)
    next(chunks)
    os.utime(path, ns=(1, 1))
    with pytest.raises(EventsError, match="the file changed while it was read; expected a file that stays as it is"):
        list(chunks)


def test_a_parquet_file_is_split_into_its_groups_of_rows(write: Write):
    file = inspect_file(save_parquet(write(ROWS)))
    parts = list_parts(file)
    assert [part.row_group for part in parts] == [0, 1, 2]
    assert [len(chunk) for part in parts for chunk, _ in read_chunks(part)] == [4, 4, 3]


def test_every_format_has_what_makes_it_one():
    for form in list_formats():
        assert form.longitude
        assert form.latitude
        assert form.citation or form.id_ == "generic"
        assert form.licence or form.id_ == "generic"
        assert form.start or form.parts
    assert [each.id_ for each in list_formats() if not each.passes_on] == ["acled", "gtd"]
    assert ACTORS.groups


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a", "no TOML"),
        ("a = 1", "unknown key 'a.'"),
        ("[a]\ntitle = 1", "'a.title' holds '1'; expected text"),
        ("[a]\nlon = []", "unknown key 'a.lon'"),
        ("[a]\nlongitude = 'x'", "'a.longitude' holds 'x'; expected a list of names of columns"),
        ("[a]\ntitle = 'x'", "'a' has no longitude, no latitude"),
        ("[a]\ndates = ['day']", "expected a list of forms of dates, such as %Y-%m-%d"),
        ("[a]\nprecision = {column = 'p'}", "expected column, and province and district"),
        ("[a]\nprecision = {column = 'p', village = ['1']}", "expected column, and province and district"),
        ("[a]\nbare = {width = 2, columns = {x = 2}}", "expected width, and columns with their places from 0"),
        ("[a]\nquoted = 'no'", "expected true or false"),
        ("[a]\nlongitude = []", "'a.longitude' holds '[]'"),
        ("[a]\nurl = 'javascript:x'", "expected an address that begins with http"),
        ('[a]\ntitle = "a\\u0007"', "expected text on one line"),
        ("[a]\nseparator = ', '", "expected one character"),
        ("a = " + "[" * 100_000, "no TOML"),
    ],
)
def test_a_format_of_the_users_own_is_checked(text: str, said: str):
    with pytest.raises(EventsError) as error:
        parse_formats(text.encode(), "mine.toml")
    assert said in str(error.value)


def test_what_is_no_format_is_answered_with_one():
    with pytest.raises(EventsError) as error:
        parse_formats(b"title: Mine", "mine.toml")
    example = str(error.value).partition("such as ")[2]
    (form,) = parse_formats(example.encode(), "mine.toml")
    assert (form.title, form.longitude, form.latitude, form.start) == ("Mine", ("lon",), ("lat",), ("day",))


def test_an_unknown_format_names_the_nearest(tmp_path: Path):
    with pytest.raises(EventsError, match="no format 'acleD'"):
        find_format("acleD")
    for name in (str(tmp_path / "no.toml"), "a\0b.toml"):
        with pytest.raises(EventsError, match="the file cannot be read"):
            find_format(name)
    (tmp_path / "none.toml").write_text("")
    with pytest.raises(EventsError, match="0 formats; expected one"):
        find_format(str(tmp_path / "none.toml"))
