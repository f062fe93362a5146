"""What can go wrong, said with the place, what was expected and the nearest valid names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # The values take ten times as long to load as the errors, which every command needs.
    from geo.model import Position

__all__ = [
    "UNSAFE", "BoundaryError", "EventsError", "FormatError", "PresenceError", "Problem", "TableError", "WriteError",
    "name_install",
]  # fmt: skip

LONGEST_LIST = 50

# Controls, line separators and direction controls: in a name or path they could rewrite what a terminal shows.
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Problem:
    r"""One thing that is wrong in one place.

    Parameters
    ----------
    file : str
        The file as the user named it.
    found : str
        What stands there.
    expected : str
        What should, or what to do about it.
    nearest : tuple of str
        Valid names that look like it.
    position : Position, optional
        Line and column, where the file has them.
    severity : str
        ``"error"`` stops the build, ``"warning"`` does not unless ``--strict``.

    Examples
    --------
    >>> from geo.model import Position
    >>> str(Problem("t.yaml", "unknown province 'Konnar'", "a province", ("Kunar",), Position(3, 7)))
    "t.yaml:3:7: unknown province 'Konnar'; expected a province; nearest: Kunar"

    A name that holds the end of a line cannot pass for a problem of its own:

    >>> print(Problem("a\nb.yaml", "no title"))
    a\nb.yaml: no title
    """

    file: str
    found: str
    expected: str = ""
    nearest: tuple[str, ...] = ()
    position: Position | None = None
    severity: str = "error"

    @property
    def message(self) -> str:
        """What is wrong and what to do about it, without the place."""
        parts = [self.found]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.nearest:
            parts.append(f"nearest: {', '.join(self.nearest)}")
        return _show("; ".join(parts))

    def __str__(self) -> str:
        place = f"{self.file}:{self.position}" if self.position else self.file
        return f"{_show(place)}: {self.message}"


def _show(text: str) -> str:
    """Write what a terminal would obey as an escape."""
    return UNSAFE.sub(lambda sign: repr(sign[0])[1:-1], text)


def name_install(*libraries: str) -> str:
    """Name the command that adds libraries to the environment in which this program runs.

    An extra would be found in a clone only, and who runs the program may have none at hand.

    Examples
    --------
    >>> name_install("pyarrow").partition(" -m ")[2]
    'pip install pyarrow'
    """
    import shlex
    import sys
    from pathlib import Path

    if (Path(sys.prefix) / "pipx_metadata.json").is_file():
        return shlex.join(["pipx", "inject", "presence-maps", *libraries])
    python = f'"{sys.executable}"' if sys.platform == "win32" else shlex.quote(sys.executable)
    return f"{python} -m pip install {shlex.join(libraries)}"


class PresenceError(Exception):
    """Root of every error that the user can mend; carries one or more problems.

    Parameters
    ----------
    problems : iterable of Problem
        In the order of the file; at least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems[:LONGEST_LIST]]
        if len(self.problems) > LONGEST_LIST:
            lines.append(f"... and {len(self.problems) - LONGEST_LIST} more")
        super().__init__("\n".join(lines))


class TableError(PresenceError):
    """The presence table cannot be read or does not hold together."""


class BoundaryError(PresenceError):
    """The boundaries cannot be read or do not fit the table."""


class EventsError(PresenceError):
    """Files of events cannot be read, or not be counted."""


class WriteError(PresenceError):
    """A file cannot be written; then nothing was, but for files that it names as new."""


class FormatError(WriteError):
    """The name of a file or folder promises a format that would not be written there; nothing was."""
