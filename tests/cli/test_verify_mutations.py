"""A signed folder, changed in any small way, is found changed, by name; a copy by usual means is found whole.

A thousand changes with `make whole`, sixty of them with every run.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.api import VerifyOptions, verify_folder
from geo.errors import PresenceError
from geo.write.manifest import MANIFEST, SIGNATURE
from tests.daily import choose
from tests.publications import FILES, draw_page, make_key, make_publication, needs_ssh, read_all, seal

pytestmark = needs_ssh

GONE = {SIGNATURE: "not signed"}


@dataclass(frozen=True)
class Signed:
    """A signed folder as it was published, before, and by somebody else."""

    files: dict[str, bytes]
    older: dict[str, bytes]
    forged: dict[str, bytes]
    signers: Path


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    keys = tmp_path_factory.mktemp("keys")
    mine, other = make_key(keys, "me"), make_key(keys, "other")
    (keys / "signers").write_text(f"me {mine.with_suffix('.pub').read_text()}")
    before = {**FILES, "overlay.html": draw_page([])}
    return Signed(seal(FILES, mine), seal(before, mine, "2019-01-01"), seal(FILES, other), keys / "signers")


Files = dict[str, bytes]
Mutation = Callable[[random.Random, Files, Signed], set[str]]
"""Changes files, and says which ones must be named."""


def flip(dice: random.Random, files: Files, _: Signed) -> set[str]:
    path = dice.choice(sorted(path for path, data in files.items() if data))
    data = bytearray(files[path])
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    files[path] = bytes(data)
    return {path}


def swap(dice: random.Random, files: Files, _: Signed) -> set[str]:
    while files[(pair := dice.sample(sorted(files), 2))[0]] == files[pair[1]]:
        pass
    one, two = pair
    files[one], files[two] = files[two], files[one]
    return {one, two}


def add(dice: random.Random, files: Files, _: Signed) -> set[str]:
    folder = dice.choice(["", "fa/", "data/", "new/", ".hidden/"])
    path = f"{folder}{dice.choice(['x.js', 'Index.html', '.x', 'manifest.json.bak', 'overlay.html~'])}"
    files[path] = dice.randbytes(dice.randrange(9))
    return {path}


def drop(dice: random.Random, files: Files, _: Signed) -> set[str]:
    path = dice.choice(sorted(files))
    del files[path]
    return {path}


def rename(dice: random.Random, files: Files, _: Signed) -> set[str]:
    path = dice.choice(sorted(files))
    new = dice.choice([path.upper(), f"{path}.bak", f"new/{path}", f"_{path}"])
    files[new] = files.pop(path)
    return {path, new}


def cut(dice: random.Random, files: Files, _: Signed) -> set[str]:
    path = dice.choice(sorted(path for path, data in files.items() if data))
    files[path] = files[path][: dice.randrange(len(files[path]))]
    return {path}


def lengthen(dice: random.Random, files: Files, _: Signed) -> set[str]:
    path = dice.choice(sorted(files))
    files[path] += dice.choice([b"\n", b" ", b"\0", b"<script>1</script>"])
    return {path}


def sign_anew(_: random.Random, files: Files, signed: Signed) -> set[str]:
    files[SIGNATURE] = signed.forged[SIGNATURE]
    return {"signer"}


def turn_back(dice: random.Random, files: Files, signed: Signed) -> set[str]:
    """Put older files in: the list alone, with its signature, or a page of then."""
    which = dice.choice([(MANIFEST,), (MANIFEST, SIGNATURE), (SIGNATURE,), ("overlay.html",)])
    files |= {path: signed.older[path] for path in which}
    return {"overlay.html"} if len(which) == 2 else {*which}


MUTATIONS: tuple[Mutation, ...] = (flip, flip, swap, add, drop, rename, cut, lengthen, sign_anew, turn_back)


def put(folder: Path, files: Files) -> None:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def find(folder: Path, signers: Path) -> str:
    """Verify a folder, and give all that is said against it; "" where it is found whole."""
    try:
        found = verify_folder(folder, VerifyOptions(signers))
    except PresenceError as error:
        return str(error)
    assert found.is_whole == (not found.differing and not found.faults)
    return " ".join([*(f"{each.path}: {each.state}" for each in found.differing), *found.faults])


@pytest.mark.parametrize("part", range(10))
def test_every_change_of_a_signed_folder_is_found_by_name(part: int, signed: Signed, tmp_path: Path) -> None:
    for seed in choose(range(part * 100, part * 100 + 100), 6):
        dice, files = random.Random(seed), dict(signed.files)
        named = dice.choice(MUTATIONS)(dice, files, signed)
        assert files != signed.files
        put(tmp_path / str(seed), files)
        said = find(tmp_path / str(seed), signed.signers)
        # Where there is no list all else is unknown; a signature that is gone is told by what it was asked for.
        wanted = (
            {MANIFEST} if MANIFEST in named else {path if path in files else GONE.get(path, path) for path in named}
        )
        assert [path for path in wanted if path not in said] == [], (seed, said)
        shutil.rmtree(tmp_path / str(seed))


def test_an_older_folder_is_whole_as_what_it_is(signed: Signed, tmp_path: Path) -> None:
    put(tmp_path, signed.older)
    found = verify_folder(tmp_path, VerifyOptions(signed.signers))
    assert (found.is_whole, found.manifest.as_of, found.signer.name) == (True, "2019-01-01", "me")


def by_zip(pub: Path, to: Path) -> None:
    shutil.make_archive(str(to / "packed"), "zip", pub.parent, pub.name)
    shutil.unpack_archive(to / "packed.zip", to)


def by_info_zip(pub: Path, to: Path) -> None:
    subprocess.run(["zip", "-q", "-r", to / "packed.zip", pub.name], cwd=pub.parent, check=True)
    subprocess.run(["unzip", "-q", to / "packed.zip"], cwd=to, check=True)


def by_rsync(pub: Path, to: Path) -> None:
    subprocess.run(["rsync", "-a", pub, to], check=True)


def by_cp(pub: Path, to: Path) -> None:
    subprocess.run(["cp", "-R", pub, to], check=True)


def call_git(*words: str | Path, at: Path) -> None:
    """Run git as on a machine that writes ends of lines of its own."""
    env = {key: text for key, text in os.environ.items() if not key.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_TERMINAL_PROMPT": "0"}
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    ends = ("-c", "core.autocrlf=true", "-c", "core.eol=crlf", "-c", "core.safecrlf=false")
    subprocess.run(["git", *who, *ends, *words], cwd=at, env=env, check=True, capture_output=True)


def by_git(pub: Path, to: Path) -> None:
    """Clone a repository that is the publication."""
    call_git("init", at=pub)
    call_git("add", "-A", at=pub)
    call_git("commit", "-m", "x", at=pub)
    call_git("clone", pub, to / pub.name, at=to)


def by_git_within(pub: Path, to: Path) -> None:
    """Clone a repository that holds it in a folder."""
    call_git("init", at=pub.parent)
    call_git("add", "-A", at=pub.parent)
    call_git("commit", "-m", "x", at=pub.parent)
    call_git("clone", pub.parent, to / "clone", at=to)
    (to / "clone" / pub.name).rename(to / pub.name)


COPIES: dict[str, tuple[Callable[[Path, Path], None], tuple[str, ...]]] = {
    "zip": (by_zip, ()), "Info-ZIP": (by_info_zip, ("zip", "unzip")), "rsync": (by_rsync, ("rsync",)),
    "cp": (by_cp, ("cp",)), "git": (by_git, ("git",)), "git, a folder within": (by_git_within, ("git",)),
}  # fmt: skip


@pytest.mark.parametrize(("copy", "needed"), COPIES.values(), ids=COPIES)
def test_a_copy_is_whole(
    copy: Callable[[Path, Path], None], needed: tuple[str, ...], signed: Signed, tmp_path: Path
) -> None:
    if missing := [each for each in needed if not shutil.which(each)]:
        pytest.skip(f"no {' and '.join(missing)} here")
    for folder in ("from", "to"):
        (tmp_path / folder).mkdir()
    put(tmp_path / "from" / "pub", signed.files)
    copy(tmp_path / "from" / "pub", tmp_path / "to")
    found = verify_folder(tmp_path / "to" / "pub", VerifyOptions(signed.signers))
    assert (found.is_whole, found.faults, found.differing) == (True, (), ())
    assert found.skipped == ((".git",) if copy is by_git else ())


def test_without_its_attributes_git_would_have_changed_it(signed: Signed, tmp_path: Path) -> None:
    """So the copy by git above shows something."""
    if not shutil.which("git"):
        pytest.skip("no git here")
    for folder in ("from", "to"):
        (tmp_path / folder).mkdir()
    pub = make_publication(tmp_path / "from" / "pub", {"a.txt": b"a\nb\n"})
    by_git(pub, tmp_path / "to")
    assert read_all(tmp_path / "to" / "pub")["a.txt"] == b"a\r\nb\r\n"
    assert not verify_folder(pub).differing
