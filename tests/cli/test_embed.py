"""Snippets on standard output, the frozen copy beside the map, and no snippet for anything else."""

from __future__ import annotations

import hashlib
import itertools
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geo.api import build_snippets
from geo.cli.main import main
from geo.cli.terminal import HIDDEN
from geo.draw.wording.catalogue import LANGUAGES, read_catalogue
from geo.read.own_page import read_page
from tests.daily import choose
from tests.elements import Elements

Run = Callable[..., Result]

HOSTILE = '"><script>alert(1)</script>'
PAGE = (
    '<!DOCTYPE html><title>%s</title><meta name="description" content="Where it is.">'
    '<script type="application/json" id="presence-data">{"version":1}</script>'
)
HEADS = {"live": "<!-- Live:", "frozen": "<!-- Frozen:", "picture": "<!-- Where frames are stripped:"}


@pytest.fixture
def page(here: Path) -> Path:
    (here / "maps").mkdir()
    path = here / "maps" / "overlay.html"
    path.write_text(PAGE % "A map", encoding="utf-8")
    return path


def name_copy(page: Path) -> str:
    return f"overlay-{hashlib.sha256(page.read_bytes()).hexdigest()[:12]}.html"


def list_maps(page: Path) -> set[str]:
    return {path.name for path in page.parent.iterdir()}


def test_all_three_snippets_are_printed(run: Run, page: Path) -> None:
    result = run("embed", "maps/overlay.html", code=0)
    assert [result.stdout.count(head) for head in HEADS.values()] == [1, 1, 1]
    assert 'src="overlay.html#embed"' in result.stdout
    assert f'src="{name_copy(page)}#embed"' in result.stdout
    assert '<img src="overlay.png" alt="Where it is."' in result.stdout
    assert list_maps(page) == {"overlay.html", name_copy(page)}
    assert (page.parent / name_copy(page)).read_bytes() == page.read_bytes()
    assert f"wrote maps/{name_copy(page)}" in result.stderr
    assert "presence figure overlay --format png -o maps/overlay.png" in result.stderr
    assert build_snippets(page, freeze=False).resize_hash in result.stderr


def test_live_alone_writes_nothing(run: Run, page: Path) -> None:
    result = run("embed", "maps/overlay.html", "--live", "--height", "640")
    assert result.stdout == build_snippets(page, height=640, freeze=False).live
    assert 'height="640"' in result.stdout
    assert list_maps(page) == {"overlay.html"}


def test_frozen_alone_and_in_silence(run: Run, page: Path) -> None:
    result = run("embed", "maps/overlay.html", "--frozen", "-q")
    assert result.stdout.count("<iframe") == 1
    assert f'src="{name_copy(page)}#embed"' in result.stdout
    assert result.stderr == ""


def test_a_frozen_copy_is_its_own_copy_and_a_changed_map_gets_another(run: Run, page: Path) -> None:
    first = name_copy(page)
    run("embed", "maps/overlay.html")
    again = run("embed", f"maps/{first}", "--frozen")
    assert f'src="{first}#embed"' in again.stdout
    assert list_maps(page) == {"overlay.html", first}
    page.write_text(PAGE % "Another state", encoding="utf-8")
    run("embed", "maps/overlay.html")
    assert list_maps(page) == {"overlay.html", first, name_copy(page)}
    assert b"A map" in (page.parent / first).read_bytes()


def test_a_real_map_is_taken_and_its_kind_named(run: Run, here: Path) -> None:
    assert run("choropleth", "-o", "maps/choropleth.html").exit_code == 0
    result = run("embed", "maps/choropleth.html", code=0)
    assert "A test" in result.stdout
    assert "presence figure choropleth --format png -o maps/choropleth.png" in result.stderr


def test_a_page_of_which_no_figure_is_drawn_is_not_shown_by_that_of_another(run: Run, page: Path) -> None:
    page.write_text((PAGE % "A").replace('"version"', '"view":"all","version"'), encoding="utf-8")
    result = run("embed", "maps/overlay.html")
    assert "presence figure" not in result.stderr
    assert "the picture is one of the screen: open overlay.html, and save it as maps/overlay.png" in result.stderr


