"""Who says so, how, when and how surely: keys that records, relations, strengths and statements share."""

from __future__ import annotations

from typing import Any

from geo.model import Evidence, Locator, Moment, Period
from geo.option_values import BASES, CONFIDENCE
from geo.read.common.nodes import Map
from geo.read.fields.containers import Either, Ref
from geo.read.fields.dates import Date, build_period
from geo.read.fields.mappings import Key, Kind
from geo.read.fields.scalars import Choice, Line, Pattern, Prose
from geo.read.fields.table_context import TableContext, find_position
from geo.read.table.translations import NOTES, take_notes

__all__ = ["EVIDENCE", "UNSEEN", "take_evidence"]

UNSEEN = r"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u206f\ufeff"
"""Signs that nobody sees, as a class of an expression has them."""

OBSERVED = Either(
    "a date, or {from: date, to: date}",
    text=Date("both"),
    map=Kind(
        "a period",
        (
            Key("from", Date("first"), help="When it began; without it the beginning is open."),
            Key("to", Date("last"), help="When it ended; without it the end is open."),
        ),
        build_period,
    ),
)


def _build_locator(values: dict[str, Any], node: Map, reading: TableContext) -> Locator | None:
    if not values:
        reading.error(node, "a locator with neither side", "prefix, suffix or both")
        return None
    return Locator(**values)


LOCATOR = Kind(
    "a locator",
    (
        Key("prefix", Prose(), help="The words of the source right before the quote."),
        Key("suffix", Prose(), help="The words of the source right after the quote."),
    ),
    _build_locator,
)

EVIDENCE = (
    Key("source", Ref("source"), help="Who says so: an id under `sources`."),
    Key("via", Ref("source"), help="The source that `source` itself quotes: an id under `sources`."),
    Key(
        "basis",
        Choice(BASES),
        help="reported (the default), claimed by the group itself, or assessed by the source.",
    ),
    Key(
        "grade",
        Pattern("[1-6]", "a digit from 1 to 6; the letter A to F belongs to the source"),
        help="How credible this is, from 1 (confirmed) to 6 (cannot be judged); the Admiralty digit.",
    ),
    Key("confidence", Choice(CONFIDENCE), help="The analyst's own confidence."),
    Key(
        "observed",
        OBSERVED,
        help="When this held: YYYY, YYYY-MM, YYYY-MM-DD, or {from: date, to: date} with either end open.",
    ),
    Key("note", Prose(), help="Any hedge of the source, such as reportedly. It is published."),
    NOTES,
    Key("quote", Prose(), help="The source's own words."),
    Key("page", Line("a page or pages, on one line"), help="Where in the source it stands."),
    Key(
        "locator",
        LOCATOR,
        help="The words around the quote, where those of the quote stand in the source more than once.",
    ),
)
NAMES = tuple(key.name for key in EVIDENCE)


def take_evidence(values: dict[str, Any], node: Map, reading: TableContext) -> Evidence:
    """Take the keys of evidence out of the values of a mapping, which loses them; what is not there has its default.

    An error is noted at the node where ``via`` stands without ``source``.

    Examples
    --------
    >>> from geo.model import Gazetteer
    >>> values = {"source": "un", "observed": Moment(2020), "level": "camps"}
    >>> evidence = take_evidence(values, Map(True, 1, 1), TableContext("t", Gazetteer({}, {}, "")))
    >>> evidence.source, str(evidence.observed), values
    ('un', '2020', {'level': 'camps'})
    """
    taken = {name: values.pop(name) for name in NAMES if name in values}
    take_notes(taken, node, reading)
    if isinstance(moment := taken.get("observed"), Moment):
        taken["observed"] = Period(moment, moment)
    if "via" in taken and "source" not in taken:
        reading.error(node.keys["via"], "`via` without `source`", "`source`: who quotes what `via` names")
    elif "via" in taken:
        reading.quoted.add(frozenset((taken["source"], taken["via"])))
    if "quote" in taken:
        taken["position"] = find_position(node.values["quote"])
    elif "locator" in taken:
        reading.error(node.keys["locator"], "`locator` without `quote`", "`quote`: the words between its two sides")
    return Evidence(**taken)
