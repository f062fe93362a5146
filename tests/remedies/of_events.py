"""Mistakes in files of events and in what is asked of them, and the remedies that are offered."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from geo.cli.main import main
from tests.remedies.follow import Case, Content, Desk, Mend, add, instead, make, put

__all__ = ["CASES"]

HEAD = "id,date,actor,latitude,longitude\n"
ROW = "1,2020-07-01,Taliban,34.53,69.17\n"
ROWS = ROW + "2,2020-08-01,IS,34.35,62.2\n"
EVENTS = HEAD + ROWS
UCDP = "id,date_start,date_end,side_a,side_b,where_prec,latitude,longitude,best\n"
ACLED = "event_id_cnty,event_date,actor1,latitude,longitude,geo_precision,fatalities\n"
DEATHS = "id,date,latitude,longitude,deaths\n1,2020-07-01,34.53,69.17,"
COUNTED = "id,date,latitude,longitude,events\n1,2020-07-01,34.53,69.17,12\n"
TYPES = "id,date,type,latitude,longitude\n1,2020-07-01,Battles,34.53,69.17\n2,2020-07-02,Protests,34.53,69.17\n"
OBJECTS = '[{"id": 1, "date": "2020-07-01", "latitude": 34.53, "longitude": 69.17}]'
GROUPS = "groups: {taliban: [Taliban], is: [IS]}\n"
FORMAT = '[mine]\ntitle = "Mine"\nlongitude = ["east"]\nlatitude = ["north"]\nstart = ["day"]\ndates = ["%d.%m.%Y"]\n'
NAMED = '[mine]\ntitle = "Mine"\nlongitude = ["longitude"]\nlatitude = ["latitude"]\nstart = ["date"]\n'
COUNT = "events e.csv --to counts --by all"


def count(
    name: str, text: Content, *steps: tuple[str, Mend], more: str = "", command: str = COUNT, **files: Content
) -> Case:
    """Take a file of events that is counted."""
    named = {each.replace("_", "."): content for each, content in files.items()}
    return Case(name, f"{command} {more}", {"e.csv": text, **named}, steps)


def people(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a file of populations with one mistake."""
    return count(name, EVENTS, *steps, more="--population p.csv", p_csv=text)


def book(*, hidden: bool) -> bytes:
    """Write a workbook of events, of which a row is hidden or not."""
    made, packed = openpyxl.Workbook(), io.BytesIO()
    page = made.worksheets[0]
    for line in EVENTS.splitlines():
        page.append(line.split(","))
    page.row_dimensions[2].hidden = hidden
    made.save(packed)
    return packed.getvalue()


def change(old: str, new: str = r"\1") -> Mend:
    return put(old, new, "e.csv")


