"""What the script of a page of claims draws from: a table's levels, groups, sources and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from geo.draw.compose.data_block import sort_units
from geo.draw.marks.abbreviations import list_level_codes, list_level_words
from geo.draw.marks.legend import Looks
from geo.draw.marks.palette import find_edge
from geo.draw.sections.timeline import say_change
from geo.draw.serialise import to_plain, to_plain_record
from geo.draw.wording.catalogue import (
    CAPABLE,
    CHIPPED,
    CLAIMED,
    COMPARING,
    DATED,
    DISPUTED,
    GRIDDED,
    OPENED,
    STATED,
    TABBED,
    TIMED,
    UNCOUNTED,
    Catalogue,
)
from geo.draw.wording.evidence import DOT, say_record_evidence, say_stale_level
from geo.draw.wording.localised_names import LocalisedTable
from geo.draw.wording.presence import describe_off_map, find_shown_as, frame_off_map, name_group, say_all_on_map
from geo.join.filters import is_stale
from geo.join.footprints import choose_groups
from geo.join.overlap import measure_units
from geo.join.timeline import RecordSpan, Timeline, find_changes, find_first_step, find_oldest_at
from geo.model import Level, Record

__all__ = ["ALL", "build_claims_data", "measure"]

ALL = "all"
"""What stands for the date of the step at which all records stand."""


def build_claims_data(
    joined: LocalisedTable,
    looks: Looks,
    views: Sequence[str],
    *,
    compared: Sequence[str] = (),
    timeline: Timeline | None = None,
    listed: bool = True,
    tabbed: bool = False,
    gridded: bool = True,
) -> dict[str, object]:
    """Collect what a page knows of a table: with ``timeline`` in steps, ``listed`` where it lists records itself.

    ``gridded`` where its table of units is a grid, which its script writes anew.

    Of ``views`` the first is that at first; ``"level"`` stands for one view per group.
    """
    table, choices = joined.table, joined.choices
    stated = _list_statements(joined, timeline)
    codes = list_level_codes(table) if "level" in views else {}
    short = list_level_words(table) if gridded else {}
    return {
        "view": views[0],
        "views": list(views),
        "as_of": str(table.as_of) if table.as_of else None,
        "hash": joined.data_hash,
        "choices": {
            "level": choices.level,
            "groups": list(joined.shown),
            "roll_up": choices.roll_up,
            **({"compared": list(compared)} if compared else {}),
        },
        "levels": [_build_level(joined.phrases, level, codes, short, listed=listed) for level in table.levels.values()],
        "groups": [_build_group(group, joined, looks) for group in table.groups],
        "sources": to_plain(tuple(table.sources.values())),
        **_build_records(joined, timeline, listed=listed),
        **({"not_applicable": list(table.not_applicable)} if table.not_applicable else {}),
        **({"left_out": sorted(joined.left_out)} if joined.left_out else {}),
        "relations": to_plain(table.relations),
        **({"statements": stated} if stated else {}),
        "off_map": [
            {**built, "record": place}
            for place, record in enumerate(table.records)
            if (built := _build_off_map(record, joined))
        ],
        "words": _pick_words(
            joined, views, comparing=bool(compared), tabbed=tabbed, timed=timeline is not None, gridded=gridded
        ),
    }


def _list_statements(joined: LocalisedTable, timeline: Timeline | None = None) -> list[dict[str, object]]:
    """List who each statement is about that speaks of units, and of which, as the list of groups numbers them.

    In time also from which step on it is said, where that is not the first.
    """
    table = joined.table
    said = ((group.id, each) for group in table.groups.values() for each in group.statements)
    found: list[dict[str, object]] = []
    for group, each in said:
        if each.place:
            since = find_first_step(each.evidence, table, timeline) if timeline else 0
            found.append({"group": group, "units": list(each.place.units), **({"since": since} if since else {})})
    return found


def _pick_words(
    joined: LocalisedTable, views: Sequence[str], *, comparing: bool, tabbed: bool, timed: bool, gridded: bool
) -> Mapping[str, object]:
    table = joined.table
    parts = (
        (COMPARING, comparing),
        (TABBED, tabbed),
        (GRIDDED, gridded),
        (STATED, _list_statements(joined)),
        (CHIPPED, {"overlay", "compare"} & set(views)),
        (CLAIMED, any(record.evidence.basis == "claimed" for record in table.records)),
        (DISPUTED, any(record.finding == "absent" for record in table.records)),
        (OPENED, any(record.open_list for record in table.records)),
        (UNCOUNTED, any(table.groups[group].kind != "group" for group in joined.footprints)),
        (CAPABLE, any(level.is_capability for level in table.levels.values())),
        (DATED, table.not_applicable or any(is_stale(record, table) for record in table.records)),
        (TIMED, timed),
    )
    words = joined.phrases.pick_words(*(keys for keys, is_wanted in parts if is_wanted))
    return words | ({"step_all": say_all_on_map(joined)} if timed and joined.choices.groups is not None else {})


def _build_off_map(record: Record, joined: LocalisedTable) -> dict[str, object]:
    """Say what a record off the map says of the groups chosen, and of those that a reader may switch on; else nothing.

    Of several groups also what it says of some of them.
    """
    if record.place.units:  # asked first, since most records have some
        return {}
    chosen = choose_groups(record, joined.table, joined.choices)
    groups = [group for group in record.groups if group in chosen or find_shown_as(group, joined) in joined.footprints]
    text, other = describe_off_map(record, joined, groups), [group for group in groups if group not in chosen]
    if text is None:
        return {}
    built: dict[str, object] = {"groups": groups, "text": text}
    built |= {"say": frame_off_map(record, joined)} if len(groups) > 1 else {}
    return built | ({"other": other} if other else {})


def _build_records(joined: LocalisedTable, timeline: Timeline | None, *, listed: bool) -> dict[str, object]:
    """Build the records; on a time line, which may hold very many, in a shorter form with the stay of each.

    Where the page does not list them, with the lines that it would say of the evidence of each; a fact of several
    records stands there once.
    """
    phrases = joined.phrases
    table = joined.table
    if timeline is None:
        return {"records": [to_plain_record(record, is_stale(record, table)) for record in table.records]}
    numbers = {code: number for number, code in enumerate(sort_units(joined.gazetteer, joined.report.units))}
    records, facts = [], dict[str, int]()
    for record, stay in zip(table.records, timeline.stays, strict=True):
        built = to_plain_record(record, stale=False)
        if built["place"] == "in":
            del built["place"]
        if record.place.units:
            built["units"] = [numbers[code] for code in record.place.units]
        if not listed:
            lines = say_record_evidence(phrases, record, table)
            built["evidence"] = [[facts.setdefault(each, len(facts)) for each in line.split(DOT)] for line in lines]
        records.append(built | ({"stay": _build_stay(stay, timeline)} if stay else {}))
    said = dict[tuple[str, bool], int]()
    steps: list[dict[str, object]] = [
        {
            "date": str(step),
            "text": phrases.write_date(step),
            "change": said.setdefault(
                (say_change(phrases, change, timeline.by), bool(change.aged or change.ended)), len(said)
            ),
            **({"oldest": phrases.write_date(oldest)} if oldest else {}),
        }
        for step, change, oldest in zip(
            timeline.steps, find_changes(timeline), find_oldest_at(table, timeline), strict=True
        )
    ]
    steps += [{"date": ALL, "text": phrases.say("step_now")}] if timeline.with_all else []
    changes = [{"change": text, **({"fades": True} if fades else {})} for text, fades in said]
    told: dict[str, object] = {"by": timeline.by, "steps": steps, "changes": changes}
    return told | ({"records": records} if listed else {"records": _tabulate(records), "facts": list(facts)})


def _build_stay(stay: RecordSpan, timeline: Timeline) -> list[int]:
    """List the steps of a stay; those that never come are left away at its end."""
    never = len(timeline.steps) + timeline.with_all
    said = [stay.first, stay.stale, stay.gone]
    while said[-1] == never:
        said.pop()
    return said


def _tabulate(records: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Write records as rows below their keys, the commonest first, as far as each has anything to say.

    Examples
    --------
    >>> _tabulate([{"a": 1, "b": 2}, {"b": 3}])
    {'keys': ['b', 'a'], 'rows': [[2, 1], [3]]}
    """
    uses = Counter(key for record in records for key in record)
    keys = sorted(uses, key=lambda key: (-uses[key], key))
    rows = ([record.get(key) for key in keys] for record in records)
    return {
        "keys": keys,
        "rows": [row[: max(at for at, value in enumerate(row) if value is not None) + 1] for row in rows],
    }


