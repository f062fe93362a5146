"""A publication: what is in its folder, what is in no byte of it, and what becomes of one that stands there."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
import yaml
from click.testing import Result

from geo.api import (
    BoundaryFile,
    Choices,
    Job,
    PublishOptions,
    check_table,
    join_table,
    publish_table,
    render_publication,
)
from geo.api.publication.edition import FIGURES, list_languages
from geo.api.publication.publish_table import check_address
from geo.api.publication.published_folder import replace_publication
from geo.draw.serialise import hash_data
from geo.errors import PresenceError, WriteError
from geo.model import Heading, Table
from geo.option_values import SOCIAL
from geo.write.manifest import MANIFEST, Manifest, list_files, parse_manifest, word_manifest
from tests.blank_figures import leave_out_drawing
from tests.daily import IS_WHOLE
from tests.remedies.of_commands import write_provinces

Run = Callable[..., Result]

SECRET = "Zq7secret"
TABLE = f"""\
# {SECRET}: told in private
version: 1
title: A test & more
byline: By an author
authors: [An author, "Another & one"]
licence: CC-BY-4.0
changes: [{{date: 2020-06-20, type: corrected, what: Kunar was Kabul, why: a slip, records: [r1]}}]
as_of: 2020-06-14
internal: {SECRET}
translations:
  fa: {{title: آزمون}}
levels:
  cells: {{name: Cells, rank: 1, internal: {SECRET}}}
sources:
  s: {{title: "A source: with {{braces}}", author: Somebody, date: 2020-06-14, internal: {SECRET}}}
groups:
  red: {{name: Red, names: {{fa: سرخ}}, internal: {SECRET}}} # {SECRET}
  blue: {{name: 'null', internal: {SECRET}}}
presence:
  - {{group: red, in: [Kabul, Kunar], level: cells, source: s, note: "a #1", internal: {SECRET}}}
  - {{group: blue, in: [Kabul, Kunar], level: cells, source: s, basis: claimed}}
  - {{id: r1, group: blue, in: [Ghor], level: cells, source: s}}
  - {{group: red, nationwide: true, level: cells, source: s}}
"""
KINDS = FIGURES if IS_WHOLE else FIGURES[:1]
"""Figures that are drawn a second time."""
BASE = "https://example.org/maps/"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("at") / f"{SECRET}-place" / "presence.yaml"
    path.parent.mkdir()
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def files(table: Path, told: list[str]) -> dict[str, bytes]:
    """Publish the table; on most runs figures are drawn in one language."""
    with pytest.MonkeyPatch.context() as patch:
        if not IS_WHOLE:
            leave_out_drawing(patch, lambda joined, _: joined.choices.language == "en")
        return dict(render_publication(table, Job(progress=told.append), PublishOptions(base_url=BASE)).files)


class Links(HTMLParser):
    """Collects what a page leads to."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for key, value in attrs if key in ("href", "src")]


def test_all_there_is_goes_into_the_folder(files: dict[str, bytes]) -> None:
    top = {path for path in files if "/" not in path}
    figures = {f"{kind}.{form}" for kind in ("overlay", "choropleth", "compare") for form in ("svg", "png", "pdf")}
    pages = {f"{name}.html" for name in ("choropleth", "overlay", "compare", "report", "index")}
    texts = {"alt.txt", "snippets.txt"}
    others = {"CITATION.cff", "citation.bib", "manifest.json", ".gitattributes", "social-en.png", "social-fa.png"}
    assert top == figures | pages | texts | others
    assert {path.removeprefix("fa/") for path in files if path.startswith("fa/")} == figures | pages | texts
    assert {
        "data/presence.yaml",
        "data/presence.csv",
        "data/sources.csv",
        "data/units.geojson",
        "data/datapackage/datapackage.json",
        "data/bundle.json",
    } < files.keys()
    assert {path.partition("/")[0] for path in files if "/" in path} == {"fa", "data"}


def test_what_is_internal_or_private_is_in_no_byte(files: dict[str, bytes]) -> None:
    assert [path for path, data in files.items() if SECRET.encode() in data] == []
    assert [path for path, data in files.items() if b"internal" in data and path.startswith("data")] == []


