"""The words by which a sentence of a report says presence, an event, a wish or the lack of something."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = [
    "ABSENT", "ACTORS", "ANAPHORS", "BEFORE_VERBS", "BEING", "DETERMINERS", "ENDINGS", "EVENTS", "EXPELLING",
    "FEATURES", "FUNCTION", "HEDGES", "JOINING", "MODALS", "MONTHS", "MOVES", "NEGATIONS", "NOT_PRESENCE", "NUMBERS",
    "OPEN_LISTS", "PERSONS", "RESTRICTED", "ROLES", "SPEECH", "STRONG", "TITLES", "VERBS", "WISHES",
    "read_words",
]  # fmt: skip


@cache
def _read_file() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(files("geo.draft.words").joinpath("words.toml").read_text("utf-8"))


def read_words(name: str) -> frozenset[str]:
    """Read the words of a list of ``words.toml``, named by its table and its key.

    Examples
    --------
    >>> sorted(read_words("shared.modals"))
    ['can', 'could', 'may', 'might']
    """
    return frozenset(_read_phrases(name))


def _read_phrases(name: str) -> tuple[str, ...]:
    table, _, key = name.partition(".")
    words = _read_file()[table][key]
    return tuple(words.split() if isinstance(words, str) else words)


def _inflect(stems: frozenset[str]) -> frozenset[str]:
    """Write out the regular forms of verbs; one that does not exist does no harm."""
    forms = set()
    for stem in stems:
        base, last = stem.removesuffix("e"), stem[-1]
        forms |= {stem, f"{stem}s", f"{base}ed", f"{base}ing", f"{stem}es", f"{stem}{last}ed", f"{stem}{last}ing"}
        if stem.endswith("y"):
            forms |= {f"{stem[:-1]}ied", f"{stem[:-1]}ies"}
    return frozenset(forms)


STRONG = _inflect(read_words("shared.strong_stems")) | read_words("shared.strong")
"""What says by itself that a group is somewhere."""

PERSONS = read_words("shared.persons")
EVENTS = _inflect(read_words("shared.events_stems")) | read_words("shared.events")
BEING = frozenset(["is", "are", "was", "were", "be", "been", "being"])
ENDINGS = _inflect(read_words("shared.endings_stems"))
"""What ends a cell or a camp, so that nobody knows whether the group is there still."""

WISHES = _inflect(read_words("shared.wishes_stems")) | read_words("shared.wishes")
MODALS = read_words("shared.modals")
MOVES = _inflect(read_words("shared.moves_stems"))
NEGATIONS = read_words("shared.negations")
ABSENT = read_words("shared.absent")
EXPELLING = _inflect(read_words("shared.expelling_stems")) | read_words("shared.expelling")
RESTRICTED = read_words("shared.restricted")
"""After "not", "no" or "no longer" they take nothing back."""

SPEECH = read_words("shared.speech")
ACTORS = read_words("shared.actors")
DETERMINERS = read_words("shared.determiners")
FEATURES = read_words("shared.features")
"""What follows a unit's name where that is a name of something else, or says whose somebody is."""

ROLES = read_words("shared.roles")
"""Somebody or something of, in or from a unit, of which the sentence says no presence there."""

TITLES = read_words("shared.titles")
JOINING = read_words("shared.joining")
"""Words that may stand between two places of one list."""

NOT_PRESENCE = read_words("shared.not_presence")
FUNCTION = read_words("shared.function")
VERBS = STRONG | EVENTS | EXPELLING | WISHES | MODALS | read_words("shared.verbs")

ANAPHORS = {
    phrase: how
    for how in (
        "one",
        "many",
        "we",
        "former",
        "latter",
        "both",
        "all",
        "other",
        "first",
        "first_two",
        "second",
        "last",
        "last_two",
    )
    for phrase in _read_phrases(f"anaphors.{how}")
}
"""Words that stand for a group, and for how many."""

BEFORE_VERBS = read_words("anaphors.before_verbs")
"""Those that stand for groups only before a verb."""

HEDGES = _read_phrases("hedges.all")
OPEN_LISTS = read_words("hedges.open")
"""They say that a list goes on, or may."""

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"dozen": 12, "thirty": 30}

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
