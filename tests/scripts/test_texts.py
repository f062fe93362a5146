"""Texts that scripts fold, write and guard as Python does: names looked for, numbers, cells of the download."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from geo.draw.wording.catalogue import Catalogue, read_catalogue
from geo.export.cell_texts import guard
from geo.model import FORMULA_SIGNS
from geo.option_values import LANGUAGES
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.common.names import fold_name
from tests.pages import join_data, sketch_page
from tests.scripts.node import Node, Rules

UNITS = read_gazetteer().units
NAMES = sorted({name for each in UNITS.values() for name in (each.name, each.name_fa, each.code, *each.aliases)} - {""})
WIDE = {33 + place: 0xFF01 + place for place in range(94)}
ARABIC = str.maketrans("یک", "يك")
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "capitals": str.upper,
    "wide letters": lambda text: text.translate(WIDE),
    "Arabic letters": lambda text: text.translate(ARABIC),
    "in parts": lambda text: unicodedata.normalize("NFD", text),
    "other dashes": lambda text: text.replace("-", "\u2013"),
    "blanks": lambda text: f" {text.replace(' ', chr(160))} ",
}
COUNTS = [0, 7, 34, 999, 1000, 1652, 5029850]
FIND = "(all) => all.map((name) => findUnits(name).map(({ code }) => code))"
TYPED = {
    "kunar": "AF-KNR", "Konar": "AF-KNR", "  KUNAR ": "AF-KNR", "كنر": "AF-KNR", "af-pan": "AF-PAN", "panj": "AF-PAN",
    "Sar-e  Pul": "AF-SAR", "sar\u2011i\u2013pul": "AF-SAR", "Kābul": "AF-KAB", "Maidan-Wardak": "AF-WAR",
    "AF\u2212KNR": "AF-KNR",
}  # fmt: skip
# OCHA's and FIPS's codes look alike and mean different provinces, so a bare one is no name here either.
NO_NAMES = ["Atlantis", "<img src=x>", "AF-XXX", "[", "AF13", "-", ""]
TABLE = {"groups": {"a": {"name": "A"}}, "presence": [{"group": "a", "in": ["Kabul"]}]}


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request: pytest.FixtureRequest, node: Node) -> tuple[Catalogue, Rules]:
    return read_catalogue(request.param), node.load(sketch_page("overlay", join_data(TABLE, language=request.param)))


@pytest.fixture(scope="module")
def rules(node: Node) -> Rules:
    return node.load(sketch_page("overlay", join_data(TABLE)))


@pytest.mark.parametrize("form", FORMS)
def test_a_name_is_folded_as_the_reader_folds_it(form: str, rules: Rules) -> None:
    written = [FORMS[form](name) for name in NAMES]
    assert len(written) > 100
    assert rules.ask("(all) => all.map(fold)", written) == [fold_name(each) for each in written]


def test_a_unit_is_found_by_each_of_its_names(rules: Rules) -> None:
    wanted = [(name, each.code) for each in UNITS.values() for name in (each.name, each.name_fa, each.code)]
    wanted += [(f"pcode:{each.pcode}", each.code) for each in UNITS.values()]
    assert rules.ask(FIND, [name for name, _ in wanted]) == [[code] for _, code in wanted]
    assert rules.ask(FIND, [*TYPED]) == [[code] for code in TYPED.values()]
    assert rules.ask(FIND, NO_NAMES) == [[]] * len(NO_NAMES)


def test_a_beginning_finds_a_unit_and_a_whole_name_its_own_alone(node: Node) -> None:
    rules = node.load(sketch_page("overlay", join_data(TABLE)))
    rules.ask("(unit) => data.units.push(unit)", {"code": "X", "name": "Kabul East"})
    assert rules.ask(FIND, ["kabul", "kabu", "kabul e"]) == [["AF-KAB"], ["AF-KAB", "X"], ["X"]]


def test_numbers_and_lists_are_written_in_each_language(spoken: tuple[Catalogue, Rules]) -> None:
    phrases, rules = spoken
    assert rules.ask("(all) => all.map(writeNumber)", COUNTS) == list(map(phrases.write_number, COUNTS))
    for size in range(5):
        assert rules.ask("list", NAMES[:size]) == phrases.join_names(NAMES[:size])
    said = phrases.say("region_only", group="Red {n}")
    assert rules.ask("() => fill(words.region_only, { group: 'Red {n}' })") == said


def test_latin_names_are_kept_apart_as_in_python(spoken: tuple[Catalogue, Rules]) -> None:
    phrases, rules = spoken
    values = [
        "LeT",
        "LeT 3",
        "جبهه Red",
        "LeT می‌جنگد",
        "از \u2068Red Front\u2069",
        "\u2068Red\u2069، \u2068Blue\u2069",
        "کابل",
        "3",
    ]
    said = [phrases.say("region_only", group=value) for value in values]
    assert rules.ask("(all) => all.map((group) => fill(words.region_only, { group }))", values) == said


@pytest.mark.parametrize("sign", [*FORMULA_SIGNS, "'=", "''+"])
def test_a_cell_is_guarded_as_in_every_export(sign: str, rules: Rules) -> None:
    text = f"{sign}1+1"
    plain = rules.ask("csvCell", text)
    assert (plain[1:-1].replace('""', '"') if plain.startswith('"') else plain) == guard(text)


@pytest.mark.parametrize("text", ["Kabul", "a=b", "'quoted'", "5", ""])
def test_a_cell_that_runs_nothing_is_left_alone(text: str, rules: Rules) -> None:
    assert rules.ask("csvCell", text) == guard(text) == text
