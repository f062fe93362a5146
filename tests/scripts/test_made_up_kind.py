"""A kind of page that is registered has a page, rules, a command, and every hostile text shown as text."""

from __future__ import annotations

from pathlib import Path

import folium
import pytest
from click.testing import CliRunner

from geo.cli.one_map import make_map_command
from geo.draw.compose.compose_page import compose_page
from geo.draw.compose.page_content import PageContent
from geo.draw.marks.legend import find_looks
from geo.draw.pages.kinds import KINDS, PageKind
from geo.draw.pages.table_page import PageScript, describe_table, list_table_sections
from geo.draw.pages.table_views import view_groups
from geo.draw.web import assets
from geo.draw.wording.localised_names import LocalisedTable, localise
from geo.join.joined_table import JoinedTable
from geo.model import Topology
from tests.hostile.plant import plant
from tests.hostile.strings import STRINGS
from tests.hostile.sweep import SHOWN, takes
from tests.hostile.tables import LONG
from tests.hostile.test_skeleton import SPOTS, read_skeleton, render
from tests.pages import join_data, sketch_page
from tests.scripts.guard import find_faults, list_scripts
from tests.scripts.node import Node

SCRIPT = """// Says no more than how many groups there are.
kinds.bare = { ...kinds.claims, summarise: () => fill(words.class_n, { n: state.shown.length }) };
"""
TABLE = {"groups": {"a": {"name": "A"}, "b": {"name": "B"}}, "presence": [{"group": "a", "in": "Kabul"}]}


def describe_bare(joined: LocalisedTable) -> PageContent:
    looks = find_looks(joined)
    sections = [list_table_sections(joined, looks)["table"]]
    return describe_table(
        joined, looks, view_groups(joined, looks), sections, PageScript("bare", ("overlay",), ("bare.js",))
    )


def draw_bare(joined: JoinedTable, topology: Topology, *, standalone: bool = True) -> folium.Map:
    told = localise(joined)
    return compose_page(describe_bare(told), told, topology, standalone=standalone)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    read = assets._read_own
    monkeypatch.setattr(assets, "_read_own", lambda name: SCRIPT if name == "kinds/bare.js" else read(name))
    monkeypatch.setitem(KINDS, "bare", PageKind("bare", describe_bare, draw_bare))


def test_its_page_does_what_its_script_says(node: Node) -> None:
    rules = node.load(sketch_page("bare", join_data(TABLE)))
    assert rules.ask("() => [data.kind, kind.summarise(), kind.rows().length]") == ["bare", "1 groups named", 35]


def test_its_command_draws_it(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("presence: {A: [Kabul]}", "utf-8")
    words = [str(tmp_path / "t.yaml"), "-o", str(tmp_path / "bare.html")]
    result = CliRunner().invoke(make_map_command("bare", "Draw it bare."), words)
    assert (result.exit_code, (tmp_path / "bare.html").read_bytes()[:15]) == (0, b"<!DOCTYPE html>")


@pytest.mark.parametrize("name", SHOWN[::17])
def test_hostile_text_is_text_in_it(name: str) -> None:
    plain, hostile = read_skeleton(render("bare", LONG)), STRINGS[name]
    for spot in [spot for spot in SPOTS if takes(spot, hostile)][::60]:
        drawn = read_skeleton(render("bare", plant(LONG, {spot: hostile.label(spot.name)})))
        assert (drawn.parts, drawn.scripts) == (plain.parts, plain.scripts), spot.name


def test_a_name_that_another_script_has_is_told_with_both_places() -> None:
    scripts = list_scripts() | {"geo/draw/web/js/kinds/bare.js": f"{SCRIPT}function classUnits() {{}}\n"}
    (fault,) = find_faults(scripts)
    assert fault.startswith("geo/draw/web/js/kinds/bare.js:3: classUnits stands in geo/draw/web/js/kinds/claims.js:")


def test_a_phrase_that_no_language_has_is_named() -> None:
    with pytest.raises(KeyError, match="bare_headline"):
        localise(join_data(TABLE)).phrases.say("bare_headline")
