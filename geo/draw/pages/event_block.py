"""What the script of the page of recorded events draws from: counts and places as columns of small whole numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from geo.draw.compose.data_block import sort_units
from geo.draw.marks.event_legend import list_gaps
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.events import find_people, name_view, say_span, say_step
from geo.draw.wording.localised_names import LocalisedUnits
from geo.join.event_classes import PEOPLE, ClassedActivity, Scales
from geo.longitude import turn_longitude
from geo.model import Activity, EventPlace, Moment

__all__ = ["WHOLE", "build_event_block", "key_view"]

WHOLE = "all"
"""What stands for the date of the step that is the whole time, and for events of any group."""

FINEST = 10_000
"""Places stand in steps of a ten-thousandth of a degree, eleven metres."""


Column = tuple[int, int | None, int | None, int | None]
"""Of a step: events, deaths, and their lowest and highest."""


def key_view(group: str | None) -> str:
    """Return what a fragment calls a view.

    Examples
    --------
    >>> key_view(None), key_view("all")
    ('all', 'group:all')
    """
    return WHOLE if group is None else f"group:{group}"


def build_event_block(drawn: LocalisedUnits, classed: ClassedActivity, data_hash: str) -> dict[str, object]:
    """Collect what the page's script needs of recorded events."""
    phrases, activity = drawn.phrases, classed.activity
    codes = sort_units(drawn.gazetteer, classed.units)
    steps = [_describe_step(phrases, activity, step) for step in classed.steps]
    events: dict[str, object] = {
        "views": [
            {"key": key_view(group), "name": name_view(phrases, activity, group), **({"group": group} if group else {})}
            for group in classed.groups
        ],
        "span": say_span(phrases, activity),
        "per": PEOPLE,
        "decimals": classed.decimals,
        "classes": {
            "events": _list_uppers(classed.counts),
            "rate": _list_uppers(classed.rates),
            "deaths": _list_uppers(classed.deaths),
        },
        "measure": classed.measure,
        "population": [classed.people.get(code) for code in codes],
        "counts": _build_counts(classed, codes),
        "left": _build_left(classed, codes),
        "gaps": list_gaps(classed),
        "people": find_people(drawn.gazetteer, activity),
    }
    if activity.places is not None:
        west, _, east, _ = map(float, drawn.units.total_bounds)
        events["places"] = _build_places(activity.places, classed, (west + east) / 2)
    views = [key_view(group) for group in classed.groups]
    return {
        "view": views[0],
        "views": views,
        "hash": data_hash,
        "steps": steps,
        "events": events,
        "words": phrases.pick_event_words(),
        "file": "events",
    }


def _describe_step(phrases: Catalogue, activity: Activity, step: Moment | None) -> dict[str, str]:
    """Describe a step, and how far it is covered where that is not the whole."""
    cover = activity.find_cover(step)
    told = {"cover": cover, "change": phrases.say("events_step", cover)} if cover != "whole" else {}
    return {"date": str(step) if step else WHOLE, "text": say_step(phrases, step), **told}


def _build_left(classed: ClassedActivity, codes: Sequence[str]) -> list[list[object]]:
    """List unit, gaps between steps and events that are left out; the whole time is their sum."""
    numbers = _number_steps(classed)
    found: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for each in classed.activity.left_out:
        found[each.unit][numbers.get(each.period, 0)] += each.events
    return [
        [place, _list_gaps(sorted(found[code])), [found[code][step] for step in sorted(found[code])]]
        for place, code in enumerate(codes)
        if code in found
    ]


def _list_uppers(scales: Scales) -> list[list[int]]:
    return [list(scales.whole.uppers), list(scales.single.uppers)]


def _number_steps(classed: ClassedActivity) -> dict[Moment | None, int]:
    """Number the steps; a single period, which has none of its own, is the whole time."""
    return dict.fromkeys(classed.activity.periods, 0) | {step: place for place, step in enumerate(classed.steps)}


def _build_counts(classed: ClassedActivity, codes: Sequence[str]) -> list[list[object]]:
    """List view, unit, gaps between steps, events and, where any are stated, deaths; the whole time is their sum."""
    numbers, units = _number_steps(classed), {code: place for place, code in enumerate(codes)}
    views = {group: place for place, group in enumerate(classed.groups)}
    found: defaultdict[tuple[int, int], dict[int, Column]] = defaultdict(dict)
    for count in classed.activity.counts:
        steps, step = found[views[count.group], units[count.unit]], numbers[count.period]
        old = steps.get(step, (0, None, None, None))
        more = [
            before if each is None else (before or 0) + each
            for before, each in zip(old[1:], (count.deaths, count.low, count.high), strict=True)
        ]
        steps[step] = old[0] + count.events, more[0], more[1], more[2]
    return [[*key, *_column_steps(found[key])] for key in sorted(found)]


def _column_steps(steps: dict[int, Column]) -> list[list[int | None]]:
    """Put steps into columns: gaps, events, and deaths, with their lowest and highest where these differ."""
    order = sorted(step for step, (events, *_) in steps.items() if events)
    deaths, low, high = ([steps[step][place] for step in order] for place in (1, 2, 3))
    columns: list[list[int | None]] = [[*_list_gaps(order)], [steps[step][0] for step in order]]
    if all(each is None for each in deaths):
        return columns
    return [*columns, deaths, *([low, high] if low != deaths or high != deaths else [])]


def _list_gaps(numbers: Iterable[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]


def _build_places(places: Iterable[EventPlace], classed: ClassedActivity, middle: float) -> dict[str, list[int]]:
    """List each place once, where it is on the map, then what is recorded there; differences from what is before."""
    numbers, views = _number_steps(classed), {group: place for place, group in enumerate(classed.groups)}
    sums: defaultdict[tuple[tuple[int, int], int, int], int] = defaultdict(int)
    for place in places:
        at = round(place.lat * FINEST), round(turn_longitude(place.lon, middle) * FINEST)
        sums[at, views[place.group], numbers[place.period]] += place.events
    order = sorted(sums)
    spots = {at: number for number, at in enumerate(dict.fromkeys(at for at, _, _ in order))}
    return {
        "lat": _list_gaps(lat for lat, _ in spots),
        "lon": _list_gaps(lon for _, lon in spots),
        "at": _list_gaps(spots[at] for at, _, _ in order),
        "view": [view for _, view, _ in order],
        "step": [step for _, _, step in order],
        "events": [sums[key] for key in order],
    }
