"""Real processes: killed at any time, two at once, streams closed, disks full, odd clocks, locales and paths."""

from __future__ import annotations

import itertools
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import geo
from geo.cli.main import main
from tests.daily import IS_WHOLE
from tests.faults.conftest import COMMANDS, ENV, READERS, TABLE, list_words, make_place

PREFIX = ".presence-maps-"
WRITERS = [name for name in COMMANDS if name not in READERS]
OURS = str(Path(geo.__file__).parent)
# The lightest command that writes a whole set: most of a process that draws is spent on loading what it draws with.
LIGHT = [] if IS_WHOLE else ["--format", "csv"]
TWO = [] if IS_WHOLE else ["--only", "overlay", "--only", "report"]
"""A set of pages that takes no longer than it must."""
SIGNALS = (signal.SIGTERM, signal.SIGKILL, signal.SIGINT)
USUAL = [("export", signal.SIGTERM), ("export", signal.SIGKILL)]
Record = Callable[..., None]
RunHere = Callable[..., Result]
Undisturbed = Callable[[str], tuple[float, dict[str, bytes]]]


def run(place: Path, *words: str | Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geo", *map(str, words)], cwd=place, env=ENV | extra, capture_output=True,
        encoding="utf-8", errors="replace", timeout=300, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def list_light(name: str) -> list[str]:
    return [*list_words(name), *(LIGHT if name == "export" else ())]


@pytest.fixture
def run_here(place: Path, monkeypatch: pytest.MonkeyPatch) -> RunHere:
    """Return a function that runs a command where no process of its own is asked about."""
    monkeypatch.chdir(place)
    return lambda *words: CliRunner().invoke(main, [*map(str, words)])


def read_files(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def list_leftovers(place: Path) -> list[str]:
    return [name for name in read_files(place) if Path(name).name.startswith(PREFIX)]


def show(found: dict[str, bytes]) -> dict[str, int]:
    return {name: hash(data) for name, data in found.items()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, map_file: bytes) -> Undisturbed:
    """Return a function that runs a command once, and says how long it lasts and what then stands there."""

    @cache
    def run_once(name: str) -> tuple[float, dict[str, bytes]]:
        place = make_place(tmp_path_factory.mktemp("undisturbed") / "place", map_file)
        start = time.monotonic()
        assert run(place, *list_light(name)).returncode == 0
        return time.monotonic() - start, read_files(place)

    return run_once


@pytest.mark.parametrize(("name", "signum"), [*itertools.product(WRITERS, SIGNALS)] if IS_WHOLE else USUAL)
def test_a_signal_at_any_time(
    name: str, signum: signal.Signals, place: Path, undisturbed: Undisturbed, record_property: Record
) -> None:
    words, moments = list_light(name), 25 if IS_WHOLE else 2
    lasts, new = undisturbed(name)
    for key, data in new.items():
        (place / key).parent.mkdir(parents=True, exist_ok=True)
        (place / key).write_bytes(data)
    lost = left = 0
    for moment in range(moments):
        process = subprocess.Popen(
            [sys.executable, "-m", "geo", *words], cwd=place, env=ENV, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        time.sleep(lasts * (moment + 0.5) / moments)
        process.send_signal(signum)
        said = process.communicate(timeout=300)[1].decode()
        found = read_files(place)
        temporary = list_leftovers(place)
        lost += {key: found.get(key) for key in new} != new
        left += bool(temporary) and signum != signal.SIGKILL
        assert not set(found) - set(new) - set(temporary)
        if "Traceback" in said or process.returncode == -signum:  # Python had not come to our first line yet.
            assert OURS not in said
        else:
            assert process.returncode in (0, 128 + signum), said
    assert run(place, *words).returncode == 0
    assert show(read_files(place)) == show(new)
    record_property(f"fault: {signum.name} at any time", [moments, lost, left])
    assert (lost, left) == (0, 0)


def test_two_builds_at_once(place: Path, run_here: RunHere, record_property: Record) -> None:
    tables = {name: TABLE.replace("A source", f"Source of {name}") for name in ("one", "two")}
    sets = {}
    for name, table in tables.items():
        (place / f"{name}.yaml").write_text(table, "utf-8")
        assert run_here("build", *TWO, f"{name}.yaml", "-o", name).exit_code == 0
        sets[name] = read_files(place / name)
    rounds = 40 if IS_WHOLE else 1
    for _ in range(rounds):
        command = [sys.executable, "-m", "geo", "build", *TWO, "-q", "-o", "both"]
        both = [subprocess.Popen([*command, f"{name}.yaml"], cwd=place, env=ENV) for name in tables]
        assert [each.wait(300) for each in both] == [0, 0]
        assert read_files(place / "both") in sets.values()
    record_property("fault: two builds into one folder", [rounds, 0, 0])


CROWD = """
    import os, random, signal, sys
    from pathlib import Path
    from geo.write.files import write_files
    name, rounds, deadly = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "killed"
    chance = random.Random(name)
    for turn in range(rounds):
        if os.fork() == 0:
            if deadly:
                real, at = os.fsync, chance.randrange(4)
                chance = random.Random(f"{name}{turn}")
                calls = iter(range(100))
                os.fsync = lambda fd: os.kill(os.getpid(), 9) if next(calls) == at else real(fd)
            write_files({Path("crowd") / f"{each}.html": f"{name} {turn} {each}".encode() * 999 for each in "abc"})
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.wait()[1])
        if code and not (deadly and code == -9):
            sys.exit(f"round {turn}: {code}")
"""


def test_a_crowd_of_writers_of_which_one_is_killed_again_and_again(
    place: Path, run_here: RunHere, record_property: Record
) -> None:
    rounds = 300 if IS_WHOLE else 10
    command = [sys.executable, "-c", textwrap.dedent(CROWD)]
    crowd = [
        subprocess.Popen([*command, name, str(rounds), "killed" if name == "c" else ""], cwd=place, env=ENV)
        for name in "abc"
    ]
    assert [each.wait(300) for each in crowd] == [0, 0, 0]
    last = {name: data.split()[:2] for name, data in read_files(place / "crowd").items() if not name.startswith(PREFIX)}
    assert sorted(last) == ["a.html", "b.html", "c.html"]
    assert run_here("choropleth", "-o", "crowd/d.html").exit_code == 0
    assert list_leftovers(place) == []
    record_property("fault: three writers at once, one killed each time", [3 * rounds, 0, 0])


@pytest.mark.parametrize("name", WRITERS if IS_WHOLE else ["export"])
def test_a_file_size_limit(name: str, place: Path, record_property: Record) -> None:
    resource = pytest.importorskip("resource")
    before = read_files(place)
    words = list_light(name)
    done = subprocess.run(
        [sys.executable, "-m", "geo", *words], cwd=place, env=ENV, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written: File too large; expected a disk and a limit" in done.stderr
    assert show(read_files(place)) == show(before)
    record_property("fault: file size limit", [1, 0, 0])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    where = tmp_path / "disk"
    where.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=600k", "presence", where], check=False).returncode
    ):
        pytest.skip("this machine lets us mount no small disk")
    yield where
    subprocess.run(["umount", where], check=True)


def test_a_disk_that_is_full(place: Path, small_disk: Path, run_here: RunHere, record_property: Record) -> None:
    (small_disk / "overlay.html").write_bytes(b"yesterday")
    done = run(place, "build", *TWO, "--force", "-o", small_disk)
    assert done.returncode == 1
    assert "No space left on device; expected free space on the disk" in done.stderr
    assert read_files(small_disk) == {"overlay.html": b"yesterday"}
    assert run_here("overlay", "-o", small_disk / "overlay.html").exit_code == 0
    record_property("fault: real disk full", [1, 0, 0])


CLOSED = [
    ("check >&-", 1), ("check >/dev/full", 1), ("check 2>&-", 0), ("check 2>/dev/full", 0),
    ("provinces >/dev/full", 1), ("--version >/dev/full", 1), ("--help >&-", 1), ("build --help >/dev/full", 1),
    ("build >&-", 0), ("build 2>&-", 0), ("build >&- 2>&- <&-", 0), ("build 2>/dev/full", 0),
    ("embed made/overlay.html >&-", 1), ("embed made/overlay.html 2>&-", 0),
    ("nosuch >&- 2>&- <&-", 2), ("build --nosuch 2>/dev/full", 2), ("check nosuch.yaml 2>/dev/full", 1),
]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no such device")
@pytest.mark.parametrize(("line", "code"), CLOSED if IS_WHOLE else CLOSED[::6])
def test_closed_and_full_streams(line: str, code: int, place: Path, record_property: Record) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m geo {line}', sys.executable], cwd=place, env=ENV, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    if code == 1 and "2>" not in line:
        assert "standard output: cannot be written: " in done.stderr
    if line.startswith("build") and code == 0:
        pages = {name: data for name, data in read_files(place / "maps").items() if not name.startswith(".")}
        assert all(data.endswith(b"</html>\n") for data in pages.values()), "text of a stream"
    record_property("fault: standard streams closed or full", [1, 0, 0])


CLOCK = """
    import time, datetime
    time.time = lambda: {0}.0
    time.time_ns = lambda: {0} * 10**9
    class Never(datetime.datetime):
        @classmethod
        def now(cls, tz=None): return cls.fromtimestamp({0}, tz)
        @classmethod
        def utcnow(cls): return cls.fromtimestamp({0})
    datetime.datetime = Never
"""
ODD: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C"},
    "POSIX, no UTF-8": {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "Dari": {"LC_ALL": "fa_AF.UTF-8", "LANG": "fa_IR.UTF-8", "LANGUAGE": "fa"},
    "Kabul": {"TZ": "Asia/Kabul"},
    "far west": {"TZ": "XXX+12"},
    "hash seed 1": {"PYTHONHASHSEED": "1"},
    "hash seed 2": {"PYTHONHASHSEED": "2"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "1970": {"clock": "1"},
    "2106": {"clock": "4294967295"},
}
MIXED = {
    "C in Kabul, 1970": ODD["POSIX, no UTF-8"] | ODD["Kabul"] | ODD["hash seed 1"] | ODD["1970"],
    "Dari, ascii, 2106": ODD["Dari"] | ODD["ascii"] | ODD["far west"] | ODD["hash seed 2"] | ODD["2106"],
}
SURROUNDINGS = ODD | MIXED if IS_WHOLE else dict([*MIXED.items()][:1])


def set_clock(folder: Path, seconds: str) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(textwrap.dedent(CLOCK).format(seconds))
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize("name", COMMANDS if IS_WHOLE else ["choropleth"])
def test_the_same_bytes_anywhere_and_at_any_time(
    name: str, place: Path, tmp_path: Path, record_property: Record
) -> None:
    words, given = list_words(name), read_files(place)
    plain = run(place, *words, PYTHONHASHSEED="0")
    assert plain.returncode == 0, plain.stderr
    wanted = read_files(place)
    for label, values in SURROUNDINGS.items():
        extra = {key: value for key, value in values.items() if key != "clock"}
        extra |= set_clock(tmp_path / label, values["clock"]) if "clock" in values else {}
        for key in wanted.keys() - given.keys():
            (place / key).unlink(missing_ok=True)
        done = run(place, *words, **extra)
        assert done.returncode == 0, (label, done.stderr)
        assert show(read_files(place)) == show(wanted), label
        if "ascii" not in label and "UTF-8" not in label and "C in" not in label:
            assert done.stdout == plain.stdout, label
    record_property("fault: other locale, time zone, clock, hash seed", [len(SURROUNDINGS), 0, 0])


NAMES = [
    "a b", "it's \"quoted\"", "line\nbreak", "🗺️ emoji", "نقشه‌ها", "-o", "{{7*7}} %41 $HOME `id`", "\x1b[31mred",
    "a" * 200, "dot.", "tab\there", "back\\slash",
]  # fmt: skip


@pytest.mark.parametrize("odd", NAMES if IS_WHOLE else ["/".join(NAMES[2:5])])
@pytest.mark.parametrize("extra", [{}, ODD["POSIX, no UTF-8"]] if IS_WHOLE else [ODD["POSIX, no UTF-8"]], ids=str)
def test_odd_paths(odd: str, extra: dict[str, str], place: Path, record_property: Record) -> None:
    where = place / odd
    where.mkdir(parents=True)
    shutil.move(place / "presence.yaml", where / "a table.yaml")
    for name in ("build", "figure", "embed") if IS_WHOLE else ("build",):
        words: dict[str, list[str | Path]] = {
            "build": ["build", *TWO, where / "a table.yaml", "-o", where / "maps"],
            "figure": ["figure", "overlay", where / "a table.yaml", "-o", where / "figure.svg"],
            "embed": ["embed", where / "maps" / "overlay.html"],
        }
        done = run(place, *words[name], **extra)
        assert done.returncode == 0, done.stderr
    assert (where / "maps" / "report.html").stat().st_size > 100_000
    assert list_leftovers(place) == []
    (where / "wrong.yaml").write_text("presence: {A: [Kabull]}", "utf-8")
    done = run(place, "build", where / "wrong.yaml", "-o", where / "maps", **extra)
    assert done.returncode == 1
    told = done.stderr.splitlines()[-1]
    assert told.startswith(str(place))
    assert ":1:16: unknown province 'Kabull'; expected " in told
    assert told.replace("\u200c", "").isprintable()
    record_property("fault: odd paths", [1, 0, 0])


def test_the_target_is_a_folder(place: Path, run_here: RunHere, record_property: Record) -> None:
    (place / "maps" / "overlay.html").mkdir(parents=True)
    done = run_here("build", *TWO)
    assert done.exit_code == 1
    assert "overlay.html: cannot be written: it is a folder" in done.stderr
    assert [path.name for path in (place / "maps").iterdir()] == ["overlay.html"]
    record_property("fault: target is a folder", [1, 0, 0])


def test_the_target_is_a_link(place: Path, run_here: RunHere, tmp_path: Path, record_property: Record) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (place / "maps").symlink_to(elsewhere)
    (elsewhere / "overlay.html").symlink_to(tmp_path / "far.html")
    assert run_here("build", *TWO).exit_code == 0
    assert (elsewhere / "overlay.html").is_symlink()
    assert (tmp_path / "far.html").read_bytes().endswith(b"</html>\n")
    assert list_leftovers(tmp_path) == []
    (elsewhere / "report.html").unlink()
    (elsewhere / "report.html").symlink_to("report.html")  # to itself
    done = run_here("build", *TWO)
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.stderr
    assert "report.html" in done.stderr
    assert list_leftovers(tmp_path) == []
    record_property("fault: target is a link", [2, 0, 0])
