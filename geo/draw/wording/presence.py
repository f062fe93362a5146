"""Sentences made from data: counts before adjectives, "named" and "reported", never "controls"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from geo.draw.wording.catalogue import Catalogue
from geo.join.classes import UNNAMED, GroupCount
from geo.join.filters import Choices
from geo.join.footprints import choose_groups, find_chosen, find_root
from geo.model import (
    Correction,
    Estimate,
    Group,
    Level,
    Moment,
    Period,
    Record,
    Source,
    Span,
    Strength,
    Table,
    UnitNoun,
)

if TYPE_CHECKING:  # Sentences about a table alone need no geometry, and need not wait for its library.
    from geo.draw.wording.localised_names import LocalisedTable
    from geo.join.joined_table import JoinedTable

__all__ = [
    "UNCOUNTED", "choose_headline", "describe_choices", "describe_correction", "describe_estimate", "describe_hidden",
    "describe_off_map", "describe_period", "describe_span", "describe_strength", "describe_unit", "find_claimed",
    "find_off_map", "find_shown_as", "frame_off_map", "hedge_headline", "is_part", "list_off_map", "name_counted",
    "name_group", "name_source", "say_all_on_map", "say_filters", "say_finding", "say_hidden", "say_open",
    "write_headline", "write_named", "write_summary",
]  # fmt: skip

MOST_NAMES = 4


def describe_period(phrases: Catalogue, period: Period) -> str:
    """Write a period; an open end stays open.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> describe_period(phrases, Period(Moment(2019), None)), describe_period(phrases, Period(None, Moment(2020, 2)))
    ('from 2019 on', 'until February 2020')
    """
    if period.start == period.end and period.start:
        return phrases.write_date(period.start)
    if period.start and period.end:
        return phrases.say("period", start=phrases.write_date(period.start), end=phrases.write_date(period.end))
    if period.start:
        return phrases.say("period_from", start=phrases.write_date(period.start))
    return phrases.say("period_until", end=phrases.write_date(period.end)) if period.end else ""


def describe_correction(phrases: Catalogue, changed: Correction) -> str:
    """Say when a record was corrected, and why.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> describe_correction(phrases, Correction(Moment(2021, 5), "misread"))
    'Corrected May 2021: misread'
    """
    return phrases.say("corrected", date=phrases.write_date(changed.date), reason=changed.reason)


def describe_span(phrases: Catalogue, span: Span) -> str:
    """Write a length of time.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> [describe_span(phrases, span) for span in (Span(months=12), Span(months=18), Span(days=90))]
    ['1 year', '18 months', '90 days']
    """
    years = span.months and span.months % 12 == 0
    counts = {"years": span.months // 12} if years else {"months": span.months}
    return phrases.join_names(
        [phrases.say_count("span_in", number, key) for key, number in {**counts, "days": span.days}.items() if number]
    )


def describe_hidden(joined: LocalisedTable) -> str:
    """Say which records the choices left out, and why; empty where they left out none."""
    said = say_hidden(joined.phrases, joined.report.hidden, len(joined.whole.records), joined.choices.as_of)
    stale = joined.report.stale
    old = [joined.phrases.say_count("stale_records", stale)] if stale else []
    return " ".join(filter(None, [said, *old]))


def say_hidden(phrases: Catalogue, hidden: Mapping[str, int], total: int, day: Moment | None) -> str:
    """Say how many of a table's records were left out, by reason.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> say_hidden(phrases, {"basis": 2}, 9, None)
    '2 of 9 records are not shown: 2 of another basis.'
    """
    date = phrases.write_date(day) if day else ""
    reasons = [
        phrases.say("hidden_reason", reason, n=phrases.write_number(number), date=date)
        for reason, number in hidden.items()
    ]
    if not reasons:
        return ""
    said = phrases.say("semicolon").join(reasons)
    return phrases.say(
        "hidden", n=phrases.write_number(sum(hidden.values())), total=phrases.write_number(total), reasons=said
    )


def describe_estimate(phrases: Catalogue, estimate: Estimate, share: bool = False) -> str:
    """Write a figure with its hedge.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> estimates = Estimate(best=800), Estimate(high=6500), Estimate(400, 500, 600)
    >>> [describe_estimate(phrases, each) for each in estimates]
    ['800', 'up to 6,500', '500 (400 to 600)']
    >>> describe_estimate(phrases, Estimate(low=0.1), share=True)
    '10 % or more'
    """

    def write(figure: float) -> str:
        return phrases.write_share(figure, 6) if share else phrases.write_number(round(figure))

    low, best, high = (None if each is None else write(each) for each in (estimate.low, estimate.best, estimate.high))
    span = (
        phrases.say("span", low=low, high=high) if low and high
        else phrases.say("at_least", low=low) if low
        else phrases.say("at_most", high=high) if high else ""
    )  # fmt: skip
    return phrases.say("in_brackets", first=best, second=span) if best and span else best or span


def name_counted(noun: UnitNoun, estimate: Estimate | None) -> str:
    """Return what so many units are called.

    Examples
    --------
    >>> noun = UnitNoun("area", "areas")
    >>> [name_counted(noun, each) for each in (Estimate(best=1), Estimate(high=1), Estimate(low=1), Estimate(best=12))]
    ['area', 'area', 'areas', 'areas']
    """
    figures = {estimate.best, estimate.high} - {None} if estimate else set()
    return noun.one if figures == {1} else noun.many


def describe_strength(phrases: Catalogue, strength: Strength, groups: Mapping[str, Group]) -> str:
    """Write a strength with what it counts and which of the groups it is a share of."""
    if strength.is_share:
        whose = groups[strength.of].name if strength.of else ""
        share = describe_estimate(phrases, strength.estimate, share=True)
        key = "share_of_group" if whose else "share_of_these"
        return phrases.say(key, share=share, counts=strength.counts, group=whose)
    return phrases.say("figure_counts", figure=describe_estimate(phrases, strength.estimate), counts=strength.counts)


def name_group(joined: LocalisedTable, group: str) -> str:
    """Return a group's name, with the parts that a rolled-up map counts as it."""
    name = joined.table.groups[group].name
    if not joined.choices.roll_up:
        return name
    claimed = dict.fromkeys(claim.group for claim in joined.table.claims if claim.unit)
    parts = [part for part in claimed if part != group and find_root(joined.table, part) == group]
    included = joined.phrases.join_names([joined.table.groups[part].name for part in parts])
    return joined.phrases.say("including", group=name, parts=included) if parts else name