def pack(*names: str) -> Content:
    """Write a .zip of files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, EVENTS)
    return data.getvalue()


def keep_half(path: Path) -> None:
    """Keep half of what the events come to."""
    CliRunner().invoke(main, [*COUNT.split(), "--resume", "kept"])
    (kept,) = path.parent.glob("kept/*.counts")
    kept.write_bytes(kept.read_bytes()[:50])


def delete(match: re.Match[str], desk: Desk) -> None:
    (desk.folder / match[1]).unlink()


def unpack(_: object, desk: Desk) -> None:
    shutil.unpack_archive(desk.folder / "e.zip", desk.folder, "zip")
    desk.words[1:2] = ["a.csv"]


HEADERS = [
    count("no places", "id,date,actor\n1,2020,x\n", (r"a header with (latitude) and (longitude)",
                                                    make("e.csv", r"id,date,actor,\1,\2" + "\n" + ROW))),
    count("no places of known names", "id,day,north,east\n1,01.07.2020,34.53,69.17\n",
          (r"or (--format): .* or a file \.toml", add(r"\1 mine.toml")), mine_toml=FORMAT),
    count("a format", ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n", (r"nearest: (\w+)", instead("acld")), more="--format acld"),
    count("a format that it is not", EVENTS, (r"or (--format) with another", instead("--format acled", r"\1 generic")), more="--format acled"),
    count("a column of a format", UCDP.replace("latitude", "latitud") + "1,2020-07-01,2020-07-01,Taliban,x,1,34.53,69.17,1\n",
          (r"no column (latitude), which.*nearest: (latitud)\b", change("latitud", r"\1")), more="--format ucdp-ged"),
    count("UTF-16", EVENTS.encode("utf-16"), (r"(--encoding utf-16)", add())),
    count("Latin 1", EVENTS.replace("Taliban", "T\u00e1liban").encode("latin-1"), (r"(--encoding), such as (cp1252)", add(r"\1 \2"))),
    count("an empty file", "", (r"expected a file of events", make("e.csv", EVENTS))),
    count("no rows", HEAD, (r"a file with rows of events", make("e.csv", EVENTS))),
    count("a quote left open", EVENTS.replace("Taliban", '"Taliban'), (r"a quote that is never closed", change('"Taliban', '"Taliban"'))),
    count("too many cells", EVENTS + "3,2020,x,34.5,69.1,9,9\n", (r"row 4", change("3,2020,x,34.5,69.1,9,9\n", "3,2020,x,34.5,69.1\n"))),
    count("an archive of two", pack("a.csv", "b.csv"), (r"unpack it and name its files", unpack), command="events e.zip --to counts --by all",
          e_zip=pack("a.csv", "b.csv")),
    count("a column twice", EVENTS.replace("actor", "date"), (r"(another) name for the other", change("date,date", r"date,\1"))),
    count("rows of counts", COUNTED, (r"(--count-column events) where it counts", add())),
    count("a column of that name that counts nothing", COUNTED, (r"or else (another) name for it", change(",events", r",\1"))),
    count("no such column of counts", COUNTED, (r"nearest: (\w+)", instead("evnt")), more="--count-column evnt"),
    count("a column that counts nothing", EVENTS, (r"a column that says how many events a row is", instead("--count-column x", "")), more="--count-column x"),
    count("a row cut short", EVENTS + "3,2020-07-01,x\n", (r"row 4; expected .* this row completed or (deleted)", change("3,2020-07-01,x\n", ""))),
    count("a last line cut short", EVENTS[:-1], (r"expected the file as published, or a (line break)", change("62.2", "62.2\n"))),
    count("hidden rows", "", (r"expected a workbook without hidden rows", make("e.xlsx", book(hidden=False))),
          command="events e.xlsx --to counts --by all", e_xlsx=book(hidden=True)),
    count("JSON that is cut", '[{"id": 1, "latitude": 34.53, "longitude": 69.17}', (r"(\[\{).*(\})\]?, a list", make("e.csv", OBJECTS))),
    count("JSON of nothing", "[]", (r"a file with rows of events", make("e.csv", OBJECTS))),
    count("a page of several", f'{{"TotalCount": 2, "Result": {OBJECTS}}}', (r"the other pages .* as well, each a file", add("f.json")),
          f_json=OBJECTS.replace("1,", "2,")),
    count("dates of two readings", HEAD + "1,01/02/2020,x,34.53,69.17\n" + ROW.replace("1,", "2,", 1), (r"expected (--dates %d/%m/%Y) or", add()),
          command="events e.csv --to counts --by month"),
    count("dates of one reading", HEAD + "1,14/02/2020,x,34.53,69.17\n", (r"form that the format knows, (--dates %d/%m/%Y), or", add()),
          command="events e.csv --to counts --by month"),
    count("a form of no date", EVENTS, (r"one such as (%d/%m/%Y)", instead("dd/mm/yyyy")), more="--dates dd/mm/yyyy"),
    count("no number of events", COUNTED.replace(",12", ",a dozen"), (r"whole numbers of events in the column", change("a dozen", "12")), more="--count-column events"),
    count("the same file twice", EVENTS, (r"expected each file once", instead("e.csv e.csv", "e.csv")), command="events e.csv e.csv --to counts --by all"),
    count("two collections", EVENTS, (r"run once for each", instead("e.csv f.csv", "e.csv")), command="events e.csv f.csv --to counts --by all",
          f_csv=ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n"),
]  # fmt: skip

NOTHING = [
    count("no coordinates", HEAD + "1,2020,x,,\n", (r"latitude and longitude of each event", change(",,", ",34.53,69.17"))),
    count("no degrees", HEAD + '1,2020,x,"34,53","69,17"\n', (r"degrees with a point: (34\.53)", change('"34,53","69,17"', r"\1,69.17"))),
    count("not precise enough", UCDP + "1,2020-07-01,2020-07-01,a,b,6,34.53,69.17,1\n", (r"or (--precision) with the values", add(r"\1 6"))),
    count("the middle of the country", HEAD + "1,2020,x,34,66\n", (r"the place of each event", change("34,66", "34.53,69.17"))),
    count("changed places", HEAD + "1,2020,x,69.17,34.53\n", (r"each in its own column", change("latitude,longitude", "longitude,latitude"))),
    count("changed places, said so", HEAD + "1,2020,x,69.17,34.53\n", (r"or (--format) with a file \.toml", add(r"\1 mine.toml")),
          mine_toml='[mine]\ntitle = "Mine"\nlongitude = ["latitude"]\nlatitude = ["longitude"]\n'),
    count("in no province", HEAD + "1,2020,x,48.85,2.35\n", (r"events in the units of the map", change("48.85,2.35", "34.53,69.17"))),
    count("no known date", HEAD + "1,1.7.2020,x,34.53,69.17\n",
          (r"or (--format) FILE\.toml whose `(dates)` say theirs",
           lambda match, desk: (make("mine.toml", NAMED + r'\2 = ["%d.%m.%Y"]')(match, desk), add(r"\1 mine.toml")(match, desk))),
          command="events e.csv --to counts --by month"),
    count("a year that cannot be", HEAD + "1,0202-07-01,x,34.53,69.17\n", (r"such as (2020-07-01)", change("0202-07-01")),
          command="events e.csv --to counts --by month"),
    count("headers only", HEAD + HEAD, (r"a file with rows of events", make("e.csv", EVENTS))),
    count("out of time", EVENTS, (r"another (--since) or --until", instead("--since 2021", r"\1 2019")), more="--since 2021"),
    count("actors of nobody", EVENTS, (r"(--actors) lists those", add()), more="--groups g.yaml", g_yaml="groups: {x: [Nobody]}\n"),
    count("actors as they are written", EVENTS, (r"nearest: (\w+)", put("Talibans", file="g.yaml")), more="--groups g.yaml",
          g_yaml="groups: {x: [Talibans], is: [IS]}\n"),
    count("neither place nor date", HEAD + "1,,x,,\n", (r"(?:latitude and longitude of each event|rows with a place and a date)", change("1,,x,,", "1,2020,x,34.53,69.17"))),
]  # fmt: skip

ASKED = [
    count("the wrong way", EVENTS, (r"(--since) before (--until)", instead("--since 2021 --until 2020", r"\1 2020 \2 2021")), more="--since 2021 --until 2020"),
    count("no precision", EVENTS, (r"the command without --precision", instead("--precision 1", "")), more="--precision 1"),
    count("no dates", "id,actor,latitude,longitude\n1,x,34.53,69.17\n", (r"or (--by all) without", instead("--by month")), command="events e.csv --to counts --by month"),
    count("no dates and since", "id,actor,latitude,longitude\n1,x,34.53,69.17\n", (r"a column (date), or", make("e.csv", EVENTS)), more="--since 2019"),
    count("points that may not be passed on", ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n", (r"the map without --points", instead("--points", "")),
          command="events e.csv --points --by all --downloaded 2020"),
    count("points with leave", ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n", (r"with leave of the publisher, --points (--may-pass-on)", add()),
          command="events e.csv --points --by all --downloaded 2020"),
    count("points without a map", EVENTS, (r"(--to map) as well", add()), more="--points"),
    count("a level without records", EVENTS, (r"(--to records) as well", add(r"\1 --groups g.yaml")), more="--level Many", g_yaml=GROUPS),
    count("records without groups", EVENTS, (r"(--groups) with a list of actors by group", add(r"\1 g.yaml")), more="--to records", g_yaml=GROUPS),
    count("a threshold without records", EVENTS + "3,2020-07-02,Taliban,34.53,69.17\n", (r"goes with (--to records)", add()), more="--threshold 2 --groups g.yaml", g_yaml=GROUPS),
    count("actors of groups of one name", EVENTS, (r"'Many' for 'b', .*expected one of these groups, or names that tell them apart", put("{name: Many, actors: [IS]}", "{name: Few, actors: [IS]}", file="g.yaml")),
          more="--groups g.yaml", g_yaml="groups: {a: {name: Many, actors: [Taliban]}, b: {name: Many, actors: [IS]}}\n"),
    count("records that stand there", EVENTS, (r"or (--force) to replace it", add()),
          command="events e.csv --to records --groups g.yaml --by all -o .", g_yaml=GROUPS, events_yaml="presence: {A: [Kabul]}\n"),
    count("too high a threshold", EVENTS, (r"expected a lower (--threshold)", instead("--threshold 9", r"\1 1")), more="--to records --threshold 9 --groups g.yaml", g_yaml=GROUPS),
    count("no record in so short a time", HEAD + "1,2020,Taliban,34.53,69.17\n", (r"expected a longer period: (--by year)", instead("--by month")),
          command="events e.csv --to records --groups g.yaml --by month", g_yaml=GROUPS),
    count("a folder of a folder", EVENTS, (r"a folder whose parent exists", instead("a/b/c", "a")), more="-o a/b/c"),
    count("kept where nothing is", EVENTS, (r"a folder whose parent exists", instead("a/b/c", "a")), more="--resume a/b/c"),
    count("what is read", EVENTS, (r"another place for what is written: (-o)", add(r"\1 elsewhere")), command="events counts.csv --to counts --by all -o .", counts_csv=EVENTS),
    count("kept and changed", EVENTS, (r"(kept/\w+\.counts): .*; delete it, and its part is counted again", delete), more="--resume kept",
          kept_any=keep_half),
    count("points kept", ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n", (r"expected one of the two", instead("--resume kept", "")),
          command="events e.csv --points --may-pass-on --by all --downloaded 2020 --resume kept"),
]  # fmt: skip

DOUBTS = [
    count("no ids", EVENTS.replace("id,", "number,"), (r"expected a column (id)", change("number,", r"\1,"))),
    count("an id missing", EVENTS.replace("2,2020", ",2020"), (r"without an id; expected one", change("\n,2020", "\n2,2020"))),
    count("an event twice", EVENTS + ROW, (r"expected each once", make("e.csv", EVENTS))),
    count("deaths in words", DEATHS + "10+\n", (r"whole numbers of persons: (10)", change("10+"))),
    count("deaths in groups of digits", DEATHS + '"1,200"\n', (r"digits alone: (1200)", change('"1,200"'))),
    count("a day of download", ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n", (r"expected (--downloaded) DATE", add(r"\1 2020-12-01"))),
    count("no ids that are withdrawn", ACLED + "A1,2020-07-01,Taliban,34.53,69.17,1,0\n", (r"one id a line", make("d.csv", "A7\n")), more="--downloaded 2020-12-01 --deleted d.csv", d_csv="a,b\n1,2\n"),
    count("all is withdrawn", EVENTS, (r"events that are not in the file of --deleted", put("2\n", "", "d.csv")), more="--deleted d.csv", d_csv="1\n2\n"),
    people("a unit that is none", "name,population\nKabull,5\n", (r"nearest: (\w+)", put("Kabull", file="p.csv"))),
    people("a unit twice", "name,population\nKabul,5\nKabul,6\n", (r"each province once", put("Kabul,6\n", "", "p.csv"))),
    people("no persons", "name,population\nKabul,many\n", (r"persons, such as (\d+)", put("many", file="p.csv"))),
    people("no column of people", "name,number\nKabul,5\n", (r"columns name \(or code\) and (population)", put("number", file="p.csv"))),
    count("no such populations", EVENTS, (r"expected the path of a CSV of populations", instead("no.csv", "p.csv")), more="--population no.csv", p_csv="name,population\nKabul,5\n"),
    count("deaths that nobody states", EVENTS, (r"the command without --measure", instead("--measure deaths", "")), more="--measure deaths"),
    count("a type that no event has", TYPES, (r"such as (\w+)", instead("Battle", r"\1")), more="--type Battle"),
    count("a type among others", TYPES, (r"nearest: (\w+)", instead("Protest", r"\1")), more="--type Battles --type Protest"),
    count("no types", EVENTS, (r"the command without (--type)", instead("--type Battles", "")), more="--type Battles"),
    count("no span of time", EVENTS, (r"such as (2018\.\.2023)", instead("soon", r"\1")), more="--covers soon"),
    count("a span from its end", EVENTS, (r"the earlier first: (\S+)", instead("2023..2018", r"\1")), more="--covers 2023..2018"),
    count("months that are not covered", EVENTS, (r"expected (?:--covers) with all that the files cover", instead("2019", "2019..2020")), command="events e.csv --to counts --covers 2019"),
    count("a panel too long", EVENTS + "3,1901-07-01,Taliban,34.53,69.17\n", (r"a longer period, or (--since) and --until", add(r"\1 2020")), command="events e.csv --to counts --by day --panel p.csv"),
    count("ids that mean no event", HEAD + "".join(f"1,2020-07-{day:02},x,34.53,69.{day}\n" for day in range(10, 30)),
          (r"a format \.toml without `id`", add("--format mine.toml")),
          mine_toml='[mine]\ntitle = "Mine"\nlongitude = ["longitude"]\nlatitude = ["latitude"]\n'),
]  # fmt: skip


def actors(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a list of actors with one mistake."""
    return count(name, EVENTS, *steps, more="--groups g.yaml", g_yaml=text)