def test_a_hostile_title_stays_text(run: Run, page: Path) -> None:
    page.write_text(PAGE % HOSTILE.replace("<", "&lt;"), encoding="utf-8")
    result = run("embed", "maps/overlay.html")
    assert "<script>alert" not in result.stdout
    assert 'title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in result.stdout


@pytest.mark.parametrize(
    ("words", "code", "found"),
    [
        (["maps/none.html"], 1, "maps/none.html: there is no such file; expected a map of 'presence build'"),
        (["maps"], 1, "maps: this is a folder"),
        (["presence.yaml"], 1, "presence.yaml: this is not one of our maps"),
        ([], 2, "Missing argument 'FILE'"),
        (["maps/overlay.html", "--height", "50"], 2, "50 is not in the range"),
    ],
)
def test_anything_else_is_refused(run: Run, page: Path, words: list[str], code: int, found: str) -> None:
    result = run("embed", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert found in result.stderr
    assert list_maps(page) == {"overlay.html"}


DATED = """\
title: A test
sources: {s: {title: S, date: 2019-03-01}, t: {title: T, date: 2020-03-01}}
levels: {low: {name: Low, rank: 1}, high: {name: High, rank: 2}}
groups: {red: {name: Red}, blue: {name: Blue, part_of: {group: red, source: s}}, green: {name: Green}}
presence:
  - {group: [red, blue], in: [Kabul, Kunar], level: high, source: s}
  - {group: green, in: Herat, level: high, source: s}
  - {group: red, in: Kabul, level: low, source: t}
"""
PAGES = {
    "overlay": (("overlay",), ("overlay",)),
    "overlay of two": (
        ("overlay", "--group", "red", "--group", "blue"),
        ("overlay", "--group", "red", "--group", "blue"),
    ),
    "choropleth": (("choropleth",), ("choropleth",)),
    "choropleth of one": (("choropleth", "--group", "red"), ("choropleth", "--group", "red")),
    "choropleth rolled up": (
        ("choropleth", "--level", "high", "--roll-up"),
        ("choropleth", "--level", "high", "--roll-up"),
    ),
    "choropleth of sources": (("choropleth", "--count", "sources"), None),
    "compare": (("compare", "red", "green"), ("compare", "--group", "red", "--group", "green")),
    "compare sources": (("compare", "--source", "s", "--source", "t"), None),
    "timeline": (("timeline",), None),
    "diff": (("diff", "presence.yaml", "presence.yaml"), None),
}
"""How a page is made, and the words of the figure that shows the same, where there is one."""


@pytest.fixture
def dated(run: Run, here: Path) -> Path:
    (here / "presence.yaml").write_text(DATED, encoding="utf-8")
    return here


@pytest.mark.parametrize(("kind", "language"), choose(itertools.product(PAGES, LANGUAGES), 5))
def test_a_snippet_speaks_as_its_page_does(run: Run, dated: Path, kind: str, language: str) -> None:
    assert run(*PAGES[kind][0], "--lang", language, "-o", "any name.html").exit_code == 0
    result = run("embed", "any name.html")
    page, _ = read_page(dated / "any name.html")
    phrases = read_catalogue(language)
    told = {"lang": language, "dir": "rtl" if phrases.is_right_to_left else "ltr"}
    snippet = Elements(result.stdout)
    frame, image = snippet.find("iframe")[0], snippet.find("img")[0]
    assert told.items() <= frame.items()
    assert snippet.find("figure")[0] == told
    assert frame["title"] == page.title
    assert image["alt"] == page.description
    assert snippet.read("bdi", "end of bdi") == f"{page.title}. "
    assert snippet.read("a", "end of a").strip() == phrases.say("open_map")
    assert image["src"] == "any%20name.png"
    assert "\\u" not in result.stdout
    assert not HIDDEN.search(result.stdout)


@pytest.mark.parametrize(("language", "kind"), choose(itertools.product(["en", "fa"], PAGES), 9))
def test_the_picture_is_of_what_the_page_shows(run: Run, dated: Path, kind: str, language: str) -> None:
    made, figure = PAGES[kind]
    assert run(*made, "--lang", language, "-o", "any name.html").exit_code == 0
    told = run("embed", "any name.html").stderr
    if figure is None:
        assert "presence figure" not in told
        assert "the picture is one of the screen: open any name.html, and save it as 'any name.png'" in told
        return
    found = re.search("make the picture with: (.*); name the table", told)
    assert found
    words = shlex.split(found[1])
    spoken = [] if language == "en" else ["--lang", language]
    assert words == ["presence", "figure", *figure, *spoken, "--format", "png", "-o", "any name.png"]
    if kind in choose(PAGES, 2):
        assert run(*words[1:], "--dpi", "40").exit_code == 0
        assert (dated / "any name.png").read_bytes().startswith(b"\x89PNG")


def test_the_picture_of_a_report_is_its_first_map(run: Run, dated: Path) -> None:
    assert run("build", "-q", "--only", "report", "--only", "timeline").exit_code == 0
    told = {name: run("embed", f"maps/{name}.html").stderr for name in ("report", "timeline")}
    assert "presence figure overlay --format png -o maps/report.png" in told["report"]
    assert "presence figure" not in told["timeline"]


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("a \u202eb\u2066c", None),
        ("a \x1b[2J\x07 b", "a \ufffd[2J\ufffd b"),
        ("a \x85\x9b b", "a \ufffd b"),
        ("\"a\" & 'b' &lt;b&gt; &amp;amp;", "\"a\" & 'b' <b> &amp;"),
        ("{{7*7}} \\u202e \\n", None),
        ("نقشه\u200cها \u200f😀", None),
    ],
)
def test_any_title_is_right_html(run: Run, page: Path, title: str, read: str | None) -> None:
    page.write_text(PAGE % title, encoding="utf-8")
    result = run("embed", "maps/overlay.html")
    snippet, wanted = Elements(result.stdout), read or title
    assert snippet.find("iframe")[0]["title"] == wanted
    assert snippet.read("bdi", "end of bdi") == f"{wanted}. "
    assert not HIDDEN.search(result.stdout)
    assert result.stdout.count("\\") == title.count("\\") * 3


