"""Parts are counted by the workers of a Dask cluster, one part a task; only small counts come back."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely

from geo import __version__
from geo.errors import EventsError, PresenceError, Problem
from geo.events.chunks import CHUNK, Part
from geo.events.counting import Rules
from geo.events.engines import Tallied, count_part, take_repeated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["DaskEngine", "connect"]

WAIT = "20s"
"""How long a scheduler may take to answer."""

WORKERS = 2
INSTALL = "pip install 'presence-maps[dask]'"


@contextmanager
def connect(scheduler: str | None = None, *, workers: int = WORKERS) -> Iterator[Any]:
    """Connect to a cluster and see that its workers can do the work; without an address, start one on this machine.

    Parameters
    ----------
    scheduler : str, optional
        Such as ``tcp://10.0.0.1:8786``.
    workers : int
        Processes of a cluster on this machine.

    Yields
    ------
    distributed.Client

    Raises
    ------
    EventsError
        If Dask is missing, nothing answers, or a worker lacks what it needs.
    """
    name = scheduler or "--engine dask"
    try:
        import distributed
    except ModuleNotFoundError:
        raise EventsError([Problem(name, "Dask is not installed", INSTALL)]) from None
    cluster = None
    try:
        if scheduler is None:
            cluster = distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
            )
        client = distributed.Client(scheduler or cluster, timeout=WAIT)
    except (OSError, TimeoutError, ValueError) as error:
        if cluster:
            cluster.close()
        found = f"no scheduler answers: {error or type(error).__name__}"
        raise EventsError([Problem(name, found, "the address of a running scheduler, tcp://HOST:8786")]) from None
    try:
        _check_workers(client, name)
        yield client
    finally:
        client.close()
        if cluster:
            cluster.close()


def _describe_worker() -> dict[str, str]:
    return {
        "presence-maps": __version__,
        "Python": ".".join(platform.python_version_tuple()[:2]),
        "pandas": pd.__version__.partition(".")[0],
        "shapely": shapely.__version__.partition(".")[0],
    }


def _check_workers(client: Any, name: str) -> None:
    """Refuse a cluster without workers, and workers whose libraries would give other answers, or none."""
    ours = _describe_worker()
    try:
        client.wait_for_workers(1, timeout=WAIT)
        found = client.run(_describe_worker, on_error="return")
    except (OSError, TimeoutError) as error:
        raise EventsError([Problem(name, "no worker answers", "a scheduler with workers")]) from error
    problems = []
    for address, told in sorted(found.items()):
        if not isinstance(told, dict):
            expected = "workers with presence-maps installed, of the same version as here"
            problems.append(Problem(address, f"a worker that cannot do the work: {told}", expected))
            continue
        problems += [
            Problem(address, f"a worker with {key} {told.get(key)}", f"{key} {version}, as here")
            for key, version in ours.items()
            if told.get(key) != version
        ]
    if problems:
        raise EventsError(problems)


@dataclass(frozen=True)
class DaskEngine:
    """Counts on a cluster: ``client`` is connected to it; ``tell`` is told the place of each part that is done.

    Every worker must see the files under the same names. A worker that is lost is replaced by another: Dask gives its
    parts away again, and a part that is counted twice is taken once.
    """

    client: Any
    rows: int = CHUNK
    tell: Callable[[int, int, int], None] | None = None

    def count(self, parts: Sequence[Part], rules: Rules) -> Iterator[tuple[int, Tallied]]:
        """Count parts, in the order in which they are done."""
        from distributed import as_completed

        sent = self.client.scatter(rules, broadcast=True, hash=False)
        futures = self.client.map(_count, parts, rules=sent, rows=self.rows, pure=False)
        places = {future.key: place for place, future in enumerate(futures)}
        for future in as_completed(futures):
            place = places[future.key]
            tallied = _unpack(future, parts[place])
            if self.tell:
                self.tell(place, tallied.counts.tally.get("read", 0), parts[place].file.size)
            yield place, tallied
            future.release()

    def take(self, parts: Sequence[Part], rules: Rules, repeated: NDArray[np.uint64]) -> Iterator[pd.DataFrame]:
        """Take events whose ids may stand twice, in the order of the parts."""
        sent = self.client.scatter([rules, repeated], broadcast=True, hash=False)
        futures = self.client.map(_take, parts, rules=sent[0], repeated=sent[1], rows=self.rows, pure=False)
        for part, future in zip(parts, futures, strict=True):
            yield _unpack(future, part)


@dataclass(frozen=True)
class _Failed:
    """What is wrong with a part's data: as a value, for it needs no second try."""

    problems: tuple[Problem, ...]


def _unpack(future: Any, part: Part) -> Any:
    """Return what a worker gives; what it could not do is an error about the part's file."""
    from distributed import CancelledError, KilledWorker

    try:
        found = future.result()
    except KilledWorker:
        raise EventsError(
            [Problem(part.file.path, "workers died over this file, one after the other", "more memory, or --chunk")]
        ) from None
    except (OSError, CancelledError) as error:
        told = f"the cluster is gone: {error or type(error).__name__}"
        raise EventsError([Problem(part.file.path, told, "a running cluster; --resume keeps what is done")]) from None
    if isinstance(found, _Failed):
        raise EventsError(found.problems)
    return found


def _count(part: Part, rules: Rules, rows: int) -> Tallied | _Failed:
    try:
        return count_part(_find(part), rules, rows)
    except PresenceError as error:
        return _Failed(error.problems)


def _take(part: Part, rules: Rules, repeated: NDArray[np.uint64], rows: int) -> pd.DataFrame | _Failed:
    try:
        return take_repeated(_find(part), rules, repeated, rows)
    except PresenceError as error:
        return _Failed(error.problems)


def _find(part: Part) -> Part:
    """Find a part's file on this worker: of the same size, whenever it came here."""
    try:
        found = Path(part.file.path).stat()
    except OSError:
        told = f"the worker on {platform.node()} sees no such file"
        raise EventsError([Problem(part.file.path, told, "a path that all workers share")]) from None
    if found.st_size != part.file.size:
        told = f"{found.st_size:,} bytes on {platform.node()}, not {part.file.size:,}"
        raise EventsError([Problem(part.file.path, told, "the same file on every worker")])
    return replace(part, file=replace(part.file, stamp=found.st_mtime_ns))
