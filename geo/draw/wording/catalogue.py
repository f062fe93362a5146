"""What a page says, by key: a file of phrases a language, the same keys in each.

Python writes the static parts with them, the page's script gets those it needs as data. Whatever says something is
handed the catalogue of its page, alone or as part of a table in its language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from geo.draw.html import Markup, chain, is_right_to_left
from geo.model import IN_BRACES, Moment, Quarter, UnitNoun, Week
from geo.option_values import LANGUAGES

__all__ = [
    "END",
    "EVENTS",
    "FIGURES",
    "LANGUAGES",
    "LAYOUT",
    "Catalogue",
    "Text",
    "capitalise",
    "parse_catalogue",
    "read_catalogue",
]

LATIN = re.compile("[A-Za-z]")
ARABIC = re.compile("[\u0620-\u06d3\u06fa-\u06ff]")
APART, APART_LEFT, END = "\u2068", "\u2067", "\u2069"
"""Around what is kept apart: in the direction of its first letter, or from the right; and after it."""

FIGURES = "0123456789.,"
"""As Python writes them: digits, decimal mark, mark between thousands."""

LAYOUT = (
    "skip", "skip_panel", "on_page", "nav_map", "find", "reset", "copy_link", "csv", "link_label", "static_note",
    "panel_label", "units_heading", "detail_label", "foot_strong", "foot_silence",
    "foot", "foot_names",
)  # fmt: skip
"""What stands in the layout of every page."""

SHARED = (
    "noun", "nouns", "and", "comma", "semicolon", "stop", "view_overlay", "view_count", "view_count_apart", "view_one",
    "class_one", "class_n", "class_none_now", "class_region", "class_other", "class_absent", "class_inconclusive",
    "class_none", "class_none_group", "compare_only", "region_only", "counted", "map",
    "summary_named", "summary_region", "summary_one", "summary_shown", "unit_named", "unit_absent",
    "unit_inconclusive", "unit_other", "claim_region", "claim_region_name", "detail_empty", "detail_silence",
    "detail_nationwide", "detail_unlocated", "scroll_hint",
    "close", "find_none", "link_copied", "open_full", "unseen", "headline_none", "headline_none_one",
    "headline_apart", "headline_one",
    "headline_each", "headline_many", "groups_counted", "number_of", "record_number", "all_on_map_chosen",
)  # fmt: skip
COMPARING = (
    "nav_compare", "compare_first", "compare_first_none", "compare_next", "compare_next_none", "compare_together",
    "compare_apart", "compare_others", "compare_gone", "compare_off_map", "both", "all_three", "either",
    "any_of_three", "headline_compare", "headline_compare_none", "headline_compare_same", "headline_compare_empty",
    "measure_shared", "measure_only", "measure_area", "measure_population", "measure_jaccard", "measure_coefficient",
    "share_of", "share_of_if", "the_area", "the_people", "share_under", "share_over", "percent", "small_named",
    "small_region", "ties_between", "ties_none", "undefined",
)  # fmt: skip
TABBED = ("table_shown", "small_named", "small_region", "compare_off_map")
STATED = ("detail_stated",)
CHIPPED = ("class_alone", "chip.named", "chip.region", "chip.absent", "chip.inconclusive", "chip.silent")
CLAIMED = (
    "chip.claimed", "claim_only", "level_claimed", "hedge_claimed", "summary_claimed", "compare_claimed",
    "headline_claimed.all", "headline_claimed.all_part", "headline_claimed.some", "headline_claimed.some_part",
)  # fmt: skip
DISPUTED = (
    "chip.disputed",
    "class_disputed",
    "hedge_disputed",
    "headline_disputed",
    "headline_disputed_all",
    "summary_disputed",
)
OPENED = ("summary_open", "at_least_in")
UNCOUNTED = (
    "headline_uncounted",
    "summary_uncounted",
    "also_coalition",
    "also_population",
    "coalitions",
    "populations",
    "kind.coalition",
    "kind.population",
)
CAPABLE = ("chip.able", "chip.able_too", "class_capability", "unit_capable", "unit_capable_too")
FILTERED = ("filter", "filter_on", "chosen_records")
HIDDEN = ("hidden", "filter_nothing")
SURE = ("hidden_reason.confidence", "hidden_reason.unsure")
GRADED = ("hidden_reason.grade", "hidden_reason.ungraded")
BASED = ("hidden_reason.basis",)
PUBLISHED = (
    "hidden_reason.later", "hidden_reason.undated", "hidden_reason.ahead", "title_when.dated", "stale_records",
)  # fmt: skip
DATED = ("chip.stale", "class_stale", "class_na", "stale_only", "summary_stale", "compare_stale")
GRIDDED = (
    "grid.claimed", "grid.region", "grid.stale", "grid.absent", "grid.inconclusive", "grid.other", "hedge_disputed",
)  # fmt: skip
TIMED = (
    *DATED, "grid_when", "table_shown", "play", "pause", "step_all", "step_none", "step_said", "steps_by.observed",
    "title_when.dated", "oldest", "period_off_map",
)  # fmt: skip
"""What the scripts of every page, of comparisons and of reports say, and where statements of units, chips, own claims,
contradictions, open lists, coalitions and populations, capabilities, validity, scope or time matter, or where a reader
can leave out what is below a level, records by confidence, grade or basis, or what was published later."""

EVENTS = (
    "noun", "and", "comma", "semicolon", "stop", "counted", "map", "scroll_hint", "close", "find_none", "link_copied",
    "open_full", "unseen", "play", "pause", "span", "events_measure", "events_count", "events_rate",
    "events_deaths", "events_line", "events_none", "events_no_people", "events_summary", "events_summary_none",
    "events_summary_when", "events_uncovered", "events_left_out", "events_grey", "events_summary_uncovered",
    "events_summary_part", "events_detail_uncovered",
    "events_heading", "events_heading_deaths", "events_heading_rate", "events_no_deaths", "events_range",
    "events_from", "period", "events_step.none", "events_step.part",
    "events_detail_empty", "events_detail_none", "events_what",
    "events_people", "events_people_given", "events_people_own",
    "events_people_none", "events_bars", "events_points", "events_points_said",
    "events_cluster", "events_place",
)  # fmt: skip
"""What the scripts of the page of recorded events say, which speaks of no record and no claim."""

Text = TypeVar("Text", str, Markup)

Phrase = str | tuple[str, ...]
"""One that speaks of a number has two forms, for one and for any other."""


NO_NOUN = UnitNoun()


@dataclass(frozen=True)
class Catalogue:
    """What is said in a language, of units called so, and how the language writes.

    Examples
    --------
    >>> phrases = read_catalogue("en").about(UnitNoun("area", "areas"))
    >>> phrases.say("class_none_group", group="Red Group")
    'No record names this area for Red Group'
    """

    language: str
    """Its tag."""
    figures: str
    """How it writes each of `FIGURES`."""
    counts: tuple[str, ...]
    """Small numbers in words at the head of a sentence, from none on; empty where it writes figures there."""
    unit_names: str
    """Which names of units it takes: those of this language; "" for those that matching goes by."""
    texts: Mapping[str, Phrase]
    """Phrases by key."""
    noun: UnitNoun = NO_NOUN
    """What phrases call a unit."""

    @property
    def is_right_to_left(self) -> bool:
        """Whether it is written from the right."""
        return is_right_to_left(self.language)

    def about(self, noun: UnitNoun) -> Catalogue:
        """Return the same, speaking of units that are called so."""
        return replace(self, noun=noun)

    def localise(self, figure: str) -> str:
        """Write a figure as the language does."""
        return figure.translate(str.maketrans(FIGURES, self.figures))

    def find_phrase(self, key: str, which: str = "") -> Phrase:
        """Return a phrase as it stands in the file; of a family the one for a value.

        Examples
        --------
        >>> read_catalogue("en").find_phrase("close"), read_catalogue("en").find_phrase("standing", "ended")
        ('Close', 'ended')
        """
        return self.texts[f"{key}.{which}" if which else key]

    def say(self, key: str, which: str = "", /, **values: object) -> str:
        """Return a phrase with what it speaks of.

        Examples
        --------
        >>> phrases = read_catalogue("en")
        >>> phrases.say("compare_only", group="Red Group"), phrases.say("trend_value", "growing")
        ('Only Red Group, of those compared', 'growing')
        """
        return self.noun.fill(str(self.find_phrase(key, which)), **self._isolate(values))

    def say_count(self, key: str, number: int, which: str = "", /, **values: object) -> str:
        """Return a phrase that speaks of a number, in its form for one or for any other; ``n`` may write it otherwise.

        Examples
        --------
        >>> [read_catalogue("en").say_count("stale_records", number) for number in (1, 1200)]
        ['1 record is out of date.', '1,200 records are out of date.']
        """
        form = self.find_phrase(key, which)[number != 1]
        return self.noun.fill(form, **{"n": self.write_number(number), **self._isolate(values)})

    def say_head_count(self, key: str, number: int) -> str:
        """Do the same at the head of a sentence: small numbers as words, in a language that does so.

        Examples
        --------
        >>> [read_catalogue("en").say_head_count("groups_counted", number) for number in (3, 1, 34)]
        ['Three groups', 'One group', '34 groups']
        """
        said = self.counts[number] if number < len(self.counts) else self.write_number(number)
        return self.noun.fill(self.find_phrase(key)[number != 1], n=said)

    def mark_up(self, key: str, which: str = "", /, **values: str) -> Markup:
        """Return a phrase with markup in it; its own words and each value that is text are escaped.

        Examples
        --------
        >>> read_catalogue("en").mark_up("and", most=Markup("<b>A</b>"), last="<B>")
        Markup('<b>A</b> and &lt;B&gt;')
        """
        pieces, known = IN_BRACES.split(str(self.find_phrase(key, which))), self._isolate(values)
        return chain(known[piece] if place % 2 else piece for place, piece in enumerate(pieces))

    def _isolate(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Keep what is in Latin letters from drawing brackets and figures around it into its own direction."""
        if not self.is_right_to_left:
            return values
        return {
            key: _set_apart(value) + value + END if isinstance(value, str) and LATIN.search(value) else value
            for key, value in values.items()
        }

    def join_names(self, names: Sequence[str], last: str = "and") -> str:
        """Join names as a sentence does.

        Examples
        --------
        >>> join = read_catalogue("en").join_names
        >>> join(["Kabul", "Nangarhar", "Kunar"]), join(["Kabul"]), join([])
        ('Kabul, Nangarhar and Kunar', 'Kabul', '')
        >>> join(["A", "B"], "comma")
        'A, B'
        """
        return _join_names(names, last, self.say)

    def mark_up_names(self, names: Sequence[Markup]) -> Markup:
        """Join names that are markup in the same way."""
        return _join_names(names, "and", self.mark_up)

    def name_finding(self, finding: str) -> str:
        """Say what a source found; nothing for what it found present.

        Examples
        --------
        >>> read_catalogue("en").name_finding("absent"), read_catalogue("en").name_finding("present")
        ('looked and not found', '')
        """
        return "" if finding == "present" else self.say("finding", finding)

    def write_number(self, number: float, digits: int = 0) -> str:
        """Write a number with its thousands apart, whole or with as many significant digits.

        Examples
        --------
        >>> read_catalogue("en").write_number(5029850), read_catalogue("fa").write_number(1.5, 15)
        ('5,029,850', '۱٫۵')
        """
        return self.localise(f"{number:,.{digits}g}" if digits else f"{number:,}")

    def write_fixed(self, number: float, places: int) -> str:
        """Write a number with so many decimal places, a half rounded up, as ``toFixed`` does in the script.

        Examples
        --------
        >>> read_catalogue("en").write_fixed(33.333, 1), read_catalogue("en").write_fixed(5 / 8, 2)
        ('33.3', '0.63')
        """
        return self.localise(f"{Decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}")

    def write_share(self, share: float, digits: int = 15) -> str:
        """Write a share (0..1) in per cent.

        Examples
        --------
        >>> read_catalogue("en").write_share(0.1), read_catalogue("en").write_share(0.125)
        ('10 %', '12.5 %')
        """
        return self.localise(f"{share * 100:.{digits}g}") + self.say("percent")

    def write_fraction(self, part: int, whole: int, share: float) -> str:
        """Write a share of counted things as both.

        Examples
        --------
        >>> read_catalogue("en").write_fraction(3, 9, 1 / 3)
        '3/9 = 0.33'
        """
        return f"{self.write_number(part)}/{self.write_number(whole)} = {self.write_fixed(share, 2)}"

    def write_date(self, moment: Moment) -> str:
        """Write a date as precisely as it is known, of the Gregorian calendar, which sources use.

        Examples
        --------
        >>> [read_catalogue("en").write_date(Moment(*date)) for date in ((2020, 6, 14), (2019, 9), (2019,))]
        ['14 June 2020', 'September 2019', '2019']
        >>> read_catalogue("en").write_date(Quarter(2020, 7)), read_catalogue("en").write_date(Week(2020, 7, 27))
        ('July to September 2020', 'week of 27 July 2020')
        """
        if isinstance(moment, Week):
            return self.say("week", day=self.write_date(Moment(moment.year, moment.month, moment.day)))
        if isinstance(moment, Quarter):
            names = self.texts["months"][moment.first.month - 1 : moment.last.month : 2]
            return self.say("quarter", start=names[0], end=names[1], year=self.localise(str(moment.year)))
        month = moment.month and self.texts["months"][moment.month - 1]
        parts = [moment.day and self.localise(str(moment.day)), month, self.localise(str(moment.year))]
        return " ".join(str(part) for part in parts if part)

    def pick_words(self, *parts: Sequence[str]) -> dict[str, Phrase]:
        """Return the phrases that a page's script needs: those of every page, and of the parts that it has.

        Examples
        --------
        >>> words = read_catalogue("en").pick_words(TIMED)
        >>> "measure_area" in words, words["counted"], words["play"]
        (False, (' unit', ' units'), 'Play')
        """
        return {key: self._name_units(key) for part in (SHARED, *parts) for key in part}

    def pick_event_words(self) -> dict[str, Phrase]:
        """Return the phrases that the scripts of the page of recorded events need, in place of all others.

        Examples
        --------
        >>> "class_none" in read_catalogue("en").pick_event_words()
        False
        """
        return {key: self._name_units(key) for key in EVENTS}

    def _name_units(self, key: str) -> Phrase:
        phrase = self.texts[key]
        return tuple(map(self.noun.fill, phrase)) if isinstance(phrase, tuple) else self.noun.fill(phrase)


