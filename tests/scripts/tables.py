"""Random tables by subject, each the same for the same seed: what switches, steps, comparisons and counts run into."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from geo.model import Activity, Coverage, EventCount, EventPlace, EventSource, LeftOut, Moment
from geo.read.boundaries.gazetteer import read_gazetteer

__all__ = [
    "CODES", "COVERAGE", "HARD_IDS", "HOSTILE", "LAST_IDS", "MONTHS", "SOURCE", "TALLY", "make_activity",
    "make_overlaps", "make_steps", "make_switched",
]  # fmt: skip

CODES = tuple(read_gazetteer().units)
REGIONS = tuple(read_gazetteer().regions)
ABLE: dict[str, dict[str, Any]] = {
    "able": {"name": "Able to attack", "footprint": "false"},
    "reach": {"name": "Able to reach", "rank": 2, "footprint": "false"},
}
MONTHS = tuple(Moment(2019, month) for month in range(5, 11))
COVERAGE = Coverage(((date(2019, 5, 10), date(2019, 6, 30)), (date(2019, 8, 1), date(2019, 10, 31))), "files")
"""Of the months the first in part, the third, of which little is recorded, not at all."""

# Words that the page uses itself, as keys of classes, views and colours or of every object of JavaScript.
HARD_IDS = [
    "n",
    "many",
    "level",
    "count",
    "paper",
    "none.1",
    "constructor",
    "toString",
    "valueOf",
    "1",
    "a-b_c.d",
    "گروه",
]
LAST_IDS = ["region", "other", "absent", "inconclusive", "none"]
HOSTILE = '</script><img src=x onerror="window.__pwned=1">{{7*7}}${8*8}'
SOURCE = EventSource(
    "s", f"Source {HOSTILE}", f"Cite {HOSTILE}", "CC BY 4.0", "https://example.org/events", "town or better",
    files=("a.csv",), passes_on=False,
)  # fmt: skip
TALLY = {
    "read": 999, "counted": 900, "no_coordinates": 9, "bad_coordinates": 8, "swapped": 7, "country_centre": 6,
    "imprecise": 5, "undated": 4, "out_of_time": 3, "outside": 2, "unmapped": 60, "duplicate": 0, "incomplete": 1,
}  # fmt: skip


def make_switched(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make a table of up to twelve groups and choices to draw it with, the same ones for the same seed."""
    dice, able = random.Random(seed), random.Random(-seed - 1)
    groups: dict[str, Any] = {}
    ids = [f"g{number}" for number in range(dice.choice([1, 3, 6, 9, 12]))]
    if seed % 3 == 0:
        ids = dice.sample(HARD_IDS, len(ids))
    for number, group in enumerate(ids):
        groups[group] = {"name": f"Group {number}", "short": f"G{number}"}
        groups[group]["kind"] = dice.choices(["group", "coalition", "population"], [6, 1, 1])[0]
        if number and dice.random() < 0.4:
            groups[group]["part_of"] = {"group": dice.choice(ids[:number])}
    order = list(groups)
    dice.shuffle(order)
    levels: dict[str, dict[str, Any]] = {
        "low": {"name": "Low", "rank": 1},
        "high": {"name": "High", "rank": 3},
        "own": {"name": "Own kind"},
    }
    levels |= {"zero": {"name": "Zero", "rank": 0}} if dice.random() < 0.3 else {}
    levels |= {"else": {"name": "Something else"}} if dice.random() < 0.5 else {}
    named = [group for group in ids[1:] if dice.random() < 0.7] or ids[-1:]
    records = [_make_record(dice, year, named, list(levels)) for year in range(1900, 1900 + dice.randint(1, 25))]
    for finding in dice.sample(["absent", "inconclusive", "absent"], dice.randint(0, 3)):
        records.append(_make_record(dice, 1930 + len(records), named, list(levels)) | {"finding": finding})
    known = [None, None, *levels]
    levels |= dict(list(ABLE.items())[: seed % 3])
    for number in range(seed % 3 * 2):
        records.append(_make_record(able, 1980 + number, named, [*ABLE][: seed % 3]))
    own = random.Random(-seed - 2)
    for record in records:
        record |= {"basis": "claimed"} if own.random() < 0.3 and seed % 2 == 0 else {}
    if seed % 2:
        levels["low"]["valid_for"] = "12 years"
    named_units = {code for record in records for code in record.get("in", [])}
    table = {
        "title": f"Table {seed}",
        "as_of": 1925,
        "levels": levels,
        "groups": {group: groups[group] for group in order},
        "regions": {"Border": dice.sample(CODES, 5), "Heart": dice.sample(CODES, 2)},
        "presence": records,
    }
    if spare := [code for code in CODES if code not in named_units][:3]:
        table["not_applicable"] = spare
    located = {group for record in records if {"in", "region"} & record.keys() for group in record["group"]}
    choices = {
        "level": dice.choice(known),
        "groups": tuple(dice.sample(ids, dice.randint(1, len(ids)))) if dice.random() < 0.25 else None,
        "roll_up": dice.random() < 0.4,
    }
    if seed % 12 == 2:
        choices["level"] = "able"
    return table, choices if located else {"level": None, "groups": None, "roll_up": False}


