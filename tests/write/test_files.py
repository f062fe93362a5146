"""Whole or not at all: what stands in the folder after every kind of failure."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import WriteError
from geo.write import files, output_folder
from geo.write.files import write_files
from geo.write.output_folder import ABANDONED_AFTER, PREFIX

OLD = {"a.html": b"old a", "b.html": b"old b"}
NEW = {"a.html": b"new a", "b.html": b"new b", "c.html": b"new c"}


@pytest.fixture
def maps(tmp_path: Path) -> Path:
    """Return a folder that holds yesterday's maps."""
    made = tmp_path / "maps"
    made.mkdir()
    for name, data in OLD.items():
        (made / name).write_bytes(data)
    return made


def contents(where: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in where.iterdir()}


def wanted(where: Path) -> dict[Path, bytes]:
    return {where / name: data for name, data in NEW.items()}


def test_all_files_are_written_and_nothing_else(maps: Path) -> None:
    assert write_files(wanted(maps)) == tuple(wanted(maps))
    assert contents(maps) == NEW


def test_a_folder_is_made_with_the_permissions_the_umask_allows(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_files({tmp_path / "new" / "a.html": b"a"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "a.html").stat().st_mode) == 0o640


def test_a_private_map_stays_private(maps: Path) -> None:
    (maps / "a.html").chmod(0o600)
    write_files({maps / "a.html": b"new"})
    assert stat.S_IMODE((maps / "a.html").stat().st_mode) == 0o600


def test_a_link_is_followed(maps: Path, tmp_path: Path) -> None:
    (tmp_path / "link.html").symlink_to(maps / "a.html")
    write_files({tmp_path / "link.html": b"new"})
    assert (tmp_path / "link.html").is_symlink()
    assert (maps / "a.html").read_bytes() == b"new"


def break_call(monkeypatch: pytest.MonkeyPatch, name: str, number: int, at_call: int) -> None:
    """Let the ``at_call``-th call of ``os.name`` fail as the system would."""
    real: Callable[..., object] = getattr(os, name)
    calls = iter(range(1, 1000))

    def fail_once(*args: object, **extra: object) -> object:
        if next(calls) == at_call:
            raise OSError(number, os.strerror(number))
        return real(*args, **extra)

    monkeypatch.setattr(os, name, fail_once)


@pytest.mark.parametrize(
    ("call", "number", "at_call", "remedy"),
    [
        ("fsync", errno.ENOSPC, 1, "free space"),
        ("fsync", errno.ENOSPC, 3, "free space"),
        ("fsync", errno.EIO, 2, "Input/output"),
        ("fdopen", errno.EDQUOT, 2, "quota"),
        ("replace", errno.EACCES, 1, "may write to"),
        ("replace", errno.EACCES, 2, "may write to"),
        ("replace", errno.EROFS, 3, "not read-only"),
    ],
)
def test_a_failure_leaves_yesterdays_maps(
    maps: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, at_call: int, remedy: str
) -> None:
    break_call(monkeypatch, call, number, at_call)
    with pytest.raises(WriteError, match=remedy):
        write_files(wanted(maps))
    assert contents(maps) == OLD


@pytest.mark.parametrize(("call", "at_call"), [("fsync", 4), ("link", 1)])
def test_a_failure_that_costs_nothing_is_none(
    maps: Path, monkeypatch: pytest.MonkeyPatch, call: str, at_call: int
) -> None:
    break_call(monkeypatch, call, errno.EPERM, at_call)
    write_files(wanted(maps))
    assert contents(maps) == NEW


def test_a_file_that_another_changed_meanwhile_is_not_replaced(maps: Path) -> None:
    held = {path.name: path.read_bytes() for path in maps.iterdir()}
    path = maps / "a.html"
    with pytest.raises(WriteError, match=r"a\.html: was changed by another meanwhile"):
        write_files({maps / "new.html": b"new", path: b"new"}, known={path: b"what stood there once"})
    assert {path.name: path.read_bytes() for path in maps.iterdir()} == held
    write_files({path: b"new"}, known={path: held[path.name]})
    assert path.read_bytes() == b"new"


def test_a_new_file_is_taken_back_when_a_later_one_fails(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_call(monkeypatch, "replace", errno.EACCES, 2)
    with pytest.raises(WriteError, match=r"a\.html: cannot be written"):
        write_files({maps / "new.html": b"new", maps / "a.html": b"new"})
    assert contents(maps) == OLD


def test_every_file_and_then_the_folder_is_brought_to_the_disk(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)))
    write_files(wanted(maps))
    assert synced == [False, False, False, True]


