"""Pages in each language: every phrase in it, with the same gaps to fill, in its direction, and nothing in English."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import folium
import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from geo.api import Choices, Job, join_table, render_maps
from geo.draw.pages.choropleth import draw_choropleth
from geo.draw.pages.compare import draw_compare
from geo.draw.pages.events import draw_events
from geo.draw.pages.overlay import draw_overlay
from geo.draw.pages.report import draw_report
from geo.draw.pages.source_comparison import draw_two_sources
from geo.draw.wording import localised_names
from geo.draw.wording.catalogue import (
    CAPABLE,
    CHIPPED,
    CLAIMED,
    COMPARING,
    DATED,
    DISPUTED,
    EVENTS,
    FIGURES,
    FILTERED,
    GRIDDED,
    HIDDEN,
    LANGUAGES,
    LAYOUT,
    OPENED,
    PUBLISHED,
    SHARED,
    STATED,
    TABBED,
    TIMED,
    UNCOUNTED,
    Catalogue,
    read_catalogue,
)  # fmt: skip
from geo.join.joined_table import JoinedTable
from geo.model import (
    Activity,
    EventCount,
    EventPlace,
    EventSource,
    Gazetteer,
    Moment,
    Topology,
    Translation,
    UnitNoun,
)  # fmt: skip

ROOT = Path(__file__).parents[2]
ENGLISH = read_catalogue("en")
OTHERS = [language for language in LANGUAGES if language != "en"]
GAPS = re.compile(r"\{(\w+)\}")
LATIN = re.compile("[A-Za-z][A-Za-z-]+")
NAMES = {"Tab", "Enter", "Alt", "Excel", "group", "in", "level", "source",
         "CSV", "Leaflet", "folium", "presence-maps", "CSO", "NSIA", "EPSG", "OCHA", "ISO", "Natural",
         "Earth", "OpenStreetMap", "openstreetmap", "org", "copyright", "tile", "matplotlib", "STIX", "UCDP", "ACLED",
         "SVG", "PNG", "PDF", "HTML", "BibTeX", "Content-Security-Policy", "script-src", "frame-src"}  # fmt: skip
"""What is written in Latin letters in every language."""

ALIKE: set[tuple[str, str]] = set()
"""Phrases of a language in Latin letters that are rightly those of English: language and key."""

WRITING = "digits", "decimal", "thousands", "direction"
"""Keys of the data block that say how the page's language writes."""

TABLE = """\
title: نقشهٔ آزمایشی
as_of: 2020-06
levels: {l: {name: حضور, rank: 1}, m: {name: قرارگاه}}
sources:
  s: {title: گزارش, author: نویسنده, date: 2020-06-14, grade: B}
  t: {title: گزارش دوم, date: 2020-05}
groups:
  a: {name: Red Group, names: {fa: گروه سرخ, ps: سره ډله}, strength: [{low: 1200, counts: جنگجو, source: s}]}
  b: {name: Blue Group, names: {fa: گروه آبی, ps: شنه ډله}, part_of: {group: a, source: s}}
presence:
  - {group: [a, b], in: [Kabul, Kunar], level: l, source: s, observed: 2019-09, confidence: high, trend: growing}
  - {group: b, region: Eastern, level: m, source: s, grade: 2}
  - {group: a, nationwide: true, level: l, source: s}
  - {group: a, unlocated: 3, level: l, source: s}
  - {group: b, in: Herat, level: l, source: s, finding: absent}
  - {group: a, in: Herat, level: l, finding: inconclusive, basis: claimed}
  - {group: b, in: Kunar, level: m, source: t, via: s}
  - {group: b, region: Eastern, level: m, source: t, via: s}
relations:
  - {from: b, to: a, type: splinter, source: s}
  - {between: [a, b], type: rivalry, standing: disputed, source: s}
"""


def draw_pair(joined: JoinedTable, topology: Topology) -> folium.Map:
    return draw_two_sources(joined, topology, "s", "t")


def draw_voices(joined: JoinedTable, topology: Topology) -> folium.Map:
    return draw_choropleth(replace(joined, choices=replace(joined.choices, count="sources")), topology)


