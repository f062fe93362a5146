"""Sentences made from data: counts before adjectives, "named" and "reported", never "controls"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from geo.draw.wording.catalogue import (
    NO_NOUN,
    choose_form,
    count_phrase,
    join_names,
    name_finding,
    say,
    word,
    write_date,
    write_number,
    write_share,
)  # fmt: skip
from geo.join.classes import group_by_class
from geo.join.footprints import choose_groups, find_chosen, find_root
from geo.model import Correction, Estimate, Group, Moment, Period, Record, Span, Strength, UnitNoun

if TYPE_CHECKING:  # Sentences about a table alone need no geometry, and need not wait for its library.
    from geo.join.joined_table import JoinedTable

__all__ = [
    "describe_choices", "describe_correction", "describe_date", "describe_estimate", "describe_hidden",
    "describe_off_map", "describe_period", "describe_span", "describe_strength", "describe_unit", "find_shown_as",
    "frame_off_map", "name_group", "say_all_on_map", "say_hidden", "write_headline", "write_summary",
]  # fmt: skip

MOST_NAMES = 4


def describe_date(moment: Moment) -> str:
    """Write a date as precisely as it is known.

    Examples
    --------
    >>> describe_date(Moment(2020, 6, 14)), describe_date(Moment(2019, 9)), describe_date(Moment(2019))
    ('14 June 2020', 'September 2019', '2019')
    """
    return write_date(moment)


def describe_period(period: Period) -> str:
    """Write a period; an open end stays open.

    Examples
    --------
    >>> describe_period(Period(Moment(2019), None)), describe_period(Period(None, Moment(2020, 2)))
    ('from 2019 on', 'until February 2020')
    """
    if period.start == period.end and period.start:
        return describe_date(period.start)
    if period.start and period.end:
        return word("period", start=describe_date(period.start), end=describe_date(period.end))
    if period.start:
        return word("period_from", start=describe_date(period.start))
    return word("period_until", end=describe_date(period.end)) if period.end else ""


def describe_correction(changed: Correction) -> str:
    """Say when a record was corrected, and why.

    Examples
    --------
    >>> describe_correction(Correction(Moment(2021, 5), "misread"))
    'Corrected May 2021: misread'
    """
    return word("corrected", date=describe_date(changed.date), reason=changed.reason)


def describe_span(span: Span) -> str:
    """Write a length of time.

    Examples
    --------
    >>> describe_span(Span(months=12)), describe_span(Span(months=18)), describe_span(Span(days=90))
    ('1 year', '18 months', '90 days')
    """
    years = span.months and span.months % 12 == 0
    counts = {"years": span.months // 12} if years else {"months": span.months}
    return join_names(
        [
            NO_NOUN.fill(choose_form("span_in", number, key), n=write_number(number))
            for key, number in {**counts, "days": span.days}.items()
            if number
        ]
    )


def describe_hidden(joined: JoinedTable) -> str:
    """Say which records the choices left out, and why; empty where they left out none."""
    said = say_hidden(joined.report.hidden, len(joined.whole.records), joined.choices.as_of)
    stale = joined.report.stale
    old = [NO_NOUN.fill(choose_form("stale_records", stale), n=write_number(stale))] if stale else []
    return " ".join(filter(None, [said, *old]))


def say_hidden(hidden: Mapping[str, int], total: int, day: Moment | None) -> str:
    """Say how many of a table's records were left out, by reason.

    Examples
    --------
    >>> say_hidden({"basis": 2}, 9, None)
    '2 of 9 records are not shown: 2 of another basis.'
    """
    date = describe_date(day) if day else ""
    reasons = [word("hidden_reason", reason, n=write_number(number), date=date) for reason, number in hidden.items()]
    if not reasons:
        return ""
    said = word("semicolon").join(reasons)
    return word("hidden", n=write_number(sum(hidden.values())), total=write_number(total), reasons=said)


def describe_estimate(estimate: Estimate, share: bool = False) -> str:
    """Write a figure with its hedge.

    Examples
    --------
    >>> [describe_estimate(each) for each in (Estimate(best=800), Estimate(high=6500), Estimate(400, 500, 600))]
    ['800', 'up to 6,500', '500 (400 to 600)']
    >>> describe_estimate(Estimate(low=0.1), share=True)
    '10 % or more'
    """

    def write(figure: float) -> str:
        return write_share(figure, 6) if share else write_number(round(figure))

    low, best, high = (None if each is None else write(each) for each in (estimate.low, estimate.best, estimate.high))
    span = (
        word("span", low=low, high=high) if low and high
        else word("at_least", low=low) if low
        else word("at_most", high=high) if high else ""
    )  # fmt: skip
    return word("in_brackets", first=best, second=span) if best and span else best or span


def describe_strength(strength: Strength, groups: Mapping[str, Group]) -> str:
    """Write a strength with what it counts and which of the groups it is a share of."""
    if strength.is_share:
        whose = groups[strength.of].name if strength.of else ""
        share = describe_estimate(strength.estimate, share=True)
        key = "share_of_group" if whose else "share_of_these"
        return word(key, share=share, counts=strength.counts, group=whose)
    return word("figure_counts", figure=describe_estimate(strength.estimate), counts=strength.counts)


def name_group(joined: JoinedTable, group: str) -> str:
    """Return a group's name, with the parts that a rolled-up map counts as it."""
    name = joined.table.groups[group].name
    if not joined.choices.roll_up:
        return name
    claimed = dict.fromkeys(claim.group for claim in joined.table.claims if claim.unit)
    parts = [part for part in claimed if part != group and find_root(joined.table, part) == group]
    included = join_names([joined.table.groups[part].name for part in parts])
    return word("including", group=name, parts=included) if parts else name


