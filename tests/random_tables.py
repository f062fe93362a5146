"""Random tables: each leaves out, at random, most of what a table may have, so that what is rare alone comes alone."""

from __future__ import annotations

import json
import random
from typing import Any

from geo.join.filters import Choices
from geo.model import Moment
from geo.option_values import LANGUAGES
from geo.read.boundaries.gazetteer import read_gazetteer

__all__ = ["choose_some", "make_table"]

CODES = tuple(read_gazetteer().units)
REGIONS = tuple(read_gazetteer().regions)
PLACES = [*["in"] * 6, "region", "nationwide", "unlocated"]
FINDINGS = [*["present"] * 6, "absent", "inconclusive"]
DATES = ["2019", "2020-07", "2020-07-15", "2021", "2021-02", "2022-12-31"]
SEEN = [*DATES, {"from": "2020-03"}, {"to": "2021-06"}, {"from": "2019", "to": "2020-08"}]
LEVELS: dict[str, dict[str, Any]] = {
    "low": {"name": "Low", "rank": 1},
    "high": {"name": "High", "rank": 2},
    "camps": {"name": "Camps"},
    "attacks": {"name": "Able to attack", "footprint": False},
    "reach": {"name": "Able to reach", "rank": 2, "footprint": False},
}
KINDS = [["group"], ["coalition", "population"], ["group", "group", "coalition", "population"]]

Entry = dict[str, Any]


def make_table(seed: int) -> str:
    """Return the text of a table."""
    dice = random.Random(seed)
    sources, levels = _make_sources(dice), _make_levels(dice)
    groups = _make_groups(dice, list(sources))
    records = _make_records(dice, list(sources), list(levels), list(groups))
    named = {code for record in records for code in record.get("in", ())}
    table: Entry = {"sources": sources, "levels": levels, "groups": groups, "presence": records}
    table["not_applicable"] = [code for code in CODES if code not in named and dice.random() < 0.1]
    table["as_of"] = dice.choice([None, *DATES, "2030"])
    if sources and len(groups) > 1 and dice.random() < 0.5:
        tie = {"between": dice.sample(list(groups), 2), "type": "rivalry", "standing": "existing"}
        table["relations"] = [{**tie, "source": next(iter(sources))}]
    return json.dumps({key: value for key, value in table.items() if value or key == "presence"})


def _make_sources(dice: random.Random) -> Entry:
    dated = dice.choice([0, 0.6, 1, 1])
    sources: Entry = {}
    for number in range(dice.choice([0, 1, 4, 6, 6])):
        sources[f"s{number}"] = {"title": f"Report {number}"}
        sources[f"s{number}"] |= {"date": dice.choice(DATES)} if dice.random() < dated else {}
        sources[f"s{number}"] |= dice.choice([{}, {"grade": dice.choice("ABF")}])
    return sources


def _make_levels(dice: random.Random) -> Entry:
    valid = [{}, {}, {"valid_for": "30 days"}, {"valid_for": "1 year"}]
    levels = {key: level | dice.choice(valid) for key, level in LEVELS.items() if dice.random() < 0.7}
    return levels if any("footprint" not in level for level in levels.values()) else {}


def _make_groups(dice: random.Random, sources: list[str]) -> Entry:
    names, kinds = [f"g{number}" for number in range(dice.choice([1, 2, 4, 6, 8]))], dice.choice(KINDS)
    said = {"source": sources[0]} if sources else {}
    groups: Entry = {}
    for number, name in enumerate(names):
        groups[name] = {"name": f"Group {name}", "kind": dice.choice(kinds)}
        groups[name] |= dice.choice([{}, {"part_of": {"group": dice.choice(names[:number]), **said}}]) if number else {}
        groups[name] |= dice.choice([{}, {}, {"statements": [{"text": "It says so.", "about": [names[0]], **said}]}])
        groups[name] |= dice.choice([{}, {}, {"strength": [{"best": 500, "counts": "fighters", **said}]}])
        groups[name] |= dice.choice([{}, {}, {"colour": f"#{dice.randrange(256**3):06x}"}])
    return groups


def _make_records(dice: random.Random, sources: list[str], levels: list[str], groups: list[str]) -> list[Entry]:
    """Make records of which no two are the same claim; some groups may have none."""
    places = dice.choice([PLACES, PLACES, PLACES, ["in", "region"], ["nationwide", "unlocated"], [dice.choice(PLACES)]])
    findings = dice.choice([["present"], ["present"], FINDINGS, FINDINGS, FINDINGS[-2:]])
    seen, told = dice.choice([0, 0.5, 1]), dice.sample(groups, dice.randint(1, len(groups)))
    found: list[Entry] = []
    taken: set[tuple[str, ...]] = set()
    for _ in range(dice.choice([0, 1, 3, 8, 14, 14, 20, 20])):
        place = dice.choice(places)
        record: Entry = {"group": dice.sample(told, dice.randint(1, min(3, len(told)))), **_place(dice, place)}
        record |= {"level": dice.choice(levels)} if levels else {}
        record |= {"source": dice.choice(sources)} if sources and dice.random() < 0.8 else {}
        record |= {"observed": dice.choice(SEEN)} if dice.random() < seen else {}
        record |= {"finding": dice.choice(findings), "basis": dice.choice(["reported", "reported", "claimed"])}
        same = [json.dumps(record.get(key)) for key in ("level", "source", "observed", "finding", "basis")]
        claims = {(group, unit, *same) for group in record["group"] for unit in record.get("in", [place])}
        record |= dice.choice([{}, {"confidence": "low"}, {"confidence": "high"}, {"grade": 3}, {"trend": "growing"}])
        record |= {"open_list": True} if len(record.get("in", ())) == 2 else {}
        if not claims & taken:
            taken |= claims
            found.append(record)
    return found


def _place(dice: random.Random, kind: str) -> Entry:
    places: dict[str, Entry] = {
        "in": {"in": dice.sample(CODES, dice.choice([1, 2, 9]))},
        "region": {"region": dice.choice(REGIONS)},
        "nationwide": {"nationwide": True},
        "unlocated": {"unlocated": dice.choice([12, {"low": 3}, {"low": 2, "high": 4}])},
    }
    return places[kind]


def choose_some(seed: int, table: str) -> Choices:
    """Return one or two choices for a table."""
    dice, data = random.Random(-seed - 1), json.loads(table)
    groups = tuple(data["groups"])
    known: Entry = {
        "groups": tuple(dice.sample(groups, dice.randint(1, len(groups)))),
        "level": dice.choice([*data.get("levels", {}), None]),
        "roll_up": True,
        "as_of": Moment(dice.choice([2018, 2020, 2021, 2023])),
        "basis": (dice.choice(["reported", "claimed"]),),
        "confidence": dice.choice(["low", "high"]),
        "grade": dice.choice(["B", "3", "A2"]),
        "language": dice.choice(LANGUAGES[1:]),
    }
    return Choices(**{name: known[name] for name in dice.sample(list(known), dice.choice([1, 2]))})