def test_the_table_written_anew_says_the_same(files: dict[str, bytes], table: Path, tmp_path: Path) -> None:
    anew = tmp_path / "presence.yaml"
    anew.write_bytes(files["data/presence.yaml"])
    assert b"#" not in files["data/presence.yaml"].replace(b"a #1", b"")
    assert check_table(anew).table == check_table(table).table


def test_the_manifest_lists_every_file_but_itself(files: dict[str, bytes]) -> None:
    manifest = parse_manifest(files[MANIFEST])
    assert (manifest.title, manifest.as_of) == ("A test & more", "2020-06-14")
    listed = {each.path: (each.size, each.sha256) for each in manifest.files}
    assert listed == {
        path: (len(data), hashlib.sha256(data).hexdigest()) for path, data in files.items() if path != MANIFEST
    }
    assert manifest.hash[:12].encode() in files["overlay.svg"]


def test_every_link_of_the_covers_leads_to_a_file_of_the_folder(files: dict[str, bytes]) -> None:
    for cover in ("index.html", "fa/index.html"):
        links = [link for link in Links(files[cover]).found if not urlsplit(link).scheme]
        found = {os.path.normpath(Path(cover).parent / unquote(link)) for link in links}
        assert found - {f"{Path(cover).parent.name or '.'}"} <= files.keys(), cover
        assert {"index.html", "fa/index.html", "data/presence.yaml", "CITATION.cff", MANIFEST} <= found
    assert {f"fa/{name}.html" for name in ("overlay", "report")} <= found


def test_the_covers_lead_to_every_file_of_data(files: dict[str, bytes]) -> None:
    for cover in ("index.html", "fa/index.html"):
        found = {os.path.normpath(Path(cover).parent / unquote(link)) for link in Links(files[cover]).found}
        assert {path for path in files if path.startswith("data/")} - found == set(), cover
        assert "version" in files["index.html"].decode().partition("give the same files to the byte")[0][-90:]


def test_a_cover_says_what_no_map_can_show(files: dict[str, bytes]) -> None:
    said = "Red is reported across the country (Cells)"
    assert re.search(f'<section id="off-map".*<li>{re.escape(said)}', files["index.html"].decode())
    assert 'href="#record' not in files["index.html"].decode()


def test_a_cover_is_in_its_language_and_runs_nothing(files: dict[str, bytes]) -> None:
    english, dari = (files[cover].decode() for cover in ("index.html", "fa/index.html"))
    assert '<html lang="en" dir="ltr">' in english
    assert '<html lang="fa" dir="rtl">' in dari
    assert "آزمون" in dari
    for cover in (english, dari):
        assert re.search('<script(?! type="application/ld)', cover) is None
        assert " style=" not in cover
        assert "default-src &#x27;none&#x27;; style-src &#x27;sha256-" in cover
    assert "Presence is not control. Silence is not absence." in english


def test_an_address_is_said_on_pages_and_covers(files: dict[str, bytes]) -> None:
    for path, url in {"index.html": "", "fa/index.html": "fa/", "fa/overlay.html": "fa/overlay.html"}.items():
        page = files[path].decode()
        social = f"social-{'fa' if path.startswith('fa') else 'en'}.png"
        assert f'<link rel="canonical" href="{BASE}{url}"/>' in page
        assert f'<meta property="og:url" content="{BASE}{url}"/>' in page
        assert f'<meta property="og:image" content="{BASE}{social}"/>' in page
        assert f'"url":"{BASE}{url}"' in page
    assert f'src="{BASE}fa/overlay.html#embed"' in files["fa/snippets.txt"].decode()
    assert f'url: "{BASE}"' in files["CITATION.cff"].decode()


def test_a_page_says_at_its_foot_where_to_compare_its_hash(files: dict[str, bytes]) -> None:
    for path, words in {"overlay.html": "To compare: ", "fa/report.html": "برای مقایسه: \u2068"}.items():
        page = files[path].decode()
        foot = page[page.rindex("<footer>") : page.rindex("</footer>")]
        assert f"{words}{BASE}manifest.json" in foot
        assert parse_manifest(files[MANIFEST]).hash[:12] in foot
        assert "verified" not in page