def draw_activity(joined: JoinedTable, topology: Topology) -> folium.Map:
    years, names = (Moment(2018), Moment(2020)), {"a": "گروه سرخ", "b": "گروه آبی"}
    counts = tuple(
        EventCount(group, code, year, 1200, 3)
        for group in (None, "a")
        for code in ("AF-KAB", "AF-KNR")
        for year in (None, *years)
    )
    places = (EventPlace(69.2, 34.5, None, years[0], 2),)
    source = EventSource("s", "گزارش", "نویسنده", "آزاد", "https://example.org", "شهر", ("رویدادها",), passes_on=False)
    reasons = ("read", "counted", "no_coordinates", "bad_coordinates", "swapped", "country_centre", "imprecise",
               "undated", "far_year", "out_of_time", "outside", "unmapped", "duplicate", "incomplete", "header",
               "uncounted")  # fmt: skip
    actors = tuple((f"کنشگر {number}", 4) for number in range(60))
    title = "نقشهٔ آزمایشی"
    tally, notes = dict.fromkeys(reasons, 5), {"nearby": 3, "differing": 1}
    activity = Activity(title, "year", names, counts, years, (source,), tally, actors, places, notes=notes)
    units = joined.units[["geometry"]]
    return draw_events(units, joined.gazetteer, topology, activity, language=joined.choices.language)


def list_forms(phrase: str | tuple[str, ...]) -> list[str]:
    return [phrase] if isinstance(phrase, str) else list(phrase)


def is_in_latin(phrases: Catalogue) -> bool:
    """Tell whether a language is written in Latin letters, by what most of its letters are."""
    letters = [letter for key in phrases.texts for each in list_words(phrases, key) for letter in each]
    return sum(letter < "\u0250" for letter in letters) > len(letters) / 2


def list_words(phrases: Catalogue, key: str, letters: str = r"[^\W\d_]+") -> list[str]:
    return [word for form in list_forms(phrases.texts[key]) for word in re.findall(letters, GAPS.sub(" ", form))]


def list_left(phrases: Catalogue) -> list[str]:
    """Name the phrases that were left in English: the same as there or, in other letters, with words in Latin ones."""
    has_words = {key for key in phrases.texts if {*list_words(phrases, key, LATIN.pattern)} - NAMES}
    if not is_in_latin(phrases):
        return sorted(has_words)
    same = {key for key, phrase in phrases.texts.items() if phrase == ENGLISH.texts[key]}
    return sorted(key for key in same & has_words if (phrases.language, key) not in ALIKE)


@pytest.mark.parametrize("language", OTHERS)
def test_no_phrase_was_left_in_english(language: str) -> None:
    assert list_left(read_catalogue(language)) == []


@pytest.mark.parametrize("language", [each for each in OTHERS if read_catalogue(each).figures[:10] != FIGURES[:10]])
def test_figures_are_those_of_the_language(language: str) -> None:
    for key, phrase in read_catalogue(language).texts.items():
        for form in list_forms(phrase):
            assert not re.search("[0-9]", GAPS.sub("", form.replace("1.9.3", "").replace("6933", ""))), key


def test_the_scripts_are_given_all_that_they_say() -> None:
    pages = ROOT / "geo" / "draw" / "web" / "js"
    said = {
        path.name: set(re.findall(r"words(?:\.|\[\")([a-z_.]+)\b(?![_(])", path.read_text("utf-8")))
        for path in pages.rglob("*.js")
    }
    looked_up = {"class_", "view_", "nav_", "finding_", "also_", "hidden_reason", "grid", "headline_claimed"}
    for name, keys in said.items():
        more = {
            "compare.js": COMPARING,
            "grid.js": GRIDDED,
            "report.js": COMPARING,
            "timeline.js": TIMED,
            "filters_panel.js": FILTERED,
            "filters.js": {*FILTERED, *HIDDEN, *PUBLISHED},
            "slider.js": {*TIMED} & {*EVENTS},
            "events.js": EVENTS,
            "events_panel.js": EVENTS,
            "event_points.js": EVENTS,
        }.get(name, ())
        given_words = {
            *SHARED, *CHIPPED, *STATED, *CLAIMED, *DISPUTED, *OPENED, *UNCOUNTED, *CAPABLE, *DATED, *TABBED, *more
        }  # fmt: skip
        assert keys - looked_up <= given_words, name
    assert {*SHARED, *COMPARING, *TABBED, *EVENTS, *LAYOUT} <= set(ENGLISH.texts)


