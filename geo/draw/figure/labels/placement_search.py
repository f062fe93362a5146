"""One turn of placing labels: each takes the best spot that is free, and makes room for its sign if none is."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from geo.draw.figure.fonts import Fonts
from geo.draw.figure.labels.candidates import list_beside, list_within
from geo.draw.figure.labels.free_space import Ground, OccupiedSpace, Placed, Spots
from geo.draw.figure.labels.label_text import Block, Label, LabelLines, list_bare, list_full, typeset_block
from geo.draw.figure.projected_map import Land

__all__ = ["UNSIGNED", "PlacementSearch", "Step", "find_known", "has_name"]

NAME = 0.4
"""What a name is worth: so many widths of the country may a leader cost that brings one."""

GAP = 0.2
"""Between labels and leaders, in heights of a letter."""

SQUEEZES = 150
"""So often in one turn a label may push others off."""

GOOD, BEST = 400, 40
"""So many of its spots a label looks at to push others off: for its sign, and for a better leader."""

MOST_EFFORT, EACH, LEADERS = 2000, 150, 4
"""Blocks tried for a spot, in all and for each label, after which only spots in their units are; so many chunks of
leaders are as much work as a block."""

UNSIGNED = 1e6
"""What a sign left out costs: more than anything else together."""

Step = tuple[Callable[[str, Block], Spots], Sequence[LabelLines], float]
"""Which spots for which forms, and what one may cost."""


class KnownSpots:
    """The spots of blocks on a ground, each found once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.list_within = cache(lambda code, block: list_within(ground, code, block))
        self.list_inside = cache(lambda code, block: list_within(ground, code, block, least=1))
        self.list_beside = cache(lambda code, block: list_beside(ground, code, block))


@lru_cache(maxsize=1)
def find_known(land: Land, size: float) -> KnownSpots:
    """Return the spots on a land for letters of so many points; those of the last are kept, for its next figure."""
    return KnownSpots(Ground(land, size))