def name_groups(joined: LocalisedTable, groups: Sequence[str], *, short: bool = False) -> list[str]:
    """Return the groups' names, or their short ones."""
    return [joined.table.groups[group].short if short else name_group(joined, group) for group in groups]


def describe_off_map(record: Record, joined: LocalisedTable, groups: Sequence[str] | None = None) -> str | None:
    """Say what a nationwide or unlocated record says of some of its groups, without of those that the choices show.

    None for a record that is on the map, or speaks of no such group.
    """
    groups = choose_groups(record, joined.table, joined.choices) if groups is None else groups
    return _say_off_map(record, joined, joined.phrases.join_names(name_groups(joined, groups, short=True)), len(groups))


def list_off_map(joined: LocalisedTable, groups: Collection[str] | None = None) -> list[tuple[int, str]]:
    """List the numbers of records that are on no map, each with what it says: of ``groups``, where a map is of those.

    Elsewhere of those that the choices show.
    """
    found = ((number, describe_off_map(record, joined, told)) for number, record, told in find_off_map(joined, groups))
    return [(number, said) for number, said in found if said]


def find_off_map(
    joined: LocalisedTable, groups: Collection[str] | None = None
) -> Iterator[tuple[int, Record, tuple[str, ...]]]:
    """Find the same records, with the groups that they are told of; and those that name a region without units."""
    for number, record in enumerate(joined.table.records, 1):
        if not record.place.units:  # asked first, since most records have some
            told = choose_groups(record, joined.table, joined.choices)
            if groups is not None:
                told = tuple(group for group in told if find_shown_as(group, joined) in groups)
            yield number, record, told


