"""How recorded events look on the map: key, colour and printed bounds of each class, and the number under a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo.draw.html import tag
from geo.draw.marks.legend import LegendRow
from geo.draw.marks.palette import LEVEL_RAMP, pick_ramp
from geo.draw.marks.textures import Textures
from geo.draw.wording.catalogue import Catalogue
from geo.join.event_classes import ClassedActivity, Scales, SumKey

__all__ = [
    "COLOURS", "NOTHING", "NO_PEOPLE", "TEXTURES", "class_event_units", "list_event_rows", "name_bound",
    "pick_event_colours", "sign_event_units",
]  # fmt: skip

NOTHING, NO_PEOPLE = "gap:none", "gap:people"
TEXTURES: Textures = {
    "people": (10, 0, (tag("circle", {"cx": "5", "cy": "5", "r": "2.2", "fill": "none", "stroke": "#6b7177"}),)),
}
COLOURS = {NO_PEOPLE: "url(#fill-people)"}


def _list_keys(scales: Scales, measure: str) -> dict[str, list[str]]:
    return {
        span: [f"{measure}-{span}:{place}" for place in range(1, len(scale.uppers) + 1)]
        for span, scale in (("whole", scales.whole), ("single", scales.single))
    }


def pick_event_colours(classed: ClassedActivity) -> dict[str, str]:
    """Give each class its colour: counts warm, rates teal, so that neither is read as the other."""
    colours = dict(COLOURS)
    for keys in _list_keys(classed.counts, "events").values():
        colours |= pick_ramp(keys) if keys else {}
    for keys in _list_keys(classed.rates, "rate").values():
        colours |= pick_ramp(keys, LEVEL_RAMP) if keys else {}
    return colours


def class_event_units(classed: ClassedActivity) -> dict[str, str]:
    """Class units by the events of the whole time and of any group: the map that stands first.

    Examples
    --------
    >>> from geo.join.event_classes import class_activity
    >>> from geo.model import Activity, EventCount, Unit
    >>> units = {code: Unit(code, "", "", code, "") for code in "ab"}
    >>> counts = (EventCount(None, "a", None, 3),)
    >>> class_event_units(class_activity(Activity("t", "all", {}, counts, (), (), {}), units))
    {'a': 'events-whole:1', 'b': 'gap:none'}
    """
    places = {code: classed.find_class(SumKey(None, code)) for code in classed.units}
    return {code: NOTHING if place is None else f"events-whole:{place + 1}" for code, place in places.items()}


def sign_event_units(phrases: Catalogue, classed: ClassedActivity) -> dict[str, str]:
    """Return the number that stands under each name in that map."""
    found = {code: classed.find_sum(SumKey(None, code)).events for code in classed.units}
    return {code: phrases.write_number(events) for code, events in found.items() if events}


def list_event_rows(phrases: Catalogue, classed: ClassedActivity, classes: Mapping[str, str]) -> list[LegendRow]:
    """Count the classes of that map, most events first; what is not recorded comes last."""
    counts, scale = Counter(classes.values()), classed.counts.whole
    keys = [f"events-whole:{place + 1}" for place in range(len(scale.uppers))]
    rows = [
        LegendRow(key, name_bound(phrases, *(phrases.write_number(each) for each in scale.bound(place))), counts[key])
        for place, key in enumerate(keys)
    ]
    return [*reversed(rows), LegendRow(NOTHING, phrases.say("events_none"), counts[NOTHING])]


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