LOCALES = {"fa": "fa_AF", "ps": "ps_AF"}
"""As a language is written where it is otherwise than elsewhere."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_those_of_the_locale(language: str) -> None:
    months = get_month_names("wide", locale=LOCALES.get(language, language))
    assert list(read_catalogue(language).texts["months"]) == list(months.values())


@pytest.mark.parametrize(
    ("language", "number", "date"),
    [("en", "1,234.5", "14 June 2020"), ("fa", "۱٬۲۳۴٫۵", "۱۴ جون ۲۰۲۰"), ("ps", "۱٬۲۳۴٫۵", "۱۴ جون ۲۰۲۰")],
)
def test_numbers_and_dates_are_written_as_there(language: str, number: str, date: str) -> None:
    phrases = read_catalogue(language)
    assert (phrases.write_number(1234.5, 6), phrases.write_date(Moment(2020, 6, 14))) == (number, date)


DRAW = [draw_overlay, draw_compare, draw_report, draw_pair, draw_voices, draw_activity]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("draw", DRAW)
def test_a_page_of_a_table_in_that_language_holds_no_english(language: str, draw: Callable[..., folium.Map]) -> None:
    joined, topology = join_table(TABLE, Job(Choices(language=language)))
    page = str(draw(joined, topology).get_root().render())
    phrases = read_catalogue(language)
    assert f'<html lang="{language}" dir="{"rtl" if phrases.is_right_to_left else "ltr"}">' in page
    assert list_strange(page, phrases, joined.gazetteer, joined.gazetteer.translations[language]) == []


def list_strange(page: str, phrases: Catalogue, known: Gazetteer, said: Translation) -> list[str]:
    """List the words of a page in Latin letters that neither its language says nor anything is called."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page[page.index("<body") :], flags=re.DOTALL)
    spoken_to = " ".join(re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', body))
    text = html.unescape(f"{re.sub('<[^>]*>', ' ', body)} {spoken_to}")
    forms = [said.noun.fill(form) for phrase in phrases.texts.values() for form in list_forms(phrase)]
    units = [unit.name for unit in known.units.values()]
    names = [said.credit, *said.regions.values(), *said.neighbours.values(), *units]
    words = {word.casefold() for each in (*forms, *names) for word in LATIN.findall(GAPS.sub(" ", each))}
    called = {*NAMES, "Group", "Red", "Blue", *known.units, "AF"}  # a group goes by its own name as well
    left = {each for each in LATIN.findall(text) if each not in called and each.casefold() not in words}
    return sorted(each for each in left if not re.fullmatch("[0-9a-f]{2,12}|AF.*", each))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_small_in_each_language(language: str) -> None:
    built = render_maps(ROOT / "presence.yaml", ["overlay", "choropleth"], Job(Choices(language=language)))
    assert {name: len(page) < 375_000 for name, page in built.pages.items()} == {"overlay": True, "choropleth": True}


APART = {
    "LeT": "\u2068", "جبهه Red": "\u2067", "LeT می‌جنگد": "\u2067", "از \u2068Red Front\u2069": "\u2067",
    "\u2068Red Front\u2069، \u2068Blue\u2069": "\u2067",
}  # fmt: skip
"""How each begins: a name in Latin letters in its own direction, what is said around some from the right."""


def test_what_is_latin_stands_apart_in_a_line_from_the_right() -> None:
    say = read_catalogue("fa").say
    assert say("compare_next", group="LeT", n="۳") == "از \u2068LeT\u2069 در ۳"
    assert say("compare_next", group="طالبان", n="۳") == "از طالبان در ۳"
    assert ENGLISH.say("compare_next", group="LeT", n="3") == "LeT in 3"


@pytest.mark.parametrize("value", APART)
def test_a_list_or_sentence_with_latin_names_runs_from_the_right(value: str) -> None:
    assert read_catalogue("fa").say("compare_next", group=value, n="۳") == f"از {APART[value]}{value}\u2069 در ۳"


def make_up(phrase: str) -> str:
    """Make words of nobody's of those of English, around what is filled in."""
    return re.sub(r"(\{\w+\})|([A-Za-z-]+)", lambda found: found[1] or f"{found[2]}qu", phrase)


TRIAL = replace(
    ENGLISH, language="xx", figures="0123456789,.", counts=(),
    texts={key: make_up(phrase) if isinstance(phrase, str) else tuple(map(make_up, phrase))
           for key, phrase in ENGLISH.texts.items()},
)  # fmt: skip
"""A language that is neither English nor of the East: from the left, Latin letters and digits, marks of its own."""


def test_a_language_in_latin_letters_is_compared_with_english() -> None:
    assert [is_in_latin(read_catalogue(language)) for language in ("en", "fa", "ps")] == [True, False, False]
    assert list_left(TRIAL) == []
    assert list_left(replace(TRIAL, texts={**TRIAL.texts, "close": "Close", "comma": ", "})) == ["close"]
    assert "close" in list_left(replace(read_catalogue("fa"), texts=ENGLISH.texts))


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch) -> str:
    """Have it alone where a table is put into a language; whatever of a page asks for it elsewhere finds no file."""
    monkeypatch.setattr(localised_names, "read_catalogue", {TRIAL.language: TRIAL}.__getitem__)
    return TRIAL.language