def frame_off_map(record: Record, joined: LocalisedTable) -> list[tuple[str, ...]]:
    """Return what stands before and after the names of some of a record's groups: of one, and of several."""
    said = (_say_off_map(record, joined, GAP, number) or "" for number in (1, 2))
    return [tuple(each.split(GAP, 1)) for each in said]


GAP = "\ue000"
"""A sign that no language has."""


def _say_off_map(record: Record, joined: LocalisedTable, names: str, number: int) -> str | None:
    phrases = joined.phrases
    if not number:
        return None
    level = joined.table.levels[record.level].name
    finding = say_finding(phrases, record, joined.table.levels)
    form = "finding" if finding else "one" if number == 1 else "many"
    words = {"groups": names, "level": level, "finding": finding}
    if record.place.kind == "nationwide":
        said = phrases.say("nationwide", form, **words)
    elif record.place.kind == "unlocated" and record.place.count:
        words["count"] = describe_estimate(phrases, record.place.count)
        words["units"] = name_counted(joined.gazetteer.counted, record.place.count)
        said = phrases.say("unlocated", form, **words)
    else:
        return None
    source, sources = record.evidence.source, joined.table.sources
    if source is None or not _has_several_dates(sources.values()):
        return said
    return phrases.say("said_by", said=said, source=name_source(phrases, sources[source]))


def _has_several_dates(sources: Iterable[Source]) -> bool:
    """Tell whether sources speak at several times: then what no map can show, said twice, would contradict itself."""
    return len({source.date for source in sources if source.date}) > 1


def name_source(phrases: Catalogue, source: Source) -> str:
    """Name a source by its author, or its title, and its date.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> from geo.model import Moment
    >>> name_source(phrases, Source("un", "Twelfth report", author="UN", date=Moment(2021)))
    'UN (2021)'
    """
    name = source.author or source.title
    return phrases.say("in_brackets", first=name, second=phrases.write_date(source.date)) if source.date else name


def say_finding(phrases: Catalogue, record: Record, levels: Mapping[str, Level]) -> str:
    """Say what a source found where that is no presence; nothing of what it found present.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> from geo.model import Evidence, Place
    >>> levels = {"attacks": Level("attacks", "Able to attack", footprint=False)}
    >>> say_finding(read_catalogue("en"), Record(("a",), Place("nationwide"), "attacks", Evidence()), levels)
    'able to act there; not reported as present'
    """
    if record.finding == "present" and levels[record.level].is_capability:
        return phrases.say("able")
    return phrases.name_finding(record.finding)


def say_all_on_map(joined: LocalisedTable) -> str:
    """Say that nothing, or nothing of what the choices show, is off the map."""
    return joined.phrases.say("all_on_map" if joined.choices.groups is None else "all_on_map_chosen")


def choose_headline(joined: LocalisedTable) -> tuple[str, str]:
    """Return the headline of a map, and the sentence of ours that the table's own headline takes the place of.

    Of what the table says of all its records it is not sure that it holds of some of them.
    """
    ours = write_headline(joined)
    if not joined.table.headline or is_part(joined.choices):
        return ours, ""
    return joined.table.headline, joined.phrases.say("stop", said=ours)


def is_part(choices: Choices) -> bool:
    """Tell whether less or other is shown than the table as it is, of which its author's own words speak."""
    asked = choices.level, choices.as_of, choices.basis, choices.confidence, choices.grade
    return choices.groups is not None or any(asked)


