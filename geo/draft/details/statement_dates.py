"""When a thing was so, as its sentence says it; the date of the report is another."""

from __future__ import annotations

import re

from geo.draft.sentences import Sentence
from geo.draft.words.cue_words import MONTHS, SPEECH, read_words
from geo.model import Moment, Period

__all__ = ["find_period"]

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
REPORTS = SPEECH | read_words("statement_dates.reports")
SINCE = frozenset(("since", "from"))
UNTIL = frozenset(("until", "till", "to"))


def find_period(sentence: Sentence, first: int, end: int) -> Period | None:
    """Find the one date that a clause gives; None where it gives none, several, or that of a report.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> text = "They have been there since March 2021"
    >>> str(find_period(Sentence(join_lines("paragraph", [(1, text)]), 0, len(text)), 0, 7))
    '2021-03 to open'
    """
    if YEAR.search(sentence.text) is None:
        return None
    found = []
    at = first
    while at < end:
        read = _read_moment(sentence, at, end)
        if read:
            moment, last = read
            found.append((moment, at, last))
            at = last + 1
        else:
            at += 1
    own = [each for each in found if not _is_of_report(sentence, each[1])]
    if len(own) == 2 and sentence.peek(own[0][1] - 1) in ("between", "from") and own[0][0] < own[1][0]:
        return Period(own[0][0], own[1][0])
    if len(own) != 1:
        return None
    return _bound(sentence, *own[0][:2])


def _bound(sentence: Sentence, moment: Moment, first: int) -> Period | None:
    before = sentence.peek(first - 1)
    if before in ("early", "mid", "late"):
        before = sentence.peek(first - 2)
    if before in SINCE:
        return Period(moment, None)
    if before in UNTIL:
        return Period(None, moment)
    return None if before in ("before", "after", "by") else Period(moment, moment)


def _read_moment(sentence: Sentence, at: int, end: int) -> tuple[Moment, int] | None:
    """Read a year, a month of a year or a day; its last word."""
    word = sentence.words[at]
    if _is_year(word):
        return Moment(int(word)), at
    if word in MONTHS and sentence.caps[at]:
        month, year = MONTHS[word], sentence.peek(at + 1)
        if _is_year(year) and at + 1 < end:
            return Moment(int(year), month), at + 1
        day, year = _read_day(year), sentence.peek(at + 2)
        return (
            (Moment(int(year), month, day), at + 2) if day and _is_year(year) and _fits(int(year), month, day) else None
        )
    day, month = _read_day(word), MONTHS.get(sentence.peek(at + 1), 0)
    year = sentence.peek(at + 2)
    if day and month and _is_year(year) and _fits(int(year), month, day):
        return Moment(int(year), month, day), at + 2
    return None


def _fits(year: int, month: int, day: int) -> bool:
    return day <= Moment(year, month).last.day


def _read_day(word: str) -> int:
    digits = word.removesuffix("st").removesuffix("nd").removesuffix("rd").removesuffix("th")
    return int(digits) if digits.isascii() and digits.isdigit() and 0 < int(digits) < 32 and len(digits) < 3 else 0


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdigit() and word[:2] in ("19", "20")


def _is_of_report(sentence: Sentence, at: int) -> bool:
    """Tell the date of who speaks from the date of what is said."""
    return any(word in REPORTS for word in sentence.words[max(at - 4, 0) : at])
