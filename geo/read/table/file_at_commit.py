"""A file as a commit of git holds it: asked of git itself, which writes, fetches and runs nothing of its repository."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from geo.errors import Problem, TableError
from geo.read.common.file_text import LARGEST_FILE, SMALLER, TOO_LARGE
from geo.read.common.nodes import quote
from geo.read.table.git_repository import Repository
from geo.regular_files import check_regular

__all__ = ["read_commit"]

SECONDS = 60
QUIET = {
    "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}  # fmt: skip
KEPT = ("GIT_EXEC_PATH",)
"""Where git itself is; all else that it is told by the environment is about some repository."""

TRUE = ("--no-replace-objects", "-c", "core.commitGraph=false", "-c", "core.multiPackIndex=false")
"""A commit is what its hash says, whatever a list beside it would put in its place."""


def read_commit(path: Path | str, revision: str) -> bytes:
    """Read a file, at most 16 MB, as it stands in a commit: a hash, a branch, a tag, ``HEAD~1``.

    The file need not exist any more, its folder must, within a repository. Where there is no git, no repository, no
    such commit, or no such file in it, that is a `TableError`.

    Examples
    --------
    >>> read_commit("no/such/t.yaml", "HEAD")
    Traceback (most recent call last):
    geo.errors.TableError: no/such/t.yaml: there is no folder no/such; expected a file in a clone of a git repository
    """
    path = Path(path)
    git = _find_git()
    if git is None:
        _stop(str(path), "git is not installed here", "git, or two files instead of --commits")
    if not path.parent.is_dir():
        _stop(str(path), f"there is no folder {path.parent}", "a file in a clone of a git repository")
    repository = Repository.find(path.parent)
    if repository is None:
        _stop(str(path), "git finds no repository here", "a file in a clone of a git repository")
    with TemporaryDirectory(prefix="presence-maps-") as folder:
        repository.borrow(Path(folder), with_logs="@{" in revision)
        return _Asked(git, path, repository, Path(folder)).read(revision)


@dataclass(frozen=True)
class _Asked:
    """A file, and the git that is asked for it, in a folder that borrows from its repository."""

    git: str
    path: Path
    repository: Repository
    folder: Path

    def read(self, revision: str) -> bytes:
        """Read the file as of a commit, a step at a time so that what is missing has a name."""
        commit = self.find_commit(revision)
        blob = self.find_blob(commit, revision)
        if int(self.ask("cat-file", "-s", blob).stdout or 0) > LARGEST_FILE:
            _stop(str(self.path), TOO_LARGE, SMALLER)
        done = self.ask("cat-file", "blob", blob)
        if done.returncode:
            found = f"git cannot give it as of {quote(revision)}: {_say(done)}"
            _stop(str(self.path), found, "a file in that commit")
        return done.stdout

    def find_commit(self, revision: str) -> str:
        """Find the hash of a commit: of a word that begins with "-" too, and nothing but a hash comes back."""
        self.settle_hashes()
        commit = self.resolve(f"{revision}^{{commit}}")
        if not commit:
            known = "what git knows without a repository's settings: a hash, a branch, a tag, HEAD~1"
            if self.repository.is_table:
                known = "a hash: branches and tags of this repository are kept as a reftable, which is not read here"
            if self.repository.is_shallow:
                known += "; this clone is shallow, and 'git fetch --unshallow' brings older commits"
            _stop(str(self.path), f"there is no commit {quote(revision)}", known)
        return commit

    def find_blob(self, commit: str, revision: str) -> str:
        """Find the file below the folders of a commit, each of which may have been left at the server."""
        there = Path(os.path.realpath(self.path.parent))
        inside = there.is_relative_to(self.repository.top)
        parts = (*there.relative_to(self.repository.top).parts, self.path.name) if inside else ()
        name, kind = self.find_tree(commit), ""
        for place in map("/".join, accumulate(((part,) for part in parts), initial=())):
            if place and not (name := self.resolve(f"{commit}:{place}")):
                break
            if not (kind := self.ask("cat-file", "-t", name).stdout.decode("ascii").strip()):
                self.refuse_missing(commit, revision)
        if not name or kind != "blob":
            _stop(str(self.path), f"the commit {quote(revision)} does not hold this file", "a commit that does")
        return name

    def find_tree(self, commit: str) -> str:
        """Find the hash of all that a commit holds, which need not be here."""
        done = self.ask("rev-list", "--no-walk", "--format=%T", commit)
        return (done.stdout.decode("ascii", "replace").split() or [""])[-1]

    def refuse_missing(self, commit: str, revision: str) -> NoReturn:
        """Tell what is not here from what is nowhere; only who made the clone can say that it may be fetched."""
        if not self.repository.is_partial:
            found = f"the file of {quote(revision)} is missing from the repository, which is damaged"
            _stop(str(self.path), found, "a clone that is whole")
        words = ["git", "-C", str(self.path.parent), "cat-file", "-e", f"{commit}:./{self.path.name}"]
        found = f"the file of {quote(revision)} was not fetched: this clone is partial, and nothing is fetched here"
        _stop(str(self.path), found, f"the file fetched; in a clone of your own '{shlex.join(words)}' does that")

    def resolve(self, name: str) -> str:
        """Find the hash that a name stands for; empty where there is none."""
        done = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return "" if done.returncode else done.stdout.decode("ascii", "replace").strip()

    def settle_hashes(self) -> None:
        """Take over the one setting without which hashes cannot be read: how long they are."""
        settings = self.repository.common / "config"
        with suppress(OSError):
            check_regular(settings.stat())
            done = self.ask("config", "--file", str(settings), "--get", "extensions.objectFormat")
            if re.fullmatch(rb"[a-z0-9]+\n", done.stdout):
                with (self.folder / "config").open("ab") as file:
                    file.write(b"\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = " + done.stdout)

    def ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Ask git within the folder; what of the environment is about another repository does not get there."""
        kept = {name: text for name, text in os.environ.items() if name in KEPT or not name.upper().startswith("GIT_")}
        try:
            return subprocess.run(  # noqa: S603  # no shell, and no word of a user's that git could take for an option
                [self.git, f"--git-dir={self.folder}", *TRUE, *words], cwd=self.folder, capture_output=True,
                check=False, timeout=SECONDS, stdin=subprocess.DEVNULL, env=kept | QUIET,
            )  # fmt: skip
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            _stop(str(self.path), f"git cannot be asked: {error}", "a git that answers")


def _find_git() -> str | None:
    """Find git, but never in the folder where one is, which Windows looks into first and a path may name."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    found = shutil.which("git", path=os.pathsep.join(each for each in folders if Path(each).is_absolute()))
    return found if found and Path(found).is_absolute() else None


def _say(done: subprocess.CompletedProcess[bytes]) -> str:
    """Give the first line of what git says, without its own "fatal"."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it does not say why"


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise TableError([Problem(source, found, expected)]) from None
