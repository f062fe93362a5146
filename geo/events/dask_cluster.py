"""Parts are counted by the workers of a Dask cluster, one part a task; only small counts come back."""

from __future__ import annotations

import logging
import platform
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import shapely

from geo import __version__
from geo.errors import EventsError, PresenceError, Problem, name_install
from geo.events.byte_spans import SPAN, SpanCount, count_span, join_spans, list_spans, take_rows
from geo.events.count_chunk import Rules
from geo.events.engines import PartCount, count_part, take_repeated
from geo.events.files.cells import Chunk
from geo.events.files.chunks import CHUNK, Part
from geo.events.files.inspect_file import import_arrow, stat_source
from geo.events.stores.addresses import Address

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DaskEngine", "connect"]

Answer = TypeVar("Answer")

WAIT = "20s"
"""How long a scheduler may take to answer."""

PATIENCE = "2 minutes"
"""How long work waits here after the last worker is gone. Elsewhere it waits as long as the scheduler is told to."""

WORKERS, MANY = 2, 3
"""Workers that are started here, and from how many on a file is given to several."""

START = "the address of a running scheduler, tcp://HOST:8786"
DEADLY = "workers died over this file, one after the other"
GO_ON = "a running cluster; --resume keeps what is done"
MORE = "more memory for each, or a smaller --chunk"
SAME = "workers with presence-maps installed, of the same version as here"


@contextmanager
def connect(scheduler: str | None = None, *, workers: int = WORKERS, libraries: Sequence[str] = ()) -> Iterator[Any]:
    """Connect to a cluster and see that its workers can do the work; without an address, start one on this machine.

    An address is such as ``tcp://10.0.0.1:8786``; a cluster on this machine has so many processes. What is given is its
    client. If Dask is missing, nothing answers, or a worker lacks what it needs, that is an `EventsError`.
    ``libraries`` are those of the stores where files lie.
    """
    name = scheduler or "--engine dask"
    try:
        import distributed
    except ModuleNotFoundError:
        remedy = f"it: {name_install('dask', 'distributed')}"
        raise EventsError([Problem(name, "Dask is not installed", remedy)]) from None
    with ExitStack() as stack:
        stack.enter_context(_keep_quiet())
        try:
            server = stack.enter_context(_start_here(workers)) if scheduler is None else scheduler
            client = stack.enter_context(distributed.Client(server, timeout=WAIT, set_as_default=False))
        except (OSError, TimeoutError, ValueError) as error:
            found = f"no scheduler answers: {error or type(error).__name__}"
            raise EventsError([Problem(name, found, START)]) from None
        _check_workers(client, name, libraries)
        yield client


