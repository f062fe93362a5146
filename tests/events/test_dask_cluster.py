"""Counts of a Dask cluster are those of one machine, whoever dies meanwhile; what a cluster lacks is told."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from distributed import CancelledError
from distributed.scheduler import NoWorkerError

from geo.errors import EventsError, name_install
from geo.events import dask_cluster
from geo.events.count_chunk import Rules
from geo.events.dask_cluster import DaskEngine, connect
from geo.events.engines import Engine, LocalEngine
from geo.events.files.chunks import Part, list_parts
from geo.events.files.inspect_file import inspect_file
from geo.events.merge import Totals, count_all
from geo.events.outside_units import UnitNames
from tests.daily import choose, takes_long
from tests.events.conftest import ACTORS, PAIR, Write, event
from tests.events.same_counts import RULES, digest, write_hive, write_split
from tests.events.web_server import serve_folder


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(folder))
        with connect() as client:
            assert list(folder.iterdir())
            yield client
    assert list(folder.rglob("*")) == [], "a cluster leaves nothing behind"


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four files, 10,000 events in all: every seventh has a line break in its note, every second stands twice."""
    return write_split(tmp_path_factory.mktemp("split"))


def list_all(*paths: Path) -> list[Part]:
    return [part for path in paths for part in list_parts(inspect_file(path))]


def count(engine: Engine, parts: list[Part], rules: Rules = RULES) -> Totals:
    return count_all(parts, rules, engine)