def _set_apart(value: str) -> str:
    """Begin a name in Latin letters in its own direction; a list or sentence that has such names, from the right.

    The script does the same (``core.js``).

    Examples
    --------
    >>> [_set_apart(value) == APART_LEFT for value in ("ISIS-K", "از \u2068ISIS-K\u2069", "OCHA می‌کشد")]
    [False, True, True]
    """
    is_ours = APART in value or len(ARABIC.findall(value)) > len(LATIN.findall(value))
    return APART_LEFT if is_ours else APART


def _join_names(names: Sequence[Text], last: str, fill: Callable[..., Text]) -> Text:
    comma = fill("comma")
    if len(names) < 2 or last == "comma":
        return comma.join(names)
    return fill("and", most=comma.join(names[:-1]), last=names[-1])


@cache
def read_catalogue(language: str) -> Catalogue:
    """Return what is said in a language of which there is a file.

    Examples
    --------
    >>> read_catalogue("fa").localise("1,250.5"), read_catalogue("en").texts["close"]
    ('۱٬۲۵۰٫۵', 'Close')
    """
    return parse_catalogue(language, files("geo.draw.wording").joinpath(f"{language}.toml").read_text("utf-8"))


def parse_catalogue(language: str, text: str) -> Catalogue:
    r"""Make a catalogue of the text of its file, in TOML.

    Examples
    --------
    >>> meta = 'meta = {digits = "0123456789", decimal = ",", thousands = ".", counts = []}'
    >>> made = parse_catalogue("de", meta + '\nphrases = {close = "Schließen"}')
    >>> made.localise("1,250.5"), made.is_right_to_left
    ('1.250,5', False)
    """
    told = tomllib.loads(text)
    meta, phrases = told["meta"], told["phrases"]
    return Catalogue(
        language,
        meta["digits"] + meta["decimal"] + meta["thousands"],
        tuple(meta["counts"]),
        meta.get("unit_names", ""),
        {key: phrase if isinstance(phrase, str) else tuple(phrase) for key, phrase in _flatten(phrases)},
    )


def _flatten(phrases: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give each phrase with its key; one of a family, which has one for each of some values, as ``standing.ended``."""
    for key, phrase in phrases.items():
        family = phrase if isinstance(phrase, dict) else {"": phrase}
        yield from ((f"{key}.{which}" if which else key, each) for which, each in family.items())


def capitalise(text: str) -> str:
    """Begin with a capital letter, where the script has one.

    Examples
    --------
    >>> capitalise("a population, not a group"), capitalise("")
    ('A population, not a group', '')
    """
    return text[:1].upper() + text[1:]