def test_an_interrupt_leaves_yesterdays_maps(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = iter(range(1, 100))

    def interrupt(descriptor: int) -> None:
        if next(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_files(wanted(maps))
    assert contents(maps) == OLD


def test_a_folder_made_by_a_failed_run_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_call(monkeypatch, "fsync", errno.ENOSPC, 2)
    with pytest.raises(WriteError):
        write_files(wanted(tmp_path / "maps"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("sub", "it is a folder"),
        ("no/such/a.html", "make '.*no' first"),
        ("a.html/b.html", "is a file"),
        ("n" * 300, "shorter file name"),
    ],
)
def test_a_name_that_cannot_be_written_is_refused(maps: Path, name: str, says: str) -> None:
    (maps / "sub").mkdir()
    with pytest.raises(WriteError, match=says):
        write_files({maps / "b.html": b"new", maps / name: b"new"})
    assert (maps / "b.html").read_bytes() == b"old b"
    assert sorted(path.name for path in maps.iterdir()) == ["a.html", "b.html", "sub"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no such files")
def test_what_is_no_ordinary_file_is_never_replaced(maps: Path) -> None:
    os.mkfifo(maps / "pipe")
    with pytest.raises(WriteError, match="no ordinary file"):
        write_files({maps / "pipe": b"new"})
    assert stat.S_ISFIFO((maps / "pipe").stat().st_mode)


def run_in_process(text: str, *args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(text), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_disk_that_is_really_full(maps: Path) -> None:
    pytest.importorskip("resource")
    done = run_in_process(
        """
        import resource, sys
        from pathlib import Path
        from geo.write.files import write_files
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        write_files({Path(sys.argv[1]) / "a.html": b"small", Path(sys.argv[1]) / "b.html": b"x" * 200_000})
        """,
        maps,
    )
    assert "WriteError" in done.stderr
    assert "b.html: cannot be written: File too large" in done.stderr
    assert contents(maps) == OLD


def test_the_next_run_removes_what_a_killed_one_left(maps: Path) -> None:
    done = run_in_process(
        """
        import os, signal, sys
        from pathlib import Path
        from geo.write.files import write_files
        real = os.replace
        calls = iter(range(100))
        os.replace = lambda *names: os.kill(os.getpid(), signal.SIGKILL) if next(calls) else real(*names)
        write_files({Path(sys.argv[1]) / name: b"new" for name in ("a.html", "b.html", "c.html")})
        """,
        maps,
    )
    assert done.returncode < 0
    assert [path.name for path in maps.iterdir() if path.name.startswith(PREFIX)]
    assert (maps / "a.html").read_bytes() == b"new"
    assert (maps / "b.html").read_bytes() == b"old b"
    write_files(wanted(maps))
    assert contents(maps) == NEW


def test_two_runs_at_once_do_not_break_each_other(tmp_path: Path) -> None:
    outcome: list[Exception] = []

    def run(name: str) -> None:
        try:
            for _ in range(20):
                write_files({tmp_path / f"{letter}.html": name.encode() for letter in "abc"})
        except Exception as error:  # noqa: BLE001  # a thread's error must reach the test
            outcome.append(error)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcome == []
    assert sorted(contents(tmp_path)) == ["a.html", "b.html", "c.html"]
    assert len(set(contents(tmp_path).values())) == 1


@pytest.mark.parametrize(("age", "stays"), [(0.0, True), (2 * ABANDONED_AFTER, False)])
def test_without_locks_only_old_leftovers_go(
    maps: Path, monkeypatch: pytest.MonkeyPatch, age: float, stays: bool
) -> None:
    monkeypatch.setattr(output_folder, "fcntl", None)
    left = maps / f"{PREFIX}1.tmp"
    left.write_bytes(b"half")
    then = left.stat().st_mtime - age
    os.utime(left, (then, then))
    write_files(wanted(maps))
    assert left.exists() is stays
    left.unlink(missing_ok=True)
    assert contents(maps) == NEW


def test_a_file_system_that_locks_no_folder_is_none_the_worse(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", refuse)
    write_files(wanted(maps))
    assert contents(maps) == NEW


def test_a_folder_that_cannot_be_opened_is_written_to_all_the_same(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def refuse(path: str, flags: int, mode: int = 0o777, **extra: int) -> int:
        if Path(path) == maps:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, flags, mode, **extra)

    monkeypatch.setattr(os, "open", refuse)
    write_files(wanted(maps))
    assert contents(maps) == NEW


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_call(monkeypatch, "mkdir", errno.EROFS, 1)
    with pytest.raises(WriteError, match=r"new: cannot be made: Read-only file system; expected another folder"):
        write_files({tmp_path / "new" / "a.html": b"a"})
    assert contents(tmp_path) == {}


def test_a_folder_that_the_run_before_removed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locking = pytest.importorskip("fcntl")
    real = locking.flock
    waited: list[int] = []

    def wait(descriptor: int, operation: int) -> None:
        if not waited:
            waited.append(descriptor)
            (tmp_path / "new").rmdir()  # as the other run does when it fails
        real(descriptor, operation)

    monkeypatch.setattr(locking, "flock", wait)
    write_files({tmp_path / "new" / "a.html": b"a"})
    assert waited
    assert contents(tmp_path / "new") == {"a.html": b"a"}


def test_a_folder_that_seems_gone_for_a_moment_is_not_waited_for(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network drive: the folder is the same, and its lock is our own."""
    real, asked = output_folder._is_still, []

    def seem_gone(where: Path, descriptor: int | None) -> bool:
        asked.append(where)
        return len(asked) > 1 and real(where, descriptor)

    monkeypatch.setattr(output_folder, "_is_still", seem_gone)
    writing = threading.Thread(target=write_files, args=(wanted(maps),), daemon=True)
    writing.start()
    writing.join(20)
    assert not writing.is_alive(), "it waits for its own lock"
    assert contents(maps) == NEW


def test_an_old_file_that_cannot_be_put_back_is_told(maps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = os.replace, iter(range(1, 100))

    def fail_from_the_second_on(*args: str) -> None:
        if next(calls) > 1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(*args)

    monkeypatch.setattr(os, "replace", fail_from_the_second_on)
    with pytest.raises(WriteError) as caught:
        write_files(wanted(maps))
    assert "b.html: cannot be written" in str(caught.value)
    assert "a.html: is new already, and the old file cannot be put back: Input/output error" in str(caught.value)


def test_every_remedy_reads_as_something_to_have() -> None:
    assert all(remedy and not remedy.endswith(".") for remedy in files.REMEDIES.values())
