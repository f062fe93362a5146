"""A repository of git that would run a command: plain git does so, an old one too; we read it and nothing runs."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.errors import TableError
from geo.read.table.file_at_commit import read_commit

GIT = shutil.which("git") or "git"
TABLE = b"presence: {Red: [Kabul]}\n"
WHO = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
OLD_GIT = f"""#!/bin/sh
# An old git minds no variable that forbids something.
for name in $(env | sed -n 's/^\\(GIT_[A-Z0-9_]*\\)=.*/\\1/p'); do unset "$name"; done
exec {GIT} "$@"
"""
EXTERNAL = "[diff]\n\texternal = {evil}\n"
FILTER = '[filter "x"]\n\t{kind} = {evil}\n\trequired = true\n'


@dataclass(frozen=True)
class Trap:
    """A repository in ``folder`` that runs ``evil``, which makes the file ``ran``."""

    folder: Path
    evil: Path
    ran: Path

    def git(self, *words: str, given: bytes = b"") -> str:
        done = subprocess.run([GIT, *WHO, *words], cwd=self.folder, check=True, capture_output=True, input=given)
        return done.stdout.decode().strip()

    @property
    def dir(self) -> Path:
        return Path(os.path.realpath(self.folder / ".git"))

    def set(self, text: str, file: str = "config") -> None:
        """Add to the settings, or to another file of the repository."""
        (self.dir / file).parent.mkdir(exist_ok=True)
        with (self.dir / file).open("a") as written:
            written.write(text.format(evil=self.evil, dir=self.dir))

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.format(evil=self.evil))
        file.chmod(0o755)

    def lose(self, name: str = "HEAD:t.yaml") -> None:
        """Take an object away, as if it had been left at the server."""
        found = self.git("rev-parse", name)
        (self.dir / "objects" / found[:2] / found[2:]).unlink()


def promise(url: str, more: str = "", word: str = "ext") -> str:
    """Name a server that has what is missing, and allow its protocol by a word that outweighs any general one."""
    return (
        '[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n'
        f'\tpromisor = true\n\turl = {url}\n{more}[protocol "{word}"]\n\tallow = always\n'
    )


EXT = promise("ext::{evil} x")


def lose(text: str = EXT, name: str = "HEAD:t.yaml") -> Callable[[Trap], None]:
    def lay(trap: Trap) -> None:
        trap.set(text)
        trap.lose(name)

    return lay


def include(condition: str) -> Callable[[Trap], None]:
    def lay(trap: Trap) -> None:
        trap.set(EXT, "more")
        trap.set(f"[{condition}]\n\tpath = more\n")
        trap.lose()

    return lay


def move(trap: Trap) -> None:
    """Keep the repository elsewhere, as a submodule does."""
    lose()(trap)
    (trap.folder / ".git").rename(trap.folder / "kept")
    (trap.folder / ".git").write_text("gitdir: kept\n")


def link(trap: Trap) -> None:
    lose()(trap)
    (trap.folder / ".git").rename(trap.folder / "kept")
    (trap.folder / ".git").symlink_to("kept")


def add_tree(trap: Trap) -> None:
    """Make the folder a second working tree of a repository beside it."""
    lose()(trap)
    other = trap.folder.with_name("other")
    trap.folder.rename(other)
    subprocess.run(
        [GIT, "worktree", "add", "--no-checkout", str(trap.folder)], cwd=other, check=True, capture_output=True
    )


def set_tree(trap: Trap) -> None:
    """Keep the settings with the working tree."""
    trap.set("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tworktreeConfig = true\n")
    trap.set(EXT, "config.worktree")
    trap.lose()


def replace(trap: Trap) -> None:
    """Put an object that is missing in the place of the table."""
    other = trap.git("hash-object", "-w", "--stdin", given=b"other")
    trap.git("update-ref", f"refs/replace/{trap.git('rev-parse', 'HEAD:t.yaml')}", other)
    trap.set(EXT)
    (trap.dir / "objects" / other[:2] / other[2:]).unlink()


def sign(trap: Trap) -> None:
    """Sign the commit, and have each signature looked at."""
    first, _, rest = trap.git("cat-file", "commit", "HEAD").partition("\n\n")
    signed = f"{first}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n{rest}\n"
    commit = trap.git("hash-object", "-t", "commit", "-w", "--stdin", given=signed.encode())
    trap.git("update-ref", "HEAD", commit)
    trap.set("[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {evil}\n")


def attribute(word: str, text: str, file: str = "info/attributes") -> Callable[[Trap], None]:
    def lay(trap: Trap) -> None:
        trap.set(f"*.yaml {word}\n", file)
        trap.set(text)

    return lay


def hook(trap: Trap) -> None:
    (trap.dir / "hooks").mkdir(exist_ok=True)
    shutil.copy(trap.evil, trap.dir / "hooks" / "reference-transaction")


def hook_elsewhere(trap: Trap) -> None:
    trap.set("[core]\n\thooksPath = tools\n")
    trap.write("tools/reference-transaction", trap.evil.read_text())


def bury(trap: Trap) -> None:
    """Let the folder itself be a repository without a working tree."""
    for each in [*trap.dir.iterdir()]:
        each.rename(trap.folder / each.name)
    trap.dir.rmdir()
    (trap.folder / "config").write_text(EXTERNAL.format(evil=trap.evil) + "[core]\n\tbare = true\n")


def borrow(trap: Trap) -> None:
    """Borrow objects from another store, whose references are to be asked for by a command."""
    other = trap.folder.with_name("other")
    shutil.copytree(trap.folder, other)
    trap.set(f"{other}/.git/objects\n", "objects/info/alternates")
    trap.set("[core]\n\talternateRefsCommand = {evil}\n")


def call_itself_git(trap: Trap) -> None:
    trap.write("git", trap.evil.read_text())


SHOW, FETCH = ("show", "--ext-diff", "HEAD"), ("cat-file", "blob", "HEAD:t.yaml")
MOVE = ("update-ref", "refs/heads/other", "HEAD")

# How a repository runs a command, what of git does so, and whether the table is there to be read all the same.
WAYS: dict[str, tuple[Callable[[Trap], None], tuple[str, ...], bool]] = {
    "a missing file, by a transport that is a command": (lose(), FETCH, False),
    "a missing folder": (lose(name="HEAD^{tree}"), FETCH, False),
    "a missing commit": (lose(name="HEAD"), ("cat-file", "-e", "HEAD^{commit}"), False),
    "a transport by a word of its own": (lose(promise("{evil} x", "\tvcs = ext\n")), FETCH, False),
    "another address in its place": (
        lose(promise("nice:x", word="ext") + "[url \"ext::{evil} x\"]\n\tinsteadOf = nice:x\n"), FETCH, False,
    ),
    "a program at the other end": (lose(promise("{dir}", "\tuploadpack = {evil}\n", "file")), FETCH, False),
    "another ssh": (lose(promise("ssh://h/x", "[core]\n\tsshCommand = {evil}\n", "ssh")), FETCH, False),
    "a proxy": (lose(promise("git://h/x", "[core]\n\tgitProxy = {evil}\n", "git")), FETCH, False),
    "settings in another file": (include("include"), FETCH, False),
    "settings for this place": (include('includeIf "gitdir:**"'), FETCH, False),
    "settings for this branch": (include('includeIf "onbranch:main"'), FETCH, False),
    "settings of the working tree": (set_tree, FETCH, False),
    "a repository kept elsewhere": (move, FETCH, False),
    "a repository behind a link": (link, FETCH, False),
    "a second working tree": (add_tree, FETCH, False),
    "an object in place of another": (replace, FETCH, True),
    "a store that borrows": (borrow, ("rev-list", "--alternate-refs"), True),
    "a watcher of files": (lambda trap: trap.set("[core]\n\tfsmonitor = {evil}\n"), ("status",), True),
    "a pager": (lambda trap: trap.set("[core]\n\tpager = {evil}\n"), ("-p", *FETCH), True),
    "a pager of one command": (lambda trap: trap.set("[pager]\n\tcat-file = {evil}\n"), FETCH, True),
    "a way to show differences": (lambda trap: trap.set(EXTERNAL), SHOW, True),
    "a way to show those of some files": (attribute("diff=x", "[diff \"x\"]\n\tcommand = {evil}\n"), SHOW, True),
    "a way to show some files": (
        attribute("diff=x", "[diff \"x\"]\n\ttextconv = {evil}\n"), ("cat-file", "--textconv", "HEAD:t.yaml"), True,
    ),
    "attributes in the working tree": (
        attribute("diff=x", "[diff \"x\"]\n\ttextconv = {evil}\n", "../.gitattributes"), SHOW, True,
    ),
    "a filter": (
        attribute("filter=x", FILTER.replace("{kind}", "smudge")), ("cat-file", "--filters", "HEAD:t.yaml"), True,
    ),
    "a filter that stays": (
        attribute("filter=x", FILTER.replace("{kind}", "process")), ("cat-file", "--filters", "HEAD:t.yaml"), True,
    ),
    "a signature": (sign, ("show", "HEAD"), True),
    "a hook": (hook, MOVE, True),
    "a hook elsewhere": (hook_elsewhere, MOVE, True),
    "a folder that is a repository itself": (bury, SHOW, False),
    "another name for a command": (lambda trap: trap.set("[alias]\n\tcat = !{evil}\n"), ("cat",), True),
    "a git of its own": (call_itself_git, FETCH, True),
}  # fmt: skip


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trap:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text(OLD_GIT)
    old.chmod(0o755)
    evil, folder = tmp_path / "evil.sh", tmp_path / "folder"
    evil.write_text(f"#!/bin/sh\n: > {tmp_path}/ran\n")
    evil.chmod(0o755)
    folder.mkdir()
    trap = Trap(folder, evil, tmp_path / "ran")
    trap.git("init", "-q", "-b", "main")
    (folder / "t.yaml").write_bytes(TABLE)
    trap.git("add", "t.yaml")
    trap.git("commit", "-q", "-m", "x")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setenv("PATH", f".:{old.parent}:{os.environ['PATH']}")
    monkeypatch.chdir(folder)
    return trap


def call_plain_git(words: tuple[str, ...]) -> None:
    """Run what a person would type, in a terminal."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(["git", *words], check=False, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, timeout=30)
    finally:
        os.close(theirs)
        os.close(ours)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.skipif(os.name != "posix", reason="the traps are scripts of a shell")
def test_nothing_of_a_repository_runs(way: str, trap: Trap) -> None:
    lay, words, is_there = WAYS[way]
    lay(trap)
    trap.ran.unlink(missing_ok=True)  # a trap may go off while it is laid
    if is_there:
        assert read_commit("t.yaml", "HEAD") == TABLE
    else:
        with pytest.raises(TableError, match=r"t\.yaml: "):
            read_commit("t.yaml", "HEAD")
    assert not trap.ran.exists()
    call_plain_git(words)
    assert trap.ran.exists(), "this is no trap"
