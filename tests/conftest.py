"""What every test shares: hypothesis without a clock, since a busy machine is no defect; the count of hostile texts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell what the tests under ``tests/hostile`` and those of hostile pages ran, for `docs/trust.md`."""
    counts: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0])
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for what, planted in (value for key, value in report.user_properties if key == "hostile"):
                for place, more in enumerate((1, planted, report.duration, outcome == "failed")):
                    counts[what][place] += more
    if counts:
        terminalreporter.section("hostile text")
        for what, (runs, planted, seconds, failed) in sorted(counts.items()):
            line = f"{what}: {runs:.0f} runs, {planted:.0f} texts planted, {seconds:.0f} s, {failed:.0f} failed"
            terminalreporter.write_line(line)
