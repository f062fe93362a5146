"""Labels of units: within their unit, or beside the country with a leader; none touches another."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from geo.draw.figure.canvas import Sheet
from geo.draw.figure.labels.candidates import draw_leader
from geo.draw.figure.labels.free_space import Ground, Placed
from geo.draw.figure.labels.label_text import Label, list_bare, list_full, write_blocks
from geo.draw.figure.labels.placement_search import UNSIGNED, PlacementSearch, Step, find_known, has_name
from geo.draw.figure.projected_map import Land
from geo.draw.wording.catalogue import Catalogue

__all__ = ["MOST_NAMED", "Arrangement", "Fits", "place_labels"]

ROUNDS = 4
"""Turns from one beginning; each starts with the labels that went without something in the one before."""

EFFORT = 1500
"""Blocks tried for a spot, after which no further turn begins if all signs have one."""

Rank = Callable[[Label], float]
Fits = Callable[[Sequence[Label], int], bool]
"""Whether a list of labels has room beside the map, if so many more are left out of it."""

MOST_BESIDE, MOST_NAMED = 40, 200
"""Labels that find no room in their units, and labels in all, above which none stands beside the country."""

MOST_LISTED = 300
"""Longer lists are not tried: no panel has room for them."""


@dataclass(frozen=True)
class Arrangement:
    """What stands on a map; labels to be listed, first those that stand there by a number; and those left out of it.

    A number is the beginning of the name that is listed.
    """

    placed: tuple[Placed, ...]
    listed: tuple[Label, ...] = ()
    left: tuple[Label, ...] = ()


def place_labels(sheet: Sheet, land: Land, labels: Iterable[Label], size: float, fits: Fits) -> Arrangement:
    """Write the signs of all units that have one, with their names, and the names of others where they fit.

    Of the units that are shown, those whose names find no room are listed as far as the list has room, by a number on
    the map if that has room there. Labels stand most important first, in letters of so many points.
    """
    desk = PlacementSearch(find_known(land, size), sheet.fonts, list(labels))
    arrangement = _list_rest(desk, _arrange(desk), fits, sheet.phrases)
    for each in arrangement.placed:
        if each.leader is not None:
            draw_leader(sheet, each.leader, each.code)
    write_blocks(sheet, [(each.block, each.box, each.code) for each in arrangement.placed], size)
    return arrangement


def _list_rest(desk: PlacementSearch, found: Mapping[str, Placed], fits: Fits, phrases: Catalogue) -> Arrangement:
    """List as many of the labels without name as have room beside the map; of these number as many as have on it."""
    lacking = [label for label in desk.labels.values() if label.shown and not has_name(found.get(label.code))]
    nameless = sorted(lacking, key=lambda label: label.is_vague)
    numbered = _number(desk, nameless, found, phrases)
    listed = [
        replace(desk.labels[code], name=f"#{phrases.write_number(number)} {desk.labels[code].name}")
        for number, code in enumerate(numbered, 1)
    ]
    listed = [*listed, *(label for label in nameless if label.code not in numbered)][:MOST_LISTED]
    most = bisect(range(1, len(listed) + 1), 0, key=lambda size: not fits(listed[:size], len(nameless) - size))
    kept = {label.code: numbered[label.code] for label in listed[:most] if label.code in numbered}
    said = {label.code for label in listed[:most]}
    left = tuple(label for label in nameless if label.code not in said)
    return Arrangement(tuple({**found, **kept}.values()), tuple(listed[:most]), left)


def _number(
    desk: PlacementSearch, labels: Sequence[Label], found: Mapping[str, Placed], phrases: Catalogue
) -> dict[str, Placed]:
    """Give labels numbers in turn where there is room, with signs if they can, and with leaders if others have."""
    numbered: dict[str, Placed] = {}
    is_led = any(placed.leader is not None for placed in found.values())
    for label in labels:
        named = replace(label, name=f"#{phrases.write_number(len(numbered) + 1)}")
        steps: list[Step] = [(desk.list_inside, [*list_full(named), *list_full(replace(named, sign=""))], math.inf)]
        steps += [(desk.list_beside, list_full(named, flat=True), 2 * desk.most)] if is_led else []
        numbered |= desk.pick(label, steps, {**found, **numbered})
    return numbered


def _arrange(desk: PlacementSearch) -> dict[str, Placed]:
    """Give labels their spots; where they are a crowd, those first that a record names by itself."""
    every = sorted(desk.labels.values(), key=lambda label: (not label.shown, label.is_vague))
    clear = [label for label in every if label.shown and not label.is_vague]
    if not _is_crowd(desk, [label for label in every if label.shown]):
        return _take_turns(desk, list(desk.labels.values()))
    if len(clear) < len(every) and not _is_crowd(desk, clear):
        return desk.place_plainly(every[len(clear) :], _take_turns(desk, clear))
    return desk.place_plainly(every)


def _is_crowd(desk: PlacementSearch, shown: Sequence[Label]) -> bool:
    """Tell whether so many are to be named, or beside the map, that leaders would tangle."""
    beside = (label for label in shown if not desk.count_spots(label, list_bare(label) or list_full(label)))
    return len(shown) > MOST_NAMED or sum(1 for _ in beside) > MOST_BESIDE


def _take_turns(desk: PlacementSearch, labels: Sequence[Label]) -> dict[str, Placed]:
    """Let labels take their spots in many turns, and keep the best: all signs, then most names, then short leaders."""
    best: tuple[float, dict[str, Placed]] = (math.inf, {})
    for rank, modest in product(_list_ranks(desk.ground), (False, True)):
        order = _sort(desk, labels, rank, modest)
        for _ in range(ROUNDS):
            if desk.is_tired or (desk.effort > EFFORT and best[0] < UNSIGNED):
                return best[1]
            found = desk.improve(desk.place(order, modest=modest))
            best = min(best, (desk.weigh(found), found), key=lambda pair: pair[0])
            lacking = [label for label in order if label.shown and desk.lacks(found.get(label.code))]
            if not lacking:
                break
            order = [*lacking, *(label for label in order if label not in lacking)]
    return best[1]


def _list_ranks(ground: Ground) -> list[Rank]:
    """List orders for the labels that stand beside the country: from outside in, down, up, and around it."""
    border, middle, dots = ground.country.boundary, ground.country.centroid, ground.dots
    return [
        lambda label: border.distance(ground.units[label.code]),
        lambda label: dots[label.code][1],
        lambda label: -dots[label.code][1],
        lambda label: math.atan2(dots[label.code][1] - middle.y, dots[label.code][0] - middle.x),
    ]


def _sort(desk: PlacementSearch, labels: Sequence[Label], rank: Rank, modest: bool) -> list[Label]:
    """Put first who has no room in its unit, then who has least, last the gaps."""

    def find_turn(label: Label) -> tuple[int, float]:
        room = desk.count_spots(label, list_bare(label) if modest and label.sign else list_full(label))
        return (1, room) if room else (0, rank(label))

    return sorted(labels, key=lambda label: find_turn(label) if label.shown else (2, 0))
