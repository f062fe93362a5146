"""No text in any one field changes an element, an attribute, a script or a style of a page: found without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pytest

from geo.join.joined_table import join_presence
from geo.read.boundaries.bundled import read_boundaries, read_topology
from geo.read.boundaries.gazetteer import read_gazetteer
from tests.daily import IS_WHOLE, choose
from tests.elements import Elements
from tests.hostile.draw import PAGES, draw_map
from tests.hostile.plant import find_spots, plant
from tests.hostile.strings import STRINGS
from tests.hostile.sweep import SHOWN, takes
from tests.hostile.tables import LONG, read

SPOTS = [spot for spot in find_spots(LONG) if spot.is_free]
WRAPPED = {"tspan", "text"}
"""In the diagram of ties and the like a text stands in as many of these as it has lines."""


class Skeleton(NamedTuple):
    """The elements of a page with the names of their attributes: what a text must not change."""

    parts: list[object]
    scripts: list[str]


def read_skeleton(source: str) -> Skeleton:
    """Read what a text must not change; lines of one wrapped text are taken for one."""
    page, parts = Elements(source), list[object]()
    for each in page.parts:
        part = (each.name, [name for name, _ in each.attributes])
        if not (each.name.removeprefix("end of ") in WRAPPED and part in parts[-2:]):
            parts.append(part)
    scripts = [part for part in page.begun if part.name in ("script", "style") and part.text]
    return Skeleton(parts, [each.text for each in scripts if dict(each.attributes).get("type") is None])


def render(name: str, table: Any) -> str:
    joined = join_presence(read(table), read_gazetteer(), read_boundaries())
    page: str = draw_map(name, joined, read_topology()).get_root().render()
    return page


@cache
def render_plain(name: str) -> Skeleton:
    return read_skeleton(render(name, LONG))


@pytest.mark.parametrize(("number", "string"), choose(list(enumerate(SHOWN)), 3))
def test_no_field_changes_the_elements_of_a_page(
    number: int, string: str, record_property: Callable[[str, object], None]
) -> None:
    """Pages in rotation: all of them are seen whole in a browser, in `tests/browser/test_page_hostile.py`."""
    hostile = STRINGS[string]
    spots = [spot for spot in SPOTS if takes(spot, hostile)]
    spots = spots if IS_WHOLE else spots[number % 11 :: 11]
    record_property("hostile", ["page without a browser, one field", len(spots)])
    for place, spot in enumerate(spots):
        name = PAGES[(number + place) % len(PAGES)]
        before = render_plain(name)
        after = read_skeleton(render(name, plant(LONG, {spot: hostile.label(spot.name)})))
        assert after.scripts == before.scripts, spot.name
        assert after.parts == before.parts, spot.name


def test_the_skeleton_sees_a_change() -> None:
    assert read_skeleton("<p>a</p>").parts == read_skeleton("<p>b</p>").parts
    assert read_skeleton("<p>a<br></p>").parts != read_skeleton("<p>a</p>").parts
    assert read_skeleton("<p onclick=a>").parts != read_skeleton("<p>").parts
    assert read_skeleton("<p>a<!--b-->").parts != read_skeleton("<p>a").parts
    assert read_skeleton("<script>a</script>").scripts == ["a"]
    assert (
        read_skeleton("<text a='1'>a</text><text a='1'>b</text>").parts == read_skeleton("<text a='1'>a</text>").parts
    )


def test_no_policy_allows_more_than_its_own_scripts_and_styles() -> None:
    """The policy comes first but for the charset, and allows nothing that is not in the page."""
    for name in PAGES:
        page = render(name, LONG)
        assert page.partition("<head>")[2].startswith(
            '<meta charset="utf-8"/><meta http-equiv="Content-Security-Policy"'
        )
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy
        parts = dict(part.strip().split(" ", 1) for part in policy[1].replace("&#x27;", "'").split(";"))
        assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
        assert parts["img-src"] == "data:"
        for kind in ("script", "style"):
            sources = parts[f"{kind}-src"].split()
            assert all(re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", source) for source in sources)
            assert len(sources) == len(re.findall(rf"<{kind}>", page))
        assert not re.search(
            r' (style|on[a-z]+)="', page.partition("</head>")[2].partition('<div class="folium-map"')[0]
        )
