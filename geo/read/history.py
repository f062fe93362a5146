"""A file as a commit of git holds it: asked of git itself, which writes nothing and fetches nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

from geo.errors import Problem, TableError
from geo.read.nodes import quote
from geo.read.source import LARGEST_FILE, SMALLER, TOO_LARGE

__all__ = ["read_commit"]

SECONDS = 60
QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}
OFFLINE = ("-c", "protocol.allow=never")
"""A clone that left files at its server must not ask for them now."""


def read_commit(path: Path | str, revision: str) -> bytes:
    """Read a file as it stands in a commit.

    Parameters
    ----------
    path : Path or str
        The file; it need not exist any more, its folder must, within a repository.
    revision : str
        What git takes for a commit: a hash, a branch, a tag, ``HEAD~1``.

    Returns
    -------
    bytes
        At most 16 MB.

    Raises
    ------
    TableError
        Where there is no git, no repository, no such commit, or no such file in it.

    Examples
    --------
    >>> read_commit("no/such/t.yaml", "HEAD")
    Traceback (most recent call last):
    geo.errors.TableError: no/such/t.yaml: there is no folder no/such; expected a file in a clone of a git repository
    """
    path = Path(path)
    git = shutil.which("git")
    if git is None:
        _stop(str(path), "git is not installed here", "git, or two files instead of --commits")
    if not path.parent.is_dir():
        _stop(str(path), f"there is no folder {path.parent}", "a file in a clone of a git repository")
    done = _ask(git, path, "rev-parse", "--show-prefix")
    if done.returncode:
        _stop(str(path), f"git finds no repository here: {_say(done)}", "a file in a clone of a git repository")
    # A word that begins with "-" stays a revision, and what comes back is nothing but a hash.
    done = _ask(git, path, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not commit:
        _stop(str(path), f"there is no commit {quote(revision)}", "what git knows: a hash, a branch, a tag, HEAD~1")
    held = f"{commit}:./{path.name}"
    size = _ask(git, path, "cat-file", "-s", held)
    if size.returncode:
        _stop(str(path), f"the commit {quote(revision)} does not hold this file", "a commit that does")
    if int(size.stdout) > LARGEST_FILE:
        _stop(str(path), TOO_LARGE, SMALLER)
    done = _ask(git, path, "cat-file", "blob", held)
    if done.returncode:
        _stop(str(path), f"git cannot give it as of {quote(revision)}: {_say(done)}", "a file in that commit")
    return done.stdout


def _ask(git: str, path: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  # no shell, and no word of a user's that git could take for an option
            [git, *OFFLINE, *words], cwd=path.parent, capture_output=True, check=False, timeout=SECONDS,
            stdin=subprocess.DEVNULL, env=os.environ | QUIET,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        _stop(str(path), f"git cannot be asked: {error}", "a git that answers")


def _say(done: subprocess.CompletedProcess[bytes]) -> str:
    """Give the first line of what git says, without its own "fatal"."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "it does not say why"


def _stop(source: str, found: str, expected: str) -> NoReturn:
    raise TableError([Problem(source, found, expected)]) from None
