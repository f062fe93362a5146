"""Asking scripts in Node: as a page has them, nothing kept from one page to the next, and a failure that is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from geo.draw.pages.corroboration import describe_corroboration
from geo.draw.wording.localised_names import localise
from tests.pages import join_data, list_keys, sketch_page
from tests.scripts import node as asking
from tests.scripts.node import Node, Rules

TABLE = {
    "sources": {each: {"title": f"Paper {each}"} for each in "ab"},
    "groups": {"a": {"name": "A"}, "b": {"name": "B"}},
    "presence": [
        {"group": "a", "in": ["Kabul", "Logar"], "source": "a"},
        {"group": "b", "in": ["Kabul"], "source": "b"},
        {"group": "b", "in": ["Ghor"]},
    ],
}
COUNT = "() => kind.legendRows(state.view, kind.classUnits()).map(({ key, label, count }) => [key, label, count])"
KEYS = "() => new Map([...kind.classUnits()].map(([code, { key }]) => [code, key]))"


@pytest.fixture
def rules(node: Node) -> Rules:
    return node.load(sketch_page("overlay", join_data(TABLE)))


def test_a_rule_is_asked_by_name_or_in_its_own_words(rules: Rules) -> None:
    assert rules.ask("classUnits", "overlay", ["a", "b"])["AF-KAB"]["key"] == "a+b"
    assert rules.ask("(code) => [isNamed('b', code), mostBands]", "AF-LOG") == [False, 4]
    assert rules.ask("() => new Set(footprints.get('a').named.keys())") == ["AF-KAB", "AF-LOG"]
    assert rules.ask("() => undefined") is None


def test_a_kind_says_what_its_page_shows(node: Node) -> None:
    """The classes of this page are given with it, not worked out of claims."""
    joined = join_data(TABLE)
    joined = replace(joined, choices=replace(joined.choices, count="sources"))
    rules, given = node.load(sketch_page("choropleth", joined)), describe_corroboration(localise(joined)).view
    assert rules.ask(KEYS) == list_keys(given.classes)
    assert rules.ask(COUNT) == [[row.shown.key, row.shown.label, row.count] for row in given.rows]
    order = "() => [...fixedClasses.values()].reverse().sort(compareClasses).map(({ key }) => key)"
    assert rules.ask(order) == [row.shown.key for row in given.rows]
    assert rules.ask("() => kind.summarise()") == given.summary


def test_a_page_is_asked_as_it_was_loaded_after_another(node: Node, rules: Rules) -> None:
    assert rules.ask("() => { state.view = 'count'; return state.view; }") == "count"
    assert rules.ask("() => state.view") == "count"
    assert node.load(sketch_page("choropleth", join_data(TABLE))).ask("() => data.views") == ["count", "level"]
    assert rules.ask("() => state.view") == "overlay"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("nameless", "ReferenceError: nameless is not defined"),
        ("() => { throw new Error('so') }", "Error: so"),
        ("(", "SyntaxError"),
        ("() => byId('detail').hidden", "TypeError"),  # what only a page has
        ("() => drawLegend('overlay', classUnits('overlay', []))", "ReferenceError|TypeError"),
    ],
)
def test_what_fails_is_told_and_harms_nothing(code: str, told: str, rules: Rules) -> None:
    with pytest.raises(AssertionError, match=told):
        rules.ask(code)
    assert rules.ask("() => 1") == 1


@pytest.fixture
def other() -> Iterator[Node]:
    started = Node()
    yield started
    started.close()


def test_a_loop_without_an_end_is_told(other: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = other.load(sketch_page("overlay", join_data(TABLE)))
    assert rules.ask("() => 1") == 1
    monkeypatch.setattr(asking, "PATIENCE", 0.2)
    with pytest.raises(AssertionError, match="no answer within"):
        rules.ask("() => { for (;;); }")
