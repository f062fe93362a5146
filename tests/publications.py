"""A small publication made by hand, with the functions that write one, and keys to sign it; where ssh-keygen is."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from geo.api.publication.ssh_signature import sign
from geo.write.manifest import MANIFEST, SIGNATURE, Manifest, list_files, word_manifest

__all__ = [
    "FILES",
    "PAGES",
    "draw_page",
    "list_manifest",
    "make_key",
    "make_publication",
    "needs_ssh",
    "read_all",
    "seal",
]

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here: openssh-client")

RECORDS = (
    {"groups": ["red", "blue"], "place": "in", "units": ["AF-KAB", "AF-KNR"], "level": "cells", "source": "s"},
    {"groups": ["blue"], "place": "region", "units": ["AF-NAN"], "region": "Eastern", "level": "cells"},
    {"groups": ["red"], "place": "unlocated", "level": "cells", "finding": "absent"},
)


def draw_page(
    records: Sequence[Mapping[str, Any]] | Mapping[str, Any] = RECORDS, title: str = "A map", **block: Any
) -> bytes:
    """Write of a page what is read again."""
    data = json.dumps({"version": 2, "records": records, **block})
    return f'<title>{title}</title><script type="application/json" id="presence-data">{data}</script>'.encode()


PAGES = {
    "overlay.html": draw_page(),
    "report.html": draw_page(title="A report"),
    "fa/overlay.html": draw_page(title="نقشه"),
}
FILES: dict[str, bytes] = PAGES | {
    ".gitattributes": b"* -text\n", "index.html": b"<title>A cover</title>\r\n", "overlay.png": bytes(range(256)) * 9,
    "data/presence.yaml": b"presence: {A: [Kabul]}\n", "data/empty.csv": b"", "fa/alt.txt": "متن\r\n".encode(),
}  # fmt: skip


def list_manifest(files: Mapping[str, bytes], as_of: str = "2020-06-14") -> bytes:
    """Write the list of some files."""
    return word_manifest(Manifest("0.1.0", "ab" * 32, as_of, "A test", list_files(files)))


def seal(files: Mapping[str, bytes] = FILES, key: Path | None = None, as_of: str = "2020-06-14") -> dict[str, bytes]:
    """Add to files their list and, with a key, its signature."""
    listed = list_manifest(files, as_of)
    return {**files, MANIFEST: listed} | ({SIGNATURE: sign(listed, key)[0]} if key else {})


def make_publication(
    folder: Path, files: Mapping[str, bytes] = FILES, key: Path | None = None, as_of: str = "2020-06-14"
) -> Path:
    """Write a publication into a folder, in place of what stands there."""
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in seal(files, key, as_of).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def read_all(folder: Path) -> dict[str, bytes]:
    """Read all files of a folder by their path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def make_key(folder: Path, name: str, kind: str = "ed25519", passphrase: str = "") -> Path:
    """Make an SSH key, once."""
    path = folder / name
    words = ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", name, "-f", str(path)]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    return path
