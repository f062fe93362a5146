"""Units classed by what differs there: one class a kind of change, a sign beside each colour, and patterns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from geo.draw.html import tag
from geo.draw.marks.map_classes import Fill, LegendRow, MapClass, Solid, Texture
from geo.draw.marks.palette import CHANGES
from geo.draw.marks.textures import GAP_TEXTURES
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.diff import name_change, say_here
from geo.draw.wording.records import Sides
from geo.join.classes import UNNAMED, Gap, class_excluded_units
from geo.join.diff import Changes
from geo.model import Record

__all__ = [
    "CHANGE_TEXTURES",
    "FIXED",
    "OTHER",
    "SIGNS",
    "ChangeMap",
    "class_changes",
    "list_change_classes",
    "list_change_rows",
]

SIGNS = {"named": "+", "unnamed": "−", "absent": "×", "level-up": "↑", "level-down": "↓"}
"""The kinds of change that give a unit its class; each also has its sign, so that no meaning hangs on hue."""

FIXED = "*"
OTHER = "~"
"""Beside these: what the newer table corrects, which is no change, and any other change."""

CHANGE_TEXTURES = (
    Texture("change-unnamed", 10, -45, (tag("rect", {"width": "10", "height": "4", "fill": CHANGES["unnamed"]}),)),
    Texture("change-absent", 10, 0, (
        tag("circle", {
            "cx": "5", "cy": "5", "r": "2.6", "fill": "none", "stroke": CHANGES["absent"], "stroke-width": "1.3",
        }),
    )),
    Texture("change-corrected", 10, 0, (
        tag("rect", {"width": "1.4", "height": "10", "fill": CHANGES["corrected"]}),
    ), CHANGES["corrected-paper"]),
    Texture("change-other", 10, 45, (
        tag("circle", {"cx": "5", "cy": "5", "r": "1.3", "fill": CHANGES["other"]}),
    ), CHANGES["other-paper"]),
)  # fmt: skip
_UNNAMED, _ABSENT, _CORRECTED, _OTHER = CHANGE_TEXTURES

FILLS: Mapping[str, Fill] = {
    "named": Solid(CHANGES["named"]),
    "unnamed": _UNNAMED,
    "absent": _ABSENT,
    "level-up": Solid(CHANGES["level-up"]),
    "level-down": Solid(CHANGES["level-down"]),
    "several": Solid(CHANGES["several"]),
    "corrected": _CORRECTED,
    "other": _OTHER,
    "same": Solid(CHANGES["same"]),
}
"""By kind, in the order of the legend."""

LABELS = {"several": "class_change_several", "other": "class_change_other", "same": "class_change_same"}


@dataclass(frozen=True)
class ChangeMap:
    """What the map shows of each unit, by code: its class, its signs, and all that differs, in words."""

    classes: Mapping[str, MapClass]
    signs: Mapping[str, str]
    lines: Mapping[str, Sequence[str]]

    def count_signed(self, sign: str) -> int:
        """Count the units that bear a sign, whatever their class: as many as have a change of its kind."""
        return sum(sign in signs.split(" ") for signs in self.signs.values())


def class_changes(changes: Changes, sides: Sides, codes: Sequence[str], left_out: Collection[str] = ()) -> ChangeMap:
    """Class units by what differs there; where changes of several kinds meet, that is a class of its own.

    ``codes`` are of all units, in their order; ``left_out`` those that a record of either table names which does not
    count.
    """
    phrases = sides.phrases
    signs: dict[str, set[str]] = {}
    lines: dict[str, list[str]] = {}
    looked, unnamed = (
        {(each.group, code) for each in changes.units if each.kind == kind for code in each.units}
        for kind in ("absent", "unnamed")
    )
    silent = {code for _, code in unnamed - looked}
    for change in changes.units:
        for code in change.units:
            lines.setdefault(code, []).append(say_here(change, sides))
            signs.setdefault(code, set()).add(SIGNS.get(change.kind, OTHER))
    for key, table, indexes in zip(("gone", "new"), (sides.old, sides.new), changes.unexplained, strict=True):
        for code in _list_units([table.records[index] for index in indexes]):
            signs.setdefault(code, set()).add(OTHER)
            lines.setdefault(code, []).append(phrases.say("change_records", key))
    rest = [(FIXED, "corrected", each, {*each.units}) for each in changes.corrections]
    rest += [(OTHER, "altered", each, {*each.units} - changes.find_told(each)) for each in changes.untold]
    for sign, kind, each, codes_of in rest:
        who = phrases.join_names([sides.groups[group].name for group in each.groups])
        for code in codes_of:
            signs.setdefault(code, set()).add(sign)
            lines.setdefault(code, []).append(phrases.say("change_item", group=name_change(phrases, kind), units=who))
    for code in {*sides.old.not_applicable} ^ {*sides.new.not_applicable}:
        signs.setdefault(code, set()).add(OTHER)
        lines.setdefault(code, []).append(phrases.say("change_na"))
    covered = {*_list_units(sides.old.records), *_list_units(sides.new.records)}
    order = [*SIGNS.values(), FIXED, OTHER]
    known = list_change_classes(sides.phrases)
    gaps = {code: gap.key for code, gap in class_excluded_units(sides.new, left_out).items()}
    gaps |= dict.fromkeys(covered, "change:same")
    # Who looked says more than silence.
    telling = {code: each if code in silent else each - {SIGNS["unnamed"]} for code, each in signs.items()}
    classes = {code: known[_find_key(telling.get(code, set())) or gaps.get(code, UNNAMED.key)] for code in codes}
    return ChangeMap(
        classes=classes,
        signs={code: " ".join(sorted(signs[code], key=order.index)) for code in codes if code in signs},
        lines={code: lines.get(code) or [each.label] for code, each in classes.items()},
    )


def _list_units(records: Sequence[Record]) -> dict[str, None]:
    return dict.fromkeys(code for record in records for code in record.place.units)


def _find_key(signs: set[str]) -> str:
    kinds = [kind for kind, sign in SIGNS.items() if sign in signs]
    if kinds:
        return "change:several" if len(kinds) > 1 else f"change:{kinds[0]}"
    return "change:corrected" if signs == {FIXED} else "change:other" if signs else ""


def list_change_classes(phrases: Catalogue) -> dict[str, MapClass]:
    """List all classes by key, in the order of the legend."""
    signs = {**SIGNS, "corrected": FIXED, "other": OTHER}
    found = []
    for kind, fill in FILLS.items():
        name = phrases.say(LABELS[kind]) if kind in LABELS else name_change(phrases, kind)
        label = phrases.say("change_signed", sign=signs[kind], label=name) if kind in signs else name
        found.append(MapClass(f"change:{kind}", label, fill, signs.get(kind, "")))
    for gap, key in ((Gap("other"), "class_other"), (Gap("na"), "class_na"), (UNNAMED, "class_change_none")):
        found.append(MapClass(gap.key, phrases.say(key), GAP_TEXTURES[gap.kind], of=gap))
    return {each.key: each for each in found}


def list_change_rows(phrases: Catalogue, found: ChangeMap) -> list[LegendRow]:
    """Count the units that bear each sign, of all other classes those on the map, and whom neither table speaks of.

    So a row counts what the headline, the list of changes and the table of units count; how many of them have the
    colour of another row is said beside it.
    """
    counts = Counter(found.classes.values())
    rows = []
    for each in list_change_classes(phrases).values():
        number = found.count_signed(each.sign) if each.sign else counts[each]
        shown = each
        if apart := number - counts[each]:
            label = phrases.say("in_brackets", first=each.label, second=phrases.say_count("change_apart", apart))
            shown = replace(each, label=label)
        rows.append(LegendRow(shown, number))
    return [row for row in rows if row.count or row.shown.of == UNNAMED]
