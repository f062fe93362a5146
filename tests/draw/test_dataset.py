"""What a page tells whoever lists or shares it: an icon, a title, a description, and the data set that it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import jsonschema
import pytest
import shapely

from geo.api import MAPS, Job, Version, join_table, load_boundaries, render_diff
from geo.draw.cover.content import Edition
from geo.draw.cover.cover import draw_cover
from geo.draw.pages.events import draw_events
from geo.draw.pages.kinds import KINDS
from geo.draw.topology.simplify import thin_units
from geo.draw.wording.localised_names import localise
from geo.join.filters import Choices
from geo.join.joined_table import join_presence
from geo.model import Activity, EventSource, Gazetteer, Moment, Unit, UnitNoun
from geo.read.table.reader import parse_presence
from tests.pages import join_data, sketch_page

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "presence.yaml"
BLOCK = re.compile('<script type="application/ld\\+json">(.*?)</script>')
HEAD = re.compile("<head>.*?</head>", re.DOTALL)
LARGEST = 1_300
"""Bytes of the default table's page that are for whoever shares it."""

DATED: dict[str, Any] = {
    "title": "Dated",
    "byline": "The desk",
    "sources": {
        "s": {"title": "A report", "author": "An author", "publisher": "A house", "date": "2020-05"},
        "t": {"title": "Another"},
    },
    "groups": {"a": {"name": "A"}},
    "presence": [
        {"group": "a", "in": "Kabul", "source": "s", "observed": {"from": "2019-03", "to": "2019-04"}},
        {"group": "a", "in": "Logar", "source": "s"},
        {"group": "a", "in": "Ghazni", "source": "t"},
    ],
}


def call(name: str) -> dict[str, Any]:
    """Name a creator: a person or an organisation, and nobody said which."""
    return {"@type": ["Person", "Organization"], "name": name}


def render(name: str, table: Any, **choices: Any) -> str:
    return str(sketch_page(name, join_data(table, **choices)).get_root().render())


def read_dataset(page: str) -> dict[str, Any]:
    (block,) = BLOCK.findall(page)
    told: dict[str, Any] = json.loads(block)
    return told


def test_the_default_table_is_told_whole() -> None:
    assert read_dataset(render("overlay", TABLE)) == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Armed groups reported in Afghan provinces",
        "description": "Armed groups reported in Afghan provinces, as of 14 June 2020. As one article of June 2020 "
        "reports them; presence is not control. Silence is not absence.",
        "temporalCoverage": "2020-06-14",
        "spatialCoverage": {"@type": "Place", "name": "Afghanistan"},
        "citation": [
            "Javid Ahmad, The Taliban's emerging tactical terror alliances, 2020-06-14",
            "A recent United Nations report, as cited by Ahmad (2020)",
        ],
        "version": "3b20f4f74d36",
    }


def test_a_page_says_what_it_is_called_where_somebody_shares_it() -> None:
    head = HEAD.search(render("overlay", TABLE))
    assert head
    assert 'meta property="og:title" content="Three groups are named in each of Kabul, Kunar and Nangarhar"' in head[0]
    assert '<meta property="og:type" content="website"/>' in head[0]
    described = re.search('<meta name="description" content="(.*?)" property="og:description"/>', head[0])
    assert described
    assert described[1].startswith("Three groups are named in each of Kabul, Kunar and Nangarhar. Armed groups")
    assert '<link rel="icon" href="data:image/svg+xml,%3Csvg%20' in head[0]
    assert "og:image" not in head[0]


def test_it_takes_few_bytes() -> None:
    page = render("overlay", TABLE)
    parts = [
        BLOCK.search(page),
        re.search('<link rel="icon"[^>]*>', page),
        re.search(' property="og:description"', page),
        *re.finditer('<meta property="og:[^>]*>', page),
    ]
    assert len(parts) == 5
    assert sum(len(part[0].encode()) for part in parts if part) < LARGEST


@pytest.mark.parametrize("name", [name for name in MAPS if name != "compare"])
@pytest.mark.parametrize("standalone", [True, False])
def test_every_kind_of_page_tells_the_same(name: str, standalone: bool) -> None:
    joined = join_data(DATED)
    page = str(sketch_page(name, joined, standalone=standalone).get_root().render())
    told = read_dataset(page)
    assert told == read_dataset(render("overlay", DATED))
    assert page.count('<link rel="icon"') == page.count('property="og:title"') == 1