def write_headline(joined: LocalisedTable, one: str = "") -> str:
    """Say the most striking thing the data hold: where the most groups are named; what of that is contested or claimed.

    A coalition or a population is no group more, which is said where one is named in the same places. Of ``one`` group
    alone, of whatever kind, it says where that is named.
    """
    phrases = joined.phrases
    counted = [one] if one else [group for group in joined.shown if joined.table.groups[group].kind == "group"]
    numbers = {code: each.number for code, each in joined.count_classes.items() if isinstance(each, GroupCount)}
    numbers = dict.fromkeys(joined.footprints[one].named, 1) if one else numbers
    most = max(numbers.values(), default=0)
    units = [code for code in joined.report.units if numbers.get(code, 0) == most]
    also = [Counter[str]() for _ in units] if one else _count_uncounted(joined, units)
    together = also[0] if most > 1 and all(each == also[0] for each in also) else Counter[str]()
    said = _say_where(joined, most, units, counted, together)
    if one and not most:
        said = phrases.say("headline_none_one", group=name_groups(joined, counted)[0])
    if not together and (kinds := [kind for kind in UNCOUNTED if any(each[kind] for each in also)]):
        not_counted = phrases.join_names([phrases.say(f"{kind}s") for kind in kinds])
        said = phrases.say("headline_uncounted", said=said, kinds=not_counted)
    return hedge_headline(joined, said, units if most else (), joined.shown if together else counted, counted)


def hedge_headline(
    joined: LocalisedTable, said: str, units: Sequence[str], told: Sequence[str], counted: Sequence[str],
    among: int | None = None,
) -> str:  # fmt: skip
    """Say in which units what a headline says rests on own claims alone, or is disputed, of those it counts.

    They are named unless they are all that the headline speaks of; ``among`` is how many those are, where more.
    """
    phrases, number = joined.phrases, len(units) if among is None else among
    said = _hedge_claimed(joined, said, units, told, number)
    disputed = [code for code in units if any(code in joined.footprints[group].disputed for group in counted)]
    if disputed and len(disputed) == number:
        return phrases.say_count("headline_disputed_all", len(units), said=said)
    return phrases.say("headline_disputed", said=said, places=_list_places(joined, disputed)) if disputed else said


UNCOUNTED = "coalition", "population"
"""Kinds that are never one group more."""


def _count_uncounted(joined: LocalisedTable, units: Sequence[str]) -> list[Counter[str]]:
    """Count those named in each unit, by kind."""
    kinds = {group: joined.table.groups[group].kind for group in joined.shown}
    prints = [(kind, joined.footprints[group].named) for group, kind in kinds.items() if kind in UNCOUNTED]
    return [Counter(kind for kind, named in prints if code in named) for code in units]


def _hedge_claimed(joined: LocalisedTable, said: str, units: Sequence[str], told: Sequence[str], among: int) -> str:
    """Say in which units those of whom a headline tells are named by their own claims alone, all or some of them."""
    own, part = [], False
    for code in units:
        named = [joined.footprints[group] for group in told if code in joined.footprints[group].named]
        claimed = [code in footprint.claimed for footprint in named]
        own += [code] * any(claimed)
        part |= any(claimed) and not all(claimed)
    if not own:
        return said
    key = ("all" if len(own) == among else "some") + "_part" * part
    return joined.phrases.say("headline_claimed", key, said=said, places=_list_places(joined, own))


def _say_where(
    joined: LocalisedTable, most: int, units: Sequence[str], counted: Sequence[str], together: Counter[str]
) -> str:
    """Say how many groups are named in units, and which one that is; together with others that are no groups."""
    phrases = joined.phrases
    if not most:
        return phrases.say("headline_none")
    places = _list_places(joined, units)
    if most == 1:
        groups = [group for group in counted if joined.footprints[group].named]
        if len(groups) == 1:
            if joined.footprints[groups[0]].is_open:
                places = phrases.say("at_least_in", places=places)
            return phrases.say("headline_one", group=name_groups(joined, groups)[0], places=places)
        said = phrases.say_head_count("groups_counted", len(groups))
        return phrases.say("headline_apart", groups=said, places=places)
    key = "headline_each" if len(units) > 1 else "headline_many"
    also = [phrases.say_count(f"also_{kind}", together[kind]) for kind in UNCOUNTED if together[kind]]
    said = phrases.join_names([phrases.say_head_count("groups_counted", most), *also])
    return phrases.say(key, groups=said, places=places)


