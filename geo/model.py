"""The values that travel between rooms: frozen, plain, free of any library."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from math import nan
from typing import Any

__all__ = [
    "FORMULA_SIGNS",
    "Activity",
    "CellPosition",
    "Claim",
    "Correction",
    "Coverage",
    "DocumentLine",
    "DocumentText",
    "Estimate",
    "EventCount",
    "EventPlace",
    "EventSource",
    "Evidence",
    "Gazetteer",
    "Group",
    "Heading",
    "LeftOut",
    "Level",
    "Locator",
    "LoggedChange",
    "Moment",
    "NewEntry",
    "PartOf",
    "Passage",
    "Period",
    "Place",
    "Point",
    "Position",
    "Quarter",
    "Quoted",
    "Record",
    "Relation",
    "Shape",
    "Sheet",
    "Source",
    "SourceCopy",
    "Span",
    "Statement",
    "Strength",
    "Table",
    "Topology",
    "Translation",
    "Unit",
    "UnitNoun",
    "Week",
]  # fmt: skip

FORMULA_SIGNS = "=+-@＝＋－＠\t\r"
"""A cell that begins with one of these is a formula to some spreadsheet; some take wide signs for narrow ones."""


IN_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """Where a value stands in a file, both counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class CellPosition(Position):
    """Where a value stands in a spreadsheet; ``sheet`` is empty where a file holds one only.

    Examples
    --------
    >>> str(CellPosition(3, 28)), str(CellPosition(3, 1, "presence"))
    ('AB3', 'presence!A3')
    """

    sheet: str = ""

    def __str__(self) -> str:
        letters, rest = "", self.column
        while rest > 0:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{self.sheet}{'!' if self.sheet else ''}{letters}{self.line}"


@dataclass(frozen=True, order=True, slots=True)
class Moment:
    """A date as precisely as it is known.

    Examples
    --------
    >>> str(Moment(2019, 9)), str(Moment(2020, 6, 14))
    ('2019-09', '2020-06-14')
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    @property
    def first(self) -> date:
        """The first day that it may mean.

        Examples
        --------
        >>> Moment(2020).first, Moment(2020, 2).last
        (datetime.date(2020, 1, 1), datetime.date(2020, 2, 29))
        """
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, order=True, slots=True)
class Quarter(Moment):
    """A quarter of a year, by its first month.

    Examples
    --------
    >>> str(Quarter(2020, 7)), Quarter(2020, 7).last
    ('2020-Q3', datetime.date(2020, 9, 30))
    """

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{((self.month or 1) + 2) // 3}"

    @property
    def last(self) -> date:
        """The last day of its third month."""
        return Moment(self.year, (self.month or 1) + 2).last


@dataclass(frozen=True, order=True, slots=True)
class Week(Moment):
    """A week of ISO 8601, by its Monday; its year is that of its Thursday.

    Examples
    --------
    >>> str(Week(2019, 12, 30)), Week(2019, 12, 30).last
    ('2020-W01', datetime.date(2020, 1, 5))
    """

    def __str__(self) -> str:
        year, week, _ = self.first.isocalendar()
        return f"{year:04d}-W{week:02d}"

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(6)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as one says it: months of the calendar, then days.

    Examples
    --------
    >>> Span(months=1).end(date(2021, 1, 31)), Span(days=90).end(date(2021, 1, 31))
    (datetime.date(2021, 2, 28), datetime.date(2021, 5, 1))
    >>> str(Span(months=12)), str(Span(months=18)), str(Span(days=1))
    ('1 year', '18 months', '1 day')
    """

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        counts = {"year": self.months // 12} if self.months % 12 == 0 else {"month": self.months}
        parts = [(number, noun) for noun, number in {**counts, "day": self.days}.items() if number]
        return " and ".join(f"{number} {noun}{'s' * (number != 1)}" for number, noun in parts)

    def end(self, start: date) -> date:
        """Return the last day of the span after a day; the last that the calendar has, where it would be later."""
        year, month = divmod(start.year * 12 + start.month - 1 + self.months, 12)
        if year > date.max.year:
            return date.max
        day = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
        return date.max if (date.max - day).days < self.days else day + timedelta(self.days)


@dataclass(frozen=True, slots=True)
class Period:
    """From one moment to another, either end open; a single moment is both ends.

    Examples
    --------
    >>> str(Period(Moment(2020), Moment(2020))), str(Period(Moment(2019, 9), None))
    ('2020', '2019-09 to open')
    """

    start: Moment | None
    end: Moment | None

    def __str__(self) -> str:
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or 'open'} to {self.end or 'open'}"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure as a source gives it: "up to" is only high, "at least" only low, a bare figure best."""

    low: float | None = None
    best: float | None = None
    high: float | None = None


