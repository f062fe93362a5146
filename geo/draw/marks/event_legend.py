"""How recorded events look on the map: key, colour and printed bounds of each class, and the number under a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo.draw.html import tag
from geo.draw.marks.map_classes import LegendRow, MapClass, Solid, Texture
from geo.draw.marks.palette import LEVEL_RAMP, UNSURE, pick_ramp
from geo.draw.marks.textures import GAP_TEXTURES
from geo.draw.wording.catalogue import Catalogue
from geo.join.classes import UNNAMED, Gap
from geo.join.event_classes import ClassedActivity, Scales, SumKey

__all__ = [
    "NO_POPULATION", "class_event_units", "list_event_classes", "list_event_rows", "list_gaps", "name_bound",
    "pick_event_colours", "sign_event_units",
]  # fmt: skip

NO_POPULATION = Texture(
    "fill-people", 10, 0, (tag("circle", {"cx": "5", "cy": "5", "r": "2.2", "fill": "none", "stroke": UNSURE}),)
)
"""Where nothing can be told of the people of a unit; a rate is then a gap of its own kind, ``gap:people``."""


GAPS = (
    (Gap("deaths"), "events_no_deaths", NO_POPULATION),
    (Gap("left"), "events_left_out", GAP_TEXTURES["other"]),
    (Gap("uncovered"), "events_uncovered", GAP_TEXTURES["na"]),
    (UNNAMED, "events_none", GAP_TEXTURES["none"]),
)
"""Where a unit has no number: what it is called, and how it looks."""


def list_gaps(classed: ClassedActivity) -> list[str]:
    """List the gaps that some view of a page has, as its legend does; that nothing is recorded is always among them.

    Examples
    --------
    >>> from geo.join.event_classes import class_activity
    >>> from geo.model import Activity, LeftOut
    >>> left = (LeftOut("a", None, 2),)
    >>> list_gaps(class_activity(Activity("t", "all", {}, (), (), (), {}, left_out=left), {}))
    ['left', 'none']
    """
    has = {"deaths": False, "left": bool(classed.left), "none": True,
           "uncovered": any(classed.activity.find_cover(step) == "none" for step in classed.steps)}  # fmt: skip
    return [gap.kind for gap, _, _ in GAPS if has[gap.kind]]


def _list_keys(scales: Scales, measure: str) -> dict[str, list[str]]:
    return {
        span: [f"{measure}-{span}:{place}" for place in range(1, len(scale.uppers) + 1)]
        for span, scale in (("whole", scales.whole), ("single", scales.single))
    }


def pick_event_colours(classed: ClassedActivity) -> dict[str, str]:
    """Give each class its colour: counts warm, rates teal, so that neither is read as the other."""
    colours = {Gap("people").key: NO_POPULATION.paint}
    for keys in _list_keys(classed.counts, "events").values():
        colours |= pick_ramp(keys) if keys else {}
    for keys in _list_keys(classed.deaths, "deaths").values():
        colours |= pick_ramp(keys) if keys else {}
    for keys in _list_keys(classed.rates, "rate").values():
        colours |= pick_ramp(keys, LEVEL_RAMP) if keys else {}
    return colours


def list_event_classes(phrases: Catalogue, classed: ClassedActivity) -> list[MapClass]:
    """List the classes of the whole time and of any group, fewest events first; the `GAPS` come last."""
    scales = classed.deaths if classed.measure == "deaths" else classed.counts
    scale, colours = scales.whole, pick_event_colours(classed)
    bounds = [map(phrases.write_number, scale.bound(place)) for place in range(len(scale.uppers))]
    keys = _list_keys(scales, classed.measure)["whole"]
    found = [
        MapClass(key, name_bound(phrases, *bound), Solid(colours[key])) for key, bound in zip(keys, bounds, strict=True)
    ]
    return [*found, *(MapClass(gap.key, phrases.say(key), paint, of=gap) for gap, key, paint in GAPS)]


def class_event_units(phrases: Catalogue, classed: ClassedActivity) -> dict[str, MapClass]:
    """Class units by the events of the whole time and of any group: the map that stands first.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> from geo.join.event_classes import class_activity
    >>> from geo.model import Activity, EventCount, Unit
    >>> units = {code: Unit(code, "", "", code, "") for code in "ab"}
    >>> counts = (EventCount(None, "a", None, 3),)
    >>> classed = class_activity(Activity("t", "all", {}, counts, (), (), {}), units)
    >>> {code: each.label for code, each in class_event_units(read_catalogue("en"), classed).items()}
    {'a': '1 to 3', 'b': 'No event recorded'}
    """
    found = list_event_classes(phrases, classed)
    gaps = {each.key: each for each in found}
    places = {code: classed.find_class(SumKey(None, code), classed.measure) for code in classed.units}
    return {
        code: gaps[Gap(classed.find_gap(SumKey(None, code))).key] if place is None else found[place]
        for code, place in places.items()
    }


def sign_event_units(phrases: Catalogue, classed: ClassedActivity) -> dict[str, str]:
    """Return the number that stands under each name in that map."""
    found = {code: classed.find_value(SumKey(None, code), classed.measure) for code in classed.units}
    return {code: phrases.write_number(number) for code, number in found.items() if number}


def list_event_rows(phrases: Catalogue, classed: ClassedActivity, classes: Mapping[str, MapClass]) -> list[LegendRow]:
    """Count the classes of that map, most events first; the gaps come last."""
    counts, gaps = Counter(classes.values()), list_gaps(classed)
    gaps += ["deaths"] if any(each.of == Gap("deaths") for each in counts) else []
    rows = [LegendRow(each, counts[each]) for each in list_event_classes(phrases, classed)]
    found, others = rows[: -len(GAPS)], rows[-len(GAPS) :]
    return [*reversed(found), *(row for row in others if isinstance(row.shown.of, Gap) and row.shown.of.kind in gaps)]


def name_bound(phrases: Catalogue, low: str, high: str) -> str:
    """Name a class by its least and its greatest number.

    Examples
    --------
    >>> from geo.draw.wording.catalogue import read_catalogue
    >>> phrases = read_catalogue("en")
    >>> name_bound(phrases, "1", "4"), name_bound(phrases, "7", "7")
    ('1 to 4', '7')
    """
    return low if low == high else phrases.say("span", low=low, high=high)
