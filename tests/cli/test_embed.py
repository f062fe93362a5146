"""Snippets on standard output, the frozen copy beside the map, and no snippet for anything else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from geo.build import build_snippets

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
    result = run("embed", "maps/overlay.html")
    assert result.exit_code == 0, result.stderr
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
    result = run("embed", "maps/choropleth.html")
    assert result.exit_code == 0, result.stderr
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