def name_groups(joined: JoinedTable, groups: Sequence[str], *, short: bool = False) -> list[str]:
    """Return the groups' names, or their short ones."""
    return [joined.table.groups[group].short if short else name_group(joined, group) for group in groups]


def describe_off_map(record: Record, joined: JoinedTable, groups: Sequence[str] | None = None) -> str | None:
    """Say what a nationwide or unlocated record says of some of its groups, without of those that the choices show.

    None for a record that is on the map, or speaks of no such group.
    """
    groups = choose_groups(record, joined.table, joined.choices) if groups is None else groups
    return _say_off_map(record, joined, join_names(name_groups(joined, groups, short=True)), len(groups))


def frame_off_map(record: Record, joined: JoinedTable) -> list[tuple[str, ...]]:
    """Return what stands before and after the names of some of a record's groups: of one, and of several."""
    said = (_say_off_map(record, joined, GAP, number) or "" for number in (1, 2))
    return [tuple(each.split(GAP, 1)) for each in said]


GAP = "\ue000"
"""A sign that no language has."""


def _say_off_map(record: Record, joined: JoinedTable, names: str, number: int) -> str | None:
    if not number:
        return None
    level = joined.table.levels[record.level].name
    finding = name_finding(record.finding)
    if record.place.kind == "nationwide":
        key = "nationwide_finding" if finding else "nationwide_one" if number == 1 else "nationwide_many"
        return word(key, groups=names, level=level, finding=finding)
    if record.place.kind == "unlocated" and record.place.count:
        count = describe_estimate(record.place.count)
        units = joined.gazetteer.counted.many
        said = word("comma").join(filter(None, (level, finding)))
        return word("unlocated", groups=names, level=said, count=count, units=units)
    return None


def say_all_on_map(joined: JoinedTable) -> str:
    """Say that nothing, or nothing of what the choices show, is off the map."""
    return say(joined.gazetteer.noun, "all_on_map" if joined.choices.groups is None else "all_on_map_chosen")


def write_headline(joined: JoinedTable) -> str:
    """Say the most striking thing the data hold: where the most groups are named."""
    counts = group_by_class(dict(joined.units["count_class"]))
    most, noun = max((int(key[2:]) for key in counts if key.startswith("n:")), default=0), joined.gazetteer.noun
    if not most:
        return say(noun, "headline_none")
    units = counts[f"n:{most}"]
    names = [joined.gazetteer.units[code].name for code in units]
    if most == 1:
        counted = [group for group in joined.shown if joined.table.groups[group].kind == "group"]
        groups = [group for group in counted if joined.footprints[group].named]
        if len(groups) == 1:
            return word("headline_one", group=name_groups(joined, groups)[0], units=_list_places(names, noun))
        said = count_phrase(len(groups), "groups_counted")
        return word("headline_apart", groups=said, units=_list_places(names, noun))
    key = "headline_each" if len(units) > 1 else "headline_many"
    return word(key, groups=count_phrase(most, "groups_counted"), units=_list_places(names, noun))


