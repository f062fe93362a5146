"""Problems as workflow commands of GitHub Actions, which show them at their line in a pull request."""

from __future__ import annotations

from collections.abc import Mapping

from geo.errors import Problem

__all__ = ["word_command"]

DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = DATA | {":": "%3A", ",": "%2C"}
"""What GitHub's own toolkit escapes in the message of a command, and in its properties; it unescapes both alike."""


def word_command(problem: Problem, severity: str) -> str:
    """Word a problem as a workflow command, one line; no text in it can end the command or begin another.

    Examples
    --------
    >>> from geo.model import Position
    >>> word_command(Problem("a,b.yaml", "100 % wrong", "less", position=Position(3, 7)), "error")
    '::error file=a%2Cb.yaml,line=3,col=7,title=presence check::100 %25 wrong; expected less'
    """
    place = {"line": problem.position.line, "col": problem.position.column} if problem.position else {}
    properties = {"file": problem.file, **place, "title": "presence check"}
    words = ",".join(f"{name}={_replace(str(value), PROPERTY)}" for name, value in properties.items())
    return f"::{severity} {words}::{_replace(problem.message, DATA)}"


def _replace(text: str, signs: Mapping[str, str]) -> str:
    return "".join(signs.get(sign, sign) for sign in text)