class PlacementSearch:
    """What labels stand where, on spots that are known."""

    def __init__(self, known: KnownSpots, fonts: Fonts, labels: Sequence[Label]) -> None:
        self.ground = ground = known.ground
        self.list_within, self.list_inside, self.list_beside = known.list_within, known.list_inside, known.list_beside
        self.most, self.effort = NAME * ground.width, 0.0
        self.labels = {label.code: label for label in labels}
        self.most_effort = min(MOST_EFFORT, EACH * len(self.labels))
        self.typeset_block: Callable[[LabelLines], Block] = cache(lambda form: typeset_block(fonts, form, ground.size))

    def count_spots(self, label: Label, forms: Sequence[LabelLines]) -> int:
        """Count the spots in its unit of that form which has most."""
        return max(len(self.list_within(label.code, self.typeset_block(form)).costs) for form in forms)

    def place(self, order: Sequence[Label], *, modest: bool) -> dict[str, Placed]:
        """Let labels take spots in turn.

        The modest first all take a spot for their sign alone, in their own unit if they can, and then look for names.
        """
        found = self._settle(order, self._list_modest_steps if modest else self._list_steps)
        for label in order:
            if self.lacks(found.get(label.code)) and not self.is_tired:
                found |= self.pick(label, self._list_steps(label), found)
        return found

    def place_plainly(self, order: Sequence[Label], found: Mapping[str, Placed] | None = None) -> dict[str, Placed]:
        """Let labels take spots in their units, if they can: where very many are to be named, leaders would tangle."""
        return self._settle(order, self._list_plain_steps, squeezes=0, found=found)

    def improve(self, found: dict[str, Placed]) -> dict[str, Placed]:
        """Let each label with a leader push others off its best spots as long as all are better off for it."""
        prices = dict.fromkeys(self.labels, 2 * self.ground.size)
        for code in sorted(found, key=lambda code: (-found[code].cost, code)):
            if self.is_tired:
                break
            label = self.labels[code]
            wishes: list[Step] = [(self.list_within, [form], 0) for form in list_full(label)]
            led = code in found and found[code].leader is not None
            for steps in (wishes, self._list_squeezes(label)) if led else ():
                picked, pushed = self._squeeze(label, steps, found, prices, BEST)
                trial = {each: placed for each, placed in found.items() if each not in (code, *pushed)} | picked
                for each in pushed:
                    trial |= self.pick(self.labels[each], self._list_steps(self.labels[each]), trial)
                if picked and self.weigh(trial) < self.weigh(found):
                    found = trial
                    break
        return found

    @property
    def is_tired(self) -> bool:
        """Whether so much was tried that more would take too long."""
        return self.effort > self.most_effort

    def lacks(self, placed: Placed | None) -> bool:
        """Tell whether a label could be better off: it has no name, or one that is far away."""
        return not (placed and has_name(placed) and placed.cost <= self.most)

    def _settle(
        self,
        order: Sequence[Label],
        list_steps: Callable[[Label], list[Step]],
        squeezes: int = SQUEEZES,
        found: Mapping[str, Placed] | None = None,
    ) -> dict[str, Placed]:
        """Place labels one by one; who has a sign and no spot pushes others off, who then queue again."""
        found = dict(found or {})
        prices = {code: self.most if label.sign else 0 for code, label in self.labels.items()}
        queue = deque(order)
        while queue:
            label = queue.popleft()
            picked = self.pick(label, (self._list_plain_steps if self.is_tired else list_steps)(label), found)
            if not picked and label.sign and squeezes and not self.is_tired:
                squeezes -= 1
                picked, pushed = self._squeeze(label, self._list_squeezes(label), found, prices, GOOD)
                # Dearer each time, so that two do not push each other off for ever.
                prices[label.code] += self.most
                queue.extend(self.labels[code] for code in pushed)
                found = {code: placed for code, placed in found.items() if code not in pushed}
            found |= picked
        return found

    def _list_steps(self, label: Label) -> list[Step]:
        full, flat, bare = list_full(label), list_full(label, flat=True), list_bare(label)
        steps: list[Step] = [(self.list_within, full, math.inf)]
        if label.shown:
            steps += [(self.list_beside, flat, self.most), (self.list_within, bare, math.inf)]
        return steps + ([(self.list_beside, [*flat, *bare], 2 * self.most)] if label.sign else [])

    def _list_plain_steps(self, label: Label) -> list[Step]:
        return [(self.list_inside, [*list_full(label), *(list_bare(label) if label.shown else [])], math.inf)]

    def _list_modest_steps(self, label: Label) -> list[Step]:
        flat, bare = list_full(label, flat=True), list_bare(label)
        return [(self.list_within, bare, math.inf), (self.list_beside, [*flat, *bare], 2 * self.most)] if bare else []

    def pick(self, label: Label, steps: Sequence[Step], found: Mapping[str, Placed]) -> dict[str, Placed]:
        """Find a label the best free spot of the first form and kind that has one; none may be free."""
        taken = OccupiedSpace([each for code, each in found.items() if code != label.code], GAP * self.ground.size)
        tries = ((find, self.typeset_block(form), most) for find, forms, most in steps for form in forms)
        picked = None
        for find, block, most in tries:
            self.effort += 1
            picked = taken.pick(find(label.code, block), most)
            if picked:
                break
        self.effort += taken.chunks / LEADERS
        return {label.code: picked} if picked else {}

    def _squeeze(
        self, label: Label, steps: Sequence[Step], found: Mapping[str, Placed], prices: Mapping[str, float], most: int
    ) -> tuple[dict[str, Placed], list[str]]:
        """Find the spot where a label and whom it pushes off cost least, and tell who those are."""
        codes = [code for code in found if code != label.code]
        taken = OccupiedSpace([found[code] for code in codes], GAP * self.ground.size)
        worth = np.array([prices[code] for code in codes])
        best: tuple[float, dict[str, Placed], list[str]] = (math.inf, {}, [])
        for find, (form,), more in steps:
            self.effort += 1
            spots = find(label.code, self.typeset_block(form)).head(most)
            clashes = taken.find_clashes(spots)
            costs = spots.costs + clashes @ worth + more
            if len(costs) and costs.min() < best[0]:
                least = int(np.argmin(costs))
                pushed = [code for code, clash in zip(codes, clashes[least], strict=True) if clash]
                best = float(costs[least]), {label.code: spots.place(least)}, pushed
        return best[1:]

    def _list_squeezes(self, label: Label) -> list[Step]:
        """List steps as if nothing stood in the way; here the number is what each costs more than the best."""
        finds = (self.list_within, self.list_beside)
        steps: list[Step] = [(self.list_beside, [form], 0) for form in list_full(label, flat=True)]
        return steps + [(find, [form], self.most) for find in finds for form in list_bare(label)]

    def weigh(self, found: Mapping[str, Placed]) -> float:
        """Return what an arrangement costs: leaders, names left out, and above all signs left out."""
        cost = sum(each.cost for each in found.values())
        for code, label in self.labels.items():
            if label.sign and code not in found:
                cost += UNSIGNED
            elif not has_name(found.get(code)):
                cost += self.ground.width if label.shown else self.most / 8
        return cost


def has_name(placed: Placed | None) -> bool:
    """Tell whether the name of a unit stands on the map, not its sign alone."""
    return placed is not None and any(not part.is_sign for part in placed.block.parts)
