"""Measurements become the tables of ``README.md``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.processes import Cost, Spread, compare, spread
from benchmarks.sizes import Size

__all__ = ["MARK", "table", "tell_costs", "tell_floors", "tell_growth", "tell_paints", "tell_sizes", "write_results"]

MARK = "<!-- Below: written by python -m benchmarks --write -->"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a Markdown table.

    Examples
    --------
    >>> print(table(["a", "b"], [["1", "2"]]))
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("|" + "|".join(line) + "|" if line[0] == "---" else f"| {' | '.join(line)} |" for line in lines)


def _write(values: Spread, form: str) -> str:
    return f"{values.median:{form}} [{values.low:{form}}–{values.high:{form}}]"


def _judge(value: float, bar: float | None) -> str:
    return "" if bar is None else f"{bar:g}" + ("" if value <= bar else " **missed**")


def tell_costs(costs: Mapping[str, Sequence[Cost]], bars: Mapping[str, tuple[float | None, ...]]) -> str:
    """Lay out time and memory; ``bars`` has for each table the greatest ratio of wall time, CPU time and memory."""
    rows = []
    for name, bar in bars.items():
        ours, plain = costs[f"ours {name}"], costs[f"plain {name}"]
        for place, (what, field, form) in enumerate(KINDS):
            ratio = compare(ours, plain)[place]
            seen = [_write(spread([getattr(cost, field) for cost in side]), form) for side in (ours, plain)]
            rows.append([name, what, *seen, _write(ratio, ".2f"), _judge(ratio.median, bar[place])])
    return table(["table", "what", "ours", "plain", "ours / plain", "bar"], rows)


KINDS = (("wall s", "wall", ".2f"), ("CPU s", "cpu", ".2f"), ("peak MiB", "peak", ".0f"))


def tell_floors(costs: Mapping[str, Sequence[Cost]], plain: Sequence[Cost]) -> str:
    """Lay out what only starting costs, and which part of plain's that is."""
    rows = []
    for name, each in costs.items():
        seen = [_write(spread([getattr(cost, field) for cost in each]), form) for _, field, form in KINDS]
        rows.append([f"`{name}`", *seen, f"{compare(each, plain)[0].median:.2f}"])
    return table(["command", *(what for what, *_ in KINDS), "wall / plain"], rows)


def tell_sizes(sizes: Mapping[tuple[str, str], tuple[Size, Size]], floor: Size, bar: Size) -> str:
    """Lay out sizes in kB of 1000 bytes: for each table and map ours and plain's."""
    rows = [
        [
            *key, f"{ours.raw / 1000:.0f} / {ours.packed / 1000:.0f}",
            f"{plain.raw / 1000:.0f} / {plain.packed / 1000:.0f}",
            f"{ours.raw / plain.raw:.2f} / {ours.packed / plain.packed:.2f}",
            f"{_judge(ours.raw / 1000, bar.raw / 1000)} / {_judge(ours.packed / 1000, bar.packed / 1000)}",
        ]
        for key, (ours, plain) in sizes.items()
    ]  # fmt: skip
    rows.append(["", "Leaflet + geometry + data", f"{floor.raw / 1000:.0f} / {floor.packed / 1000:.0f}", "", "", ""])
    return table(["table", "map", "ours kB / gzip", "plain kB / gzip", "ours / plain", "bar kB / gzip"], rows)


def tell_growth(ours: Mapping[str, tuple[float, int]], plain: Mapping[str, tuple[float, int]], bar: int) -> str:
    """Lay out bytes for each further group that is named everywhere."""
    rows = [
        [name, f"{mean:,.0f} (at most {most:,})", f"{plain[name][0]:,.0f}", _judge(most, bar)]
        for name, (mean, most) in ours.items()
    ]
    return table(["map", "ours, bytes", "plain, bytes", "bar"], rows)


FIRST = "ours: picture or map"
"""What the bar of the first paint is held against: all units on screen, whichever of the two shows them."""


def tell_paints(times: Mapping[str, Mapping[str, Sequence[float]]], bars: Mapping[str, float]) -> str:
    """Lay out milliseconds to the first paint: for each page what was waited for, ``plain`` among it, and its bar."""
    rows = []
    for page, each in times.items():
        for name, values in each.items():
            ratio = spread([mine / other for mine, other in zip(values, each["plain"], strict=True)])
            judged = _judge(ratio.median, bars.get(page)) if name == FIRST else ""
            rows.append([page, name, _write(spread(values), ".0f"), _write(ratio, ".2f"), judged])
    return table(["page", "waited for", "ms", "/ plain", "bar"], rows)


def write_results(readme: Path, text: str) -> None:
    """Put the results below the mark of the README."""
    before = readme.read_text("utf-8").partition(MARK)[0]
    readme.write_text(f"{before}{MARK}\n\n{text}\n", "utf-8")