LISTS = [
    actors("a key", "group: {taliban: [Taliban], is: [IS]}\n", (r"nearest: (\w+)", put("group:", r"\1:", "g.yaml"))),
    actors("no actors", "groups: {taliban: {name: T}, is: [IS]}\n", (r"expected a list of actors", put("{name: T}", "{name: T, actors: [Taliban]}", "g.yaml"))),
    actors("no groups", "ignore: [x]\n", (r"actors by group: (\{.*\})\n", make("g.yaml"))),
    actors("no mapping", "[Taliban]\n", (r"actors by group: (\{.*\})\n", make("g.yaml"))),
    actors("the group any", "groups: {any: [Taliban], is: [IS]}\n", (r"expected another id", put("any:", "taliban:", "g.yaml"))),
    actors("an actor of two", "groups: {a: [Taliban], b: [Taliban]}\n", (r"for two that are not told apart, a group of its own", make("g.yaml", "groups: {both: [Taliban]}\n"))),
    actors("no actor at all", "groups: {a: [], b: [Taliban]}\n", (r"a list of actors, as the event data write them", put("a: []", "a: [IS]", "g.yaml"))),
    count("no such list", EVENTS, (r"expected the path of a list of actors", instead("no.yaml", "g.yaml")), more="--groups no.yaml", g_yaml=GROUPS),
]  # fmt: skip