def _make_record(dice: random.Random, year: int, groups: list[str], levels: list[str]) -> dict[str, Any]:
    """Make a record; the year keeps any two from being the same claim."""
    place = dice.choices(["in", "region", "nationwide", "unlocated"], [10, 3, 1, 1])[0]
    where = {
        "in": dice.sample(CODES, dice.choice([1, 2, 3, 5, 8, 20])),
        "region": dice.choice([*REGIONS, "Border", "Heart"]),
        "nationwide": True,
        "unlocated": dice.randint(1, 34),
    }[place]
    group = dice.sample(groups, dice.randint(1, min(dice.choice([1, 3, 6]), len(groups))))
    return {"group": group, place: where, "level": dice.choice(levels), "observed": year}


def make_steps(seed: int) -> dict[str, Any]:
    """Make a table of twelve sources over two years, some of whose records age and some of which nobody can date."""
    dice = random.Random(seed)
    sources = {f"s{number}": {"title": f"Report {number}", "date": f"20{20 + number // 12}-{number % 12 + 1:02}"}
               for number in range(0, 24, 2)}  # fmt: skip
    sources["undated"] = {"title": "Undated"}
    records = []
    for source in sources:
        # The basis keeps any two of a source from being the same claim.
        for basis in ["reported", "claimed", "assessed"][: dice.randint(1, 3)]:
            place = dice.choices(["in", "region", "nationwide", "unlocated"], [6, 2, 1, 1])[0]
            where = {"in": dice.sample(CODES, 4), "region": dice.choice(REGIONS), "nationwide": True, "unlocated": 5}
            record = {"group": dice.sample(["a", "b", "c"], 2), place: where[place], "source": source,
                      "level": dice.choice(["low", "high", "able"]), "basis": basis}  # fmt: skip
            if dice.random() < 0.3:
                record["observed"] = dice.choice(["2019", "2020-05", "2021"])
            if place == "in" and dice.random() < 0.2:
                record["finding"] = dice.choice(["absent", "inconclusive"])
            records.append(record)
    levels = {"low": {"name": "Low", "rank": 1, "valid_for": "5 months"}, "high": {"name": "High", "rank": 2},
              "able": {"name": "Able", "footprint": "false"}}  # fmt: skip
    groups = {each: {"name": f"Group {each}"} for each in "abc"}
    return {"title": "Time", "as_of": "2022-03", "levels": levels, "sources": sources, "groups": groups,
            "presence": records}  # fmt: skip


def make_overlaps(seed: int) -> dict[str, Any]:
    """Make a table of five groups that overlap by chance, some with a region; the same for the same seed."""
    dice = random.Random(seed)
    groups = {f"g{number}": {"name": f"Group {number}"} for number in range(5)}
    records: list[dict[str, Any]] = [{"group": each, "in": dice.sample(CODES, dice.randint(1, 12))} for each in groups]
    records += [{"group": each, "region": "Eastern"} for each in dice.sample(list(groups), 2)]
    return {"groups": groups, "presence": records}


def make_activity(seed: int, *, groups: int = 3, months: int = 6, places: bool = False, name: str = "") -> Activity:
    """Make an activity with empty units and periods, events of no period, and deaths that nobody states."""
    dice = random.Random(seed)
    names = {f"g{number}": f"{name or 'Group'} {number}" for number in range(groups)}
    counts, spots = [], []
    for code in dice.sample(CODES, 20):
        for period in [None, *MONTHS[:months]]:
            for group in [None, *names]:
                if dice.random() < (0.9 if period is None or period == MONTHS[2] else 0.4):
                    continue
                events = dice.choice([1, 1, 2, 3, 7, dice.randint(1, 2000)])
                deaths = dice.choice([None, 0, events])
                ends = (deaths and deaths // 2, deaths and deaths + dice.choice([0, 3]))
                counts.append(EventCount(group, code, period, events, deaths, *ends))
                spots.append(EventPlace(dice.uniform(62, 70), dice.uniform(30, 37), group, period, events))
    left = tuple(
        LeftOut(code, period, dice.randint(1, 9))
        for code in dice.sample(CODES, 12)
        for period in (None, *MONTHS[:months:2])
    )
    actors = tuple((f"Actor {number} {HOSTILE}", 99 - number) for number in range(60))
    return Activity(
        f"Recorded events {name}".strip(), "month", names, tuple(counts), MONTHS[:months], (SOURCE,), TALLY, actors,
        tuple(spots) if places else None, coverage=COVERAGE if seed % 2 else None, left_out=left if seed % 3 else (),
    )  # fmt: skip
