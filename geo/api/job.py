"""What goes along with every thing that is made: what counts, on which boundaries, and who is told what is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.api.boundaries import BUNDLED, BoundaryFile
from geo.join.filters import Choices

__all__ = ["Job", "stay_silent"]


def stay_silent(line: str) -> None:
    """Take a line of progress and do nothing with it."""


@dataclass(frozen=True)
class Job:
    """How a thing is made of what a user names: the words that all functions of this room take, put together once.

    ``allow_empty`` accepts a table without records, and choices that leave none; None refuses both and offers no
    option, for commands that have none. ``progress`` is told in a few words what is done next.

    >>> Job(Choices(language="fa")).boundaries.path is None  # the bundled provinces
    True
    """

    choices: Choices = Choices()
    boundaries: BoundaryFile = BUNDLED
    allow_empty: bool | None = False
    progress: Callable[[str], None] = stay_silent
