"""A file as a commit holds it: whatever its repository is laid out like, and told by its name where it is missing."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.errors import TableError
from geo.read.table.file_at_commit import read_commit

WHO = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false")


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *WHO, *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


def fill(folder: Path, *words: str) -> Path:
    """Make a repository with two commits of a table and of one in a folder, and a third of something else."""
    git(folder.parent, "init", "-q", "-b", "main", *words, folder.name)
    (folder / "sub").mkdir()
    for text in ("old", "new"):
        for name in ("t.yaml", "sub/a table.yaml"):
            (folder / name).write_text(f"{text} {name}")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", text)
        git(folder, "tag", "-a", "-m", "x", text)
    git(folder, "commit", "-q", "--allow-empty", "-m", "third")
    return folder


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clone(shelf: Path) -> Path:
    return fill(shelf / "clone")


@pytest.mark.parametrize(
    ("revision", "text"),
    [
        ("HEAD", "new"), ("HEAD~2", "old"), ("main", "new"), ("refs/heads/main", "new"), ("old", "old"),
        ("main@{2}", "old"), ("HEAD@{1}", "new"), ("old^{}", "old"), ("@~2", "old"),
    ],
)  # fmt: skip
def test_a_commit_may_be_named_as_git_names_it(clone: Path, revision: str, text: str) -> None:
    assert read_commit(clone / "t.yaml", revision).decode() == f"{text} t.yaml"
    assert read_commit(clone / "sub" / "a table.yaml", revision).decode() == f"{text} sub/a table.yaml"


def test_a_hash_names_a_commit_whole_or_shortened(clone: Path) -> None:
    found = git(clone, "rev-parse", "HEAD~2")
    assert {read_commit(clone / "t.yaml", found[:length]) for length in (8, 40)} == {b"old t.yaml"}


def pack(clone: Path) -> Path:
    git(clone, "pack-refs", "--all")
    git(clone, "gc", "-q")
    return clone


def detach(clone: Path) -> Path:
    git(clone, "checkout", "-q", "--detach", "main")
    return clone


def add_tree(clone: Path) -> Path:
    git(clone, "worktree", "add", "-q", "--detach", "../tree", "main")
    git(clone, "commit", "-q", "--allow-empty", "-m", "a HEAD of its own")
    return clone.parent / "tree"


def separate(clone: Path) -> Path:
    git(clone, "init", "-q", "--separate-git-dir", "../kept")
    return clone


def share(clone: Path) -> Path:
    git(clone.parent, "clone", "-q", "--shared", "clone", "shared")
    git(clone.parent, "clone", "-q", "--shared", "shared", "again")
    return clone.parent / "again"


def borrow_near(clone: Path) -> Path:
    """Name the other store from where the first one is."""
    there = share(clone)
    (there / ".git/objects/info/alternates").write_text("../../../clone/.git/objects\n")
    return there


def rename(clone: Path) -> Path:
    return clone.rename(clone.with_name('odd "\\ \n name'))


def hash_anew(clone: Path) -> Path:
    return fill(clone.with_name("sha256"), "--object-format=sha256")


def lay_pipes(clone: Path) -> Path:
    """Lay pipes where git would read, and wait."""
    for name in ("refs/heads/pipe", "packed-refs", "ORIG_HEAD", "shallow"):
        (clone / ".git" / name).unlink(missing_ok=True)
        os.mkfifo(clone / ".git" / name)
    return clone


def leave_alone(clone: Path) -> Path:
    return clone


@pytest.mark.parametrize(
    "change", [leave_alone, pack, detach, add_tree, separate, share, borrow_near, rename, hash_anew, lay_pipes]
)
@pytest.mark.skipif(os.name != "posix", reason="some of this is of POSIX only")
def test_a_repository_may_be_laid_out(clone: Path, change: Callable[[Path], Path]) -> None:
    there = change(clone)
    assert read_commit(there / "t.yaml", "HEAD~2") == b"old t.yaml"
    assert read_commit(there / "sub" / "a table.yaml", "HEAD") == b"new sub/a table.yaml"


def test_a_link_to_a_folder_leads_into_its_repository(clone: Path, shelf: Path) -> None:
    (shelf / "link").symlink_to(clone / "sub")
    assert read_commit(shelf / "link" / "a table.yaml", "HEAD") == b"new sub/a table.yaml"


def test_the_environment_may_name_the_repository(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it does while git runs a hook."""
    monkeypatch.chdir(clone)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert read_commit("sub/a table.yaml", "old") == b"old sub/a table.yaml"
    (clone / ".git").rename(clone.parent / "kept")
    monkeypatch.setenv("GIT_DIR", str(clone.parent / "kept"))
    monkeypatch.setenv("GIT_WORK_TREE", str(clone))
    monkeypatch.chdir(clone / "sub")
    assert read_commit("a table.yaml", "old") == b"old sub/a table.yaml"