def test_what_a_table_says_of_itself_is_told() -> None:
    told = read_dataset(render("overlay", DATED))
    assert told["creator"] == call("The desk")
    assert told["citation"] == ["An author, A report, A house, 2020-05", "Another"]
    assert told["temporalCoverage"] == "2019-03/2020-05"


@pytest.mark.parametrize(
    ("said", "creator", "licence"),
    [
        ({"authors": ["A. Author"]}, call("A. Author"), None),
        ({"authors": ["A", "B"], "licence": "CC-BY-4.0"}, [call("A"), call("B")],
         "https://creativecommons.org/licenses/by/4.0/"),
        ({"licence": "https://example.org/terms"}, call("The desk"), "https://example.org/terms"),
        ({"licence": "Ask the desk"}, call("The desk"), {"@type": "CreativeWork", "name": "Ask the desk"}),
    ],
)  # fmt: skip
def test_authors_and_licence_are_told(said: dict[str, Any], creator: object, licence: object) -> None:
    told = read_dataset(render("overlay", DATED | said))
    assert (told["creator"], told.get("license")) == (creator, licence)


@pytest.mark.parametrize(
    ("language", "base", "place"),
    [
        ("en", "", "data/a.geojson"),
        ("fa", "", "../data/a.geojson"),
        ("fa", "https://a.org/", "https://a.org/data/a.geojson"),
    ],
)
def test_a_cover_tells_what_there_is_to_take(language: str, base: str, place: str) -> None:
    named = localise(join_data(DATED), language)
    data = {"geojson": ["data/a.geojson"], "stix": ["data/bundle.json"], "manifest": ["manifest.json"]}
    told = read_dataset(draw_cover(named, Edition(language, ("en", "fa"), {}, data=data, base=base)))
    assert told["distribution"][0] == {
        "@type": "DataDownload", "encodingFormat": "application/geo+json", "contentUrl": place
    }  # fmt: skip
    assert len(told["distribution"]) == 2
    assert told["url"] if base else "url" not in told


SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "@type", "name", "description"],
    "properties": {
        "@context": {"const": "https://schema.org"}, "@type": {"const": "Dataset"},
        "description": {"type": "string", "minLength": 50, "maxLength": 5000},
        "temporalCoverage": {"type": "string", "pattern": r"^(\d{4}(-\d\d){0,2}|\.\.)(/(\d{4}(-\d\d){0,2}|\.\.))?$"},
        "spatialCoverage": {"type": "object", "required": ["@type"]},
        "license": {"anyOf": [{"type": "string", "pattern": "^https?://"}, {"type": "object", "required": ["@type"]}]},
        "creator": {"anyOf": [{"$ref": "#/$defs/agent"}, {"type": "array", "items": {"$ref": "#/$defs/agent"}}]},
        "distribution": {
            "type": "array", "minItems": 1, "items": {"required": ["@type", "encodingFormat", "contentUrl"]},
        },
    },
    "$defs": {"agent": {"type": "object", "required": ["@type", "name"]}},
}  # fmt: skip
"""What search engines ask of a data set, in words of our own."""


@pytest.mark.parametrize(
    "table", [DATED, TABLE, ROOT / "tests" / "data" / "full.yaml", {"presence": {"Red": ["Kabul"]}}]
)
def test_what_is_told_keeps_to_what_is_asked_of_a_data_set(table: Any) -> None:
    named = localise(join_data(table))
    jsonschema.validate(read_dataset(render("overlay", table)), SCHEMA)
    data = {"table": "data/presence.yaml"}
    jsonschema.validate(read_dataset(draw_cover(named, Edition("en", ("en",), {}, data=data))), SCHEMA)


def test_what_a_table_does_not_say_is_left_out() -> None:
    told = read_dataset(render("overlay", {"presence": {"Red": ["Kabul"]}}))
    assert {*told} == {"@context", "@type", "name", "description", "spatialCoverage", "version"}
    assert len(told["description"]) >= 50, "or search engines leave it out"


@pytest.mark.parametrize(
    ("as_of", "observed", "wanted"),
    [
        (None, ["2019"], "2019"),
        (None, ["2019", "2017-05"], "2017-05/2019"),
        (None, [{"from": "2018-02"}], "2018-02"),
        (None, [{"to": "2018-02"}, "2018-01-31"], "2018-01-31/2018-02"),
        ("2020-06-14", ["2020-06"], "2020-06/2020-06-14"),
        ("2020-06-14", [], "2020-06-14"),
        ("2018", ["2019"], "2018"),
        (None, [], None),
    ],
)
def test_the_time_covered_is_that_of_records_and_cut_off(
    as_of: str | None, observed: list[Any], wanted: str | None
) -> None:
    records = [{"group": "a", "in": "Kabul", **({"observed": each} if each else {})} for each in observed or [None]]
    table = {"groups": {"a": {"name": "A"}}, "presence": records, **({"as_of": as_of} if as_of else {})}
    assert read_dataset(render("overlay", table)).get("temporalCoverage") == wanted


