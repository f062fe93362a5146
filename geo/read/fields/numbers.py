"""Figures: whole numbers, shares, and estimates with low, best and high."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geo.model import Estimate
from geo.read.common.nodes import Map, Node, Text, quote
from geo.read.fields.scalars import read_text
from geo.read.fields.table_context import TableContext

__all__ = ["AS_KEYS", "FIGURES", "IN_BRACES", "PERSONS", "SHARE", "Number", "build_estimate"]


@dataclass(frozen=True)
class Number:
    """A whole number, or a share where ``whole`` is False; not in quotes, no other notation.

    ``unusual`` is the number above which a warning asks to look again; ``span`` is how a span is written here.
    """

    low: int = 0
    high: int = 1_000_000
    whole: bool = True
    unusual: int | None = None
    span: str = ""

    def read(self, node: Node, reading: TableContext) -> float | None:
        """Read the number."""
        kind = "a whole number" if self.whole else "a share"
        expected = f"{kind} from {self.low:,} to {self.high:,}"
        text = read_text(node, reading, expected)
        if text is None or not isinstance(node, Text):
            return None
        form = r"-?(0|[1-9][0-9]{0,11})" if self.whole else r"[0-9]{1,3}(\.[0-9]{1,12})?"
        value = float(text) if node.plain and re.fullmatch(form, text) else None
        if value is None or not self.low <= value <= self.high:
            reading.error(node, quote(text), expected + self._hint(text))
            return None
        if self.unusual is not None and value > self.unusual:
            reading.warn(node, f"the unusually large number {value:,.0f}", "a figure that you have checked")
        return int(value) if self.whole else value

    def _hint(self, text: str) -> str:
        """Say how a number in another notation is written here."""
        if match := re.fullmatch(r"([0-9]{1,7})\s*[-–]\s*([0-9]{1,7}) ?(%?)", text):
            return self._hint_at_span(int(match[1]), int(match[2]), match[3])
        if not self.whole:
            match = re.fullmatch(r"([0-9]{1,2}|100) ?%?", text)
            return f": {int(match[1]) / 100:g} for {match[1]} %" if match else ""
        digits = re.sub(r"[,_' ]", "", text)
        is_number = re.fullmatch("[0-9]{1,12}", digits) and self.low <= int(digits) <= self.high
        return ", without quotes or separators" if is_number else ""

    def _hint_at_span(self, low: int, high: int, sign: str) -> str:
        """Say how a span is written where one can stand; a share is meant in per cent."""
        part = 1 if self.whole else 100
        if not self.span or (sign and self.whole) or not self.low <= low / part < high / part <= self.high:
            return ""
        shown = self.span.format(f"{low / part:g}" if part > 1 else low, f"{high / part:g}" if part > 1 else high)
        return f", or {shown} for {f'{low} to {high} %' if part > 1 else 'a span'}"


IN_BRACES = "{{low: {}, high: {}}}"
AS_KEYS = "`low: {}, high: {}`"

FIGURES = {
    "low": 'The lower bound: "over", "at least".',
    "best": 'The figure itself: a bare one, "about".',
    "high": 'The upper bound: "up to".',
}
"""The keys of an estimate, and what each is for."""

PERSONS = Number(unusual=250_000, span=AS_KEYS)
SHARE = Number(0, 1, whole=False, span=IN_BRACES)


def build_estimate(values: dict[str, Any], node: Map, reading: TableContext) -> Estimate | None:
    """Take low, best and high out of the values of a mapping, which loses them.

    None with an error noted at the node where there is no figure or they are out of order.

    Examples
    --------
    >>> from geo.model import Gazetteer
    >>> build_estimate({"high": 2200}, Map(True, 1, 1), TableContext("t", Gazetteer({}, {}, "")))
    Estimate(low=None, best=None, high=2200)
    """
    figures = {name: values.pop(name, None) for name in FIGURES}
    given = [(name, figure) for name, figure in figures.items() if figure is not None]
    if not given:
        reading.error(node, "no figure", 'low, best or high: best for a bare figure, high for "up to", low for "over"')
        return None
    for (lower, less), (upper, more) in pairwise(given):
        if less > more:
            reading.error(node.values[upper], f"{upper} {more:,} is below {lower} {less:,}", "low <= best <= high")
            return None
    return Estimate(**figures)