def form(name: str, text: str, *steps: tuple[str, Mend]) -> Case:
    """Take a format with one mistake."""
    return count(
        name, "id,day,north,east\n1,01.07.2020,34.53,69.17\n", *steps, more="--format mine.toml", mine_toml=text
    )


FORMATS = [
    form("a key of a format", FORMAT.replace("latitude", "lattitude"), (r"nearest: (\w+)", put("lattitude", file="mine.toml"))),
    form("no longitude", FORMAT.replace('longitude = ["east"]\n', ""), (r"expected title, (longitude), latitude", put("latitude =", '\\1 = ["east"]\nlatitude =', "mine.toml"))),
    form("no list of columns", FORMAT.replace('["east"]', '"east"'), (r"expected a list of names", put('"east"', '["east"]', "mine.toml"))),
    form("two formats", FORMAT + FORMAT.replace("mine", "other"), (r"expected one: a table", make("mine.toml", FORMAT))),
    form("a flag", FORMAT + 'passes_on = "yes"\n', (r"expected (true) or false", put('"yes"', file="mine.toml"))),
    form("forms of dates", FORMAT.replace("%d.%m.%Y", "d.m.y"), (r"such as (%Y-%m-%d)", put("d.m.y", file="mine.toml"))),
    form("a separator", FORMAT + 'separator = "comma"\n', (r"expected one character", put('"comma"', '","', "mine.toml"))),
    form("what is released as a whole", FORMAT + 'whole = "week"\n', (r"expected year or (month)", put('"week"', r'"\1"', "mine.toml"))),
    form("years that are lost", FORMAT + "lost = [1993]\n", (r"a list of years, such as (\[.*\])", put("[1993]", r"\1", "mine.toml"))),
    form("an address", FORMAT + 'url = "example.org"\n', (r"begins with http:// or (https://)", put("example", r"\1example", "mine.toml"))),
    count("no such file", "id,day,north,east\n1,01.07.2020,34.53,69.17\n", (r"expected a format", make("mine.toml", FORMAT)), more="--format mine.toml"),
]  # fmt: skip


