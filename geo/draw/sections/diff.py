"""The list of what differs, kind by kind, each with the records of both tables that say so, as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from geo.draw.html import Markup, tag, tag_section
from geo.draw.sections.change_log import list_logged
from geo.draw.sections.records import link_record
from geo.draw.sections.sources import draw_source
from geo.draw.wording.change_log import split_log
from geo.draw.wording.definition_changes import say_shift
from geo.draw.wording.diff import is_off_map, list_sides, name_change, note_change, say_altered, say_change
from geo.draw.wording.evidence import draw_record_evidence
from geo.draw.wording.records import Sides, say_claim
from geo.join.diff import KINDS, Change, Changes
from geo.join.record_comparison import Altered
from geo.model import Record

__all__ = ["OLDER", "draw_change_list", "draw_changed_off_map", "draw_older_sources"]

OLDER = "old-"
"""What the anchors of the older table's sources begin with."""


def draw_change_list(changes: Changes, sides: Sides) -> Markup:
    """Return the section that lists all that differs; the script takes from it what it shows of one unit."""
    phrases = sides.phrases
    parts: list[Markup] = []
    for kind in KINDS:
        if found := [change for change in changes.units if change.kind == kind]:
            note = note_change(phrases, kind)
            parts.append(tag("h3", {}, name_change(phrases, kind)))
            parts += [tag("p", {"class": "region-note"}, note)] if note else []
            parts.append(tag("ul", {}, (_draw_change(change, sides) for change in found)))
    parts += _draw_altered(changes, sides, lambda each: bool(each.units) or not _is_off(each, sides))
    for side, key in enumerate(("gone", "new")):
        records = [each for each in _list_records(changes, sides, side) if not is_off_map(each[1])]
        parts += _draw_records(phrases.say("change_records", key), records, sides, side)
    logged, shifts = split_log(changes.shifts)
    if logged:
        parts += [tag("h3", {}, phrases.say("part", "log")), list_logged(phrases, logged, sides.new)]
    if shifts:
        items = (tag("li", {}, say_shift(shift, sides)) for shift in shifts)
        parts += [tag("h3", {}, phrases.say("change_else")), tag("ul", {}, items)]
    if changes.is_empty:
        parts.append(tag("p", {}, phrases.say("no_difference")))
    return tag_section("changes", phrases.say("changes"), parts)


def _draw_change(change: Change, sides: Sides) -> Markup:
    old = ((index, sides.old.records[index]) for index in change.old)
    new = ((index, sides.new.records[index]) for index in change.new)
    cited = [*(_draw_record(*each, sides, 0) for each in old), *(_draw_record(*each, sides, 1) for each in new)]
    marks = {
        "data-units": " ".join(change.units),
        "data-kind": change.kind,
        "data-label": name_change(sides.phrases, change.kind),
    }
    what = tag("p", {"class": "what"}, say_change(change, sides))
    return tag("li", marks, what, tag("ul", {"class": "claims"}, cited))


def _is_off(altered: Altered, sides: Sides) -> bool:
    return any(is_off_map(record) for _, _, record in list_sides(altered, sides))


def _draw_altered(changes: Changes, sides: Sides, is_wanted: Callable[[Altered], bool]) -> list[Markup]:
    """Return the records that are corrected, then those that are known by their ids, each from both sides."""
    parts = []
    for kind, altered in (("corrected", changes.corrections), ("altered", changes.untold)):
        if found := [each for each in altered if is_wanted(each)]:
            note = note_change(sides.phrases, kind)
            parts.append(tag("h3", {}, name_change(sides.phrases, kind)))
            parts += [tag("p", {"class": "region-note"}, note)] if note else []
            parts.append(tag("ul", {}, (_draw_sides(each, kind, sides) for each in found)))
    return parts


def _draw_sides(altered: Altered, kind: str, sides: Sides) -> Markup:
    cited = (_draw_record(index, record, sides, side) for side, index, record in list_sides(altered, sides))
    marks = {"data-units": " ".join(altered.units), "data-kind": kind, "data-label": name_change(sides.phrases, kind)}
    what = tag("p", {"class": "what"}, say_altered(sides.phrases, altered))
    return tag("li", marks, what, tag("ul", {"class": "claims"}, cited))


def _draw_record(index: int, record: Record, sides: Sides, side: int) -> Markup:
    phrases = sides.phrases
    table = (sides.old, sides.new)[side]
    said = phrases.say(("change_older", "change_newer")[side], said=say_claim(record, sides, table))
    mark = link_record(phrases, index + 1) if side else phrases.say("record_number", n=phrases.write_number(index + 1))
    evidence = draw_record_evidence(phrases, record, table, "" if side else OLDER)
    look = {"class": "from-region"} if record.place.kind == "region" else {}
    return tag("li", look, tag("p", {}, said, " · ", mark), evidence)


def _list_records(changes: Changes, sides: Sides, side: int) -> list[tuple[int, Record]]:
    table = (sides.old, sides.new)[side]
    return [(index, table.records[index]) for index in changes.unexplained[side]]


def _draw_records(heading: str, records: Sequence[tuple[int, Record]], sides: Sides, side: int) -> Iterable[Markup]:
    if not records:
        return []
    items = (_draw_record(*each, sides, side) for each in records)
    return [tag("h3", {}, heading), tag("ul", {"class": "claims"}, items)]


def draw_changed_off_map(changes: Changes, sides: Sides) -> Markup:
    """Return the list of what fills nothing and differs."""
    phrases = sides.phrases
    parts = _draw_altered(changes, sides, lambda each: _is_off(each, sides))
    for side, key in enumerate(("gone", "new")):
        records = [each for each in _list_records(changes, sides, side) if is_off_map(each[1])]
        parts += _draw_records(phrases.say("change_off", key), records, sides, side)
    body = parts or [tag("p", {}, phrases.say("all_same_off_map"))]
    return tag("section", {"id": "off-map"}, tag("h2", {}, phrases.say("off_map")), body)


def draw_older_sources(sides: Sides) -> Markup:
    """Return the sources of the older table."""
    items = (
        tag("li", {"id": f"{OLDER}source-{number}"}, draw_source(sides.phrases, source, sides.old.groups, [], []))
        for number, source in enumerate(sides.old.sources.values(), 1)
    )
    return tag_section("old-sources", sides.phrases.say("sources_older"), tag("ol", {}, items))