def test_what_is_said_of_each_figure_stands_beside_it(files: dict[str, bytes]) -> None:
    said = files["alt.txt"].decode()
    for name in ("overlay.svg, overlay.png, overlay.pdf", "compare.svg", "social-en.png"):
        assert name in said
    assert said.count("Caption: ") == said.count("Alternative text: ") == said.count("Credit: ") == 4
    assert "Credit: " in said
    assert "../social-fa.png" in files["fa/alt.txt"].decode()
    caption = next(line for line in said.splitlines() if line.startswith("Caption: "))
    headline = "Two groups are named in each of Kabul and Kunar, in part by own claims alone."
    assert caption.startswith(f"Caption: {headline} 3 of 34 provinces are named. A test & more, as of 14 June 2020")
    for page in ("index.html", "overlay.html"):
        [title] = re.findall('<meta [^>]*property="og:title"[^>]*>', files[page].decode())
        assert headline[:-1] in title


def test_how_to_cite_is_what_programs_read(files: dict[str, bytes]) -> None:
    cff = yaml.load(files["CITATION.cff"], yaml.BaseLoader)  # it makes texts only
    assert (cff["cff-version"], cff["title"], cff["authors"]) == (
        "1.2.0", "A test & more", [{"name": "An author"}, {"name": "Another & one"}]
    )  # fmt: skip
    assert cff["license"] == "CC-BY-4.0"
    [source] = cff["references"]
    assert (source["title"], source["authors"]) == ("A source: with {braces}", [{"name": "Somebody"}])
    jsonschema.validate(yaml.safe_load(files["CITATION.cff"]), CFF)
    bib = files["citation.bib"].decode()
    assert r"title = {{A test \& more}}" in bib
    assert r"author = {{An author} and {Another \& one}}" in bib
    assert "CC-BY-4.0" in files["index.html"].decode()
    assert "Kunar was Kabul" in files["index.html"].decode()
    assert 'href="#record' not in files["index.html"].decode()


CFF = {
    "type": "object",
    "required": ["authors", "cff-version", "message", "title"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "type": {"enum": ["dataset", "software"]},
        "date-released": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
        "authors": {"type": "array", "minItems": 1, "items": {"required": ["name"]}},
        "references": {"type": "array", "items": {"required": ["authors", "title", "type"]}},
    },
}
"""Of the schema of the Citation File Format 1.2.0, what bears on what is written here."""


def test_the_same_input_gives_the_same_bytes_on_other_machines(files: dict[str, bytes], table: Path) -> None:
    script = (
        "import sys, json, hashlib; from pathlib import Path; from geo.api import *\n"
        f"from geo.api.publication import edition; edition.FIGURES = {KINDS}\n"
        f"made = render_publication(Path(sys.argv[1]), options=PublishOptions(('en',), {BASE!r})).files\n"
        "print(json.dumps({path: hashlib.sha256(data).hexdigest() for path, data in made.items()}))"
    )
    env = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Kabul", "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", script, table], env=env, capture_output=True, check=True)
    hashes = json.loads(done.stdout)
    differ = [path for path, found in hashes.items() if found != hashlib.sha256(files[path]).hexdigest()]
    # Those say in which languages the others are.
    assert set(differ) <= {
        MANIFEST,
        "index.html",
        *([] if IS_WHOLE else ["alt.txt", "snippets.txt"]),
        *(f"{name}.html" for name in ("overlay", "choropleth", "compare", "report")),
    }
    assert {"overlay.png", "overlay.pdf", "data/units.geojson", "social-en.png"} <= hashes.keys() - set(differ)