Notes = tuple[tuple[str, str], ...]
"""A note in other languages: tag and text, in the order of the tags."""


@dataclass(frozen=True, slots=True)
class Locator:
    """Words before and after a quote, by which one of several places is meant where its words stand more than once."""

    prefix: str | None = None
    suffix: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A line of a document as it stands there; ``number`` is counted within its page, where there are pages.

    A line of the margin is at the head or at the foot of a page, and no part of what runs from one page to the next.
    """

    text: str
    number: int
    page: int | None = None
    is_margin: bool = False


@dataclass(frozen=True)
class DocumentText:
    """The lines of a document, and what each of its pages may be called: by its number there, or as it is printed."""

    lines: tuple[DocumentLine, ...]
    labels: Mapping[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so, how, when and how surely; the three grades are never merged.

    ``source`` and ``via`` are ids of sources, ``grade`` is the Admiralty digit 1-6 of the record,
    ``basis`` one of reported, claimed, assessed, ``confidence`` low, moderate or high. ``notes`` is ``note`` in other
    languages. ``position`` is where its quote stands in the table.
    """

    source: str | None = None
    via: str | None = None
    basis: str = "reported"
    grade: str | None = None
    confidence: str | None = None
    observed: Period | None = None
    note: str | None = None
    quote: str | None = None
    page: str | None = None
    notes: Notes = ()
    locator: Locator | None = None
    position: Position | None = field(default=None, compare=False)

    @property
    def quoted(self) -> Quoted:
        """What is quoted, and from where."""
        return self.source, self.quote, self.page, self.locator


Quoted = tuple[str | None, str | None, str | None, Locator | None]
"""The source of a quote, its words, its page and its locator: all on which hangs whether a copy holds it there."""


@dataclass(frozen=True)
class Level:
    """A kind of presence; with a rank it is ordered (greater is stronger), without it is a kind of its own.

    A record of this level is stale when ``valid_for`` has gone by since it was last observed. ``footprint`` is False of
    a capability, what a group can do in a place and no presence there, and else None: the table says nothing then.
    """

    id: str
    name: str
    rank: int | None = None
    note: str | None = None
    valid_for: Span | None = None
    footprint: bool | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    notes: Notes = ()

    @property
    def is_capability(self) -> bool:
        """Whether a record of this level says what a group can do, and not that it is there."""
        return self.footprint is False