@pytest.mark.parametrize("draw", DRAW)
def test_what_is_not_english_is_not_persian(draw: Callable[..., folium.Map], trial: str) -> None:
    joined, topology = join_table(TABLE)
    joined = replace(joined, choices=replace(joined.choices, language=trial))
    page = str(draw(joined, topology).get_root().render())
    assert '<html lang="xx" dir="ltr">' in page
    known = joined.gazetteer
    said = Translation(known.noun, known.credit, {name: name for name in known.regions}, {"PAK": "Pakistan"})
    assert list_strange(page, TRIAL, known, said) == []
    assert "Boundaries" in list_strange(page.replace("Boundariesqu", "Boundaries"), TRIAL, known, said)
    shown = re.sub("<(script|style)>.*?</\\1>", "", page, flags=re.DOTALL)
    assert re.findall("[۰-۹٫٬\u2067\u2068]|\\\\u206[78]", shown) == []
    block = re.search('<script[^>]*id="presence-data"[^>]*>(.*?)</script>', page)
    assert block
    told = json.loads(block[1])
    assert {key: told.get(key) for key in WRITING} == dict(zip(WRITING, ("0123456789", ",", ".", None), strict=True))
    assert {unit["name"] for unit in told["units"]} == {unit.name for unit in joined.gazetteer.units.values()}


def test_figures_of_a_language_have_its_marks() -> None:
    assert (TRIAL.write_number(1234.5, 6), TRIAL.write_date(Moment(2020, 6, 14))) == ("1.234,5", "14 Junequ 2020")
    assert TRIAL.say_head_count("groups_counted", 3) == "3 groupsqu"
    assert TRIAL.say("compare_next", group="LeT", n="3") == "LeT inqu 3"


@given(st.sampled_from(OTHERS), st.text(max_size=9))
def test_a_users_text_is_no_phrase(language: str, text: str) -> None:
    assert text in read_catalogue(language).about(UnitNoun("{n}", "{group}")).say("class_none_group", group=text)


def test_english_is_the_same_page_as_without_a_word(tmp_path: Path) -> None:
    table = tmp_path / "t.yaml"
    table.write_text(TABLE, "utf-8")
    pages = [render_maps(table, ["report"], Job(choices)).pages for choices in (Choices(), Choices(language="en"))]
    assert pages[0] == pages[1]