def _list_places(names: Sequence[str], noun: UnitNoun) -> str:
    return (
        join_names(names) if len(names) <= MOST_NAMES else word("number_of", n=write_number(len(names)), what=noun.many)
    )


def write_summary(joined: JoinedTable, *, kinds: Sequence[str] = ("group", "coalition", "population")) -> str:
    """Count what is on the map and what is not, as the script does after each switch.

    Parameters
    ----------
    joined : JoinedTable
    kinds : sequence of str
        The kinds of group that the view counts.
    """
    units, table = joined.report.units, joined.table
    located = [group for group in joined.footprints if table.groups[group].kind in kinds]
    counted = [group for group in located if group in joined.shown]
    named = {code for code in units for group in counted if code in joined.footprints[group].named}
    region = {code for code in units for group in counted if code in joined.footprints[group].region} - named
    noun = joined.gazetteer.noun
    sentence = noun.fill(
        choose_form("summary_named", len(named)), n=write_number(len(named)), total=write_number(len(units))
    )
    if region:
        sentence += say(noun, "summary_region", n=write_number(len(region)))
    hidden = set(joined.footprints) - set(counted)
    said = []
    for record in table.records:
        if not record.place.units:  # asked first, since most records have some
            groups = choose_groups(record, table, joined.choices)
            groups = tuple(group for group in groups if find_shown_as(group, joined) not in hidden)
            said.append(describe_off_map(record, joined, groups))
    rest = word("semicolon").join([sentence, *filter(None, said)])
    rest = word("stop", said=rest)
    return say(noun, "summary_shown", rest=rest) if len(counted) < len(located) else rest


def find_shown_as(group: str, joined: JoinedTable) -> str:
    """Return the group that a record's group is counted as: itself, or rolled up what it is part of."""
    return find_root(joined.table, group) if joined.choices.roll_up else group


def describe_choices(joined: JoinedTable) -> str:
    """Say in words what the user left out of the picture; empty where nothing."""
    table, choices, said = joined.table, joined.choices, []
    if choices.as_of:
        said.append(word("chosen_day", date=describe_date(choices.as_of)))
    if choices.basis:
        said.append(word("chosen_basis", basis=join_names([word("basis", each) for each in choices.basis], "comma")))
    if choices.confidence:
        said.append(word("chosen_confidence", level=word("confidence_value", choices.confidence)))
    if choices.grade:
        said.append(word("chosen_grade", grade=choices.grade))
    if choices.level:
        level = table.levels[choices.level]
        said.append(word("chosen_level" if level.rank is None else "chosen_level_above", level=level.name))
    if choices.groups is not None:
        chosen = find_chosen(table, choices) or ()
        names = name_groups(joined, [group for group in table.groups if group in chosen])
        said.append(word("chosen_groups", groups=join_names(names)))
    if choices.roll_up:
        said.append(word("chosen_roll_up"))
    if hidden := describe_hidden(joined):
        said.append(hidden)
    return " ".join(said)


def describe_unit(joined: JoinedTable, code: str) -> list[str]:
    """List in words every group that a claim names in a unit or a region covers, as the script does."""
    lines, noun = [], joined.gazetteer.noun
    for group, footprint in joined.footprints.items():
        name = name_group(joined, group)
        if code in footprint.named:
            order = [level.name for key, level in joined.table.levels.items() if key in footprint.levels[code]]
            key = "unit_disputed" if code in footprint.disputed else "unit_named"
            lines.append(say(noun, key, group=name, levels=word("comma").join(order)))
            continue
        states = (
            ("region_only", footprint.region), ("stale_only", footprint.stale), ("unit_absent", footprint.absent),
            ("unit_inconclusive", footprint.inconclusive), ("unit_other", footprint.touched),
        )  # fmt: skip
        state = next((state for state, units in states if code in units), None)
        if state:
            lines.append(say(noun, state, group=name))
    return lines or [say(noun, f"class_{joined.besides.get(code, 'gap:none')[4:]}")]
