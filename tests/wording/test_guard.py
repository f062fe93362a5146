"""What a language lacks, a class without a look and a kind without a name are told with their place."""

from __future__ import annotations

import pytest

from geo.draw.marks.textures import GAP_TEXTURES
from geo.draw.pages.kinds import KINDS
from geo.option_values import MAPS
from tests.wording.guard import find_faults, find_kind_faults, find_look_faults, find_phrase_faults

META = '[meta]\ndigits = "0123456789"\ndecimal = "."\nthousands = ","\ncounts = []\n\n[phrases]\n'
ENGLISH = META + 'close = "Close"\nmany = ["{n} {unit}", "{n} {units}"]\n\n[phrases.standing]\nended = "ended"\n'
CODE = 'say("close") say_count("many") say("standing", which)'


def test_nothing_is_wrong() -> None:
    assert find_faults() == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('close = "Close"\n', "", "fa.toml: no phrase 'close'; expected one, as geo/draw/wording/en.toml:8 has"),
        ("ended =", "over =", "fa.toml: no phrase 'standing.ended'; expected one, as geo/draw/wording/en.toml:12 has"),
        ("ended =", "over =", "fa.toml:12: phrase 'standing.over' is not in geo/draw/wording/en.toml; expected none"),
        ('"Close"', '"Close {what}"', "fa.toml:8: 'close' has the gap {what}; expected none"),
        ('"{n} {unit}"', '"one {unit}"', "fa.toml:9: 'many' has no gap {n}; expected {n}"),
        ('"{n} {unit}", ', "", "fa.toml:9: 'many' has 1 forms; expected 2"),
        ('"Close"', '""', "fa.toml:8: 'close' is empty; expected the other, as in English"),
        ("[phrases]\n", "[phrases\n", "fa.toml: cannot be read: "),
        ("[meta]", "[about]", "fa.toml: cannot be read: KeyError('meta')"),
    ],
)
def test_what_a_language_lacks_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in ENGLISH
    found = find_phrase_faults({"en": ENGLISH, "fa": ENGLISH.replace(old, new)}, CODE)
    assert any(each.startswith(f"geo/draw/wording/{told}") for each in found), found


def test_another_form_of_what_a_unit_is_called_is_left_alone() -> None:
    other = ENGLISH.replace("{units}", "{unit}")
    assert find_phrase_faults({"en": ENGLISH, "fa": other}, CODE) == []


def test_a_phrase_that_nobody_asks_for_is_told() -> None:
    found = find_phrase_faults({"en": ENGLISH}, CODE.replace('"close"', '"closed"'))
    assert found == ["geo/draw/wording/en.toml:8: nobody asks for 'close'; expected its key, as it is, in geo"]


def test_a_class_without_a_look_is_told() -> None:
    looks = {kind: look for kind, look in GAP_TEXTURES.items() if kind != "stale"}
    (told,) = find_look_faults(gaps=looks)
    assert told.startswith("geo/draw/marks/textures.py:")
    assert "the class 'stale' has no look" in told


def test_a_kind_without_a_name_is_told() -> None:
    kinds = {name: kind for name, kind in KINDS.items() if name != "report"}
    told = find_kind_faults(MAPS, kinds)
    assert [each.partition(": ")[2] for each in told] == [
        "no kind 'report'; expected one, as MAPS names it",
        "draw_report draws a page of no kind; expected one in KINDS",
    ]
