"""``python -m benchmarks.help``: what a help text costs beside importing Click alone, user and system CPU.

Fresh processes in alternating turns, both sides compiled; the first turn only warms up.
"""

from __future__ import annotations

import sys

from benchmarks.processes import compare, run_rounds, spread

__all__ = ["main"]

ROUNDS, BAR = 9, 2
CLICK = "import click"
TEXTS = ("--help", "overlay --help", "events --help")


def main() -> None:
    """Measure and print."""
    ours = {words: [sys.executable, "-m", "geo", *words.split()] for words in TEXTS}
    costs = run_rounds({CLICK: [sys.executable, "-c", CLICK], **ours}, ROUNDS)
    click = spread([cost.cpu for cost in costs[CLICK]])
    sys.stdout.write(f"{CLICK}: {click.median:.3f} s [{click.low:.3f}-{click.high:.3f}]\n")
    for words in TEXTS:
        _, ratio, _ = compare(costs[words], costs[CLICK])
        sys.stdout.write(f"presence {words}: {ratio.median:.2f} [{ratio.low:.2f}-{ratio.high:.2f}], bar {BAR}\n")


if __name__ == "__main__":
    main()
