"""What is doubtful in files of events, and why none of them counts, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.errors import Problem
from geo.model import Activity
from geo.read.actor_list import Actors
from geo.read.common.names import fold_name, nearest_names
from geo.read.common.nodes import quote

if TYPE_CHECKING:
    from geo.events.files.inspect_file import EventFile
    from geo.events.merge import Totals
    from geo.events.tally import Sample

__all__ = ["explain_nothing", "list_doubts"]

DAY_MONTH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?: [0-9:]+)?")

DOUBTS = {
    "header": "that repeats the header",
    "uncounted": "whose number of events is no whole number",
    "swapped": "that would lie on the map if latitude and longitude changed places",
    "bad_coordinates": "with coordinates that are no degrees",
    "incomplete": "with neither place nor date",
    "country_centre": "in the middle of the country or on whole degrees",
    "undated": "with a date that is missing or of no known form",
    "far_year": "of a year before 1900 or after 2100",
}
ROWS = ("header", "uncounted", "incomplete")
"""What concerns rows, for they are no events."""

NOTES = {
    "unread_deaths": ("whose deaths are no whole number, so that none are counted", "whole numbers of persons: 10"),
    "grouped_deaths": ("whose deaths stand in groups of three digits, read as thousands", "digits alone: 1200"),
    "nearby": ("up to 3 km outside all units, counted in the one that the file names or else the nearest", ""),
    "differing": ("in another unit than the file itself names, counted where they lie", ""),
    "abroad": ("of another country, as the file itself says, counted where they lie", ""),
}


def list_doubts(
    totals: Totals, activity: Activity, actors: Actors | None, files: Sequence[EventFile], types: Sequence[str] = ()
) -> list[Problem]:
    """List what is doubtful: ids, what is left out, groups that never occur, a day of download that is not cited.

    Examples
    --------
    >>> from geo.events.tally import Counts
    >>> from geo.events.files.inspect_file import EventFile
    >>> from geo.events.files.formats import find_format
    >>> from geo.events.merge import Repeats, Totals
    >>> file = EventFile("a.csv", find_format("generic"), "parquet", {"id": 0}, (), 0, 0, 0)
    >>> activity = Activity("t", "all", {}, (), (), (), {"undated": 2})
    >>> totals = Totals(Counts(samples={"undated": (("a.csv", 3, "soon"),)}), Repeats(), ())
    >>> print(*list_doubts(totals, activity, None, [file]))
    a.csv: 2 events left out with a date that is missing or of no known form, such as 'soon' in row 3
    """
    names = ", ".join(file.path for file in files[:2]) + (" and others" if len(files) > 2 else "")
    doubts = [*_list_repeats(totals), *(
        Problem(path, "no ids, so events that stand twice count twice", "a column id") for path in totals.unnumbered
    )]  # fmt: skip
    doubts += _list_unfinished(totals, files)
    if totals.blank:
        doubts.append(Problem(names, f"{_count(totals.blank, 'event')} without an id", "one; each is counted"))
    for reason, why in DOUBTS.items():
        if number := activity.tally.get(reason, 0):
            noun, samples = "row" if reason in ROWS else "event", totals.counts.samples.get(reason, ())
            expected = _suggest_dates(samples) if reason == "undated" else ""
            doubts.append(Problem(names, f"{_count(number, noun)} left out {why}{_show(samples, number)}", expected))
    for note, (why, expected) in NOTES.items():
        if number := totals.counts.notes.get(note, 0):
            shown = _show(totals.counts.samples.get(note, ()), number)
            doubts.append(Problem(names, f"{_count(number, 'event')} {why}{shown}", expected))
    doubts += _list_uncovered(activity, names)
    doubts += _list_missing_types(activity, types, totals, names)
    doubts += _list_missing(actors, totals, names)
    if files[0].form.cite_date and not (activity.sources and activity.sources[0].dated):
        told = f"{files[0].form.title} is to be cited with the day of download"
        doubts.append(Problem(names, told, "--downloaded DATE"))
    doubts[:0] = actors.doubts if actors else ()
    return [replace(each, severity="warning") for each in doubts]


def _suggest_dates(samples: Sequence[Sample]) -> str:
    """Say which option reads dates as the first of day, month and year; both, where nobody can tell which is which."""
    found = [match for _, _, cell in samples if (match := DAY_MONTH.fullmatch(cell))]
    if not found:
        return ""
    found = [match for match in found if (match[2], len(match[4])) == (found[0][2], len(found[0][4]))]
    sign, year = found[0][2], "%Y" if len(found[0][4]) == 4 else "%y"
    numbers = [(int(match[1]), int(match[3])) for match in found]
    forms = [f"%d{sign}%m{sign}{year}"] if all(month <= 12 for _, month in numbers) else []
    forms += [f"%m{sign}%d{sign}{year}"] if all(month <= 12 for month, _ in numbers) else []
    return " or ".join(f"--dates {form}" for form in forms)


def _list_unfinished(totals: Totals, files: Sequence[EventFile]) -> list[Problem]:
    """List files that may have been cut, rows that nobody sees, and services that have more than the files hold."""
    from geo.events.files.completeness import count_hidden_rows, is_ended

    doubts = [
        Problem(
            file.path, "the last line has no end, so it may have been cut", "the file as published, or a line break"
        )
        for file in files
        if file.kind == "text" and not is_ended(file.path)
    ]
    for file in files:
        if file.kind == "workbook" and (hidden := count_hidden_rows(file.path)):
            told = f"{_count(hidden, 'row')} hidden, as by a filter, and counted all the same"
            doubts.append(Problem(file.path, told, "a workbook without hidden rows"))
    total, read = max(file.total for file in files), totals.counts.tally.get("read", 0)
    if read < total:
        told = f"{read:,} of {total:,} events that the service has"
        doubts.append(Problem(files[0].path, told, "the other pages of its answer as well, each a file"))
    return doubts


def _show(samples: Sequence[Sample], number: int) -> str:
    """Show the first cells that are why, each with its row and, where they are of several files, its file."""
    several = len({path for path, _, _ in samples}) > 1
    shown = [f"{quote(cell)} in {path + ', ' if several else ''}row {row:,}" for path, row, cell in samples]
    more = f" and {number - len(shown):,} more" if number > len(shown) > 1 else ""
    return f", such as {', '.join(shown)}{more}" if shown else ""


def _list_repeats(totals: Totals) -> list[Problem]:
    doubts = []
    for (first, second), number in totals.repeats.counts.items():
        where = "twice" if first == second else f"in {first} too"
        differing = totals.repeats.differing.get((first, second), 0)
        others = f", {differing:,} of them with another place, date or actor" if differing else ""
        told = f"{_count(number, 'event')} with an id that stands {where}{others}"
        kept = "the newest, by its timestamp," if totals.repeats.newest else "the first"
        doubts.append(Problem(second, told, f"each once; {kept} is counted"))
    return doubts


def _list_uncovered(activity: Activity, names: str) -> list[Problem]:
    """Tell of events in times that files do not cover, as the user or the format says."""
    outside = sum(
        each.events
        for each in activity.counts
        if each.group is None and each.period and activity.find_cover(each.period) == "none"
    )
    if not outside:
        return []
    told = f"{_count(outside, 'event')} in a {activity.by} that is not covered, counted all the same"
    return [Problem(names, told, "--covers with all that the files cover, or --since and --until")]


def _list_missing_types(activity: Activity, types: Sequence[str], totals: Totals, names: str) -> list[Problem]:
    """List types asked for of which no event is, with those that look like them, or those that are most."""
    known = totals.counts.types
    seen = {each.casefold() for each in known}
    most = sorted(known, key=lambda each: (-known[each], each))[:5]
    return [
        Problem(names, f"{NO_TYPE}{quote(asked)}", f"a type as files name it, such as {', '.join(most)}",
                nearest_names(asked, known))
        for asked, meant in zip(activity.types, types, strict=True) if meant not in seen
    ]  # fmt: skip


def _list_missing(actors: Actors | None, totals: Totals, names: str) -> list[Problem]:
    """List groups none of whose actors takes part in an event, with actors that look like theirs."""
    known = totals.counts.actors
    seen = {fold_name(actor) for actor in known}
    doubts = []
    for group in actors.groups if actors else ():
        own = [actor for actor, each in actors.actors.items() if each == group] if actors else []
        if not any(fold_name(actor) in seen for actor in own):
            near = dict.fromkeys(name for actor in own for name in nearest_names(actor, known))
            told = f"no actor of the group {quote(group)} takes part in an event that could count"
            doubts.append(Problem(names, told, nearest=tuple(near)[:3]))
    return doubts


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


NO_TYPE = "no event is of the type "
SAMPLE = re.compile(r", such as ('.*?'|\".*?\")(?= in .*row )")
REMEDIES = {
    "read": "a file with rows of events",
    "header": "a file with rows of events",
    "deleted": "events that are not in the file of --deleted",
    "uncounted": "whole numbers of events in the column of --count-column",
    "incomplete": "rows with a place and a date",
    "no_coordinates": "latitude and longitude of each event",
    "bad_coordinates": "degrees with a point: 34.53",
    "imprecise": "events that are placed more precisely, or --precision with the values that are to count",
    "country_centre": "the place of each event, not that of its country",
    "swapped": "latitude and longitude each in its own column, or --format with a file .toml that says which is which",
    "outside": "events in the units of the map, or other --boundaries",
    "undated": "dates of a form that the format knows, {dates}, or --format FILE.toml whose `dates` say theirs: {form}",
    "far_year": "dates of the calendar that begins its years in January, such as 2020-07-01",
    "out_of_time": "another --since or --until",
    "other_type": "--type with types as the files name them",
    "unmapped": "actors in --groups as the files write them; --actors lists those",
}


def explain_nothing(path: str, activity: Activity, warnings: Sequence[Problem]) -> Problem:
    """Say why no event counts: how many for which reason, and what helps against the most frequent.

    Examples
    --------
    >>> print(explain_nothing("a.csv", Activity("t", "all", {}, (), (), (), {"read": 2, "undated": 2}), ()).found)
    none of 2 events counts: 2 undated
    """
    tally = dict(activity.tally)
    read = tally.pop("read", 0)
    most = max(tally, key=lambda reason: tally[reason], default="read")
    samples = [match for each in warnings if (match := SAMPLE.search(each.found))]
    shown = samples[0][0] if samples else ""
    options = next((each.expected for each in warnings if DOUBTS["undated"] in each.found), "")
    remedy = REMEDIES[most].format(
        dates=options or "--dates with that form", form=options.split()[1] if options else "%d/%m/%Y"
    )
    missing = [each for each in warnings if each.found.startswith(NO_TYPE)] if most == "other_type" else []
    told = ", ".join(f"{number:,} {reason.replace('_', ' ')}" for reason, number in tally.items())
    found = f"none of {read:,} events counts{': ' * bool(told)}{told}{shown}"
    if missing:
        return replace(missing[0], found=f"{found}; {missing[0].found}", severity="error")
    return Problem(path, found, remedy)
