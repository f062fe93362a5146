"""Files come from folders, patterns, pipes and stores, and count the same; what fails is told without secrets."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import fsspec
import pandas as pd
import pytest

import geo
from geo.api import Job
from geo.api.events.counts import EventOptions, count_events
from geo.errors import EventsError, PresenceError
from geo.events.engines import LocalEngine
from geo.events.files import effort
from geo.events.files.inspect_file import inspect_file
from geo.events.stores import found_files, remote_files
from geo.events.stores.addresses import Address, cut_secrets
from geo.events.stores.found_files import find_files
from tests.cli.conftest import run_presence
from tests.daily import IS_WHOLE
from tests.events.same_counts import digest, write_hive, write_split
from tests.events.web_server import WebServer, serve_folder

ROWS = "id,date,lat,lon\n{},2020-07-01,34.53,69.17\n"


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_split(tmp_path_factory.mktemp("split"))


@pytest.fixture(scope="module")
def whole(split: list[Path]) -> str:
    return digest(*split)


@pytest.fixture
def memory() -> Iterator[Any]:
    """A store in memory."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pseudo_dirs[:] = [""]
    yield store
    store.store.clear()


@pytest.fixture
def web(split: list[Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    if not IS_WHOLE:  # One run of all tests ended in a corrupted heap while such a server's threads were there.
        pytest.skip("in a process of its own: make stores")
    monkeypatch.setattr(remote_files, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(remote_files, "BLOCK", 1 << 18)
    with serve_folder(split[0].parent) as server:
        yield server


@pytest.mark.parametrize("rows", [61, 3000, 200_000])
def test_chunks_of_any_size_come_to_the_same(rows: int, split: list[Path], whole: str):
    assert digest(*split, engine=LocalEngine(rows)) == whole


def test_patterns_and_folders_come_to_the_same(split: list[Path], whole: str, tmp_path: Path):
    folder = split[0].parent
    assert digest(f"{folder}/*.csv") == digest(f"{folder}/**/[0-3].csv") == digest(folder) == whole
    assert digest(write_hive(split, tmp_path / "hive")) == whole
    assert digest(f"{tmp_path}/hive/geo_precision=[123]/*.parquet") == whole


def test_a_store_comes_to_the_same(split: list[Path], whole: str, memory: Any, tmp_path: Path):
    for file in split:
        memory.pipe(f"bucket/in/{file.name}", file.read_bytes())
    memory.put(str(write_hive(split, tmp_path / "hive")), "/bucket/hive", recursive=True)
    assert digest("memory://bucket/in/*.csv") == digest("memory://bucket/in") == whole
    assert digest("memory://bucket/hive") == digest("memory://bucket/**/*.parquet") == whole


@pytest.mark.parametrize("how", ["ok", "plain", "nosize", "falters", "bare"])
def test_the_web_comes_to_the_same(how: str, split: list[Path], whole: str, web: WebServer):
    assert digest(*(f"{web.address}/{how}/{file.name}?key=secret" for file in split)) == whole
    assert not list(Path(os.environ.get("TMPDIR", "/tmp")).glob("presence-*/copy")), "a copy is gone afterwards"


def test_standard_input_comes_to_the_same(split: list[Path], whole: str, monkeypatch: pytest.MonkeyPatch):
    first = split[0].read_bytes()
    data = io.BytesIO(first + b"".join(file.read_bytes().partition(b"\n")[2] for file in split[1:]))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=data, isatty=lambda: False))
    assert digest("-") == whole


def find(*names: Path | str) -> list[str]:
    with find_files(names, lambda _: None) as found:
        return found


def test_files_are_sorted_and_a_name_that_is_there_is_no_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.csv", "a[1].csv", "-", ".c.csv", "d/e.csv", "d/_f/g.csv", "d/year=2020/h.parquet", "d/read.me"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    Path("d/loop").symlink_to("..")
    assert find("*") == ["./-", "a[1].csv", "b.csv"]
    assert find("a[1].csv") == ["a[1].csv"]
    assert find("[ab]*.csv") == ["a[1].csv", "b.csv"]
    assert find("**/*.csv") == ["a[1].csv", "b.csv", "d/_f/g.csv", "d/e.csv"]
    assert find("d") == ["d/e.csv", "d/year=2020/h.parquet"]
    assert find("./d/") == ["./d/e.csv", "./d/year=2020/h.parquet"]
    assert find(tmp_path / "*.csv") == [f"{tmp_path}/a[1].csv", f"{tmp_path}/b.csv"]
    assert find("b.csv", "missing.csv") == ["b.csv", "missing.csv"], "whoever opens it says that it is not there"
    assert find(*find("*")) == find("*")


def test_what_is_passed_over_in_a_folder_is_told(tmp_path: Path):
    for name in ("a.csv", *(f"{number}.pdf" for number in range(5))):
        (tmp_path / name).touch()
    told: list[str] = []
    with find_files([tmp_path], told.append):
        assert told == [f"{tmp_path}: passed over, as by its ending no file of events: 0.pdf, 1.pdf, 2.pdf and 2 more"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("*.tsv", "*.tsv: no file is of this pattern; expected a pattern of files that are there; nearest: "),
        ("evnts-*.csv", "there; nearest: events-"),
        ("no/*.csv", "no/*.csv: no file is of this pattern"),
        ("empty", "empty: a folder without a file of events; it holds notes.txt; expected files that end in .csv,"),
        ("ftp://host/a.csv", "ftp://host/a.csv: ftp://, which is no store that is known here; expected a path, or an"),
        ("ftp://me:secret@host/a.csv?k=secret", "ftp://host/a.csv: ftp://"),
        ("memory://bucket/evnts-*", "memory://bucket/evnts-*: no file is of this pattern; expected a pattern of files "
         "that are there; nearest: events-3.csv"),
        ("memory://no/a.csv", "memory://no/a.csv: the store holds nothing of this name"),
        ("memory://no/*.csv", "memory://no/*.csv: the store holds nothing of this name"),
        ("memory://bucket/deep", "memory://bucket/deep: a folder without a file of events; it holds x.txt"),
        ("memory://KEY:se/cr@bucket/*.csv", "memory://bucket/*.csv: the store holds nothing of this name"),
    ],
)  # fmt: skip
def test_a_name_without_a_file_is_refused(
    name: str, told: str, tmp_path: Path, memory: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for each in ("events-1.csv", "events-2.csv", "empty/notes.txt"):
        Path(each).parent.mkdir(exist_ok=True)
        Path(each).touch()
    memory.pipe("bucket/events-3.csv", b"")
    memory.pipe("bucket/deep/x.txt", b"")
    with pytest.raises(EventsError) as caught:
        count_events([name])
    assert told in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "KEY" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a.csv", "https://example.org/a.csv"),
        ("https://example.org:8080/a@b.csv", "https://example.org:8080/a@b.csv"),
        ("https://me:secret@example.org/a.csv", "https://example.org/a.csv"),
        ("https://secret@example.org:8080/a.csv", "https://example.org:8080/a.csv"),
        ("https://me:sec/ret@example.org/a.csv", "https://example.org/a.csv"),
        ("https://b.s3.amazonaws.com/a.csv?X-Amz-Signature=secret&X-Amz-Credential=secret", "https://b.s3.amazonaws.com/a.csv"),
        ("https://example.org?key=secret", "https://example.org"),
        ("https://example.org/a.csv#secret", "https://example.org/a.csv"),
        ("https://example.org/?u=a@secret", "https://example.org/"),
        ("HTTPS://me:secret@Example.org/a.csv", "https://Example.org/a.csv"),
        ("https://me:s@secret@example.org/a.csv", "https://example.org/a.csv"),
        ("s3://bucket/a.csv", "s3://bucket/a.csv"),
        ("s3://bucket/202?/*.csv", "s3://bucket/202?/*.csv"),
        ("s3://bucket/a.csv?versionId=secret", "s3://bucket/a.csv"),
        ("s3://AKIA:secret@bucket/a.csv", "s3://bucket/a.csv"),
        ("s3://AKIA:sec/ret@bucket/a.csv", "s3://bucket/a.csv"),
        ("s3://bucket/who@example.org.csv", "s3://bucket/who@example.org.csv"),
        ("az://container/a.csv?sv=2020&sig=secret", "az://container/a.csv"),
        ("abfs://container@account.dfs.core.windows.net/a.csv", "abfs://account.dfs.core.windows.net/a.csv"),
        ("data/a?b=c@d.csv", "data/a?b=c@d.csv"),
        ("a.csv", "a.csv"),
    ],
)  # fmt: skip
def test_no_name_that_is_shown_holds_a_secret(address: str, shown: str):
    assert cut_secrets(address) == shown
    assert "secret" not in shown


