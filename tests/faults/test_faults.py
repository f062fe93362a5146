"""Whatever strikes while a command writes: each file is whole, nothing is left behind, the exit code is right."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

from geo.api import build_maps
from geo.cli.main import main
from tests.daily import IS_WHOLE, choose
from tests.faults.conftest import COMMANDS, CONTEXT, ENV, READERS, list_words

DRIVER = Path(__file__).with_name("driver.py")
WRITERS = [name for name in COMMANDS if name not in READERS]
# They write by one and the same function as build and overlay do: each of them alone in `make faults`.
ALIKE = ("choropleth", "compare", "timeline")
ERRORS = ("ENOSPC", "EDQUOT", "EFBIG", "EIO", "EACCES", "EROFS", "ENOENT")


def stop_by(name: str, every: int) -> dict[str, Any]:
    number = getattr(signal, name)
    ends = [[128 + number, "old"], [128 + number, "new"]]
    title = f"{name} before a line"
    return {"name": title, "kind": "interrupt", "signal": number, "every": every, "ends": ends, "leaves": False}


def fail_by(name: str, lasting: bool) -> dict[str, Any]:
    ends = [[1, "old"], [0, "new"], *([[1, "mixed"]] if lasting else [])]
    title = f"{name} {'from a call on' if lasting else 'at a call'}"
    number = getattr(errno, name)
    return {"name": title, "kind": "fail", "number": number, "lasting": lasting, "ends": ends, "leaves": False}


KILLS = [[-9, state] for state in ("old", "new", "mixed")]
REFUSED = [[0, "new"], *([1, state] for state in ("old", "new", "mixed"))]
FAULTS: list[dict[str, Any]] = [
    {"name": "SIGKILL at a call", "kind": "kill", "ends": KILLS, "leaves": True},
    stop_by("SIGINT", every=1),
    *(stop_by(name, every=7) for name in ("SIGTERM", "SIGHUP")),  # one handler serves all three
    *(fail_by(name, lasting) for name in ERRORS for lasting in (False, True)),
    {"name": "folder moved away at a call", "kind": "vanish", "ends": REFUSED, "leaves": True},
    {"name": "folder read-only from a call on", "kind": "lock up", "ends": REFUSED, "leaves": True},
]
FEW = [each for each in FAULTS if each["kind"] != "fail" or each["number"] in (errno.ENOSPC, errno.EIO)]


def test_what_stands_for_others_writes_as_they_do() -> None:
    for name in ALIKE:
        command = main.get_command(CONTEXT, name)
        assert command is not None
        assert command.callback is not None
        assert {"geo.api", build_maps.__name__} <= set(unwrap(command.callback).__code__.co_names), name


@pytest.mark.parametrize("name", WRITERS if IS_WHOLE else choose([name for name in WRITERS if name not in ALIKE], 3))
def test_a_fault_while_writing(name: str, place: Path, tmp_path: Path, record_property: Callable[..., None]) -> None:
    """Stop or disturb a command at each step of its write, judge the folder, and let the next run complete it."""
    job, result = tmp_path / "job.json", tmp_path / "result.json"
    whole, few, fewest = ({"faults": FAULTS, "quick": 0}, {"faults": FEW, "quick": 2}, {"faults": FEW[:2], "quick": 1})
    chosen = whole if IS_WHOLE else few if name == "build" else fewest
    job.write_text(json.dumps({"words": list_words(name), "result": str(result), **chosen}))
    command = [sys.executable, str(DRIVER), str(job)]
    done = subprocess.run(command, cwd=place, env=ENV, capture_output=True, text=True, check=False)
    assert result.exists(), done.stdout + done.stderr
    found = json.loads(result.read_text())
    for each in found:
        record_property(f"fault: {each['name']}", [each["runs"], each["lost"], each["left"]])
    wrong = [f"{each['name']} {line}" for each in found for line in each["wrong"]]
    assert not wrong, "\n".join(wrong)
    assert all(each["runs"] for each in found)
