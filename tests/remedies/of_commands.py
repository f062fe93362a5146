"""Words of the command line that do not fit each other or the table, and the remedies that are offered."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
from functools import cache
from pathlib import Path

from geo.write.manifest import MANIFEST, Manifest, list_files, word_manifest
from tests.publications import make_publication
from tests.remedies.follow import Case, Content, Desk, Mend, add, call, instead, make, put
from tests.remedies.of_tables import BASE, TABLE

__all__ = ["CASES"]

TWO: str = TABLE + "- {group: blue, in: [Kabul, Herat], level: cells, source: t}\n"
UNDATED = TWO.replace(", date: 2020-01-01", "").replace(", date: 2020-02-01", "").replace("as_of: 2020-06-14\n", "")


def make_groups(number: int) -> str:
    """Make a table of so many groups."""
    groups = "".join(f"  g{each}: {{name: Group {each}}}\n" for each in range(number))
    return f"groups:\n{groups}presence:\n" + "".join(f"- {{group: g{each}, in: Kabul}}\n" for each in range(number))


def leave_off(number: int) -> str:
    """Make a table of two groups with so many records each that no map can show."""
    return make_groups(2) + "".join(
        f"- {{group: g{group}, unlocated: {2 + each}}}\n" for each in range(number) for group in (0, 1)
    )


MANY = make_groups(51)
DOUBTFUL = "presence:\n" + "".join(f"- {{group: red, in: {name}}}\n" for name in (
    "Kabul", "Kunar", "Herat", "Ghor", "Balkh", "Badghis")) + "groups: {red: {name: Red}}\n"  # fmt: skip


def line(name: str, command: str, *steps: tuple[str, Mend], **files: Content) -> Case:
    """Take a command beside a table in `t.yaml`, or beside other files."""
    return Case(
        name, command, {each.replace("_", "."): content for each, content in (files or {"t_yaml": TWO}).items()}, steps
    )


EMPTY = {"t_yaml": BASE}
WORDS = [
    line("a command", "biuld t.yaml", (r"Did you mean '(\w+)'", instead("biuld"))),
    line("an option", "check --stict t.yaml", (r"Did you mean one of: .*'(--st\w+)'", instead("--stict"))),
    line("a choice", "build t.yaml --only overly", (r"one of '\w+', '(\w+)'", instead("overly"))),
    line("a day", "check t.yaml --as-of 06/2020", (r"a date as (YYYY),", instead("06/2020", "2020"))),
    line("a grade", "check t.yaml --grade 7", (r"or both: (B3)", instead("--grade 7", r"--grade \1"))),
    line("a group of the line", "overlay t.yaml --group rde", (r"nearest: (\w+)", instead("rde"))),
    line("a level of the line", "overlay t.yaml --level cell", (r"nearest: (\w+)", instead("--level cell", r"--level \1"))),
    line("a level like none", "overlay t.yaml --level zzz", (r"one of (\w+)", instead("zzz"))),
    line("words of boundaries without a file", "overlay t.yaml --key name",
         (r"(--boundaries) FILE is missing", add(r"\1 p.geojson")), t_yaml=TWO, p_geojson=lambda path: write_provinces(path)),
    line("a name without a noun", "overlay t.yaml --boundaries p.geojson --within region",
         (r"go with (--units) NOUN", add(r"\1 province")), t_yaml=TWO, p_geojson=lambda path: write_provinces(path)),
    line("a noun", "overlay t.yaml --boundaries p.geojson --units 7", (r"such as (\w+)", instead("--units 7", r"--units \1")),
         t_yaml=TWO, p_geojson=lambda path: write_provinces(path)),
    line("nothing is left", "overlay t.yaml --as-of 2019", (r"first was published (\S+); expected other choices",
                                                           instead("--as-of 2019", r"--as-of \1"))),
    line("nothing is left, and may be", "overlay t.yaml --as-of 2019", (r"or (--allow-empty)", add())),
    *(line(f"{command} of an empty table", f"{command} t.yaml", (r"or (--allow-empty)", add()), **EMPTY)
      for command in ("build", "choropleth", "overlay", "check", "export", "figure overlay", "figure choropleth")),
    line("diff of empty tables", "diff t.yaml u.yaml", (r"or (--allow-empty)", add()), t_yaml=BASE, u_yaml=BASE),
    line("a time line of an empty table", "timeline t.yaml", (r"expected a record\n", put("presence: []", TABLE[len(BASE):])),
         t_yaml=BASE + "presence: []"),
    line("a comparison in an empty table", "compare red blue --table t.yaml",
         (r"expected a record\n", put("presence: []", TWO[len(BASE):])), t_yaml=BASE + "presence: []"),
    line("a comparison of sources in an empty table", "compare --source s --source t --table t.yaml",
         (r"expected a record\n", put("presence: []", TWO[len(BASE):])), t_yaml=BASE + "presence: []"),
    line("a time line of nothing chosen", "timeline t.yaml --basis claimed",
         (r"expected other choices\n", instead("--basis claimed", ""))),
    line("a comparison of nothing chosen", "compare red blue --table t.yaml --basis claimed",
         (r"expected other choices\n", instead("--basis claimed", ""))),
    line("a day before all", "diff t.yaml --dates 2019 2020-03", (r"or (--allow-empty)", add())),
    line("no step in time", "timeline t.yaml", (r"`(date)` on the sources", put("title: A source", r"title: A source, \1: 2020")),
         t_yaml=TWO.replace(", date: 2020-01-01", "").replace(", date: 2020-02-01", "")),
    line("no step in time, observed", "timeline t.yaml --by observed",
         (r"`(observed)` on records", put("source: s", r"source: s, \1: 2019")),
         t_yaml=UNDATED),
    line("too many groups in a figure", "figure overlay t.yaml", (r"'presence (figure overlay t\.yaml --group) ID'", instead("figure overlay t.yaml", r"\1 g0")),
         t_yaml=MANY),
    line("too many groups to compare", "compare g0 g1 --table t.yaml",
         (r"'presence (figure compare t\.yaml --group) ID (--group) ID'", instead("compare g0 g1 --table t.yaml", r"\1 g0 \2 g1")), t_yaml=MANY),
    line("too many groups for a slide", "figure matrix t.yaml --size half-page",
         (r"or (--size a4)", instead("--size half-page")), t_yaml=make_groups(9)),
    line("too many groups for a page", "figure small-multiples t.yaml",
         (r"expected at most \d+; choose some with (--group)\n", add(r"\1 g0 \1 g1")), t_yaml=MANY),
    line("more than any page holds", "figure small-multiples t.yaml --size slide",
         (r"expected at most \d+; choose some with (--group)\n", add(r"\1 g0 \1 g1")), t_yaml=MANY),
    line("too much to explain in a size", "figure matrix t.yaml --size half-page",
         (r"expected choose some with --group, or (--size a4)", instead("--size half-page")), t_yaml=leave_off(15)),
    line("too much to explain in a picture for social media", "figure overlay t.yaml --size social",
         (r"such as ((?:--group \w+ ?)+), or --size a4", add(r"\1")), t_yaml=make_groups(24).replace("name: G", "name: A very long name of a group G")),
    line("a draft where a file stands", "draft r.txt --table t.yaml -o d.yaml", (r"or (--force)", add()),
         t_yaml=TWO, r_txt="Red is in Kabul.", d_yaml="x"),
    line("a draft without groups", "draft r.txt --table t.yaml", (r"expected (groups) under", put("title: x\n", TWO)),
         t_yaml="title: x\n", r_txt="Red is in Kabul."),
    line("a draft of no source", "draft r.txt --table t.yaml --source 'a b'", (r"an id: (letters)", instead("'a b'")),
         t_yaml=TWO, r_txt="Red is in Kabul."),
    line("a review where nobody can be asked", "draft r.txt --table t.yaml --review",
         (r"is written, with (-o) FILE", instead("--review", r"\1 d.yaml")), t_yaml=TWO, r_txt="Red is in Kabul."),
    line("a review and a draft", "draft r.txt --table t.yaml --review -o d.yaml",
         (r"leave out -o, or (--review)", instead("--review", "")), t_yaml=TWO, r_txt="Red is in Kabul."),
    line("dots an inch where there are none", "figure overlay t.yaml --dpi 96 -o a.svg",
         (r"expected a (PNG);", instead("a.svg", "a.png")), t_yaml=TABLE),
    line("a kind that is not for social media", "figure matrix t.yaml --size social",
         (r"expected a figure of \w+, (overlay)", instead("figure matrix", r"figure \1")), t_yaml=TABLE),
    line("a size for a kind that is not for social media", "figure matrix t.yaml --size social",
         (r", or (--size a4)", instead("--size social")), t_yaml=TABLE),
    line("too many groups to explain", "figure small-multiples t.yaml", (r"expected choose some with (--group),", add(r"\1 g0")), t_yaml=leave_off(30)),
    line("too much to explain at all", "figure overlay t.yaml",
         (r"or a page, which has room for all: '(presence overlay t.yaml)'", call(then="provinces Kabul")), t_yaml=leave_off(30)),
]  # fmt: skip

COMPARED = [
    line("no group", "compare --table t.yaml", (r"Missing two or three GROUPs", instead("compare", "compare red blue"))),
    line("no group, but sources", "compare --table t.yaml", (r"or two (--source)", add(r"\1 s \1 t"))),
    line("one group", "compare red --table t.yaml", (r"two or three groups.*: (\w+), (\w+)", instead("red", r"\1 \2"))),
    line("one group twice", "compare red red --table t.yaml", (r"compared with itself.*: (\w+), (\w+)", instead("red red", r"\1 \2"))),
    line("no such group", "compare rde blue --table t.yaml", (r"nearest: (\w+)", instead("rde"))),
    line("a silent group", "compare red far --table t.yaml", (r"expected two or three groups.*: (\w+), (\w+)", instead("red far", r"\1 \2")),
         t_yaml=TWO.replace("blue: {name: Blue}", "blue: {name: Blue}, far: {name: Far}")),
    line("groups and sources", "compare red blue --source s --source t --table t.yaml",
         (r"with --source, (--group) ID chooses", instead("red blue", ""))),
    line("a choice without sources", "compare --group red --table t.yaml", (r"(--source) is missing", add(r"\1 s \1 t"))),
    line("one source", "compare --source s --table t.yaml", (r"two sources are compared", add("--source t"))),
    line("a level of sources", "compare --source s --source t --level cells --table t.yaml",
         (r"it does not go with --source", instead("--level cells", ""))),
    line("no such source", "compare --source s --source tt --table t.yaml", (r"nearest: (\w+)", instead("tt"))),
    line("a source twice", "compare --source s --source s --table t.yaml", (r"two of (\w+), (\w+)",
                                                                            instead("--source s --source s", r"--source \1 --source \2"))),
    line("a source of no record", "compare --source s --source u --table t.yaml", (r"as its source: \w+, (\w+)", instead("--source u", r"--source \1")),
         t_yaml=TWO.replace("t: {title", "u: {title: U}, t: {title")),
    line("a source that is left out", "compare --source s --source t --as-of 2020-01-10 --table t.yaml",
         (r"expected other choices", instead("--as-of 2020-01-10", ""))),
    line("a figure of one group", "figure compare t.yaml --group red", (r"two or three groups.*: (\w+), (\w+)", add(r"--group \2"))),
    line("a figure of one group twice", "figure compare t.yaml --group red --group red",
         (r"two or three groups.*: (\w+), (\w+)", instead("--group red --group red", r"--group \1 --group \2"))),
    line("a figure of a part and its whole", "figure compare t.yaml --group red --group ray --roll-up",
         (r"two or three groups.*: red, (\w+)", instead("--group ray", r"--group \1")),
         t_yaml=TWO.replace("blue: {name: Blue}", "blue: {name: Blue}, ray: {name: Ray, part_of: {group: red, source: s}}")),
    line("a figure of nobody", "figure matrix t.yaml --group blue",
         (r"a record that names (provinces) or a region", instead("--group blue", "--group red")), t_yaml=TABLE),
]  # fmt: skip


def _clone_partly(path: Path) -> None:
    """Clone a repository without what an older commit held of the table."""
    path.write_text(TABLE, "utf-8")
    _commit(path.parent)
    path.write_text(TWO, "utf-8")
    allow = ("config uploadpack.allowFilter true", "config uploadpack.allowAnySHA1InWant true")
    _call_git(path.parent, "commit -q -a -m c", *allow, f"clone -q --filter=blob:none {path.parent.as_uri()} part")


def _borrow(path: Path) -> None:
    """Look for objects on another machine as well."""
    path.write_text(TABLE, "utf-8")
    _commit(path.parent)
    (path.parent / ".git/objects/info/alternates").write_text("//host/share\n")


def _clone_anew(match: re.Match[str], desk: Desk) -> None:
    _call_git(desk.folder, f"{match[1]} -q . own")
    desk.words[1] = "own/t.yaml"


DIFFS = [
    line("one table", "diff t.yaml", (r"with (--commits) OLD NEW or (--dates) OLD NEW", add(r"\2 2020-01-15 2020-03"))),
    line("two ways", "diff t.yaml --commits a b --dates 2020-01-15 2020-03", (r"two ways; choose one", instead("--commits a b", ""))),
    line("two tables and days", "diff t.yaml t.yaml --dates 2020-01-15 2020-03", (r"compare one table, a file", instead("t.yaml t.yaml", "t.yaml"))),
    line("two tables and what was published", "check t.yaml t.yaml --since t.yaml", (r"--since compares one table", instead("t.yaml t.yaml", "t.yaml"))),
    line("no page to open", "diff t.yaml t.yaml --open", (r"(-o) FILE is missing", add(r"\1 change.html"))),
    line("standard input twice", "diff - -", (r"holds one table only", instead("- -", "t.yaml t.yaml"))),
    line("a day of a diff", "diff t.yaml --dates 1/2019 2020-03", (r"a date as (YYYY),", instead("1/2019", "2020-01-15"))),
    line("no repository", "diff t.yaml --commits HEAD~1 HEAD", (r"a file in a clone of a git repository", lambda _, desk: _commit(desk.folder))),
    line("no such commit", "diff t.yaml --commits zzz HEAD", (r"clone of a git", lambda _, desk: _commit(desk.folder)),
         (r"a hash, a branch, a tag, (HEAD~1)", instead("zzz"))),
    line("a file that was not fetched", "diff part/t.yaml --commits HEAD~1 HEAD",
         (r"'(git .+)' does that", lambda match, desk: _call_git(desk.folder, match[1])), t_yaml=_clone_partly),
    line("objects on another machine", "diff t.yaml --commits HEAD~1 HEAD", (r"as '(git clone --no-local)' makes one", _clone_anew),
         t_yaml=_borrow),
]  # fmt: skip


def _call_git(folder: Path, *lines: str) -> None:
    for words in lines:
        named = shlex.split(words.removeprefix("git "))
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *named], cwd=folder, check=True)


def _commit(folder: Path) -> None:
    _call_git(folder, "init -q", "add t.yaml", "commit -q -m a", "commit -q -m b --allow-empty")


def write_provinces(path: Path) -> None:
    """Write the bundled provinces as GeoJSON."""
    path.write_bytes(_render_provinces())


@cache
def _render_provinces() -> bytes:
    import geopandas

    frame = geopandas.read_file(Path(__file__).parents[2] / "shapefiles" / "provinces.shp")
    made = io.BytesIO()
    frame[["pcode", "name", "geometry"]].assign(region=frame["name"].str[:1]).to_file(made, driver="GeoJSON")
    return made.getvalue()


def write_page(folder: Path, name: str = "overlay.html") -> None:
    """Write a page where a build would write one of its own."""
    folder.with_name("u").mkdir()
    folder.with_name("u").joinpath(name).write_text("<p>Mine")


def unlink(name: str) -> Mend:
    """Remove a file or link from the folder `u`."""
    return lambda _, desk: (desk.folder / "u" / name).unlink()


def link_folder(folder: Path, name: str) -> None:
    """Put a link to another folder where a publication would have one."""
    write_page(folder, "other")
    folder.with_name("u").joinpath(name).symlink_to(folder.parent)


def write_list(folder: Path) -> None:
    """Write the list of a publication of another table."""
    folder.with_name("u").mkdir()
    listed = word_manifest(Manifest("0", "0" * 64, "", "Of another", list_files({"index.html": b""})))
    folder.with_name("u").joinpath(MANIFEST).write_bytes(listed)


FILES = [
    line("a table that is there", "init t.yaml", (r"another name, or (--force)", add())),
    line("a table that is there, another name", "init t.yaml", (r"expected another name", instead("t.yaml", "u.yaml"))),
    line("the name of the schema", "init presence.schema.json", (r"expected another name", instead("presence.schema.json", "u.yaml"))),
    line("a schema that is there", "init u.yaml", (r"another folder, or (--force)", add()), presence_schema_json="{}"),
    line("the table itself", "overlay t.yaml -o t.yaml", (r"another place for what is written: (-o)", instead("-o t.yaml", r"\1 t.html"))),
    line("no folder", "overlay t.yaml -o a/b/c.html", (r"make '(.*)' first", lambda match, desk: (desk.folder / match[1]).mkdir())),
    line("a file for a folder", "build t.yaml -o u", (r"a folder; remove the file or name another", instead("-o u", "-o v")), t_yaml=TWO, u="x"),
    line("a page that is no build's", "build t.yaml -o u", (r"or (-o) with another folder", instead("-o u", r"\1 v")), t_yaml=TWO,
         u_=lambda path: write_page(path)),
    line("a page that is no build's, replaced", "build t.yaml -o u", (r"expected (--force) to replace it", add()), t_yaml=TWO,
         u_=lambda path: write_page(path)),
    line("a file that is no publication's, replaced", "publish t.yaml --lang en -o u", (r"expected (--force) to replace it", add()),
         t_yaml=TWO, u_=lambda path: write_page(path, "index.html")),
    line("a file for a folder of a publication", "publish t.yaml --lang en -o u",
         (r"a folder; (remove) the file", unlink("data")),
         t_yaml=TWO, u_=lambda path: write_page(path, "data")),
    line("a title in Dari", "publish t.yaml -o u", (r"expected (--lang fa) or --lang ps", add()),
         t_yaml=TWO.replace("A test", "گروه‌ها")),
    line("a link in a publication", "publish t.yaml --lang en -o u", (r"no link within the folder; (remove) it", unlink("data")),
         t_yaml=TWO, u_=lambda path: link_folder(path, "data")),
    line("a link in a publication, another folder", "publish t.yaml --lang en -o u",
         (r"or (-o) with another folder", instead("-o u", r"\1 v")), t_yaml=TWO, u_=lambda path: link_folder(path, "data")),
    line("a publication of another table", "publish t.yaml --lang en -o u", (r"expected (--force) to replace all", add()),
         t_yaml=TWO, u_=lambda path: write_list(path)),
    line("a publication of another table, another folder", "publish t.yaml --lang en -o u",
         (r"or (-o) with another folder", instead("-o u", r"\1 v")), t_yaml=TWO, u_=lambda path: write_list(path)),
    line("an address", "publish t.yaml --lang en -o u --base-url example.org", (r"as (https://\S+)", instead("example.org")), t_yaml=TWO),
    line("nobody's table", "publish t.yaml --lang en -o u", (r"expected `(authors)`", put("as_of:", r"\1: [An author]\nas_of:")),
         (r"`(licence)`, such as (\S+)", put("as_of:", r"\1: \2\nas_of:")), t_yaml=TWO),
    line("a folder that nobody published", "verify u", (r"a folder that 'presence (publish)' wrote", instead("verify u", "verify v")),
         u_=lambda path: write_page(path), v=lambda path: make_publication(path)),
    line("a folder for a file", "export t.yaml -o t.yaml/x", (r"expected another folder", instead("t.yaml/x", "x"))),
    line("a long name", f"overlay t.yaml -o {'x' * 300}.html", (r"expected a shorter file name", instead("x" * 300, "x"))),
    line("tidying standard input", "fmt -", (r"the path of a presence table", instead("-", "t.yaml"))),
    line("no such table", "check u.yaml", (r"the path of a presence table", instead("u.yaml", "t.yaml"))),
    line("shapes of a table", "export t.yaml --format geojson --of table", (r"expected (--of units)", add())),
    line("internal of units", "export t.yaml --of units --with-internal", (r"expected (--of table)", add())),
    line("internal of shapes", "export t.yaml --format geojson --with-internal",
         (r"expected the command without (--with-internal)", instead("--with-internal", ""))),
    line("units alone for exchange", "export t.yaml --format stix --of units", (r"expected (--of) table", instead("--of units", r"\1 table"))),
    line("internal for exchange", "export t.yaml --format datapackage --with-internal",
         (r"expected the command without (--with-internal)", instead("--with-internal", ""))),
    line("a province that nobody knows", "provinces Konnarr", (r"nearest: (\w+)", instead("Konnarr"))),
    line("no page to embed", "embed nothing.html", (r"a map of '(presence build)'", call(r"\1 t.yaml", "embed maps/overlay.html"))),
    line("no page of ours", "embed t.yaml", (r"a map of '(presence build)', as (\S+)", call(r"\1 t.yaml", "embed maps/overlay.html"))),
]  # fmt: skip
TOLD = [
    line("more warnings", "overlay t.yaml", (r"more: see '(presence check.*)'", call(then="provinces Kabul")), t_yaml=DOUBTFUL),
    line("more warnings of a table with a blank", "overlay 'a b.yaml'", (r"more: see '(presence check.*)'\n", call(then="provinces Kabul")),
         **{"a b_yaml": DOUBTFUL}),
    line("more warnings of other units", "overlay t.yaml --boundaries p.geojson --units county --key pcode --name name --within region",
         (r"more: see '(presence check.*)'", call(then="provinces Kabul")),
         p_geojson=lambda path: write_provinces(path), t_yaml=DOUBTFUL.replace("Kabul", "AF01")),
    line("more warnings of a sheet", "import t.csv -o 'a b.yaml'", (r"more: see '(presence check.*)'\n", call(then="provinces Kabul")),
         t_csv="group,in\n" + "".join(f"Red,{name}\n" for name in ("Kabul", "Kunar", "Herat", "Ghor", "Balkh", "Badghis"))),
    line("a table that was begun", "init 'a b.yaml'", (r"then run '(presence build.*)'\n", call(then="provinces Kabul")), t_yaml=TWO),
]  # fmt: skip
ENDINGS = [
    line("a picture of a page", "overlay t.yaml -o x.png", (r"'(presence figure overlay t\.yaml -o x\.png)' makes png", call(then="provinces Kabul"))),
    line("a picture of a page of other units", "overlay t.yaml -o x.png --boundaries p.geojson --units county --key pcode --name name",
         (r"'(presence figure overlay t\.yaml --boundaries .* -o x\.png)' makes png", call(then="provinces Kabul")),
         t_yaml=TWO, p_geojson=lambda path: write_provinces(path)),
    line("a page of a figure", "figure overlay t.yaml -o 'a b.html'", (r"'(presence overlay t\.yaml -o 'a b\.html')' makes html", call(then="provinces Kabul"))),
    line("a sheet of a map", "overlay t.yaml -o x.csv", (r"'(presence export t\.yaml --format csv)' makes csv", call(then="provinces Kabul"))),
    line("another ending", "overlay t.yaml -o x.docx", (r"expected (\.html)", instead("x.docx", r"x\1"))),
    line("an ending for a folder", "build t.yaml -o x.pdf", (r"a name such as '(\w+)'", instead("x.pdf", r"\1"))),
    line("a format and another ending", "figure overlay t.yaml --format svg -o x.png", (r"or the format (png)", instead("--format svg", r"--format \1"))),
    line("a folder to standard output", "build t.yaml -o -", (r"'(presence overlay t\.yaml -o -)'", call(then="provinces Kabul"))),
    line("several files to standard output", "export t.yaml --format csv -o -", (r"one file, such as (\w+)", instead("csv", r"\1"))),
    line("a table to standard output", "init -", (r"the name of a table", instead("init -", "init u.yaml"))),
    line("a page to open and to print", "overlay t.yaml --open -o -", (r"--open opens a file", instead("--open ", ""))),
    line("a page and a text to print", "diff t.yaml t.yaml -o -", (r"(-o) FILE takes the page", instead("-o -", r"\1 x.html"))),
    line("watching standard input", "watch -", (r"the path of a presence table", instead("watch -", "check t.yaml"))),
    line("groups of none", "figure compare t.yaml", (r"two or three groups that a record names a province for: (\w+)", make("t.yaml", TWO)), t_yaml=TABLE),
    line("a file of another commit", "diff t.yaml --commits HEAD~1 HEAD", (r"clone of a git", lambda _, desk: _commit_late(desk.folder)),
         (r"a commit that does", instead("HEAD~1"  , "HEAD"))),
    line("another page", "embed x.html", (r"expected (?:version \d+: build|a map of '(presence build)')", call(r"\1 t.yaml", "embed maps/report.html")),
         t_yaml=TWO, x_html="<title>x</title>"),
]  # fmt: skip


def _commit_late(folder: Path) -> None:
    """Add the table in the last of two commits."""
    _call_git(folder, "init -q", "commit -q -m a --allow-empty", "add t.yaml", "commit -q -m b")


CASES = [*WORDS, *COMPARED, *DIFFS, *FILES, *TOLD, *ENDINGS]