def test_an_address_keeps_what_it_does_not_show():
    address = Address("https://h/a.csv", "https://h/a.csv?key=secret", "sum")
    again = pickle.loads(pickle.dumps(address))
    assert (again, again.place, again.checksum) == (address, address.place, "sum")
    for said in (f"{address}", str(address), repr(address), "%s" % address, repr([address])):  # noqa: UP031
        assert "secret" not in said


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("stops", "the store stopped after 524,288 of 1,5"),
        ("cuts", "the store stopped after "),
        ("grows", "the file changed while it was read; expected a file that stays as it is"),
        ("no", "the store holds nothing of this name"),
        ("secret", "the store refuses it: there are no credentials, or they give no right to it"),
        ("forbidden", "the store refuses it"),
        ("broken", "the store failed: ClientResponseError 500; expected the command again; with --resume"),
    ],
)  # fmt: skip
def test_a_store_that_fails_is_told_without_secrets(
    how: str, told: str, web: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    host = web.address.removeprefix("http://")
    result = run_presence(
        "events", f"http://me:SECRET@{host}/{how}/0.csv?X-Amz-Signature=SECRET", "--to", "counts", code=1
    )
    assert f"http://{host}/{how}/0.csv: " in result.stderr
    assert told[:20] in result.stderr
    assert "SECRET" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_not_there_is_told():
    with pytest.raises(EventsError, match=r"http://127\.0\.0\.1:1/a\.csv: the store cannot be reached; expected the"):
        count_events(["http://127.0.0.1:1/a.csv?k=SECRET"])


def test_what_a_library_says_is_not_passed_on(memory: Any, monkeypatch: pytest.MonkeyPatch):
    memory.pipe("bucket/a.csv", ROWS.format(1).encode())

    def fail(*_: object, **__: object) -> None:
        raise ValueError("SECRET")

    monkeypatch.setattr(memory, "open", fail)
    with pytest.raises(EventsError, match=r"a\.csv: the store failed: ValueError; expected the command") as caught:
        count_events(["memory://bucket/a.csv"])
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("missing", "address", "wanted"),
    [
        ("s3fs", "s3://bucket/a.csv", "-m pip install s3fs fsspec"),
        ("gcsfs", "gs://bucket/a.csv", "-m pip install gcsfs fsspec"),
        ("adlfs", "az://bucket/*.csv", "-m pip install adlfs fsspec"),
        ("aiohttp", "https://example.org/a.csv?k=SECRET", "-m pip install aiohttp fsspec"),
        ("fsspec", "s3://bucket/a.csv", "-m pip install s3fs fsspec"),
    ],
)
def test_what_is_missing_is_told_with_what_installs_it(
    missing: str, address: str, wanted: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(EventsError, match=f"an address of a store, which needs {missing}; expected it: ") as caught:
        count_events([address])
    assert str(caught.value).endswith(wanted)
    assert "SECRET" not in str(caught.value)


def test_files_on_this_machine_need_no_library_of_stores(split: list[Path], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    monkeypatch.setattr(remote_files, "connect", None)
    assert count_events([split[0]])[0].tally["read"] == 2500


def test_a_page_and_what_is_kept_hold_no_secret(web: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    host = web.address.removeprefix("http://")
    for signature in ("SECRET1", "SECRET2"):
        address = f"http://me:{signature}@{host}/ok/0.csv?X-Amz-Signature={signature}"
        result = run_presence("events", address, "--resume", "kept", "--to", "map", "--to", "counts", code=0)
        assert "SECRET" not in result.output
        assert ("1 of 1 parts were counted before" in result.stderr) == (signature == "SECRET2")
    made = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made) == 3
    assert not [path for path in made if b"SECRET" in path.read_bytes() or "SECRET" in path.name]
    assert b"0.csv" in (tmp_path / "events" / "events.html").read_bytes()


def test_what_a_store_cannot_know_again_is_not_kept(web: WebServer, tmp_path: Path):
    with pytest.raises(EventsError, match=r"bare/0\.csv: its store gives neither checksum nor date, so --resume"):
        count_events([f"{web.address}/bare/0.csv"], reading=EventOptions(keep=tmp_path / "kept"))


def test_a_run_that_a_store_ended_goes_on(memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Three files, of which the second ends in the middle: the first is kept, and counted no more."""
    for number in range(3):
        memory.pipe(f"bucket/{number}.csv", ROWS.format(number).encode())
    told: list[str] = []
    job, reading = Job(progress=told.append), EventOptions(keep=tmp_path / "kept", rows=1)
    opened = remote_files._StoredFile.read

    def stop(file: Any, size: int = -1) -> bytes:
        if file._name.endswith("1.csv") and reading.keep and reading.keep.exists():
            raise EventsError([geo.errors.Problem(file._name, "the store stopped")])
        return opened(file, size)

    with monkeypatch.context() as patch:
        patch.setattr(remote_files._StoredFile, "read", stop)
        with pytest.raises(EventsError, match=r"1\.csv: the store stopped"):
            count_events(["memory://bucket/*.csv"], None, job, reading=reading)
    assert len(list((tmp_path / "kept").iterdir())) == 1
    activity = count_events(["memory://bucket/*.csv"], None, job, reading=reading)[0]
    assert "1 of 3 parts were counted before" in told
    assert activity.tally == {"read": 3, "counted": 3}
    memory.pipe("bucket/0.csv", ROWS.format(7).encode())
    count_events(["memory://bucket/*.csv"], None, job, reading=reading)
    assert "2 of 3 parts were counted before" in told, "one that was written anew is another"


def test_a_file_that_grows_while_it_is_read_is_refused(memory: Any, monkeypatch: pytest.MonkeyPatch):
    memory.pipe("bucket/a.csv", ROWS.format(1).encode())
    look = inspect_file

    def grow(path: str, *values: Any, **more: Any) -> Any:
        found = look(path, *values, **more)
        memory.pipe("bucket/a.csv", (ROWS.format(1) + "2,2020-07-01,34.53,69.17\n").encode())
        return found

    monkeypatch.setattr("geo.events.files.inspect_file.inspect_file", grow)
    with pytest.raises(EventsError, match=r"memory://bucket/a\.csv: the file changed while it was read"):
        count_events(["memory://bucket/a.csv"])


def test_a_listing_of_very_many_names_ends_in_words(memory: Any, monkeypatch: pytest.MonkeyPatch):
    data = memory.open("bucket/a.csv", "wb")
    memory.store.update({f"/bucket/{number}.csv": data for number in range(100_000)})
    for name, told in {
        "memory://bucket": "more than 100,000 names to look through; expected a folder or a pattern of fewer",
        "memory://bucket/*.csv": "more than 100,000 names to look through",
        "memory://bucket/*": "more than 100,000 names to look through",
    }.items():
        with pytest.raises(EventsError, match=told):
            find(name)
    del memory.store["/bucket/0.csv"]
    with pytest.raises(
        EventsError, match=r"bucket/\*: more than 10,000 files; expected a folder or a pattern of fewer"
    ):
        find("memory://bucket/*")
    assert len(find("memory://bucket/77*.csv")) == 1111


def test_names_on_this_machine_are_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(found_files, "MOST_NAMES", 3)
    for number in range(4):
        (tmp_path / f"{number}.csv").touch()
    with pytest.raises(EventsError, match="more than 3 names to look through"):
        find(tmp_path)


HIVE = "id,date,lat,lon,actor\n1,2020-07-01,34.53,69.17,A\n"


def save(folder: Path, name: str, text: str = HIVE) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".csv"):
        path.write_text(text)
    else:
        pd.read_csv(io.StringIO(text), dtype=str).to_parquet(path)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_folders_that_are_columns_count_as_columns(ending: str, tmp_path: Path):
    text = "id,lat,lon\n{},34.53,69.17\n"
    for number, (year, actor) in enumerate([("2019", "A%20b"), ("2020", "__HIVE_DEFAULT_PARTITION__")]):
        save(tmp_path, f"year={year}/actor={actor}/x.{ending}", text.format(number))
    (tmp_path / "year=2019" / "_SUCCESS").touch()
    activity = count_events(
        [tmp_path], geo.read.actor_list.Actors({"a": "A"}, {"A b": "a"}), reading=EventOptions(by="year")
    )[0]
    assert [(each.group, str(each.period), each.events) for each in activity.counts if each.group] == [("a", "2019", 1)]


def test_a_column_of_the_file_comes_before_that_of_a_folder(tmp_path: Path):
    save(tmp_path, "date=2030-01-01/x.csv", "id,event_date,lat,lon\n1,2020-07-01,34.53,69.17\n")
    save(tmp_path, "DATE=2030-01-01/y.csv", "id,date,lat,lon\n2,2020-07-01,34.53,69.17\n")
    activity = count_events([tmp_path], reading=EventOptions(by="year"))[0]
    assert [(str(each.period), each.events) for each in activity.counts] == [("2020", 2)]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("id,date,lat,lon\n2,2020-07-01,34.53,69.17\n", r"year=2020/b\.parquet: a part of \S+ without actor, unlike "),
        (
            "id,date,lat,lon,actor,deaths\n2,2020-07-01,34.53,69.17,A,1\n",
            r"a part of \S+ with deaths, unlike \S+a\.par",
        ),
        ("id,event_date,lat,lon,actor\n2,2020-07-01,34.53,69.17,A\n", "without date and with event_date"),
        ("id,date,lat,lon,actor,note\n2,2020-07-01,34.53,69.17,A,-\n", ""),
    ],
)
def test_a_part_with_other_columns_is_named(other: str, told: str, tmp_path: Path):
    save(tmp_path, "year=2019/a.parquet")
    save(tmp_path, "year=2020/b.parquet", other)
    if told:
        with pytest.raises(EventsError, match=told):
            count_events([tmp_path])
    else:
        assert count_events([tmp_path])[0].tally["read"] == 2


def test_coordinates_are_not_taken_from_a_folder(tmp_path: Path):
    save(tmp_path, "lat=34.53/a.csv", "id,date,lon,x\n1,2020-07-01,69.17,1\n")
    with pytest.raises(PresenceError, match=r"a\.csv(:1:1)?: (coordinates in the name of a folder|an unknown format)"):
        count_events([tmp_path])


@pytest.mark.parametrize(
    ("words", "answer", "said", "code"),
    [
        ((), None, "expected --yes where it is to be counted here all the same", 1),
        (("--yes",), None, "1 of 1 event counted", 0),
        ((), "n\n", "expected --yes", 1),
        ((), "y\n", "1 of 1 event counted", 0),
    ],
)
def test_very_much_is_asked_about_before(
    words: tuple[str, ...], answer: str | None, said: str, code: int, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(effort, "MUCH", 10)
    Path("a.csv").write_text(ROWS.format(1))
    monkeypatch.setattr("geo.cli.events.ask", lambda question: answer)
    monkeypatch.setattr("geo.cli.events._is_terminal", lambda: answer is not None)
    result = run_presence("events", "a.csv", "--to", "counts", *words, code=code)
    assert said in result.stderr
    assert Path("events").exists() == (code == 0)
    if code:
        assert "a.csv: 0 GB are to be counted on this machine, which may take 1 min; expected" in result.stderr


def test_a_program_is_told_that_much_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(effort, "MUCH", 10)
    (tmp_path / "a.csv").write_text(ROWS.format(1))
    with pytest.warns(geo.PresenceWarning, match="are to be counted on this machine, which may take 1 min"):
        assert geo.count_events([tmp_path / "*.csv"]).tally["read"] == 1


def test_what_is_kept_is_not_asked_about_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.csv").write_text(ROWS.format(1))
    asked: list[str] = []

    def agree(told: str) -> bool:
        asked.append(told)
        return True

    reading = EventOptions(keep=tmp_path / "kept", agree=agree)
    monkeypatch.setattr(effort, "MUCH", 10)
    for _ in range(2):
        count_events([tmp_path / "a.csv"], reading=reading)
    assert len(asked) == 1


def test_nothing_on_standard_input_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(EventsError, match="-: nothing comes through standard input; expected a file, or - behind a"):
        count_events(["-"])


def test_no_room_for_what_comes_through_a_pipe_is_told(monkeypatch: pytest.MonkeyPatch):
    def fill(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"id"), isatty=lambda: False))
    monkeypatch.setattr("geo.events.stores.found_files.Path.open", fill)
    with pytest.raises(
        EventsError, match=r"standard input: it cannot be copied to .*: No space left on device; expected"
    ):
        count_events(["-"])


@pytest.mark.parametrize("pack", [lambda data: data, lambda data: gzip.compress(data, mtime=0)])
def test_a_pipe_may_be_packed_and_is_known_again_by_its_bytes(
    pack: Callable[[bytes], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told: list[str] = []
    for number in (1, 1, 2):
        data = io.BytesIO(pack(ROWS.format(number).encode()))
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=data, isatty=lambda: False))
        job, reading = Job(progress=told.append), EventOptions(keep=tmp_path / "kept")
        assert count_events(["-"], None, job, reading=reading)[0].sources[0].files == ("standard input",)
    assert [line for line in told if "before" in line] == ["1 of 1 parts were counted before"]
