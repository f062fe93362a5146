"""Units classed by what differs there: one class a kind of change, a sign beside each colour, and patterns."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from geo.draw.html import Markup, chain, tag
from geo.draw.marks.legend import LegendRow
from geo.draw.marks.palette import MANY, PAPER
from geo.draw.wording.catalogue import Catalogue
from geo.draw.wording.diff import name_change, say_here
from geo.draw.wording.records import Sides
from geo.join.classes import class_excluded_units
from geo.join.diff import Changes
from geo.model import Record

__all__ = [
    "COLOURS",
    "FIXED",
    "NOT_SAID",
    "OTHER",
    "SIGNS",
    "ChangeMap",
    "class_changes",
    "draw_change_patterns",
    "list_change_rows",
]

SIGNS = {"named": "+", "unnamed": "−", "absent": "×", "level-up": "↑", "level-down": "↓"}
"""The kinds of change that give a unit its class; each also has its sign, so that no meaning hangs on hue."""

FIXED = "*"
OTHER = "~"
"""Beside these: what the newer table corrects, which is no change, and any other change."""

NOT_SAID = "gap:none"
COLOURS = {
    "change:several": MANY,
    "change:named": "#5b9bd5",
    "change:unnamed": "url(#change-unnamed)",
    "change:absent": "url(#change-absent)",
    "change:level-up": "#8e5a2b",
    "change:level-down": "#e2c39a",
    "change:corrected": "url(#change-corrected)",
    "change:other": "url(#change-other)",
    "change:same": "#ebebe8",
}
"""In the order of the legend."""

EXCLUDED, LEFT_OUT = "gap:na", "gap:other"
LABELS = {"change:several": "class_change_several", "change:corrected": "class_change_corrected",
          "change:other": "class_change_other", "change:same": "class_change_same",
          NOT_SAID: "class_change_none", EXCLUDED: "class_na", LEFT_OUT: "class_other"}  # fmt: skip


@dataclass(frozen=True)
class ChangeMap:
    """What the map shows of each unit, by code: key of its class, its signs, and all that differs, in words."""

    classes: Mapping[str, str]
    signs: Mapping[str, str]
    lines: Mapping[str, Sequence[str]]


def class_changes(changes: Changes, sides: Sides, codes: Sequence[str], left_out: Collection[str] = ()) -> ChangeMap:
    """Class units by what differs there; where changes of several kinds meet, that is a class of its own.

    Parameters
    ----------
    changes : Changes
    sides : Sides
    codes : sequence of str
        Of all units, in their order.
    left_out : collection of str
        Of units that a record of either table names which does not count.
    """
    phrases = sides.phrases
    signs: dict[str, set[str]] = {}
    lines: dict[str, list[str]] = {}
    looked = {(each.group, code) for each in changes.units if each.kind == "absent" for code in each.units}
    for change in changes.units:
        for code in change.units:
            lines.setdefault(code, []).append(say_here(change, sides))
            if change.kind != "unnamed" or (change.group, code) not in looked:  # who looked says more than silence
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
    gaps = class_excluded_units(sides.new, left_out) | dict.fromkeys(covered, "change:same")
    classes = {code: _find_class(signs.get(code, set()), gaps.get(code, NOT_SAID)) for code in codes}
    return ChangeMap(
        classes=classes,
        signs={code: " ".join(sorted(signs[code], key=order.index)) for code in codes if code in signs},
        lines={code: lines.get(code) or [_name_class(phrases, key)] for code, key in classes.items()},
    )


def _list_units(records: Sequence[Record]) -> dict[str, None]:
    return dict.fromkeys(code for record in records for code in record.place.units)


def _find_class(signs: set[str], rest: str) -> str:
    kinds = [kind for kind, sign in SIGNS.items() if sign in signs]
    if len(kinds) > 1:
        return "change:several"
    if kinds:
        return f"change:{kinds[0]}"
    return "change:corrected" if signs == {FIXED} else "change:other" if signs else rest


def _name_class(phrases: Catalogue, key: str) -> str:
    return phrases.say(LABELS[key]) if key in LABELS else name_change(phrases, key.partition(":")[2])


def list_change_rows(phrases: Catalogue, classes: Mapping[str, str]) -> list[LegendRow]:
    """Count the classes on the map, and units that neither table speaks of."""
    found = list(classes.values())
    signs = {f"change:{kind}": sign for kind, sign in SIGNS.items()}
    signs |= {"change:corrected": FIXED, "change:other": OTHER}
    rows = []
    for key in (*COLOURS, LEFT_OUT, EXCLUDED, NOT_SAID):
        if key in found or key == NOT_SAID:
            name = _name_class(phrases, key)
            label = phrases.say("change_signed", sign=signs[key], label=name) if key in signs else name
            rows.append(LegendRow(key, label, found.count(key)))
    return rows


def draw_change_patterns() -> Markup:
    """Return the patterns of what is no longer named, reported absent, corrected, and otherwise changed."""
    stripes = tag("rect", {"width": "10", "height": "4", "fill": "#3f78b5"})
    rings = tag(
        "circle", {"cx": "5", "cy": "5", "r": "2.6", "fill": "none", "stroke": "#8a2b4a", "stroke-width": "1.3"}
    )
    dots = tag("circle", {"cx": "5", "cy": "5", "r": "1.3", "fill": "#9a7a1e"})
    bars = tag("rect", {"width": "1.4", "height": "10", "fill": "#5d7a4f"})
    looks = {"unnamed": (stripes, PAPER, "-45"), "absent": (rings, PAPER, "0"), "corrected": (bars, "#eef3e6", "0"),
             "other": (dots, "#f6edcf", "45")}  # fmt: skip
    return chain(
        tag(
            "pattern",
            {"id": f"change-{kind}", "width": "10", "height": "10", "patternUnits": "userSpaceOnUse",
             "patternTransform": f"rotate({turn})"},
            tag("rect", {"width": "10", "height": "10", "fill": ground}), mark,
        )
        for kind, (mark, ground, turn) in looks.items()
    )  # fmt: skip
