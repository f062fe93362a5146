"""Run a command up to its first write, then on from there many times in forks, each with another fault.

``python driver.py JOB``: the job is JSON with ``words`` (of the command), ``faults`` (each with ``kind`` and what
`ARM` needs), ``quick`` (how many moments of each fault to try, 0 for all), and ``result`` (a file to write to). The
working folder is what the command changes; it is judged after each fault and again after one more run without any.
"""

from __future__ import annotations

import fcntl
import io
import json
import os
import shutil
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

PREFIX = ".presence-maps-"
NOBODY = 65534
SYSTEM: dict[Any, tuple[str, ...]] = {
    os: (
        "open", "close", "fsync", "replace", "rename", "link", "unlink", "remove", "mkdir", "rmdir", "chmod",
        "stat", "lstat", "fstat", "scandir", "listdir",
    ),
    fcntl: ("flock",),
    shutil: ("copy2",),
}  # fmt: skip
MAKING = {"open", "write", "fsync", "replace", "rename", "link", "mkdir", "chmod", "copy2"}
REMOVING = {"unlink", "remove", "rmdir"}
REAL = {(room, name): getattr(room, name) for room, names in SYSTEM.items() for name in names}
# What a killed process leaves behind does not depend on it, and a thousand times it would take minutes.
REAL[os, "fsync"] = lambda descriptor: None
TRACED = ("/geo/write/", "/contextlib.py", "/pathlib.py", "/shutil.py")

State = dict[str, tuple[str, Any]]
Action = Callable[[str], None]


class Moments:
    """Counts the steps of one write, and acts at the chosen one."""

    def __init__(self) -> None:
        self.depth = 0
        self.taken: list[str] = []
        self.act: Action = lambda _: None

    def take(self, name: str) -> None:
        """Count a step and do what is to be done at it."""
        if self.depth:
            self.taken.append(name)
            self.act(name)


MOMENTS = Moments()