@pytest.mark.parametrize("charset", ["latin-1", "ascii", "utf-8"])
def test_a_console_of_another_encoding_is_given_the_same_html(run: Run, page: Path, charset: str) -> None:
    page.write_text(PAGE % "نقشه – é", encoding="utf-8")
    result = CliRunner(charset=charset).invoke(main, ["embed", "maps/overlay.html"])
    assert Elements(result.stdout).find("iframe")[0]["title"] == "نقشه – é"
    assert ("نقشه" in result.stdout) == (charset == "utf-8")


@pytest.mark.parametrize("lang", ["", ' lang="xx" dir="ltr"', ' lang="&quot;>"'])
def test_a_page_of_no_language_of_ours_is_taken_for_english(run: Run, page: Path, lang: str) -> None:
    page.write_text((PAGE % "A").replace("<title>", f"<html{lang}><title>"), encoding="utf-8")
    assert Elements(run("embed", "maps/overlay.html").stdout).find("figure")[0] == {"lang": "en", "dir": "ltr"}


@pytest.mark.parametrize(
    "block",
    [
        '"choices":7', '"choices":{"groups":7,"level":7,"roll_up":7}', '"groups":[7,{}],"choices":null', '"choices":{}',
    ],
)  # fmt: skip
def test_odd_data_choose_nothing(run: Run, page: Path, block: str) -> None:
    page.write_text((PAGE % "A").replace('"version"', f'"view":"overlay",{block},"version"'), encoding="utf-8")
    assert "presence figure overlay --format png -o maps/overlay.png" in run("embed", "maps/overlay.html").stderr
