"""Names of places and groups: folded for matching, matched by an explicit table only, never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from geo.model import Gazetteer, Unit, UnitNoun

__all__ = [
    "explain_miss", "find_mixed_script", "fold_case", "fold_name", "index_units", "list_shared", "match_unit",
    "nearest_names", "say_unit",
]  # fmt: skip

LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": None, "ı": "i"})
DASHES = dict.fromkeys(map(ord, "\u2043\u2212\u02d7"), "-")
"""Dashes that Unicode counts among bullets, signs of arithmetic and letters of phonetics."""

LOOKALIKES = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
PCODE_TWICE = "pcode:{0} for OCHA's code, or the name: OCHA and FIPS give {0} to different {1}"
SMALLER = {"province": "not a district or town"}
"""What people write instead of such a unit."""

FEW = 5
CLOSE = 0.6
LONGEST_NAME = 64


@lru_cache(maxsize=4096)
def fold_name(text: str) -> str:
    """Fold a name for comparison: case, blanks and dashes, width, diacritics and Arabic or Persian letter forms.

    What is folded already stays as it is.

    Examples
    --------
    >>> fold_name("  KĀBUL "), fold_name("كابل") == fold_name("کابل"), fold_name("")
    ('kabul', True, '')
    >>> fold_name("Sar\u2011e\u2013Pol") == fold_name("Sar e\u00a0Pol"), fold_name("-")
    (True, '-')
    """
    return _fold(text)


def fold_case(text: str) -> str:
    """Fold what makes no other name at all: case, width, blanks and signs that nobody sees.

    Examples
    --------
    >>> fold_case(" ＡＢ  c"), fold_case("ÅB") == fold_case("AB")
    ('ab c', False)
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(sign for sign in folded if unicodedata.category(sign) != "Cf").split())


def _fold(text: str) -> str:
    """Fold without the cache around it, under which mutation testing does not look."""
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(LETTERS)
    kept = "".join(map(_fold_sign, parts))
    folded = unicodedata.normalize("NFKC", kept).translate(LETTERS)
    # A text of dashes alone is what a file writes for nothing: it is no empty name.
    return " ".join(folded.replace("-", " ").split()) or "".join(folded.split())


def _fold_sign(sign: str) -> str:
    """Leave out what nobody sees, and write every dash as one."""
    category = unicodedata.category(sign)
    return "-" if category == "Pd" else "" if category in ("Mn", "Cf") else DASHES.get(ord(sign), sign)


def index_units(gazetteer: Gazetteer) -> Mapping[str, str]:
    """List every folded name by which a unit may be called: English and Dari name, alias, code and ``pcode:`` key.

    Each leads to the unit's code. A name that two units share is left out.

    Examples
    --------
    >>> index_units(Gazetteer({}, {}, "nobody"))
    {}
    """
    return {name: next(iter(calling)) for name, calling in _list_called(gazetteer).items() if len(calling) == 1}


def list_shared(gazetteer: Gazetteer) -> tuple[str, ...]:
    """List the names that several units go by, so that none is found by them: each as its first unit writes it, sorted.

    Examples
    --------
    >>> units = {"a": Unit("a", "", "", "Old-Town", ""), "b": Unit("b", "", "", "Old Town", "")}
    >>> list_shared(Gazetteer(units, {}, ""))
    ('Old-Town',)
    """
    called = _list_called(gazetteer).values()
    return tuple(sorted(next(iter(calling.values())) for calling in called if len(calling) > 1))


def _list_called(gazetteer: Gazetteer) -> dict[str, dict[str, str]]:
    """List by each folded name the units that are called so, and how each writes it."""
    called: dict[str, dict[str, str]] = {}
    for unit in gazetteer.units.values():
        pcode = (f"pcode:{unit.pcode}",) if unit.pcode else ()
        for name in filter(None, (unit.name, unit.name_fa, *unit.aliases, unit.code, *pcode)):
            called.setdefault(fold_name(name), {}).setdefault(unit.code, name)
    return {name: calling for name, calling in called.items() if name}


def match_unit(text: str, gazetteer: Gazetteer) -> str | None:
    """Find the code of the unit that a text names, by the explicit table of names alone.

    A near miss and a bare P-code name none.

    Examples
    --------
    >>> from geo.model import Unit
    >>> kabul = Unit("AF-KAB", "AF01", "AF.KB", "Kabul", "کابل", ("Kabol",), "Capital", "Kabul", 34.5, 69.2, 5029850)
    >>> gazetteer = Gazetteer({"AF-KAB": kabul}, {}, "OCHA")
    >>> [match_unit(text, gazetteer) for text in ("KABUL", "كابل", "af-kab", "pcode:AF01", "AF01", "Kabull")]
    ['AF-KAB', 'AF-KAB', 'AF-KAB', 'AF-KAB', None, None]
    """
    return index_units(gazetteer).get(fold_name(text))