class Half(io.FileIO):
    """A file that brings one half of what it is given to the disk before a fault can strike."""

    def write(self, data: Any) -> int:
        """Write in two halves."""
        whole = memoryview(data)
        first = super().write(whole[: len(whole) // 2])
        MOMENTS.take("write")
        return first + super().write(whole[first:])

    def close(self) -> None:
        """Close, and only then complain."""
        was_open = not self.closed
        super().close()
        if was_open:
            MOMENTS.take("close of the file")


def watch_system() -> None:
    """Have every call that reaches the system counted."""

    def wrap(real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*args: Any, **extra: Any) -> Any:
            if name == "close":
                real(*args, **extra)
                return MOMENTS.take(name)
            MOMENTS.take(name)
            return real(*args, **extra)

        return call

    for (room, name), real in REAL.items():
        setattr(room, name, wrap(real, name))
    read = os.fdopen

    def open_descriptor(fd: int, mode: str = "r", *more: Any, **extra: Any) -> Any:
        return io.BufferedWriter(Half(fd, mode.rstrip("b"))) if "w" in mode else read(fd, mode, *more, **extra)

    os.fdopen = open_descriptor


# What to do at the chosen moment.


def kill(fault: dict[str, Any], at: int) -> None:
    """Kill the process at a step."""
    MOMENTS.act = lambda _: os.kill(os.getpid(), signal.SIGKILL) if len(MOMENTS.taken) == at else None


def fail(fault: dict[str, Any], at: int) -> None:
    """Let a step fail, and with ``lasting`` all later ones that make something too."""

    def act(name: str) -> None:
        number = len(MOMENTS.taken)
        if number == at or (fault["lasting"] and number > at and name in MAKING):
            raise OSError(fault["number"], os.strerror(fault["number"]))

    MOMENTS.act = act


def vanish(fault: dict[str, Any], at: int) -> None:
    """Move the folder away at a step."""

    def act(_: str) -> None:
        if len(MOMENTS.taken) == at:
            REAL[os, "rename"](fault["folder"], fault["away"])

    MOMENTS.act = act


def lock_up(fault: dict[str, Any], at: int) -> None:
    """Take the right to write into the folder away at a step."""
    if os.geteuid() == 0:
        os.setegid(NOBODY)
        os.seteuid(NOBODY)

    def act(_: str) -> None:
        if len(MOMENTS.taken) == at:
            REAL[os, "chmod"](fault["folder"], 0o555)

    MOMENTS.act = act


def interrupt(fault: dict[str, Any], at: int) -> None:
    """Send a signal before a line of the code that writes."""
    lines = 0

    def trace(frame: Any, event: str, _: Any) -> Any:
        nonlocal lines
        if not any(part in frame.f_code.co_filename for part in TRACED):
            return None
        if event == "line" and MOMENTS.depth:
            lines += 1
            if lines == at:
                os.kill(os.getpid(), fault["signal"])
        return trace

    sys.settrace(trace)


ARM = {"kill": kill, "fail": fail, "vanish": vanish, "lock up": lock_up, "interrupt": interrupt}


# The folder, before and after.


def read_state(folder: Path) -> State:
    """Read what stands in a folder: kind and content of everything."""
    state: State = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            mode = REAL[os, "lstat"](path).st_mode
            key = str(path.relative_to(folder))
            if stat.S_ISDIR(mode):
                state[key] = ("folder", None)
            elif stat.S_ISLNK(mode):
                state[key] = ("link", str(path.readlink()))
            else:
                state[key] = ("file", path.read_bytes())
    return state


def restore(folder: Path, wanted: State) -> None:
    """Bring a folder back to a state."""
    REAL[os, "chmod"](folder, 0o755)
    found = read_state(folder)
    for key in sorted(found, reverse=True):
        if wanted.get(key, ("", 0))[0] != found[key][0]:
            path = folder / key
            (REAL[os, "rmdir"] if found[key][0] == "folder" else REAL[os, "unlink"])(path)
    for key, (kind, content) in sorted(wanted.items()):
        path = folder / key
        if kind == "folder":
            path.mkdir(exist_ok=True)
            REAL[os, "chmod"](path, 0o755)
        elif found.get(key) != (kind, content):
            path.symlink_to(content) if kind == "link" else path.write_bytes(content)
        if os.geteuid() == 0:
            os.lchown(path, NOBODY, NOBODY)


def age(before: State, new: State) -> State:
    """Make up what stood there yesterday: as new, but every file that the command writes has another content."""
    return {
        key: ("file", b"yesterday " + value[1]) if value[0] == "file" and before.get(key) != value else value
        for key, value in new.items()
    }


class Sweep:
    """All faults of a job, at all moments."""

    def __init__(self, job: dict[str, Any]) -> None:
        self.job = job
        self.folder = Path.cwd()
        self.out = Path(tempfile.mkdtemp(prefix="faults-"))
        self.before = read_state(self.folder)
        self.is_child = False
        self.results: list[dict[str, Any]] = []

    def fork(self, fault: dict[str, Any] | None = None, at: int = 0) -> int | None:
        """Go on in a fork, with a fault; give its exit code to the parent, and None to the fork itself."""
        if process := os.fork():
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        self.is_child = True
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(REAL[os, "open"](self.out / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        if fault:
            ARM[fault["kind"]](fault, at)
        return None

    def run(self) -> bool:
        """Sweep; True in a fork, which has to go on, and False in the parent when all is done."""
        if (code := self.fork({"kind": "fail", "number": 0, "lasting": False}, -1)) is None:
            return True
        if code:
            sys.exit(f"without any fault the command ends with {code}: {(self.out / 'stderr').read_text()}")
        new = read_state(self.folder)
        old = age(self.before, new)
        target = next(key for key in old if old[key] != new[key])
        places = {"folder": str((self.folder / target).parent), "away": str(self.folder.parent / "away")}
        for fault in ({**each, **places} for each in self.job["faults"]):
            if self.try_all(fault, old, new):
                return True
        Path(self.job["result"]).write_text(json.dumps(self.results), "utf-8")
        return False

    def try_all(self, fault: dict[str, Any], old: State, new: State) -> bool:
        """Try one fault at each moment until there is none left; True in a fork."""
        result: dict[str, Any] = {"name": fault["name"], "runs": 0, "lost": 0, "left": 0, "wrong": []}
        for at in self.choose(fault, old):
            if at is None:
                return True
            restore(self.folder, old)
            if (code := self.fork(fault, at)) is None:
                return True
            result["runs"] += 1
            self.judge(fault, at, code, old, new, result)
            if (code := self.fork()) is None:
                return True
            if code or read_state(self.folder) != new:
                result["lost"] += 1
                result["wrong"].append(f"at {at}: the next run ends with {code} and does not complete the set")
        restore(self.folder, old)
        self.results.append(result)
        return False

    def choose(self, fault: dict[str, Any], old: State) -> Iterator[int | None]:
        """Give the moments to try: all, or a few spread evenly; None in a fork."""
        restore(self.folder, old)
        probe = self.out / "moments"
        if (code := self.fork()) is None:
            count_moments(fault["kind"] == "interrupt", probe)
            yield None
            return
        self.steps: list[str] = json.loads(probe.read_text())
        total, quick = len(self.steps), self.job["quick"]
        assert total, code
        step = max(1, total // quick) if quick else fault.get("every", 1)
        # Each fault begins elsewhere, so that a few moments of each are many of all.
        yield from range(1 + 7 * len(self.results) % step, total + 1, step)

    def judge(self, fault: dict[str, Any], at: int, code: int, old: State, new: State, result: dict[str, Any]) -> None:
        """Note what is not as it must be after a fault."""
        said = (self.out / "stderr").read_text(errors="replace")
        end = f"at {at} ({self.steps[at - 1]}): exit {code}, {said!r}"
        again = self.bring_back(fault)
        unlock(self.folder)
        found = read_state(self.folder)
        leftovers = {key for key in found if Path(key).name.startswith(PREFIX)}
        rest = {key: value for key, value in found.items() if key not in leftovers}
        damaged = [key for key in {**old, **rest} if rest.get(key) not in (old.get(key, 0), new.get(key, 0))]
        if damaged:
            result["lost"] += 1
            result["wrong"].append(f"{end}: damaged {damaged}")
        if leftovers and not fault["leaves"] and not (fault["kind"] == "fail" and self.steps[at - 1] in REMOVING):
            result["left"] += 1
            result["wrong"].append(f"{end}: left {sorted(leftovers)}")
        state = "old" if rest == old else "new" if rest == new else "mixed"
        if again is not None:
            # As if it had been moved away before the run: the whole set in a new folder, and the old one untouched.
            place = Path(fault["folder"]).relative_to(self.folder)
            written = {key: value for key, value in new.items() if value != old[key]}
            if code or state != "old" or again != {str(Path(key).relative_to(place)): written[key] for key in written}:
                result["wrong"].append(f"{end}: in the place of a folder that vanished {sorted(again)}, files {state}")
            return
        is_told = all(key in said for key in old if rest.get(key) == new[key] != old[key])
        if [code, state] not in fault["ends"] or (fault["kind"] == "fail" and state == "mixed" and not is_told):
            result["wrong"].append(f"{end}: files {state}")
        if "Traceback" in said or (code > 0 and not said.strip()):
            result["wrong"].append(f"{end}: not told as it should be")

    def bring_back(self, fault: dict[str, Any]) -> State | None:
        """Put a folder back that was moved away; tell what the run made in its place, if anything."""
        away, where = Path(fault["away"]), Path(fault["folder"])
        if not away.is_dir():
            return None
        again = read_state(where) if where.exists() else None
        shutil.rmtree(where, ignore_errors=True)
        REAL[os, "rename"](away, where)
        return again


def unlock(folder: Path) -> None:
    """Let everything be written to again."""
    for place, _, _ in os.walk(folder):
        REAL[os, "chmod"](place, 0o755)


def count_moments(lines: bool, probe: Path) -> None:
    """Have the fork write down the moments of its write."""
    counted: list[str] = []

    def trace(frame: Any, event: str, _: Any) -> Any:
        file = frame.f_code.co_filename
        if not any(part in file for part in TRACED):
            return None
        if event == "line" and MOMENTS.depth > 0:
            counted.append(f"{Path(file).name}:{frame.f_lineno}")
        return trace

    if lines:
        sys.settrace(trace)
    at_end(lambda: probe.write_text(json.dumps(counted if lines else MOMENTS.taken)))


ENDS: list[Callable[[], Any]] = []
at_end = ENDS.append


def watch_writes(sweep: Sweep) -> None:
    """Hold the command at its first call of anything public in ``geo.write``."""

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **extra: Any) -> Any:
            if not sweep.is_child and not sweep.run():
                sys.stdout.flush()
                os._exit(0)
            MOMENTS.depth += 1
            try:
                return real(*args, **extra)
            finally:
                MOMENTS.depth -= 1
                for end in () if MOMENTS.depth else ENDS:  # Within a write its own lines would be counted.
                    end()

        return call

    import geo.write

    for path in sorted(Path(geo.write.__file__).parent.glob("[!_]*.py")):
        module = import_module(f"geo.write.{path.stem}")
        for name in module.__all__:
            if callable(value := getattr(module, name)) and not isinstance(value, type):
                setattr(module, name, wrap(value))


def main() -> None:
    """Run the job."""
    job = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    sweep = Sweep(job)
    watch_writes(sweep)
    watch_system()
    from geo.cli.main import run

    if job["words"][0] == "publish":  # It looks at its folder before it draws, so every fork would draw.
        draw_nothing()
    sys.argv = ["presence", *job["words"]]
    try:
        run()
    except SystemExit as end:
        if not sweep.is_child:
            sys.exit(f"the command wrote nothing and ended with {end.code}")
        leave(end.code)


def draw_nothing() -> None:
    """Let figures be blank."""
    from matplotlib.figure import Figure

    from geo.draw.figure import draw_figure
    from geo.draw.figure.save import Shown
    from geo.draw.figure.words_inside import FigureWords

    def draw(*_: object, **__: object) -> Figure:
        blank = Shown(figsize=(1, 1))
        blank.words = FigureWords("A figure that is not drawn here")
        return blank

    draw_figure.draw_figure = draw


def leave(code: object) -> None:
    """End a fork without taking Python down piece by piece, which would copy all its memory."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