def write_columns(path: Path) -> None:
    """Write a Parquet file with two columns of one name."""
    import pyarrow
    import pyarrow.parquet

    table = pyarrow.Table.from_arrays([pyarrow.array([1.0])] * 3, ["latitude", "longitude", "longitude"])
    pyarrow.parquet.write_table(table, path)


def write_parquet(path: Path) -> None:
    """Write events as Parquet."""
    import pandas

    pandas.read_csv(io.StringIO(EVENTS)).to_parquet(path)


OTHERS = [
    count("an archive cut short", gzip.compress(EVENTS.encode())[:-20], (r"(?:the file as it was published|unpacked)", make("e.csv", gzip.compress(EVENTS.encode())))),
    count("half a zip", b"PK\x03\x04", (r"a damaged archive", make("e.csv", pack("a.csv")))),
    count("an old workbook", b"\xd0\xcf\x11\xe0", (r"a workbook saved as \.xlsx, or CSV", make("e.csv", EVENTS))),
    count("no text", b"id,latitude\0", (r"CSV or the like, \.xlsx or Parquet", make("e.csv", EVENTS))),
    count("two columns of a name", write_columns, (r"expected each name once", make("e.csv", write_parquet))),
    count("half a Parquet file", b"PAR1", (r"expected a Parquet file", make("e.csv", write_parquet))),
    form("no TOML", "mine", (r"a format, such as (.*)\n", make("mine.toml", "\\1\n")), ("no column lon", make("mine.toml", FORMAT))),
    actors("an actor that is none", "groups: {a: [[x]], b: [Taliban]}\n", (r"a name as the event data write it", put("[[x]]", "[IS]", "g.yaml"))),
]  # fmt: skip
CASES = [*HEADERS, *NOTHING, *ASKED, *DOUBTS, *LISTS, *FORMATS, *OTHERS]
