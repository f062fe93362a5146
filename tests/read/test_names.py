"""Names: folded for matching, matched by table, never guessed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Gazetteer
from geo.read.gazetteer import parse_gazetteer
from geo.read.names import find_mixed_script, fold_name, index_units, match_unit, nearest_names

UNITS = (Path(__file__).parents[1] / "data" / "units.csv").read_text(encoding="utf-8")
GAZETTEER: Gazetteer = parse_gazetteer(UNITS, "units.csv")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kabul", "  KABUL\t"),
        ("Sar-e  Pol", "sar-e pol"),
        ("Kābul", "Kabul"),
        ("كابل", "کابل"),
        ("پكتيا", "پکتیا"),
        ("كندة", "کنده"),
        ("ننگر\u200cهار", "ننگرهار"),
        ("کـابل", "کابل"),
        ("کَابُل", "کابل"),
        ("Ｋａｂｕｌ", "kabul"),
        ("ﻛﺎﺑﻞ", "کابل"),
        ("\u200eKabul\u200f", "Kabul"),
    ],
)
def test_forms_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Paktia", "Paktika"), ("Kabul", "Kabull"), ("Sar-e Pol", "Sare Pol"), ("کنر", "کتر")]
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kabul", "AF-KAB"),
        (" kabol ", "AF-KAB"),
        ("كابل", "AF-KAB"),
        ("af-kab", "AF-KAB"),
        ("AF-PIA", "AF-PIA"),
        ("pcode:AF12", "AF-PIA"),
        ("PCODE:af12", "AF-PIA"),
        ("Paktya", "AF-PIA"),
        ("Sari Pul", "AF-SAR"),
        ("AF13", None),
        ("AF12", None),
        ("AF.KB", None),
        ("Kabull", None),
        ("Кabul", None),
        ("Asadabad", None),
        ("", None),
        ("pcode:", None),
    ],
)
def test_a_unit_is_matched_by_the_table_alone(text: str, code: str | None) -> None:
    assert match_unit(text, GAZETTEER) == code


def test_a_name_that_two_units_share_matches_neither() -> None:
    shared = UNITS.replace("Konar;", "Paktya;")
    gazetteer = parse_gazetteer(shared, "units.csv")
    assert (match_unit("Paktya", gazetteer), match_unit("Paktia", gazetteer)) == (None, "AF-PIA")


@given(st.sampled_from(sorted(index_units(GAZETTEER))), st.data())
def test_one_letter_more_never_matches_another_unit(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name)))
    changed = name[:at] + "q" + name[at:]
    assert match_unit(changed, GAZETTEER) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Konnar", "Kunar"),
        ("Nangahar", "Nangarhar"),
        ("Paktka", "Paktika"),
        ("PAKTIYA", "Paktia"),
        ("Kabull", "Kabul"),
        ("Sarepol", "Sar-e Pol"),
        ("Estern", "Eastern"),
    ],
)
def test_the_nearest_name_comes_first(text: str, first: str) -> None:
    names = ["Kabul", "Kunar", "Nangarhar", "Paktia", "Paktika", "Sar-e Pol", "Western", "Eastern"]
    assert nearest_names(text, names)[0] == first


def test_nothing_near_gives_nothing() -> None:
    assert nearest_names("Atlantis", ["Kabul", "Kunar"]) == ()
    assert nearest_names("", ["Kabul"]) == ()
    assert nearest_names("Kabul" * 1000, ["Kabul"]) == ()
    assert len(nearest_names("Pakti", ["Paktia", "Paktika", "Paktya", "Pakti"], n=2)) == 2


def test_names_are_suggested_quickly() -> None:
    names = [f"{name} {i}" for i in range(50) for name in ("Kabul", "Kunar", "Paktika")]
    start = time.process_time()
    for i in range(50):
        nearest_names(f"Konnar{i}", names)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Кabul", "'К' (U+041A CYRILLIC CAPITAL LETTER KA)"),
        ("ISIS-К", "'К' (U+041A CYRILLIC CAPITAL LETTER KA)"),
        ("al-Qaedα", "'α' (U+03B1 GREEK SMALL LETTER ALPHA)"),
        ("Kabul کابل", None),
        ("Kabul/کابل", None),
        ("Кабул", None),
        ("Кабул Kabul", None),
        ("Kābul", None),
        ("2α", None),
        ("", None),
    ],
)
def test_a_letter_from_another_script_is_named(text: str, odd: str | None) -> None:
    assert find_mixed_script(text) == odd