def _list_places(joined: LocalisedTable, units: Sequence[str]) -> str:
    phrases, names = joined.phrases, sorted(joined.gazetteer.units[code].name for code in units)
    return (
        phrases.join_names(names)
        if len(names) <= MOST_NAMES
        else phrases.say("number_of", n=phrases.write_number(len(names)), what=phrases.noun.many)
    )


def write_summary(joined: LocalisedTable, *, with_off_map: bool = True, one: str = "") -> str:
    """Count what is on the map and, if wanted, what is not, of all groups shown or of one, as the script does.

    On every map of a table it is the same number that leads; what of it is named for no group stands with it.
    """
    phrases = joined.phrases
    units, table = joined.report.units, joined.table
    located = [one] if one else list(joined.footprints)
    counted = [group for group in located if group in joined.shown]
    named = {code for code in units for group in counted if code in joined.footprints[group].named}
    region = {code for code in units for group in counted if code in joined.footprints[group].region} - named
    stale = {code for code in units for group in counted if code in joined.footprints[group].stale} - named - region
    sentence = phrases.say_count("summary_named", len(named), total=phrases.write_number(len(units)))
    if not one:
        sentence += _say_uncounted(joined, counted, named)
    if region:
        sentence += phrases.say("summary_region", n=phrases.write_number(len(region)))
    # Fewer are named then only because time goes by.
    if stale:
        sentence += phrases.say("summary_stale", n=phrases.write_number(len(stale)))
    if claimed := find_claimed(joined, counted):
        sentence += phrases.say_count("summary_claimed", len(claimed))
    if disputed := {code for group in counted for code in joined.footprints[group].disputed}:
        sentence += phrases.say_count("summary_disputed", len(disputed))
    sentence += say_open(joined, counted)
    hidden = set(joined.footprints) - set(counted)
    said = []
    for record in table.records if with_off_map else ():
        if not record.place.units:  # asked first, since most records have some
            groups = choose_groups(record, table, joined.choices)
            groups = tuple(group for group in groups if find_shown_as(group, joined) not in hidden)
            said.append(describe_off_map(record, joined, groups))
    rest = phrases.say("stop", said=phrases.say("semicolon").join([sentence, *filter(None, said)]))
    if one:
        return phrases.say("summary_one", group=name_group(joined, one), rest=rest)
    return phrases.say("summary_shown", rest=rest) if len(counted) < len(located) else rest


MOST_OPEN = 2
"""Of more groups than these it is said how many they are."""


def say_open(joined: LocalisedTable, groups: Collection[str]) -> str:
    """Say of which groups a source names some units of more, so that there are at least these; nothing of none."""
    phrases = joined.phrases
    found = [group for group, each in joined.footprints.items() if each.is_open and group in groups]
    if not found:
        return ""
    names = phrases.join_names([joined.table.groups[group].short for group in found])
    told = names if len(found) <= MOST_OPEN else phrases.say_count("groups_counted", len(found))
    return phrases.say_count("summary_open", len(found), groups=told)


def write_named(joined: LocalisedTable, group: str) -> str:
    """Write in how many units a group is named, with a plus where a source names them as some of more."""
    footprint = joined.footprints[group]
    return joined.phrases.write_number(len(footprint.named)) + "+" * footprint.is_open


def _say_uncounted(joined: LocalisedTable, shown: Iterable[str], named: Collection[str]) -> str:
    """Say of how many of the units that are named no group is, and for what they are named then; nothing of none."""
    kinds: dict[str, set[str]] = {}
    for group in shown:
        kinds.setdefault(joined.table.groups[group].kind, set()).update(joined.footprints[group].named)
    bare = set(named) - kinds.get("group", set())
    told = [joined.phrases.say_count(f"also_{kind}", 1) for kind in UNCOUNTED if kinds.get(kind, set()) & bare]
    values = {"n": joined.phrases.write_number(len(bare)), "kinds": joined.phrases.join_names(told)}
    return joined.phrases.say("summary_uncounted", **values) if bare else ""