def test_it_speaks_the_language_of_its_page() -> None:
    told = read_dataset(render("overlay", TABLE, language="fa"))
    assert told["spatialCoverage"]["name"] == "افغانستان"
    assert told["description"].endswith("خاموشی نبود نیست.")


def test_of_units_of_no_known_country_the_box_is_told() -> None:
    units = {"A": Unit("A", "", "", "Alpha", ""), "B": Unit("B", "", "", "Beta", "")}
    known = Gazetteer(units, {}, "", noun=UnitNoun("area", "areas"), file="areas.geojson")
    shapes = [shapely.box(177.5, -20, 179, -18), shapely.box(179, -20, 183.25, -18)]
    frame = geopandas.GeoDataFrame(index=["A", "B"], geometry=shapes, crs=4326)
    table, _ = parse_presence(b"presence: {Red: [Alpha]}", "t.yaml", known)
    page = KINDS["overlay"].draw(join_presence(table, known, frame), thin_units(frame)).get_root().render()
    assert read_dataset(page)["spatialCoverage"] == {
        "@type": "Place",
        "geo": {"@type": "GeoShape", "box": "-20.00 177.50 -18.00 -176.75"},
    }


def test_a_diff_tells_the_newer_table_and_both_days(tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text("title: T\nas_of: 2020\npresence: {Red: [Kabul]}", "utf-8")
    new.write_text("title: T\nas_of: 2021\npresence: {Red: [Kabul, Logar]}", "utf-8")
    page = (render_diff(Version(old), Version(new), Job(Choices()), with_page=True).page or b"").decode()
    told = read_dataset(page)
    joined, _ = join_table(new)
    assert told["temporalCoverage"] == "2021"
    assert told["version"] in page.partition("</head>")[2]
    assert re.match(r"Older: old.yaml, as of 2020.* Newer: new.yaml, as of 2021", told["description"])
    assert told["name"] == joined.table.title


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, "2019/2020"),
        ({"periods": ()}, None),
        ({"since": Moment(2018, 5)}, "2018-05/.."),
        ({"until": Moment(2021)}, "../2021"),
    ],
)
def test_a_page_of_events_tells_what_was_counted(changes: dict[str, Any], wanted: str | None) -> None:
    sources = EventSource("s", "Source", "Author (2020), Data."), EventSource("t", "Other")
    activity = Activity("Events", "year", {}, (), (Moment(2019), Moment(2020)), sources, {})
    known = load_boundaries()
    page = draw_events(known.frame, known.gazetteer, known.topology, replace(activity, **changes)).get_root().render()
    told = read_dataset(page)
    assert told.get("temporalCoverage") == wanted
    assert told["citation"] == ["Author (2020), Data.", "Other"]
    assert told["name"] == "Events"
    assert "creator" not in told


HOSTILE = "</script><script>alert(1)</script>{{7*7}}{% raw %}<!--\"\\'"
FIELDS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "title": lambda table: table | {"title": HOSTILE},
    "byline": lambda table: table | {"byline": HOSTILE},
    "author": lambda table: table | {"authors": [HOSTILE]},
    "licence": lambda table: table | {"licence": HOSTILE},
    "subtitle": lambda table: table | {"subtitle": HOSTILE},
    "source": lambda table: table | {"sources": {**table["sources"], "t": {"title": HOSTILE}}},
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_hostile_text_stays_text(field: str) -> None:
    page = render("overlay", FIELDS[field](DATED))
    head = HEAD.search(page)
    assert head
    assert "alert(1)</script>" not in page
    assert "{{" not in head[0].partition("<style")[0]
    assert any(HOSTILE in each for each in list_texts(read_dataset(page)))


def list_texts(told: Any) -> list[str]:
    inner = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [told] if isinstance(told, str) else [text for each in inner for text in list_texts(each)]


def test_nothing_internal_is_told() -> None:
    sources = {"s": {**DATED["sources"]["s"], "internal": "secret"}, "t": DATED["sources"]["t"]}
    table = DATED | {"internal": "secret", "sources": sources}
    page = render("overlay", table)
    assert "secret" not in page
    assert read_dataset(page) == read_dataset(render("overlay", DATED))