@contextmanager
def _start_here(workers: int) -> Iterator[Any]:
    """Start a cluster on this machine, which leaves no folder behind."""
    import dask
    from distributed import LocalCluster

    with (
        TemporaryDirectory(prefix="presence-", ignore_cleanup_errors=True) as folder,
        dask.config.set({"temporary-directory": folder, "distributed.scheduler.no-workers-timeout": PATIENCE}),
        LocalCluster(
            # Without an address Dask takes port 8787, and warns where another has it.
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster


@contextmanager
def _keep_quiet() -> Iterator[None]:
    """Show none of what Dask logs: what matters is raised, and a worker that is replaced is no matter."""
    levels = {handler: handler.level for handler in logging.getLogger("distributed").handlers}
    for handler in levels:
        handler.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for handler, level in levels.items():
            handler.setLevel(level)


def _describe_worker(libraries: Sequence[str] = ()) -> dict[str, str]:
    arrow = import_arrow()
    here = {each: "installed" for each in libraries if find_spec(each)}
    return (
        {
            "presence-maps": __version__,
            "Python": ".".join(platform.python_version_tuple()[:2]),
            "numpy": np.__version__.partition(".")[0],
            "pandas": pd.__version__.partition(".")[0],
            "shapely": shapely.__version__.partition(".")[0],
        }
        | ({"pyarrow": arrow.__version__.partition(".")[0]} if arrow else {})
        | here
    )


def _check_workers(client: Any, name: str, libraries: Sequence[str] = ()) -> None:
    """Refuse a cluster without workers, and workers whose libraries would give other answers, or none."""
    ours = _describe_worker(libraries)
    try:
        client.wait_for_workers(1, timeout=WAIT)
        found = client.run(partial(_describe_worker, libraries), on_error="return")
    except (OSError, TimeoutError):
        raise EventsError([Problem(name, "no worker answers", "a scheduler with workers")]) from None
    problems = []
    for address, told in sorted(found.items()):
        if isinstance(told, dict):
            problems += _compare(told, ours, address)
        else:
            problems.append(Problem(address, f"a worker that cannot do the work: {told}", SAME))
    if problems:
        raise EventsError(problems)


def _compare(told: Mapping[str, str], wanted: Mapping[str, str], address: str) -> list[Problem]:
    return [
        Problem(address, f"a worker with {key} {told.get(key)}", f"{key} {version}, as where the count was asked for")
        if key in told or version != "installed"
        else Problem(address, f"a worker without {key}, which the files need", f"it there: {name_install(key)}")
        for key, version in wanted.items()
        if told.get(key) != version
    ]


@dataclass(frozen=True)
class DaskEngine:
    """Counts on a cluster: ``client`` is connected to it; ``tell`` is told the place of each part that is done.

    Every worker must see the files under the same names. A worker that is lost is replaced by another: Dask gives its
    parts away again, and a part that is counted twice is taken once. A large text file is counted by spans of ``span``
    bytes, by more workers than a few without, or whole where these do not prove each other; ``whole`` are those that
    were.
    """

    client: Any
    rows: int = CHUNK
    tell: Callable[[int, int, int], None] | None = None
    span: int | None = None
    whole: set[str] = field(default_factory=set)

    def _split(self, part: Part) -> tuple[Part, ...]:
        """Split a part where that pays: spans take twice the work of a whole file."""
        size = self.span or (SPAN if len(self.client.ncores()) >= MANY else None)
        return list_spans(part, size) if size else (part,)

    def count(self, parts: Sequence[Part], rules: Rules) -> Iterator[tuple[int, PartCount]]:
        """Count parts, in the order in which they are done."""
        spans = [(place, each) for place, part in enumerate(parts) for each in self._split(part)]
        left = Counter(place for place, _ in spans)
        found: dict[int, dict[int, Any]] = defaultdict(dict)
        odd, deadly = [], list[Problem]()
        for turn, counted in self._run([part for _, part in spans], rules, deadly):
            place, part = spans[turn]
            found[place][turn] = counted
            left[place] -= 1
            if not left[place]:
                whole = _join(part, [each for _, each in sorted(found.pop(place).items())])
                if whole is None:
                    odd.append(place)
                else:
                    yield place, self._finish(place, whole, parts)
        self.whole.update(parts[place].file.path for place in odd)
        for turn, counted in self._run([parts[place] for place in odd], rules, deadly):
            yield odd[turn], self._finish(odd[turn], counted, parts)
        if deadly:
            raise EventsError(dict.fromkeys(deadly))

    def _run(self, parts: Sequence[Part], rules: Rules, deadly: list[Problem]) -> Iterator[tuple[int, Any]]:
        """Count parts, in the order in which they are done; those over which workers die are noted."""
        from distributed import as_completed

        futures = self._send(_count, parts, rules)
        places = {future.key: place for place, future in enumerate(futures)}
        suspected = []
        for future in as_completed(futures, loop=self.client.loop):
            place = places[future.key]
            if _is_killed(future):
                suspected.append(place)
            else:
                yield place, _unpack(future, parts[place])
            future.release()
        # Dask blames each part that a dead worker had, also those that only waited there. Alone, each shows what it is.
        for place in suspected:
            (future,) = self._send(_count, [parts[place]], rules)
            if _is_killed(future):
                deadly.append(Problem(parts[place].file.path, DEADLY, MORE))
            else:
                yield place, _unpack(future, parts[place])

    def _finish(self, place: int, tallied: PartCount, parts: Sequence[Part]) -> PartCount:
        if self.tell:
            self.tell(place, tallied.counts.tally.get("read", 0), parts[place].file.size)
        return tallied

    def take(self, parts: Sequence[Part], rules: Rules, repeated: NDArray[np.uint64]) -> Iterator[tuple[int, Chunk]]:
        """Take events whose ids may stand twice, in the order of the parts."""
        spans = [
            (place, each)
            for place, part in enumerate(parts)
            for each in ((part,) if part.file.path in self.whole else self._split(part))
        ]
        for turn, future in enumerate(self._send(_take, [part for _, part in spans], rules, repeated)):
            place, part = spans[turn]
            chunks = _unpack(future, part)
            future.release()
            yield from ((place, chunk) for chunk in chunks)

    def _send(self, function: Callable[..., Any], parts: Sequence[Part], *values: Any) -> list[Any]:
        """Ask for a function of each part and of values that are the same for all.

        The values are a task of their own, so that the scheduler can make them again when the workers that hold them
        die. What is scattered would be lost; what `Client.map` is given beside the parts stands on the scheduler under
        the name of its parameter, where a count with other rules might find it.
        """
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")
            sent = self.client.submit(_Sent, _describe_worker(), self.rows, values, pure=False)
        return list(self.client.map(function, [*map(_reach, parts)], [sent] * len(parts), pure=False))


@dataclass(frozen=True)
class _Sent:
    """What goes to the workers once: ``wanted`` is what they must be like, those that come later too."""

    wanted: Mapping[str, str]
    rows: int
    values: tuple[Any, ...]


@dataclass(frozen=True)
class _Failed:
    """What is wrong with a part's data: as a value, for it needs no second try."""

    problems: tuple[Problem, ...]


def _is_killed(future: Any) -> bool:
    """Tell, once it is known, whether workers died over it, as often as the scheduler lets them."""
    from distributed import KilledWorker

    return isinstance(future.exception(), KilledWorker)


def _unpack(future: Any, part: Part) -> Any:
    """Return what a worker gives; what it could not do is an error about the part's file."""
    from distributed import CancelledError, KilledWorker
    from distributed.scheduler import NoWorkerError

    file = part.file.path
    try:
        found = future.result()
    except KilledWorker:
        raise EventsError([Problem(file, DEADLY, MORE)]) from None
    except MemoryError:
        raise EventsError([Problem(file, "a worker has not memory enough for this file", MORE)]) from None
    except ImportError as error:
        raise EventsError([Problem(file, f"a worker that cannot do the work: {error}", SAME)]) from None
    except NoWorkerError:
        raise EventsError([Problem(file, "no worker is left", GO_ON)]) from None
    except (OSError, CancelledError):
        raise EventsError([Problem(file, "the connection to the scheduler is lost", GO_ON)]) from None
    if isinstance(found, _Failed):
        there = _reach(part).file.path
        raise EventsError(replace(each, file=file) if each.file == there else each for each in found.problems)
    return found


def _reach(part: Part) -> Part:
    """Name a part's file so that a worker, which works in another folder, finds it."""
    path = part.file.path
    return (
        part if isinstance(path, Address) else replace(part, file=replace(part.file, path=str(Path(path).absolute())))
    )


def _join(part: Part, found: Sequence[Any]) -> PartCount | None:
    """Join what the spans of a file come to; None where it has to be counted whole."""
    return join_spans(part.file, found) if part.span else found[0]


def _count(part: Part, sent: _Sent) -> PartCount | SpanCount | _Failed | None:
    if part.span is None:
        return _try(count_part, part, sent)
    counted = _try(count_span, part, sent)
    return None if isinstance(counted, _Failed) else counted  # who reads the file whole says what is wrong


def _take(part: Part, sent: _Sent) -> list[Chunk] | _Failed:
    return _try(lambda part, *values: [*take_repeated(take_rows(part), *values)], part, sent)


def _try(function: Callable[..., Answer], part: Part, sent: _Sent) -> Answer | _Failed:
    try:
        if problems := _compare(_describe_worker(), sent.wanted, platform.node()):
            return _Failed(tuple(problems))
        return function(_find(part), *sent.values, sent.rows)
    except PresenceError as error:
        return _Failed(error.problems)
    except OSError as error:  # raised here it would pass for one of the connection
        told = f"the file cannot be read on {platform.node()}: {error}"
        return _Failed((Problem(part.file.path, told, "a file that every worker can read"),))


def _find(part: Part) -> Part:
    """Find a part's file on this worker: of the same size, whenever it came here; in a store the same to the letter."""
    path = part.file.path
    try:
        size, stamp = stat_source(path) if isinstance(path, Address) else _stat(path)
    except OSError:
        told = f"the worker on {platform.node()} sees no such file"
        raise EventsError([Problem(path, told, "a path that all workers share")]) from None
    if size != part.file.size:
        told = f"{size:,} bytes on {platform.node()}, not {part.file.size:,}"
        raise EventsError([Problem(path, told, "the same file on every worker")])
    if isinstance(path, Address):
        return part  # whether it changed is asked in the end
    return replace(part, file=replace(part.file, stamp=stamp))


def _stat(path: str) -> tuple[int, int]:
    found = Path(path).stat()
    return found.st_size, found.st_mtime_ns