def nearest_names(text: str, names: Iterable[str], n: int = 3) -> tuple[str, ...]:
    """List the names most like a text, best first and at most so many, as a hint for a human; none if nothing is close.

    Likeness is that of Ratcliff and Obershelp as `difflib` computes it, on folded names.

    Examples
    --------
    >>> nearest_names("Konnar", ["Kabul", "Kunar", "Khost"]), nearest_names("Atlantis", ["Kabul"])
    (('Kunar',), ())
    >>> nearest_names("Quetta City District", ["Quetta", "Chagai"])
    ('Quetta',)
    """
    if len(text) > LONGEST_NAME:
        return ()
    folded = fold_name(text)
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(fold_name(name), name)
    near = get_close_matches(folded, known, 2 * n, CLOSE)
    held = [name for name in _list_parts(folded) if name in known]
    ranked = dict.fromkeys((*held, *sorted(near, key=lambda name: _differ(folded, name))))
    return tuple(known[name] for name in list(ranked)[:n])


def _list_parts(text: str) -> list[str]:
    """List what is left of a text without words at its end or beginning, the longest first: a name with its kind."""
    words = text.split()
    parts = [" ".join(part) for at in range(1, len(words)) for part in (words[:at], words[at:])]
    return sorted(parts, key=len, reverse=True)


def _differ(text: str, name: str) -> float:
    """Unlikeness of two names; the first letter is the one least often wrong."""
    return -SequenceMatcher(None, name, text).ratio() - 0.05 * (text[:1] == name[:1])


def find_mixed_script(text: str) -> str | None:
    """Find a letter that looks like its neighbours but belongs to another script, of which the word has fewer letters.

    After the single-script rule of Unicode Technical Standard 39, word by word, for scripts with look-alike letters.

    Examples
    --------
    >>> find_mixed_script("Кabul"), find_mixed_script("Kabul کابل")
    ("'К' (U+041A CYRILLIC CAPITAL LETTER KA)", None)
    """
    if text.isascii():
        return None
    for word in WORD.findall(unicodedata.normalize("NFKC", text)):
        scripts: dict[str, list[str]] = {}
        for sign in word:
            if (script := unicodedata.name(sign, "").partition(" ")[0]) in LOOKALIKES:
                scripts.setdefault(script, []).append(sign)
        if len(scripts) > 1:
            odd = min(scripts.values(), key=len)[0]
            return f"'{odd}' (U+{ord(odd):04X} {unicodedata.name(odd)})"
    return None


def explain_miss(text: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """Say why a text matches no unit where there is a reason beyond spelling.

    First comes what to add to "unknown province", then what is expected.

    Examples
    --------
    >>> from geo.model import Unit
    >>> gazetteer = Gazetteer({"AF-KAB": Unit("AF-KAB", "AF01", "AF.KB", "Kabul", "کابل")}, {}, "OCHA")
    >>> explain_miss("Konnar", gazetteer)
    ('', 'a unit, by its name or code')
    >>> explain_miss("AF01", gazetteer)[0]
    ', a code with two meanings'
    """
    folded, noun = fold_name(text), gazetteer.noun
    if re.sub("[0-9]", "9", folded) in _list_code_forms(gazetteer):
        return _explain_code(text.strip().upper(), gazetteer)
    if odd := find_mixed_script(text):
        return f", which mixes scripts: {odd}", "all letters of a word from one script"
    if len(sharing := [gazetteer.units[code] for code in _list_called(gazetteer).get(folded, ())]) > 1:
        keys = ", ".join(_choose_key(unit, folded) for unit in sharing[:FEW])
        return f", which {len(sharing)} {noun.many} are called", f"one of them: {keys}"
    return "", say_unit(noun)


def _choose_key(unit: Unit, folded: str) -> str:
    """Give a name of a unit that is not the one that others share."""
    names = (unit.name, *unit.aliases) if fold_name(unit.name) != folded else unit.aliases
    return next((name for name in names if fold_name(name) != folded), unit.code)


def _explain_code(code: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """Say how a code of OCHA's form is written: it has two meanings, or none."""
    known = sorted(unit.pcode for unit in gazetteer.units.values() if unit.pcode)
    if code in known:
        return ", a code with two meanings", PCODE_TWICE.format(code, gazetteer.noun.many)
    return f", a code that no {gazetteer.noun.one} has", f"one of pcode:{known[0]} to pcode:{known[-1]}, or the name"


def say_unit(noun: UnitNoun) -> str:
    """Say what belongs where a unit is expected.

    Examples
    --------
    >>> say_unit(UnitNoun("province", "provinces"))
    'a province, not a district or town'
    """
    return f"{noun.forms['a_unit']}, {SMALLER.get(noun.one, 'by its name or code')}"


def _list_code_forms(gazetteer: Gazetteer) -> set[str]:
    """List what P-codes look like, each digit written as 9: a code that is none may still be taken for one."""
    return {re.sub("[0-9]", "9", fold_name(unit.pcode)) for unit in gazetteer.units.values() if unit.pcode}
