"""Names: folded for matching, matched by table, never guessed."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model import Gazetteer
from geo.read.boundaries.gazetteer import parse_gazetteer, read_gazetteer
from geo.read.common.names import (
    explain_miss,
    find_mixed_script,
    fold_name,
    index_units,
    list_shared,
    match_unit,
    nearest_names,
)

UNITS = (Path(__file__).parents[2] / "data" / "units.csv").read_text(encoding="utf-8")
GAZETTEER: Gazetteer = parse_gazetteer(UNITS, "units.csv")


# Hyphens, with the one that does not break, figure, en, em and quotation dashes, minus, small and wide forms.
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\u02d7\u058a\u05be\ufe58\ufe63\uff0d"
BLANKS = " \t\u00a0\u1680\u2000\u2007\u2009\u200a\u202f\u205f\u3000"


@pytest.fixture(scope="module", autouse=True)
def afresh() -> None:
    """Fold anew: mutation testing forks a process in which these names are folded already."""
    fold_name.cache_clear()


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
        ("IĞDIR", "Iğdır"),
        ("DİYARBAKIR", "Diyarbakır"),
        ("ﻛﺎﺑﻞ", "کابل"),
        ("\u200eKabul\u200f", "Kabul"),
        *((f"Sar{dash}e{dash}Pol", "Sar-e Pol") for dash in DASHES),
        *((f"Maidan{blank}Wardak", "maidan-wardak") for blank in BLANKS),
        ("Sar - e - Pol", "Sar e Pol"),
        ("-Kabul-", "Kabul"),
        ("\u2013", "-"),
    ],
)
def test_forms_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paktia", "Paktika"),
        ("Kabul", "Kabull"),
        ("Sar-e Pol", "Sare Pol"),
        ("Sar-e Pol", "Sar_e Pol"),
        ("Sar-e Pol", "Sar\u00ade Pol"),
        ("کنر", "کتر"),
        ("-", ""),
        ("-", "--"),
    ],
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


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sar-e-Pol", "AF-SAR"),
        ("Sar-i-Pul", "AF-SAR"),
        ("sar\u2011e\u2011pul", "AF-SAR"),
        ("Maidan\u2013Wardak", "AF-WAR"),
        ("Maidan\u00a0Wardak", "AF-WAR"),
        ("Day Kundi", "AF-DAY"),
        ("Dai-Kundi", "AF-DAY"),
        ("Nimroze", "AF-NIM"),
        ("AF\u2011KAB", "AF-KAB"),
        ("Sarepol", None),
        ("Maidan", None),
        ("Kabul-Wardak", None),
        ("-", None),
    ],
)
def test_hyphens(text: str, code: str | None) -> None:
    assert match_unit(text, read_gazetteer()) == code


def test_no_two_provinces_share_a_name() -> None:
    assert list_shared(read_gazetteer()) == ()


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


@pytest.mark.parametrize(("length", "found"), [(63, True), (64, True), (65, False), (66, False)])
def test_a_text_longer_than_any_name_has_nothing_near(length: int, found: bool) -> None:
    assert nearest_names("k" * length, ["k" * length]) == (("k" * length,) if found else ())


def test_three_names_are_enough() -> None:
    assert len(nearest_names("Paktia", ["Paktia", "Paktib", "Paktic", "Paktid"])) == 3


def test_the_first_letter_weighs_little() -> None:
    """A name that is clearly more like the text comes first; between two as like, the first letter decides."""
    assert nearest_names("Gunar", ["Gonor", "Kunar"]) == ("Kunar", "Gonor")
    assert nearest_names("Kunar", ["Gunar", "Kunag"]) == ("Kunag", "Gunar")


def test_of_the_likest_twice_as_many_are_weighed_as_are_shown() -> None:
    names = ["xbcdefghijklmn", "ybcdefghijklmn", "abcdefghijklmyz"]
    assert nearest_names("abcdefghijklmn", names, 1) == (max(names[:2]),)
    assert nearest_names("abcdefghijklmn", names, 2)[0] == names[2]


NO_TOWN = "a province, not a district or town"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Konnar", ("", NO_TOWN)),
        ("AF133", ("", NO_TOWN)),
        ("XAF13", ("", NO_TOWN)),
        (
            " af13 ",
            (
                ", a code with two meanings",
                "pcode:AF13 for OCHA's code, or the name: OCHA and FIPS give AF13 to different provinces",
            ),
        ),
        (
            "Кabul",
            (
                ", which mixes scripts: 'К' (U+041A CYRILLIC CAPITAL LETTER KA)",
                "all letters of a word from one script",
            ),
        ),
    ],
)
def test_a_miss_is_explained_where_spelling_is_not_the_reason(text: str, said: tuple[str, str]) -> None:
    assert explain_miss(text, read_gazetteer()) == said


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
        ("Kabսl", "'ս' (U+057D ARMENIAN SMALL LETTER SEH)"),
        ("КabulК", "'К' (U+041A CYRILLIC CAPITAL LETTER KA)"),
        ("Кабyл", "'y' (U+0079 LATIN SMALL LETTER Y)"),
        ("KᎪbul", "'Ꭺ' (U+13AA CHEROKEE LETTER GO)"),
        ("al-Kаbul's", "'а' (U+0430 CYRILLIC SMALL LETTER A)"),
        ("Ka’а", "'а' (U+0430 CYRILLIC SMALL LETTER A)"),
        ("K_а", None),
        ("a\U00017000", None),
        ("", None),
    ],
)
def test_a_letter_from_another_script_is_named(text: str, odd: str | None) -> None:
    assert find_mixed_script(text) == odd


FULL = read_gazetteer()
SPELLINGS = sorted(
    {
        name
        for unit in FULL.units.values()
        for name in (unit.name, unit.name_fa, *unit.aliases, unit.code, f"pcode:{unit.pcode}")
        if match_unit(name, FULL)
    }
)
OTHER_FORMS = {"ی": "يىی", "ک": "كک", "ه": "ةه", " ": (" ", "  ", "\t", "\u00a0", "\u3000")}
UNSEEN = ["", "", "", "\u200c", "\u200d", "\u200e", "\u0640", "\u064e", "\u0651", "\u0301", "\u00ad"]


@st.composite
def respell(draw: st.DrawFn, name: str) -> str:
    """Write a name in another case, width, letter form or composition, with marks and blanks that do not count."""
    signs = [
        draw(st.sampled_from([form, form.upper(), form.lower(), form.title()])) + draw(st.sampled_from(UNSEEN))
        for form in (draw(st.sampled_from(OTHER_FORMS.get(sign, sign))) for sign in name)
    ]
    wide = {sign: chr(ord(sign) + 0xFEE0) for sign in "ABKPabkp"}
    text = "".join(wide.get(sign, sign) if draw(st.booleans()) else sign for sign in signs)
    text = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])), text)
    return draw(st.sampled_from(["", " ", "\n", "\u200f "])) + text + draw(st.sampled_from(["", " ", "\t \u200b"]))


@given(st.sampled_from(SPELLINGS), st.data())
def test_a_name_in_any_form_is_the_same_unit(name: str, data: st.DataObject) -> None:
    text = data.draw(respell(name))
    assert match_unit(text, FULL) == match_unit(name, FULL)
    assert fold_name(text) == fold_name(name)


@given(st.sampled_from(SPELLINGS), st.data())
def test_the_nearest_of_a_known_name_is_never_another_unit(name: str, data: st.DataObject) -> None:
    first, *_ = nearest_names(data.draw(respell(name)), SPELLINGS)
    assert match_unit(first, FULL) == match_unit(name, FULL)


@given(st.text() | st.sampled_from(SPELLINGS).flatmap(respell), st.integers(1, 5))
def test_what_is_near_is_among_the_names_and_each_once(text: str, n: int) -> None:
    found = nearest_names(text, SPELLINGS, n)
    assert len(found) <= n
    assert len(set(map(fold_name, found))) == len(found)
    assert set(found) <= set(SPELLINGS)


@given(st.sampled_from(SPELLINGS) | st.text(), st.data())
def test_no_text_matches_but_by_the_table(name: str, data: st.DataObject) -> None:
    """One sign taken out, put in or changed is another name, unless the table has that too."""
    at = data.draw(st.integers(0, len(name)))
    text = name[:at] + data.draw(st.text(max_size=1)) + name[at + data.draw(st.integers(0, 1)) :]
    spelt = [spelling for spelling in SPELLINGS if fold_name(spelling) == fold_name(text)]
    assert {match_unit(text, FULL)} == ({match_unit(spelling, FULL) for spelling in spelt} or {None})