def measure(joined: LocalisedTable) -> dict[str, dict[str, float]]:
    """Return area (km², to the hundredth) and settled population (persons) of each unit that has them."""
    frame = measure_units(joined.units, joined.gazetteer).round(2)
    rows = frame.to_dict("index").items()
    return {str(code): {str(key): value for key, value in row.items() if value == value} for code, row in rows}


def _build_level(
    phrases: Catalogue, level: Level, codes: Mapping[str, str], short: Mapping[str, str], *, listed: bool
) -> dict[str, object]:
    built = to_plain(level)
    assert isinstance(built, dict)  # noqa: S101  # a dataclass becomes a dict
    stale = {} if listed or not level.valid_for else {"stale": say_stale_level(phrases, level)}
    word = short.get(level.id, level.name)
    built |= {"short": word} if word != level.name else {}
    return built | ({"code": codes[level.id]} if level.id in codes else {}) | stale


def _build_group(group: str, joined: LocalisedTable, looks: Looks) -> dict[str, object]:
    known = joined.table.groups[group]
    built: dict[str, object] = {
        "id": group,
        "name": name_group(joined, group),
        "short": known.short,
        "kind": known.kind,
    }
    if built["name"] != known.name:  # It is shown with those that it stands for; a claim is of itself alone.
        built["own_name"] = known.name
    if known.part_of:
        built["part_of"] = known.part_of.group
    if group in joined.footprints:
        slot = looks.slots[group]
        built |= {"slot": slot.slot, "colour": slot.colour}
        built |= {"edge": edge} if (edge := find_edge(slot.colour)) != slot.colour else {}
    return built
