"""What the preview shows at a moment: the pages of the last good build, and what is wrong since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

__all__ = ["Preview", "Shown"]


@dataclass(frozen=True)
class Shown:
    """One state of the preview."""

    pages: Mapping[str, bytes] = field(default_factory=dict)
    """Maps by name, each as it was written."""
    problems: tuple[str, ...] = ()
    """What is wrong with the table now, a line each; the pages are then those of the last good one."""
    version: int = 0
    """How many good builds there were."""


class Preview:
    """Holds the state that a server shows; each state is whole, so threads need no lock to read it.

    Examples
    --------
    >>> preview = Preview()
    >>> preview.show({"overlay": b"<!DOCTYPE html>"})
    >>> preview.tell(["t.yaml:1:1: no title"])
    >>> preview.shown.version, list(preview.shown.pages), preview.shown.problems
    (1, ['overlay'], ('t.yaml:1:1: no title',))
    """

    def __init__(self) -> None:
        self.shown = Shown()

    def show(self, pages: Mapping[str, bytes]) -> None:
        """Show the pages of a good build."""
        self.shown = Shown(dict(pages), (), self.shown.version + 1)

    def tell(self, problems: list[str]) -> None:
        """Tell what is wrong, and keep the last good pages."""
        self.shown = replace(self.shown, problems=tuple(problems))