@dataclass(frozen=True, slots=True)
class SourceCopy:
    """A copy of a source that its author keeps: a file beside the table, its SHA-256 and when it was taken.

    ``file`` leads there from the folder of the table, and reaches nobody else unless ``publish`` says so; ``position``
    is where it stands in the table.
    """

    file: str
    sha256: str | None = None
    taken: Moment | None = None
    publish: bool = False
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Source:
    """What a claim rests on; ``grade`` is the Admiralty letter A-F.

    ``favours`` are ids of the groups that it speaks for, ``derived`` is True of a map or a compilation and else None.
    ``copy`` is the author's own: no part of what the table says, and so of no page, hash or comparison.
    """

    id: str
    title: str
    author: str | None = None
    publisher: str | None = None
    date: Moment | None = None
    url: str | None = None
    archived: str | None = None
    grade: str | None = None
    note: str | None = None
    favours: tuple[str, ...] = ()
    derived: bool | None = None
    notes: Notes = ()
    copy: SourceCopy | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Strength:
    """How many, of what: a number, or a share (0..1) of group ``of`` or of the strength it stands under."""

    estimate: Estimate
    counts: str
    evidence: Evidence
    is_share: bool = False
    of: str | None = None
    of_which: tuple[Strength, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A sourced sentence about a group that is no presence: on the page, never on the map.

    ``place`` names the units that it speaks of.
    """

    text: str
    evidence: Evidence
    about: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class PartOf:
    """The group that a group belongs to, and who says so."""

    group: str
    evidence: Evidence


@dataclass(frozen=True)
class Group:
    """Who is present; ``kind`` is group, coalition or population; ``names`` maps a language to a name.

    ``letters`` stand for it where there is room for no name, as in the legend of a figure.
    """

    id: str
    name: str
    short: str
    kind: str = "group"
    aliases: tuple[str, ...] = ()
    colour: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    part_of: PartOf | None = None
    strengths: tuple[Strength, ...] = ()
    statements: tuple[Statement, ...] = ()
    letters: str | None = None
    notes: Notes = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where, as the record gives it.

    ``kind`` is ``"in"``, ``"region"``, ``"nationwide"`` or ``"unlocated"``; ``units`` are codes in the order
    written (a region's units in gazetteer order); ``count`` is how many units an unlocated record counts. ``written``
    are the names as the table has them, where a unit is made of parts and its own name would say more than the table.
    """

    kind: str
    units: tuple[str, ...] = ()
    region: str | None = None
    count: Estimate | None = None
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """When a record was corrected and why: the table was wrong, and nothing happened in the world."""

    date: Moment
    reason: str


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """One entry of a table's log of corrections: the table was changed, and nothing happened in the world.

    ``type`` is one of `geo.option_values.LOGGED`; ``records`` are ids, of withdrawn records too. ``parts`` are what
    else it is about, by the keys that lead there: ``groups/red/strength``, ``relations/blue/red``, ``title``.
    """

    date: Moment
    type: str
    what: str
    why: str | None = None
    records: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of the table as written: groups x place x level x evidence.

    ``id`` is what it is known by in another version of the table; ``changed`` says that it was corrected, and places
    nothing in time. ``open_list`` is True where the source names its units as some of more, and else None.
    """

    groups: tuple[str, ...]
    place: Place
    level: str
    evidence: Evidence
    finding: str = "present"
    trend: str | None = None
    as_written: str | None = None
    id: str | None = None
    changed: Correction | None = None
    open_list: bool | None = None
    position: Position | None = field(default=None, compare=False)

    def expand(self, index: int) -> Iterator[Claim]:
        """Write it out as one claim for each group and unit; ``index`` is where it stands in its table.

        Examples
        --------
        >>> list(Record(("let",), Place("nationwide"), "cells", Evidence()).expand(3))
        [Claim(group='let', unit=None, record=3)]
        """
        return (Claim(group, unit, index) for group in self.groups for unit in (self.place.units or (None,)))


@dataclass(frozen=True, slots=True)
class Claim:
    """One group in one place, as a record expands to it.

    ``unit`` is a code, or None where the record is nationwide or unlocated; ``record`` is the record's
    index in ``Table.records``, which holds level, finding and evidence.
    """

    group: str
    unit: str | None
    record: int


@dataclass(frozen=True)
class Relation:
    """A tie between groups: ``between`` two or more, or ``from_group`` one ``to_group`` another.

    ``what`` is a phrase of what exactly stands or is discussed.
    """

    type: str
    evidence: Evidence
    between: tuple[str, ...] = ()
    from_group: str | None = None
    to_group: str | None = None
    standing: str | None = None
    what: str | None = None
    position: Position | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Heading:
    """What a table says of itself in another language; None for what it says there in its own."""

    title: str | None = None
    subtitle: str | None = None
    headline: str | None = None


@dataclass(frozen=True)
class Table:
    """A checked presence table; mappings keep the order of the file.

    ``not_applicable`` are the units to which its question does not apply, ``headline`` is what its maps say before all
    else. ``translations`` are by language; ``region_names`` are names by language of its own regions. ``licence`` is an
    identifier of SPDX or words; ``changes`` is its log of corrections, as written.
    """

    title: str
    levels: Mapping[str, Level]
    sources: Mapping[str, Source]
    groups: Mapping[str, Group]
    records: tuple[Record, ...]
    claims: tuple[Claim, ...]
    relations: tuple[Relation, ...] = ()
    as_of: Moment | None = None
    subtitle: str | None = None
    byline: str | None = None
    alt: str | None = None
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_applicable: tuple[str, ...] = ()
    headline: str | None = None
    translations: Mapping[str, Heading] = field(default_factory=dict)
    region_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    licence: str | None = None
    authors: tuple[str, ...] = ()
    changes: tuple[LoggedChange, ...] = ()

    @cached_property
    def source_numbers(self) -> Mapping[str, int]:
        """Number of each source from 1 in the order of the file; a page's anchors are made of them."""
        return {source: number for number, source in enumerate(self.sources, 1)}


@dataclass(frozen=True)
class Sheet:
    """Rows of texts under named columns, on their way into a spreadsheet.

    ``numbers`` names the columns whose texts are figures; ``tags`` are HXL hashtags, one a column, or none.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class FormColumn:
    """A column of a sheet to be filled in.

    ``options`` are the words that may stand in it; ``choices`` says instead from which sheet and column of the workbook
    they come. ``takes_more`` tells that another text may be meant, or several, so that a program asks and does not
    refuse. A column that each row needs is ``is_needed``.
    """

    name: str
    help: str
    options: tuple[str, ...] = ()
    choices: tuple[str, str] | None = None
    takes_more: bool = False
    is_needed: bool = False
    is_number: bool = False
    example: str = ""


@dataclass(frozen=True)
class FormSheet:
    """A sheet to be filled in: its title, what it is for, its columns, and the rows that it has already.

    ``keys`` are of a sheet of keys and values: what the value of each row is.
    """

    title: str
    help: str
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    keys: tuple[FormColumn, ...] = ()


@dataclass(frozen=True)
class Point:
    """One thing said, and the lines that it rests on."""

    said: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """Points under a heading, on their way into a report; plain text, not yet markup of any kind."""

    heading: str
    note: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class UnitNoun:
    """What units are called, one and several.

    Examples
    --------
    >>> UnitNoun("area", "areas").fill("{Units} named: {n}; {a_unit} without a record", n=3)
    'Areas named: 3; an area without a record'
    """

    one: str = "unit"
    many: str = "units"

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """The words by the names under which phrases ask for them."""
        article = "an" if re.match("(?!uni)[aeiou]", self.one.lower()) else "a"
        return {
            "unit": self.one,
            "units": self.many,
            "a_unit": f"{article} {self.one}",
            "A_unit": f"{article.capitalize()} {self.one}",
            "Unit": self.one[:1].upper() + self.one[1:],
            "Units": self.many[:1].upper() + self.many[1:],
        }

    def fill(self, phrase: str, **values: object) -> str:
        """Put the words, and further values, into a phrase of ours; what it names besides is left alone."""
        known = {**self.forms, **values}
        return IN_BRACES.sub(lambda found: f"{known.get(found[1], found[0])}", phrase)


@dataclass(frozen=True)
class Translation:
    """What a gazetteer says in another language; regions by their English names, neighbours by their keys."""

    noun: UnitNoun
    credit: str
    regions: Mapping[str, str]
    neighbours: Mapping[str, str]
    country: str = ""


@dataclass(frozen=True)
class Unit:
    """One row of the gazetteer: a unit's keys, names, region, capital (degrees) and population (persons).

    Units of a boundary file that a user brings have no more than a code, a name and perhaps a region.
    """

    code: str
    pcode: str
    hasc: str
    name: str
    name_fa: str
    aliases: tuple[str, ...] = ()
    region: str = ""
    capital: str = ""
    capital_lat: float = nan
    capital_lon: float = nan
    population: int | None = None


@dataclass(frozen=True)
class Gazetteer:
    """All units by code, in the order of the file, the regions that hold them, and whose their boundaries are.

    ``noun`` is what a unit is called, ``tag`` its hashtag in the Humanitarian Exchange Language; ``whole`` lists
    folded names of the ``country``, none of which is a unit's. Where each unit is made of several areas that a table
    may name, and so name twice, ``parts`` is what those are called. ``file`` names the boundary file where a user gave
    one, and is empty where shapes were given without a file. ``translations`` is by language, of the bundled units.
    """

    units: Mapping[str, Unit]
    regions: Mapping[str, tuple[str, ...]]
    region_author: str
    credit: str = ""
    noun: UnitNoun = UnitNoun()
    tag: str = "loc"
    whole: frozenset[str] = frozenset()
    parts: UnitNoun | None = None
    file: str | None = None
    translations: Mapping[str, Translation] = field(default_factory=dict)
    country: str = ""

    @property
    def counted(self) -> UnitNoun:
        """What a source counts that names none: units or, where these are made of several, their parts."""
        return self.parts or self.noun


@dataclass(frozen=True)
class Shape:
    """One unit or neighbour in a topology: rings of arc numbers (``~n`` is arc ``n`` reversed) and a label point.

    ``polygons`` is polygons of rings of arc numbers; ``label`` is longitude, latitude in degrees.
    """

    key: str
    polygons: tuple[tuple[tuple[int, ...], ...], ...]
    label: tuple[float, float]
    name: str = ""


@dataclass(frozen=True)
class Topology:
    """Thinned boundaries for display only: each shared border stands once, as a quantised arc.

    A point of an arc is (x, y) in steps; the first is absolute, the others differences; degrees are
    ``step * scale + translate``. Format: TopoJSON 1.0.
    """

    scale: tuple[float, float]
    translate: tuple[float, float]
    arcs: tuple[tuple[tuple[int, int], ...], ...]
    units: tuple[Shape, ...]
    neighbours: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class EventCount:
    """Recorded events in one unit and period, and the deaths that they state; of one group, or of any (None).

    An event counts for each group that took part in it, and once for any of them: those of groups may sum to more.
    ``period`` is None for events that no single period surely holds, which count for the whole time only; ``deaths``
    (persons) is None where the source states none. ``low`` and ``high`` are between which figures these may lie, as it
    says; the same where it gives one.
    """

    group: str | None
    unit: str
    period: Moment | None
    events: int
    deaths: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class EventPlace:
    """Recorded events with the same coordinates (degrees), group and period; as for `EventCount`."""

    lon: float
    lat: float
    group: str | None
    period: Moment | None
    events: int


@dataclass(frozen=True)
class EventSource:
    """Whose events were counted, from which files, and how precisely they had to be placed.

    ``limit`` says in words which precision counts; ``passes_on`` whether the licence lets rows be passed on, and
    ``dated`` whether the citation says when they were fetched.
    """

    id: str
    title: str
    citation: str = ""
    licence: str = ""
    url: str | None = None
    limit: str = ""
    files: tuple[str, ...] = ()
    passes_on: bool = True
    dated: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Events that lie in a unit and do not count, in a period or, where that is not known, in none (None)."""

    unit: str
    period: Moment | None
    events: int


@dataclass(frozen=True)
class Coverage:
    """Of which days files hold what was recorded, by first and last day, in order; between them they hold nothing.

    ``basis`` is how that is known: ``given`` by the user, ``year`` or ``month`` by the format's rule (whole ones, from
    that of the first event to that of the last), ``files`` where only their own first and last dates tell.

    Examples
    --------
    >>> known = Coverage(((date(2019, 3, 1), date(2019, 12, 31)), (date(2021, 1, 1), date(2021, 12, 31))), "month")
    >>> [known.find(Moment(*each).first, Moment(*each).last) for each in ((2019, 3), (2019,), (2020,))]
    ['whole', 'part', 'none']
    """

    spans: tuple[tuple[date, date], ...]
    basis: str

    def find(self, first: date, last: date) -> str:
        """Tell whether days from a first to a last are covered: ``whole``, ``part`` or ``none``."""
        near = [span for span in self.spans if span[0] <= last and first <= span[1]]
        if not near:
            return "none"
        return "whole" if near[0][0] <= first and last <= near[0][1] else "part"


@dataclass(frozen=True)
class Activity:
    """Recorded events by group, unit and period: what sources recorded, which is no presence.

    ``by`` is all, year, quarter, month, week or day; ``groups`` maps ids to names, and is empty where all events count
    as they are.
    ``periods`` leaves none out from the first to the last, whether anything was recorded in it or not, unless they are
    thousands: then those without an event are gaps. ``tally`` says how many events were read, how many are counted, and
    why others are not; ``notes`` how many counted ones lie near a unit (``nearby``) or in another than their file names
    (``differing``), and what else is told of them; ``unmapped`` lists actors that the user's map does not name, with
    their events, most first. ``places`` is None where no points were asked for. ``since`` and
    ``until`` are the days between which an event had to lie surely, where the user asked for that. ``coverage`` is
    None where nobody knows it; ``left_out`` are events that lie in a unit and do not count;
    ``types`` are those that count, all of them without, and ``people`` names the user's file of populations.
    """

    title: str
    by: str
    groups: Mapping[str, str]
    counts: tuple[EventCount, ...]
    periods: tuple[Moment, ...]
    sources: tuple[EventSource, ...]
    tally: Mapping[str, int]
    unmapped: tuple[tuple[str, int], ...] = ()
    places: tuple[EventPlace, ...] | None = None
    since: Moment | None = None
    until: Moment | None = None
    notes: Mapping[str, int] = field(default_factory=dict)
    coverage: Coverage | None = None
    left_out: tuple[LeftOut, ...] = ()
    types: tuple[str, ...] = ()
    people: str = ""

    def find_cover(self, period: Moment | None) -> str:
        """Tell how far a period, or the whole time (None), is covered; what is not known is taken to be whole."""
        if self.coverage is None or not self.coverage.spans:
            return "whole"
        ends = self.coverage.spans[0][0], self.coverage.spans[-1][1]
        first = period.first if period else self.since.first if self.since else ends[0]
        last = period.last if period else self.until.last if self.until else ends[1]
        return self.coverage.find(first, last)


@dataclass(frozen=True)
class NewEntry:
    """What is to be put into the text of a table: under which keys, and what it says as plain values.

    ``under`` leads to a list, as ``("presence",)`` or ``("groups", "let", "strength")`` do. Where it leads to a
    mapping, as ``("sources",)`` does, ``name`` is the key of the entry there. Numbers, dates and flags are texts.
    """

    under: tuple[str, ...]
    values: Mapping[str, Any]
    name: str | None = None
