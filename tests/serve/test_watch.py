"""A table kept in view: built on each save, the last good maps kept, ended by Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from geo.api import MAPS, build_maps, watch_table
from geo.errors import PresenceError, TableError
from geo.serve import file_changes
from tests.pages import list_maps

GOOD = "presence: {Red: [Kabul], Blue: [Kabul, Herat]}\n"
ONE = "presence: {Red: [Kabul]}\n"
WRONG = "presence: {Red: [Kabool]}\n"


def get(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:
        data: bytes = answer.read()
    return data


class Watch:
    """Runs `watch_table`, and between two builds a step of a test instead of waiting for a change."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.table = folder / "presence.yaml"
        self.files = {name: folder / "maps" / f"{name}.html" for name in MAPS}
        self.addresses: list[str] = []
        self.errors: list[str] = []
        self.built: list[list[str]] = []
        self.monkeypatch = monkeypatch
        self.at_loss: Callable[[], None] = lambda: None

    @property
    def state(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(get(f"{self.addresses[0]}state"))
        return told

    def run(self, *steps: Callable[[], object]) -> None:
        waiting = iter(steps)

        def wait(path: Path, seen: file_changes.Stamp, at_loss: Callable[[], None]) -> None:
            assert path == self.table
            assert seen == file_changes.read_stamp(path)
            if (step := next(waiting, None)) is None:
                raise KeyboardInterrupt
            self.at_loss = at_loss
            step()

        self.monkeypatch.setattr(file_changes, "wait_for_change", wait)
        with pytest.raises(KeyboardInterrupt):
            watch_table(
                self.table, self.files, at_start=self.addresses.append,
                at_build=lambda built: self.built.append(list(built.pages)),
                at_error=lambda error: self.errors.append(str(error)),
            )  # fmt: skip
        assert next(waiting, None) is None

    def save(self, text: str) -> None:
        self.table.write_text(text, encoding="utf-8")


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(tmp_path, monkeypatch)


def test_what_is_served_and_written_is_what_build_makes(watch: Watch, tmp_path: Path) -> None:
    watch.save(GOOD)
    built = build_maps(watch.table, {name: tmp_path / "built" / f"{name}.html" for name in MAPS})
    wanted = {name: (tmp_path / "built" / f"{name}.html").read_bytes() for name in built.pages}

    def compare() -> None:
        assert {name: watch.files[name].read_bytes() for name in wanted} == wanted
        assert {name: get(f"{watch.addresses[0]}maps/{name}.html") for name in wanted} == wanted

    watch.run(compare)
    assert len(watch.addresses) == 1


def test_a_save_is_built_and_a_mistake_keeps_the_last_good_maps(watch: Watch) -> None:
    watch.save(GOOD)
    pages: list[bytes] = []
    good, one = list_maps(GOOD, without=["timeline"]), list_maps(ONE, without=["compare", "timeline"])

    def break_it() -> None:
        assert watch.state["version"] == 1
        pages.append(get(f"{watch.addresses[0]}maps/overlay.html"))
        watch.save(WRONG)

    def mend_it() -> None:
        assert watch.state["version"] == 1
        assert watch.errors
        assert watch.state["problems"] == watch.errors[0].splitlines()
        assert "unknown province 'Kabool'" in watch.errors[0]
        assert get(f"{watch.addresses[0]}maps/overlay.html") == pages[0] == watch.files["overlay"].read_bytes()
        watch.save(ONE)

    def look() -> None:
        assert watch.state == {"version": 2, "maps": one, "problems": []}
        assert get(f"{watch.addresses[0]}maps/overlay.html") != pages[0]

    watch.run(break_it, mend_it, look)
    assert watch.built == [good, one, one]
    assert good != one


def test_a_table_that_is_gone_is_told_and_watching_goes_on_when_it_is_back(watch: Watch) -> None:
    watch.save(GOOD)
    told = f"{watch.table}: the table is gone; expected it in its place again; watching goes on then"

    def lose() -> None:
        watch.table.rename(watch.table.with_name("aside"))
        watch.at_loss()
        assert (watch.errors, watch.state["problems"], watch.state["version"]) == ([told], [told], 1)
        assert get(f"{watch.addresses[0]}maps/overlay.html")
        watch.table.with_name("aside").rename(watch.table)

    watch.run(lose, lambda: None)
    assert (len(watch.built), watch.errors, len(watch.addresses)) == (3, [told], 1)


def test_a_table_that_is_wrong_at_first_is_shown_as_soon_as_it_is_right(watch: Watch) -> None:
    watch.save(WRONG)

    def mend_it() -> None:
        assert watch.state["version"] == 0
        assert b"unknown province" in get(watch.addresses[0])
        watch.save(ONE)

    watch.run(mend_it, lambda: watch.state["version"] == 1)
    assert len(watch.built) == 2


def test_a_folder_that_cannot_be_written_to_is_told_like_a_mistake(watch: Watch, tmp_path: Path) -> None:
    watch.save(ONE)
    (tmp_path / "maps").write_text("a file", encoding="utf-8")
    watch.run((tmp_path / "maps").unlink, lambda: None)
    assert "is a file" in watch.errors[0]
    assert len(watch.built) == 2


@pytest.mark.parametrize(("name", "says"), [("no.yaml", "there is no such file"), ("-", "standard input is read once")])
def test_there_must_be_a_table_to_watch(name: str, says: str) -> None:
    with pytest.raises(TableError, match=says):
        watch_table(Path(name), {})


def test_a_port_that_is_taken_ends_it_before_anything_is_drawn(watch: Watch) -> None:
    import socket

    watch.save(GOOD)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PresenceError, match="cannot be listened at"):
            watch_table(watch.table, watch.files, port=taken.getsockname()[1])
    assert not watch.files["overlay"].exists()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    (tmp_path / "presence.yaml").write_text(ONE, encoding="utf-8")
    command = [sys.executable, "-m", "geo", "watch", "-q"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True) as process:
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="no signals between processes")
def test_the_command_follows_a_save_and_ends_quietly_by_ctrl_c(process: subprocess.Popen[str], tmp_path: Path) -> None:
    assert process.stdout
    address = process.stdout.readline().strip()
    assert json.loads(get(f"{address}state"))["version"] == 1
    (tmp_path / "presence.yaml").write_text(GOOD, encoding="utf-8")
    deadline = time.monotonic() + 120
    while json.loads(get(f"{address}state"))["version"] == 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert json.loads(get(f"{address}state"))["version"] == 2
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)
    assert (process.returncode, *said) == (130, "", "interrupted\n")
    assert [path.name for path in tmp_path.rglob(".presence-maps-*")] == []