def keep_once(paths: list[Path], folder: Path) -> Path:
    """Write rows, each twice under one id, into a Parquet file of several groups of rows."""
    table = pd.concat(pd.read_csv(path, dtype=str, keep_default_na=False) for path in paths)
    table = table.iloc[[number // 2 for number in range(len(table))]]
    table["event_id_cnty"] = [f"AFG{number // 2}" for number in range(len(table))]
    table.to_parquet(folder / "events.parquet", row_group_size=3000)
    return folder / "events.parquet"


def test_four_files_with_line_breaks_and_ids_in_common_come_to_the_same(client: Any, split: list[Path]):
    here, there = (count(engine, list_all(*split)) for engine in (LocalEngine(), DaskEngine(client, rows=700)))
    assert there == here
    assert here.counts.tally["read"] == 10_000
    assert len(here.repeats.counts) == 2
    assert here.counts.tally["duplicate"] == sum(here.repeats.counts.values()) > here.counts.tally["counted"] > 0
    assert here.counts.places


def test_spans_of_files_and_a_set_of_parquet_come_to_the_same(client: Any, split: list[Path], tmp_path: Path):
    whole = digest(*split)
    for span in (1 << 30, 400_000, 90_000):
        engine = DaskEngine(client, span=span)
        assert digest(*split, engine=engine) == whole
        assert count(engine, list_all(*split)) == count(LocalEngine(), list_all(*split)), "rows have their numbers"
        assert not engine.whole
    assert digest(write_hive(split, tmp_path / "hive"), engine=DaskEngine(client)) == whole


@takes_long
def test_spans_of_files_on_the_web_come_to_the_same(client: Any, split: list[Path]):
    whole = digest(*split)
    with serve_folder(split[0].parent) as web:
        files = [f"{web.address}/ok/{file.name}" for file in split]
        assert digest(*files, engine=DaskEngine(client, span=400_000)) == whole
        parts = web.asked["GET", "/ok/0.csv"]
    assert parts > 10, "each worker reads its own"


@pytest.mark.parametrize(
    "odd",
    ['AFG1,2020-07-01,1,Taliban,5" gun,,,31.5,61.5,1,note,2', 'AFG1,2020-07-01,1,Tali"ban",,,,31.5,61.5,1,note,2',
     "\nA note below the table", "AFG1,2020-07-01", "AFG1" + "," * 12 + "x", 'AFG1,"2020',
     'AFG1,soon,1,Taliban,,,,31.5,61.5,1,"a\nb\n\n,"",",2'],
)  # fmt: skip
def test_a_file_whose_spans_prove_nothing_is_counted_or_refused_whole(odd: str, client: Any, write: Write):
    path = write([event(number, notes='a "word",\nand more') for number in range(90)])
    lines = path.read_text("utf-8").split("\nAFG40,")
    path.write_text(f"{lines[0]}\n{odd}\nAFG40,{lines[1]}", "utf-8")
    engine = DaskEngine(client, span=2000)
    assert say(engine, path) == say(LocalEngine(), path)


@takes_long
def test_groups_of_rows_of_a_parquet_file_come_to_the_same(client: Any, split: list[Path], tmp_path: Path):
    parts = list_all(keep_once(split, tmp_path))
    told: list[tuple[int, int]] = []
    engine = DaskEngine(client, tell=lambda place, rows, size: told.append((place, rows)))
    here = count(LocalEngine(), parts)
    assert count(engine, parts) == here
    assert sorted(told) == [(0, 3000), (1, 3000), (2, 3000), (3, 1000)]
    assert here.counts.tally["duplicate"] > 0


CASES = Path(__file__).parents[1] / "data" / "events"
ODD = (["events-ids.csv", "events-ids-float.csv"], ["events-deaths.csv", "events-acled-api.json"], ["events.geojson"],
       ["events-year-0202.csv"], ["events-slashes.csv"])  # fmt: skip


def test_odd_files_come_to_the_same_and_are_told_by_the_same_names(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(CASES)
    (tmp_path / "near.csv").write_text(
        "id,date,lat,lon,adm_1,country\n7,2020-07-01,37.2437,67.4215,Balkh province,Afghanistan\n"
    )
    rules = replace(RULES, actors=None, claims=UnitNames((("balkh", 3),), ("afghanistan",)))
    notes: dict[str, int] = {}
    samples: dict[str, Any] = {}
    for names in (*ODD, [str(tmp_path / "near.csv")]):
        parts = list_all(*map(Path, names))
        here, there = (count(engine, parts, rules) for engine in (LocalEngine(), DaskEngine(client)))
        assert there == here
        notes |= here.counts.notes
        samples |= here.counts.samples
    assert notes == {"unread_deaths": 2, "grouped_deaths": 1, "nearby": 1}
    assert samples["far_year"] == (("events-year-0202.csv", 2, "0202-07-01"),)


@takes_long
def test_rules_of_two_counts_on_one_cluster_do_not_mix(client: Any, split: list[Path]):
    parts, engine = list_all(*split), DaskEngine(client)
    first = engine.count(parts, RULES)
    next(first)
    yearly = replace(RULES, by="year")
    assert count(engine, parts, yearly) == count(LocalEngine(), parts, yearly)
    assert len(list(first)) == 3


def kill_over(name: str, marker: Path | None = None) -> Callable[..., Any]:
    """Make what kills the worker that counts a file; with a marker, only the first."""

    def count(part: Part, sent: Any) -> Any:
        if part.file.path.endswith(name) and not (marker and marker.exists()):
            if marker:
                marker.touch()
            time.sleep(2)  # whoever dies while it is born is not replaced
            os.kill(os.getpid(), signal.SIGKILL)
        return dask_cluster._count(part, sent)

    return count


@takes_long
def test_a_worker_that_dies_in_the_middle_changes_nothing(
    client: Any, split: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    before = set(client.run(os.getpid).values())
    monkeypatch.setattr(dask_cluster, "_count", kill_over("1.csv", tmp_path / "died"))
    assert count(DaskEngine(client), list_all(*split)) == count(LocalEngine(), list_all(*split))
    client.wait_for_workers(2, timeout=60)
    assert len(before & set(client.run(os.getpid).values())) == 1


@takes_long
def test_a_file_over_which_every_worker_dies_is_named_after_the_others_are_counted(
    client: Any, split: list[Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(client.cluster.scheduler, "allowed_failures", 1)
    monkeypatch.setattr(dask_cluster, "_count", kill_over("0.csv"))
    done: list[int] = []
    with pytest.raises(EventsError, match=r"0\.csv: workers died over this file, .* --chunk$") as caught:
        done.extend(place for place, _ in DaskEngine(client).count(list_all(*split), RULES))
    assert len(caught.value.problems) == 1
    assert sorted(done) == [1, 2, 3]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("," * 12 + "x\n", "events.csv: a row of more cells than the header has: row 3"),
        ('AFG2,"2020\n', "events.csv: a quote that is never closed: row 3"),
        ("\n", "{'read': 1, 'counted': 1}"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_as_on_one_machine(
    more: str, told: str, client: Any, write: Write, monkeypatch: pytest.MonkeyPatch
):
    path = write([event(1)])
    path.write_text(path.read_text("utf-8") + more, "utf-8")
    monkeypatch.chdir(path.parent)
    assert [say(engine, Path("events.csv")).partition(";")[0] for engine in (LocalEngine(), DaskEngine(client))] == [
        told,
        told,
    ]


def say(engine: Engine, path: Path) -> str:
    try:
        return str(count(engine, list_all(path), Rules(PAIR, ACTORS)).counts.tally)
    except EventsError as error:
        return str(error)


def test_a_damaged_parquet_file_is_told_as_on_one_machine(client: Any, split: list[Path], tmp_path: Path):
    path = keep_once(split, tmp_path)
    data = bytearray(path.read_bytes())
    data[200 : len(data) // 2] = b"\xff" * (len(data) // 2 - 200)
    path.write_bytes(data)
    said = []
    for engine in (LocalEngine(), DaskEngine(client)):
        with pytest.raises(EventsError, match="a damaged Parquet file") as caught:
            count(engine, list_all(path)[:1])
        said.append(str(caught.value))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda path: path.unlink(), r"events\.csv: the worker on \S+ sees no such file; expected a path that all"),
        (lambda path: path.write_text("a"), r"events\.csv: 1 bytes on \S+, not \d+; expected the same file on every"),
        (lambda path: (path.unlink(), path.mkdir()), r"events\.csv: [\d,]+ bytes on \S+, not"),
    ],
)
def test_a_worker_without_the_file_is_told(change: Callable[[Path], Any], told: str, client: Any, write: Write):
    path = write([event(1)])
    parts = list_all(path)
    change(path)
    with pytest.raises(EventsError, match=told):
        count(DaskEngine(client), parts, Rules(PAIR))


def test_a_file_that_came_to_a_worker_at_another_time_is_the_same(client: Any, write: Write):
    path = write([event(1)])
    parts = list_all(path)
    os.utime(path, (0, 0))
    with pytest.raises(EventsError, match="changed"):
        count(LocalEngine(), parts, Rules(PAIR))
    assert count(DaskEngine(client), parts, Rules(PAIR)).counts.tally == {"read": 1, "counted": 1}


def test_a_worker_of_another_version_that_came_later_is_told(
    client: Any, write: Write, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dask_cluster, "__version__", "0.0")
    with pytest.raises(EventsError, match=r"a worker with presence-maps \d.*; expected presence-maps 0\.0, as where"):
        count(DaskEngine(client), list_all(write([event(1)])), Rules(PAIR))


class FakeClient:
    """A cluster with some workers."""

    def __init__(self, *workers: object) -> None:
        self.workers = workers

    def wait_for_workers(self, number: int, timeout: str) -> None:
        if len(self.workers) < number:
            raise TimeoutError

    def run(self, function: object, on_error: str) -> dict[str, object]:
        assert on_error == "return"
        return {f"tcp://w:{place}": each for place, each in enumerate(self.workers, 1)}


SAME = dask_cluster._describe_worker()


@pytest.mark.parametrize(
    ("workers", "told"),
    [
        ([SAME], []),
        ([SAME, SAME | {"more": "1"}], []),
        ([], ["--engine dask: no worker answers; expected a scheduler with workers"]),
        (
            [SAME, SAME | {"pandas": "1"}, SAME | {"Python": "3.9", "shapely": "1"}],
            [
                "tcp://w:2: a worker with pandas 1;",
                "tcp://w:3: a worker with Python 3.9;",
                "tcp://w:3: a worker with shapely 1;",
            ],
        ),
        ([{}], [f"tcp://w:1: a worker with {key} None; expected {key} {SAME[key]}, as where" for key in SAME]),
        (
            [ModuleNotFoundError("No module named 'geo'")],
            ["tcp://w:1: a worker that cannot do the work: No module named 'geo'; expected workers with presence-maps"],
        ),
    ],
)
def test_workers_are_looked_at_before_the_work(workers: list[object], told: list[str]):
    try:
        dask_cluster._check_workers(FakeClient(*workers), "--engine dask")
        said = []
    except EventsError as error:
        said = [str(problem) for problem in error.problems]
    assert len(said) == len(told)
    assert all(line.startswith(begin) for line, begin in zip(said, told, strict=True))


def test_a_worker_without_the_library_of_a_store_is_told():
    here = dask_cluster._describe_worker(["fsspec"])
    assert here == SAME | {"fsspec": "installed"}
    with pytest.raises(
        EventsError, match="tcp://w:2: a worker without fsspec, which the files need; expected it there: "
    ):
        dask_cluster._check_workers(FakeClient(here, SAME), "--engine dask", ["fsspec"])


class FakeFuture:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def result(self) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "a worker has not memory enough for this file; expected more memory for each, or a smaller"),
        (ModuleNotFoundError("No module named 'x'"), "a worker that cannot do the work: No module named 'x'; expected"),
        (NoWorkerError("key", 60), "no worker is left; expected a running cluster; --resume"),
        (CancelledError("key"), "the connection to the scheduler is lost; expected a running cluster; --resume"),
        (ConnectionError("gone"), "the connection to the scheduler is lost; expected a running cluster; --resume"),
    ],
)
def test_what_a_worker_could_not_do_is_about_a_file(error: Exception, told: str, write: Write):
    (part,) = list_all(write([event(1)]))
    with pytest.raises(EventsError) as caught:
        dask_cluster._unpack(FakeFuture(error), part)
    assert str(caught.value).startswith(f"{part.file.path}: {told}")


def test_a_fault_of_the_program_stays_one(write: Write):
    (part,) = list_all(write([event(1)]))
    with pytest.raises(ZeroDivisionError):
        dask_cluster._unpack(FakeFuture(ZeroDivisionError()), part)


ADDRESSES = {
    "tcp://127.0.0.1:9": "no scheduler answers: Timed out trying to connect",
    "127.0.0.1:9": "no scheduler answers: Timed out",
    "http://127.0.0.1:9": "no scheduler answers: ",
    "": "no scheduler answers: ",
}


@pytest.mark.parametrize(("address", "told"), choose(ADDRESSES.items(), 1))
def test_a_wrong_address_is_told_soon(address: str, told: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dask_cluster, "WAIT", "1s")
    begun = time.monotonic()
    with pytest.raises(EventsError, match=told) as caught, connect(address):
        pass
    assert str(caught.value).endswith("; expected the address of a running scheduler, tcp://HOST:8786")
    assert time.monotonic() - begun < 15


def test_whoever_lacks_dask_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(EventsError) as caught, connect():
        pass
    remedy = name_install("dask", "distributed")
    assert str(caught.value) == f"--engine dask: Dask is not installed; expected it: {remedy}"
