"""Files in S3 come to the same as on a disk, asked of a server on this machine; needs what `make stores` installs."""

from __future__ import annotations

import logging
import os
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from geo.api import Job
from geo.api.events.counts import EventOptions, count_events
from geo.errors import EventsError
from geo.events.dask_cluster import DaskEngine, connect
from geo.events.engines import LocalEngine
from geo.events.stores import found_files
from tests.events.same_counts import digest, write_hive, write_split

moto = pytest.importorskip("moto.server", reason="make stores")
s3fs = pytest.importorskip("s3fs", reason="make stores")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "TOPSECRET", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of S3, and where every tool of AWS looks for it."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}.items():
            patch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()
        yield f"http://{host}:{port}"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_split(tmp_path_factory.mktemp("split"))


@pytest.fixture(scope="module")
def bucket(server: str, split: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = s3fs.S3FileSystem()
    store.mkdir("bucket")
    for file in split:
        store.put(str(file), f"bucket/in/{file.name}")
    store.put(str(write_hive(split, tmp_path_factory.mktemp("hive") / "set")), "bucket/set", recursive=True)
    return store


@pytest.fixture(scope="module")
def whole(split: list[Path]) -> str:
    return digest(*split)


@pytest.mark.parametrize("rows", [700, 3000, 200_000])
@pytest.mark.parametrize(
    "name", ["s3://bucket/in/*.csv", "s3://bucket/in", "s3://bucket/set", "s3://bucket/set/**/*.parquet"]
)
def test_patterns_folders_and_sets_come_to_the_same(rows: int, name: str, bucket: Any, whole: str):
    assert digest(name, engine=LocalEngine(rows)) == whole


def test_two_workers_of_a_cluster_come_to_the_same(bucket: Any, whole: str):
    with connect(libraries=["s3fs"]) as client:
        assert digest("s3://bucket/in/*.csv", engine=DaskEngine(client)) == whole
        assert digest("s3://bucket/in", engine=DaskEngine(client, span=400_000)) == whole
        assert digest("s3://bucket/set", engine=DaskEngine(client)) == whole


def test_a_signed_address_is_read_and_not_shown(bucket: Any, split: list[Path], whole: str):
    signed = [bucket.sign(f"bucket/in/{file.name}", expiration=600) for file in split]
    assert all("Signature" in each for each in signed)
    assert digest(*signed) == whole
    told: list[str] = []
    activity, _, doubts = count_events(signed, None, Job(progress=told.append))
    assert "Signature" not in repr([activity, doubts, told])


def test_a_file_is_known_again_by_its_checksum(bucket: Any, split: list[Path], tmp_path: Path):
    told: list[str] = []
    reading, job = EventOptions(keep=tmp_path / "kept"), Job(progress=told.append)
    bucket.put(str(split[0]), "bucket/kept/0.csv")
    for _ in range(2):
        count_events(["s3://bucket/kept/0.csv"], None, job, reading=reading)
        bucket.put(str(split[0]), "bucket/kept/0.csv")  # written anew, the same
    assert told.count("1 of 1 parts were counted before") == 1
    bucket.put(str(split[1]), "bucket/kept/0.csv")
    bucket.pipe("bucket/kept/0.csv", split[0].read_bytes()[:-1] + b"\n\n")
    count_events(["s3://bucket/kept/0.csv"], None, job, reading=reading)
    assert told.count("1 of 1 parts were counted before") == 1, "another file"


def test_a_file_that_changes_while_it_is_read_is_refused(
    bucket: Any, split: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bucket.put(str(split[0]), "bucket/grow/0.csv")
    grown = split[0].read_bytes() + split[1].read_bytes().splitlines(keepends=True)[1]

    def tell(*_: int) -> None:
        s3fs.S3FileSystem(skip_instance_cache=True).pipe("bucket/grow/0.csv", grown)

    with pytest.raises(EventsError, match=r"s3://bucket/grow/0\.csv: the file changed while it was read"):
        count_events(["s3://bucket/grow/0.csv"], reading=EventOptions(rows=100), pace=tell)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("s3://bucket/in/no.csv", "the store holds nothing of this name"),
        ("s3://nobucket/in/no.csv", "the store holds nothing of this name"),
        ("s3://nobucket/*", "the store holds nothing of this name"),
        ("s3://bucket/in/4*.csv", "no file is of this pattern; expected a pattern of files that are there; nearest: "),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told(name: str, told: str, bucket: Any):
    with pytest.raises(EventsError, match=re.escape(f"{name}: {told}")):
        count_events([name])


def test_wrong_credentials_are_told(bucket: Any, server: str):
    def ask_for_keys(number: bytes) -> None:
        raw = {"Content-Type": "application/octet-stream"}
        urllib.request.urlopen(urllib.request.Request(f"{server}/moto-api/reset-auth", number, raw)).close()

    s3fs.S3FileSystem.clear_instance_cache()
    ask_for_keys(b"0")
    try:
        for name in ("s3://bucket/in/0.csv", "s3://bucket/in/*.csv", "s3://bucket/in"):
            with pytest.raises(
                EventsError, match=r"the store refuses it: there are no credentials, or .* AWS_PROF"
            ) as caught:
                count_events([name])
            assert not any(value in str(caught.value) for value in KEYS.values())
    finally:
        ask_for_keys(b"inf")
        s3fs.S3FileSystem.clear_instance_cache()


def test_a_listing_is_bounded(bucket: Any, monkeypatch: pytest.MonkeyPatch):
    """3,000 names, of which no more than a page is fetched."""
    for number in range(3000):
        bucket.call_s3("put_object", Bucket="bucket", Key=f"many/{number}.csv", Body=b"")
    monkeypatch.setattr(found_files, "MOST_NAMES", 1500)
    pages: list[str] = []
    call = s3fs.S3FileSystem._call_s3

    async def note(store: Any, method: str, *values: Any, **more: Any) -> Any:
        pages.append(method)
        return await call(store, method, *values, **more)

    monkeypatch.setattr(s3fs.S3FileSystem, "_call_s3", note)
    with pytest.raises(
        EventsError, match=r"s3://bucket/many/\*: more than 1,500 names to look through; expected a folder"
    ):
        count_events(["s3://bucket/many/*"])
    assert pages.count("list_objects_v2") <= 2
    assert os.environ["AWS_ACCESS_KEY_ID"] == "testing"
