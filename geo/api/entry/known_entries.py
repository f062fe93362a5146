"""What a table says already of what would be put into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geo.model import Evidence, NewEntry, Record, Table

__all__ = ["Known", "find_known"]

ASKED = "?"


@dataclass(frozen=True)
class Known:
    """An entry of the table; ``line`` where that is known.

    ``is_same`` is whether the new one would say nothing else; else it rests on the same sentence or, with ``is_claim``,
    makes a claim that the table has by another one, which no table takes twice.
    """

    is_same: bool
    line: int | None = None
    is_claim: bool = False


def find_known(entry: NewEntry, table: Table, identify: Callable[[str], str | None]) -> Known | None:
    """Find the entry of a table that a new one would repeat, or one that rests on the same sentence.

    ``identify`` gives the code of the unit that a name means. What is still a question is no difference, unless all is
    one.

    Examples
    --------
    >>> from geo.model import Place
    >>> record = Record(("a",), Place("in", ("AF-KNR",)), "reported", Evidence(quote="In  Kunar."))
    >>> table = Table("", {}, {}, {}, (record,), ())
    >>> entry = NewEntry(("presence",), {"group": "a", "in": ["Konar"], "quote": "In Kunar."})
    >>> find_known(entry, table, {"Konar": "AF-KNR"}.get)
    Known(is_same=True, line=None, is_claim=False)
    """
    if entry.under == ("presence",):
        return _find_record(entry, table, identify)
    quote = _fold(entry.values.get("quote") or entry.values.get("text"))
    if entry.under == ("relations",):
        for tie in table.relations:
            if _fold(tie.evidence.quote) == quote and tie.type == entry.values["type"]:
                ends = {*tie.between, tie.from_group, tie.to_group} - {None}
                named = {*_list(entry.values.get("between")), entry.values.get("from"), entry.values.get("to")} - {None}
                return Known(ends == named, tie.position.line if tie.position else None)
        return None
    said: list[tuple[str | None, Evidence]] = []
    if len(entry.under) > 1 and (group := table.groups.get(entry.under[1])):
        said = [(None, each.evidence) for each in group.strengths if entry.under[-1] == "strength"]
        said += [(each.text, each.evidence) for each in group.statements if entry.under[-1] == "statements"]
    return Known(True) if any(quote in (_fold(text), _fold(each.quote)) for text, each in said) else None


def _find_record(entry: NewEntry, table: Table, identify: Callable[[str], str | None]) -> Known | None:
    """Find a record of the same sentence: the same one, or the first."""
    values, quote = entry.values, _fold(entry.values.get("quote"))
    near: Known | None = None
    for record in table.records:
        line = record.position.line if record.position else None
        if not quote or _fold(record.evidence.quote) != quote:
            if near is None and _has_claim(values, record, identify):
                near = Known(False, line, True)
            continue
        open_parts = [values.get(key) == ASKED for key in ("group", "in")]
        is_same = not all(open_parts) and (open_parts[0] or {*_list(values.get("group"))} == {*record.groups})
        is_same = is_same and (open_parts[1] or _has_place(values, record, identify))
        is_same = is_same and values.get("finding", "present") == record.finding
        is_same = is_same and values.get("level", ASKED) in (ASKED, record.level)
        is_same = is_same and values.get("source", record.evidence.source) == record.evidence.source
        if is_same:
            return Known(True, line)
        near = near or Known(False, line)
    return near


def _has_claim(values: Mapping[str, Any], record: Record, identify: Callable[[str], str | None]) -> bool:
    """Tell whether a record claims of a group and a place what a new one would claim again."""
    evidence = record.evidence
    if {*_list(values.get("group"))}.isdisjoint(record.groups):
        return False
    if values.get("level", record.level) != record.level or values.get("finding", "present") != record.finding:
        return False
    if values.get("source") != evidence.source or _word_period(values.get("observed")) != str(evidence.observed or ""):
        return False
    if "in" in values and record.place.kind == "in":
        return not {identify(name) for name in _list(values["in"])}.isdisjoint(record.place.units)
    return "in" not in values and _has_place(values, record, identify)


def _word_period(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{value.get('from', 'open')} to {value.get('to', 'open')}"
    return value if isinstance(value, str) else ""


def _has_place(values: Mapping[str, Any], record: Record, identify: Callable[[str], str | None]) -> bool:
    place = record.place
    if "in" in values:
        return place.kind == "in" and {identify(name) for name in _list(values["in"])} == {*place.units}
    if "region" in values:
        return place.region is not None and place.region == values["region"]
    if place.kind == "unlocated" and place.count and "unlocated" in values:
        return _list_figures(values["unlocated"]) == [place.count.low, place.count.best, place.count.high]
    return place.kind in values


def _list_figures(value: Any) -> list[float | None]:
    figures = value if isinstance(value, Mapping) else {"best": value}
    return [float(figures[key]) if key in figures else None for key in ("low", "best", "high")]


def _list(value: object) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


def _fold(text: object) -> str:
    """Fold a sentence: the blanks between its words are the table's own."""
    return " ".join(text.split()) if isinstance(text, str) else ""