def test_a_commit_is_what_its_hash_says(clone: Path) -> None:
    git(clone, "replace", "HEAD", "old^{commit}")
    assert read_commit(clone / "t.yaml", "HEAD") == b"new t.yaml"


def leave(clone: Path, what: str) -> Path:
    """Clone and leave something at the server."""
    git(clone, "config", "uploadpack.allowFilter", "true")
    git(clone, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(clone.parent, "clone", "-q", what, clone.as_uri(), "less than all")
    return clone.parent / "less than all"


@pytest.mark.parametrize("left", ["blob:none", "tree:0"])
@pytest.mark.parametrize("name", ["t.yaml", "sub/a table.yaml"])
def test_a_file_that_was_not_fetched_is_called_that_and_can_be(clone: Path, left: str, name: str) -> None:
    there = leave(clone, f"--filter={left}")
    assert read_commit(there / name, "HEAD") == f"new {name}".encode()
    with pytest.raises(TableError, match=r"the file of 'old' was not fetched: this clone is partial") as told:
        read_commit(there / name, "old")
    remedy = re.search(r"'(git .*)' does that", str(told.value))
    assert remedy
    subprocess.run(shlex.split(remedy[1].replace("'\"'\"'", "'")), check=True)
    assert read_commit(there / name, "old") == f"old {name}".encode()
    with pytest.raises(TableError, match="does not hold this file"):
        read_commit(there / "other.yaml", "HEAD")


def test_a_commit_that_was_not_fetched_is_told_how_to_get(clone: Path) -> None:
    there = leave(clone, "--depth=1")
    assert read_commit(there / "t.yaml", "HEAD") == b"new t.yaml"
    with pytest.raises(TableError, match=r"no commit 'HEAD~2'; .*'(git fetch --unshallow)'"):
        read_commit(there / "t.yaml", "HEAD~2")
    git(there, "fetch", "-q", "--unshallow")
    assert read_commit(there / "t.yaml", "HEAD~2") == b"old t.yaml"


def test_a_commit_needs_none_before_it(clone: Path) -> None:
    found = git(clone, "rev-parse", "HEAD~1")
    (clone / ".git/objects" / found[:2] / found[2:]).unlink()
    assert read_commit(clone / "t.yaml", "HEAD") == b"new t.yaml"


def test_a_file_that_is_lost_is_not_called_unfetched(clone: Path) -> None:
    found = git(clone, "rev-parse", "old:t.yaml")
    (clone / ".git/objects" / found[:2] / found[2:]).unlink()
    with pytest.raises(TableError, match="missing from the repository, which is damaged"):
        read_commit(clone / "t.yaml", "old")


@pytest.mark.parametrize("line", ["//host/share/objects", "\\\\host\\share", '"\\057/host/share"'])
@pytest.mark.parametrize("steps", [0, 1])
def test_no_other_machine_is_asked_for_objects(clone: Path, line: str, steps: int) -> None:
    there = share(clone) if steps else clone
    (clone / ".git/objects/info/alternates").write_text(f"# a remark\n{line}\n")
    with pytest.raises(TableError, match="objects are to be looked for on another machine"):
        read_commit(there / "t.yaml", "HEAD")


@pytest.mark.skipif(os.name != "posix", reason="pipes are of POSIX only")
def test_no_pipe_is_waited_for_in_the_store(clone: Path) -> None:
    os.mkfifo(clone / ".git/objects/info/alternates")
    with pytest.raises(TableError, match="objects are to be looked for"):
        read_commit(clone / "t.yaml", "HEAD")


def test_where_references_cannot_be_read_a_hash_can(clone: Path) -> None:
    found = git(clone, "rev-parse", "old^{commit}")
    shutil.rmtree(clone / ".git/refs")
    (clone / ".git/reftable").mkdir()
    (clone / ".git/HEAD").write_text("ref: refs/heads/.invalid\n")
    with pytest.raises(TableError, match="no commit 'main'; expected a hash: branches and tags"):
        read_commit(clone / "t.yaml", "main")
    assert read_commit(clone / "t.yaml", found) == b"old t.yaml"


@pytest.mark.parametrize("text", ["gitdir: //host/share", "gitdir: none", "gitdir:", "none", "\0"])
def test_what_leads_to_no_repository_is_none(clone: Path, text: str) -> None:
    shutil.rmtree(clone / ".git")
    (clone / ".git").write_text(text)
    with pytest.raises(TableError, match="git finds no repository here"):
        read_commit(clone / "t.yaml", "HEAD")