def find_claimed(joined: LocalisedTable, groups: Iterable[str]) -> frozenset[str]:
    """Find the units of which nobody but a group itself says that any of some groups is there.

    Of those that another group is reported in as well a map says more than a claim.
    """
    prints = [joined.footprints[group] for group in groups]
    reported = (each.named - each.claimed for each in prints)
    return frozenset[str]().union(*(each.named for each in prints)).difference(*reported)


def find_shown_as(group: str, joined: JoinedTable) -> str:
    """Return the group that a record's group is counted as: itself, or rolled up what it is part of."""
    return find_root(joined.table, group) if joined.choices.roll_up else group


def describe_choices(joined: LocalisedTable) -> str:
    """Say in words what the user left out of the picture; empty where nothing."""
    phrases = joined.phrases
    table, choices = joined.table, joined.choices
    said = say_filters(phrases, table, choices)
    if choices.groups is not None:
        chosen = find_chosen(table, choices) or ()
        names = name_groups(joined, [group for group in table.groups if group in chosen])
        said.append(phrases.say("chosen_groups", groups=phrases.join_names(names)))
    if choices.roll_up:
        said.append(phrases.say("chosen_roll_up"))
    if hidden := describe_hidden(joined):
        said.append(hidden)
    return " ".join(said)


def say_filters(phrases: Catalogue, table: Table, choices: Choices) -> list[str]:
    """Say which records choices take, and which of their claims, a sentence each."""
    said = []
    if choices.as_of:
        said.append(phrases.say("chosen_day", date=phrases.write_date(choices.as_of)))
    if choices.basis:
        said.append(
            phrases.say(
                "chosen_basis",
                basis=phrases.join_names([phrases.say("basis", each) for each in choices.basis], "comma"),
            )
        )
    if choices.confidence:
        said.append(phrases.say("chosen_confidence", level=phrases.say("confidence_value", choices.confidence)))
    if choices.grade:
        said.append(phrases.say("chosen_grade", grade=choices.grade))
    if choices.level:
        level = table.levels[choices.level]
        said.append(phrases.say("chosen_level" if level.rank is None else "chosen_level_above", level=level.name))
    return said


def describe_unit(joined: LocalisedTable, code: str) -> list[str]:
    """List in words what claims say of groups that they name in a unit, or whose region covers it, as the script does.

    Groups of which the same is said are told together.
    """
    phrases = joined.phrases
    said: dict[tuple[str, str], list[str]] = {}

    def tell(key: str, group: str, levels: str = "") -> None:
        said.setdefault((key, levels), []).append(name_group(joined, group))

    for group, footprint in joined.footprints.items():
        able = [joined.table.levels[level].name for level in footprint.capabilities.get(code, ())]
        is_named = code in footprint.named
        if is_named:
            order = [level.name for key, level in joined.table.levels.items() if key in footprint.levels[code]]
            hedges = [phrases.say("hedge_claimed")] * (code in footprint.claimed)
            hedges += [phrases.say("hedge_disputed")] * (code in footprint.disputed)
            tell("unit_named", group, phrases.say("semicolon").join([phrases.say("comma").join(order), *hedges]))
        if able:
            tell("unit_capable_too" if is_named else "unit_capable", group, phrases.say("comma").join(able))
        if is_named:
            continue
        states = (
            ("region_only", footprint.region), ("stale_only", footprint.stale), ("unit_absent", footprint.absent),
            ("unit_inconclusive", footprint.inconclusive), ("unit_other", footprint.touched),
        )  # fmt: skip
        state = next((state for state, units in states if code in units), None)
        if state:
            tell(state, group)
    lines = [phrases.say(key, group=phrases.join_names(names), levels=levels) for (key, levels), names in said.items()]
    return lines or [phrases.say(f"class_{joined.besides.get(code, UNNAMED).kind}")]
