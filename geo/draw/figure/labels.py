"""Labels of units: within their unit, or beside the country with a leader; none touches another."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import product

from geo.draw.figure.blocks import Label, list_bare, list_full, write_block
from geo.draw.figure.desk import UNSIGNED, Desk
from geo.draw.figure.ground import Ground, Placed
from geo.draw.figure.land import Land
from geo.draw.figure.sheet import Sheet
from geo.draw.figure.spots import draw_leader

__all__ = ["place_labels"]

ROUNDS = 4
"""Turns from one beginning; each starts with the labels that went without something in the one before."""

EFFORT = 1500
"""Blocks tried for a spot, after which no further turn begins if all signs have one."""

Rank = Callable[[Label], float]


MOST_BESIDE, MOST_NAMED = 40, 200
"""Labels that find no room in their units, and labels in all, above which none stands beside the country."""


def place_labels(sheet: Sheet, land: Land, labels: Iterable[Label], size: float) -> list[Placed]:
    """Write the signs of all units that have one, with their names, and the names of others where they fit.

    Parameters
    ----------
    sheet : Sheet
    land : Land
    labels : iterable of Label
        Most important first.
    size : float
        Of the letters, in points.

    Returns
    -------
    list of Placed
        What stands on the map, to keep other words off it.
    """
    placed = list(_arrange(Desk(Ground(land, size), sheet.fonts, list(labels))).values())
    for each in placed:
        if each.leader is not None:
            draw_leader(sheet, each.leader, each.code)
    for each in placed:
        write_block(sheet, each.block, each.box, size, each.code)
    return placed


def _arrange(desk: Desk) -> dict[str, Placed]:
    """Let labels take their spots in many turns, and keep the best: all signs, then most names, then short leaders."""
    shown = [label for label in desk.labels.values() if label.shown]
    beside = [label for label in shown if not desk.count_spots(label, list_bare(label) or list_full(label))]
    if len(shown) > MOST_NAMED or len(beside) > MOST_BESIDE:
        return desk.place_plainly([*shown, *(label for label in desk.labels.values() if not label.shown)])
    best: tuple[float, dict[str, Placed]] = (math.inf, {})
    for rank, modest in product(_list_ranks(desk.ground), (False, True)):
        order = _sort(desk, rank, modest)
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


def _sort(desk: Desk, rank: Rank, modest: bool) -> list[Label]:
    """Put first who has no room in its unit, then who has least, last the gaps."""

    def find_turn(label: Label) -> tuple[int, float]:
        room = desk.count_spots(label, list_bare(label) if modest and label.sign else list_full(label))
        return (1, room) if room else (0, rank(label))

    return sorted(desk.labels.values(), key=lambda label: find_turn(label) if label.shown else (2, 0))
