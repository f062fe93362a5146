"""What every test shares: hypothesis without a clock, since a busy machine is no defect; the count of hostile texts; a
process of GDAL that need not load its libraries each time.

HYPOTHESIS_PROFILE chooses: ``house`` tries other examples each time, ``ci`` the same ones, ``thorough`` many more;
``quick`` is for mutation testing, which runs a test hundreds of times.
A test that takes long per example asks for a part of the profile's number, so that it grows with the profile.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.daily import IS_WHOLE

# jsonschema would compile the grammar of addresses of any script, which takes 3 s and no schema of ours asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

EXAMPLES = 60 if IS_WHOLE else 30
settings.register_profile("house", deadline=None, max_examples=EXAMPLES, derandomize=False)
settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True, database=None)
settings.register_profile("quick", deadline=None, max_examples=30, derandomize=True, database=None)
settings.register_profile(
    "thorough", deadline=None, max_examples=2000, derandomize=False, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))


@pytest.fixture(scope="session", autouse=not IS_WHOLE)
def _warm_gdal() -> Iterator[None]:
    from geo.read.boundaries import layers
    from tests.warm_gdal import keep_warm

    with keep_warm() as run, pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "run_gdal", run)
        yield


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