def test_a_figure_without_room_is_left_out_and_told(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_drawing(monkeypatch, lambda _, size: size == SOCIAL)
    groups = "".join(f"  g{each}: {{name: A very long name of a group that is called G{each}}}\n" for each in range(16))
    rows = "".join(f"- {{group: g{each}, in: Kabul}}\n- {{group: g{each}, unlocated: 3}}\n" for each in range(16))
    (here / "t.yaml").write_text(f"groups:\n{groups}presence:\n{rows}", "utf-8")
    said = run("publish", "t.yaml", "-o", "out", "--lang", "en", code=0).stderr
    assert "leaving out the picture for social media, of overlay: a figure of overlay has no room" in said
    assert not (here / "out" / "social-en.png").exists() or "of choropleth" in said
    assert (here / "out" / "index.html").is_file()


def test_groups_that_never_meet_are_not_compared_in_a_figure(
    run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_out_drawing(monkeypatch)
    (here / "t.yaml").write_text("presence: {A: [Kabul], B: [Ghor]}", "utf-8")
    said = run("publish", "t.yaml", "-o", "out", code=0).stderr
    assert "leaving out figure compare: no two groups are named in the same province" in said
    assert "CITATION.cff says anonymous; expected `authors`" in said
    assert "wrote out: " in said
    assert "no licence is named" in said
    assert not (here / "out" / "compare.svg").exists()
    assert "compare.svg" not in (here / "out" / "index.html").read_text("utf-8")
    assert not (here / "out" / "fa").exists()
    check_no_address(here / "out")


def check_no_address(folder: Path) -> None:
    said = "".join((folder / name).read_text("utf-8") for name in ("index.html", "overlay.html", "snippets.txt"))
    assert [each for each in ("canonical", "og:url", "og:image") if each in said] == []
    assert 'src="overlay.html#embed"' in said
    assert "To compare: manifest.json, where this was published." in said


@pytest.mark.parametrize(
    ("address", "taken"),
    [("https://a.org", "https://a.org/"), ("http://a.org/b//", "http://a.org/b/"), ("", ""),
     ("https://a.org/نقشه/", "https://a.org/%D9%86%D9%82%D8%B4%D9%87/"), ("https://a.org:8080/b", "https://a.org:8080/b/"),
     ("https://نقشه.example/", "https://xn--zgb1alg.example/"), ("https://A.org/B", "https://a.org/B/"),
     ("http://[::1]:80/", "http://[::1]:80/"), ("https://a.org/%D9%86", "https://a.org/%D9%86/")],
)  # fmt: skip
def test_an_address_of_a_folder_is_taken(address: str, taken: str) -> None:
    assert check_address(address) == taken


@pytest.mark.parametrize(
    "address", ["a.org", "ftp://a.org", "https://", "https://a.org/?b", "https://a.org/#b", "https://x:y@a.org",
                "javascript:1", "https://a.org/ b", "https://[", "https://a.org/\\b", "https://a.org/b?", "https://a.org/b#",
                "https://a.org:abc/", "https://a.org:99999/", "https://a.org/../b", "https://a.org/b/.", "https://a.org/%2E./b",
                "https://a.org/index.html", "https://a.org/b/Overlay.HTM", "https://a.org/%zz", "https://a.org/%4", "https://@a.org/",
                "https://a..org/", "https://a'b/", f"https://{'a' * 64}.org/"],
)  # fmt: skip
def test_what_is_no_address_of_a_folder_is_refused(address: str) -> None:
    with pytest.raises(PresenceError, match="expected the address of the folder on the web"):
        check_address(address)


@pytest.mark.parametrize(
    ("tags", "languages"), [((), ("en",)), (("fa",), ("en", "fa")), (("ps-AF", "de"), ("en", "ps")), (("en",), ("en",))]
)
def test_languages_are_those_that_a_table_says_something_in(tags: tuple[str, ...], languages: tuple[str, ...]) -> None:
    assert list_languages(Table("t", {}, {}, {}, (), (), translations={tag: Heading("x") for tag in tags})) == languages


NOTED = """\
levels: {l: {name: L, rank: 1, NOTES}}
sources: {s: {title: S, NOTES}}
groups:
  a: {name: A, NOTES, strength: [{counts: all, high: 9, source: s, NOTES}], statements: [{text: T, source: s, NOTES}]}
  b: {name: B, part_of: {group: a, NOTES}}
relations: [{type: alliance, standing: existing, between: [a, b], NOTES}]
presence: [{group: a, in: Kabul, level: l, NOTES}]
"""


@pytest.mark.parametrize("place", range(NOTED.count("NOTES")))
def test_a_note_is_something_said_in_a_language(tmp_path: Path, place: int) -> None:
    before, after = NOTED.split("NOTES")[: place + 1], NOTED.split("NOTES")[place + 1 :]
    text = "note: N".join(before) + "note: N, translations: {fa: {note: ن}}" + "note: N".join(after)
    assert list_languages(check_table(write_table(tmp_path / "t.yaml", text)).table) == ("en", "fa")


TITLES = {
    "Dari": ("گروه‌ها در ولایات", (), True), "a number first": ("۱۴۰۰: گروه‌ها", (), True),
    "Dari, asked for": ("گروه‌ها در ولایات", ("fa",), False), "English": ("Groups", (), False),
    "English first": ("Groups گروه‌ها", (), False),
}  # fmt: skip


@pytest.mark.usefixtures("nothing_drawn")
@pytest.mark.parametrize(("title", "languages", "warned"), TITLES.values(), ids=TITLES)
def test_a_table_in_dari_alone_is_told_that_its_publication_is_not(
    tmp_path: Path, title: str, languages: tuple[str, ...], *, warned: bool
) -> None:
    table = write_table(tmp_path / "t.yaml", f"title: '{title}'\n" + ONE)
    published = render_publication(table, options=PublishOptions(languages or None))
    told = [each for each in published.warnings if "letters of Dari and Pashto" in each.found]
    assert [each.expected for each in told] == ["--lang fa or --lang ps, or `translations` of the title"] * warned


@pytest.fixture
def nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.api.publication.publish_table.render_edition", lambda *_: {})


@pytest.mark.usefixtures("nothing_drawn")
def test_that_a_boundary_file_is_named_is_told(tmp_path: Path) -> None:
    own = tmp_path / f"{SECRET}-folder" / "borders.geojson"
    own.parent.mkdir()
    write_provinces(own)
    table = write_table(tmp_path / "t.yaml", ONE)
    job = Job(boundaries=BoundaryFile(own))
    published = render_publication(table, job)
    assert [each.found for each in published.warnings if "boundaries" in each.found] == [
        "every file says 'borders.geojson', the name of your file of boundaries, though not where it is"
    ]
    assert [path for path, data in published.files.items() if SECRET.encode() in data] == []
    assert [each for each in render_publication(table).warnings if "boundaries" in each.found] == []


OLD = {"index.html": b"old", "fa/overlay.html": b"old", "data/a.csv": b"old"}
NEW = {"index.html": b"new", "data/a.csv": b"old", "ps/overlay.html": b"new"}


def seal(files: dict[str, bytes]) -> dict[str, bytes]:
    return files | {MANIFEST: word_manifest(Manifest("1", "0" * 64, "", "T", list_files(files)))}


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def published(tmp_path: Path) -> Path:
    replace_publication(tmp_path / "out", seal(OLD))
    assert read_all(tmp_path / "out") == seal(OLD)
    return tmp_path / "out"


def test_a_second_publication_replaces_the_whole_of_the_first(published: Path) -> None:
    (published / "mine.txt").write_text("mine")
    removed = replace_publication(published, seal(NEW))
    assert removed == (published / "fa" / "overlay.html",)
    assert read_all(published) == seal(NEW) | {"mine.txt": b"mine"}
    assert not (published / "fa").exists()


@pytest.mark.parametrize("path", ["index.html", "fa/overlay.html"])
def test_what_was_changed_is_refused_unless_forced(published: Path, path: str) -> None:
    (published / path).write_bytes(b"mine")
    before = read_all(published)
    with pytest.raises(WriteError, match="was changed since it was published; expected --force"):
        replace_publication(published, seal(NEW))
    assert read_all(published) == before
    replace_publication(published, seal(NEW), force=True)
    assert read_all(published) == seal(NEW)


def test_what_somebody_put_in_the_place_of_a_file_is_refused(published: Path) -> None:
    (published / "ps").mkdir()
    (published / "ps" / "overlay.html").write_bytes(b"mine")
    with pytest.raises(WriteError, match=r"overlay\.html: was not written by a publication"):
        replace_publication(published, seal(NEW))
    assert (published / "index.html").read_bytes() == b"old"


@pytest.mark.parametrize("data", [b"{}", b"mine"])
def test_a_list_that_is_not_ours_is_refused(published: Path, data: bytes) -> None:
    (published / MANIFEST).write_bytes(data)
    with pytest.raises(WriteError, match=r"manifest\.json: was not written by a publication"):
        replace_publication(published, seal(NEW))


@pytest.mark.parametrize("stands", [(), ("index.html",), ("index.html", "ps/overlay.html", "data/a.csv")])
@pytest.mark.parametrize("listed", [True, False])
def test_what_a_run_that_was_killed_left_is_taken_for_what_it_is(
    published: Path, stands: tuple[str, ...], *, listed: bool
) -> None:
    for path in stands:
        write(published / path, NEW[path].decode())
    if not listed:
        (published / MANIFEST).unlink()
        for path in {*OLD} - {*stands}:
            (published / path).unlink()
    replace_publication(published, seal(NEW))
    assert read_all(published) == seal(NEW)


@pytest.mark.usefixtures("undrawn")
def test_a_page_that_may_be_of_a_killed_run_is_looked_at_once_it_is_drawn(run: Run, here: Path) -> None:
    joined = join_table(write_table(here / "t.yaml", ONE))[0]
    write(here / "out" / "overlay.html", f"Data {hash_data(joined)[:12]}.")
    with pytest.raises(AssertionError, match="drawn"):
        run("publish", "t.yaml", "-o", "out", code=0)


def test_a_file_where_a_folder_goes_is_refused_and_nothing_is_written(published: Path) -> None:
    (published / "ps").write_bytes(b"mine")
    before = read_all(published)
    with pytest.raises(WriteError, match="is a file; expected a folder"):
        replace_publication(published, seal(NEW))
    assert read_all(published) == before


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    (tmp_path / "victim").mkdir()
    (tmp_path / "victim" / "x.txt").write_bytes(b"old")
    return tmp_path / "victim"


LINKS = {  # a link within the folder, where it leads, and a file that a forged list says was published
    "a folder of a file that goes": ("link", "../victim", "link/x.txt"),
    "a folder of a file that is written": ("ps", "../victim", "ps/overlay.html"),
    "a folder within a folder": ("fa/in", "../../victim", "fa/in/x.txt"),
    "a file that is written": ("index.html", "../victim/x.txt", "index.html"),
    "a file that goes": ("gone.txt", "../victim/x.txt", "gone.txt"),
    "the list": (MANIFEST, "../victim/x.txt", "a.txt"),
    "a folder of a file that stood nowhere": ("ps", "../victim", "a.txt"),
    "a link that leads nowhere": ("index.html", "../nowhere", "a.txt"),
}


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(("link", "to", "listed"), LINKS.values(), ids=LINKS)
def test_nothing_behind_a_link_is_written_or_removed(
    tmp_path: Path, victim: Path, link: str, to: str, listed: str, *, force: bool
) -> None:
    folder = tmp_path / "out"
    (folder / link).parent.mkdir(parents=True)
    (folder / MANIFEST).write_bytes(seal({listed: b"old"})[MANIFEST])
    (folder / link).unlink(missing_ok=True)
    (folder / link).symlink_to(to)
    with pytest.raises(WriteError, match="is a link, which may lead out of the folder; expected no link"):
        replace_publication(folder, seal(NEW), force=force)
    assert read_all(victim) == {"x.txt": b"old"}
    assert not (tmp_path / "nowhere").exists()


def test_a_link_to_the_folder_and_links_elsewhere_in_it_are_left_alone(published: Path, victim: Path) -> None:
    (published.parent / "here").symlink_to(published)
    (published / "mine").symlink_to(victim)
    replace_publication(published.parent / "here", seal(NEW))
    assert (published / "index.html").read_bytes() == b"new"
    assert read_all(victim) == {"x.txt": b"old"}


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let whatever would be drawn fail: what takes longest must not begin."""

    def fail(*_: object) -> dict[str, bytes]:
        raise AssertionError("drawn")

    monkeypatch.setattr("geo.api.publication.publish_table.render_edition", fail)


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a page of somebody": (lambda out: write(out / "overlay.html", "mine"), "was not written by a publication"),
    "a sheet of somebody": (lambda out: write(out / "data" / "presence.csv", "mine"), "was not written by a publica"),
    "a file for a folder": (lambda out: write(out / "data", "mine"), "is a file; expected a folder"),
    "a file for the folder": (lambda out: write(out, "mine"), "is a file; expected a folder"),
    "a link": (lambda out: link(out / "data", out.parent), "is a link"),
    "no folder above it": (lambda out: out.parent.rmdir(), "cannot be made; expected an existing folder"),
}


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def link(path: Path, to: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(to)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("spoil", "said"), PLACES.values(), ids=PLACES)
def test_a_folder_is_refused_before_anything_is_drawn(
    run: Run, here: Path, spoil: Callable[[Path], object], said: str
) -> None:
    (here / "t.yaml").write_text("presence: {A: [Kabul]}", "utf-8")
    (here / "in").mkdir()
    spoil(here / "in" / "out")
    assert said in run("publish", "t.yaml", "-o", "in/out", code=1).stderr


ONE = "groups: {a: {name: A}}\npresence: [{group: a, in: Kabul}]"
TABLES = {
    "another title": ("title: Another\n" + ONE, True),
    "another title, other groups": ("title: Another\npresence: {B: [Ghor]}", True),
    "no title, as before, and other groups": ("presence: {B: [Ghor]}", True),
    "the same": (ONE, False),
    "a group more": ("presence: {A: [Kabul], B: [Ghor]}", False),
    "no group any more": ("presence: []", False),
}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("text", "refused"), TABLES.values(), ids=TABLES)
def test_the_publication_of_another_table_is_not_replaced_unless_forced(
    run: Run, here: Path, text: str, *, refused: bool
) -> None:
    title = check_table(write_table(here / "old.yaml", ONE)).table.title
    stood = {"data/presence.yaml": ONE.encode()}
    listed = word_manifest(Manifest("1", "0" * 64, "", title, list_files(stood)))
    replace_publication(here / "out", {**stood, MANIFEST: listed})
    write_table(here / "t.yaml", text)
    words: tuple[str, ...] = ("publish", "t.yaml", "-o", "out", "--allow-empty")
    if refused:
        said = run(*words, code=1).stderr
        assert "holds a publication of another table" in said
        assert "--force to replace all of it, or -o with another folder" in said
        words = (*words, "--force")
    with pytest.raises(AssertionError, match="drawn"):
        run(*words, code=0)


def write_table(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("option", ["--group", "--level", "--roll-up", "--as-of", "--basis", "--confidence", "--grade"])
def test_a_publication_takes_no_choices(run: Run, here: Path, option: str) -> None:
    write_table(here / "t.yaml", ONE)
    assert "No such option" in run("publish", "t.yaml", option, code=2).stderr


WRONG: dict[str, tuple[Job, dict[str, Any], str]] = {
    "a choice": (Job(Choices(groups=("a",))), {}, r"a job with choices \(groups\), where .*; expected Job\(\) without"),
    "a language": (Job(Choices(language="fa")), {}, r"\(language\).*PublishOptions\(languages=\.\.\.\) chooses"),
    "no language": (Job(), {"languages": ("xx",)}, "languages 'xx'; expected one of 'en', 'fa', 'ps'"),
    "a text": (Job(), {"languages": "fa"}, r"languages 'fa'; expected a list, such as \['en', 'fa'\]"),
    "no address": (Job(), {"base_url": None}, "base_url None; expected a text"),
}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("job", "options", "said"), WRONG.values(), ids=WRONG)
def test_the_library_refuses_what_the_command_does(here: Path, job: Job, options: dict[str, Any], said: str) -> None:
    table = write_table(here / "t.yaml", ONE)
    for publish in (render_publication, lambda *rest: publish_table(rest[0], here / "out", *rest[1:])):
        with pytest.raises(PresenceError, match=said):
            publish(table, job, PublishOptions(**options))


@pytest.mark.usefixtures("files")
def test_what_a_format_cannot_say_is_told(told: list[str]) -> None:
    assert [line for line in told if "claims are relationships located-at" in line]
    assert [line for line in told if "in words only: 1 claim of the whole country" in line]
    assert sum(line.startswith(("reading", "joining")) for line in told) == 2


def test_nothing_is_written_where_one_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "out" / "index.html").mkdir(parents=True)
    with pytest.raises(WriteError, match="it is a folder"):
        replace_publication(tmp_path / "out", seal(NEW))
    assert read_all(tmp_path / "out") == {}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["index.html"]
