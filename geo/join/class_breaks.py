"""Classes of counted things: where one colour of a map ends and the next begins, by mapclassify."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from geo.errors import PresenceError, Problem, name_install
from geo.option_values import CLASS_METHODS

__all__ = ["METHODS", "Scale", "break_values"]

THEIRS = ("FisherJenks", "Quantiles", "EqualInterval", "HeadTailBreaks")
METHODS = dict(zip(CLASS_METHODS, THEIRS, strict=True))
"""What a user calls each method, and what mapclassify does."""

MOST_VALUES = 300
"""Above this many, natural breaks take so many of them: the time goes with the square of their number."""


@dataclass(frozen=True)
class Scale:
    """Classes of positive whole numbers, lowest first; zero is no class."""

    uppers: tuple[int, ...] = ()
    """The greatest number of each class, ascending; a number that was given to `break_values`."""

    def find_class(self, value: int) -> int | None:
        """Return the place of a value's class from 0; None for nothing, and beyond the last class.

        Examples
        --------
        >>> [Scale((4, 9)).find_class(value) for value in (0, 1, 4, 5, 9, 10)]
        [None, 0, 0, 1, 1, None]
        """
        place = bisect_left(self.uppers, value)
        return place if value > 0 and place < len(self.uppers) else None

    def bound(self, place: int) -> tuple[int, int]:
        """Return the least and the greatest number of a class, which leave no number between two classes.

        Examples
        --------
        >>> Scale((4, 9)).bound(0), Scale((4, 9)).bound(1)
        ((1, 4), (5, 9))
        """
        return (self.uppers[place - 1] + 1 if place else 1), self.uppers[place]


def break_values(values: Sequence[int], method: str = "fisher-jenks", classes: int = 5) -> Scale:
    """Class positive numbers by one of `METHODS` into at most so many classes; what is not positive is left out.

    Where there are no more distinct numbers than classes, each is a class; head/tail breaks may make fewer. An unknown
    method or a missing mapclassify is a `PresenceError`.

    Examples
    --------
    >>> break_values([1, 2, 2, 3, 9, 10, 50], classes=3)
    Scale(uppers=(3, 10, 50))
    >>> break_values([7, 0, 7])
    Scale(uppers=(7,))
    """
    if method not in METHODS:
        raise PresenceError([Problem("classes", f"no method {method!r}", f"one of {', '.join(METHODS)}")])
    known = sorted(value for value in values if value > 0)
    distinct = sorted(set(known))
    if len(distinct) <= classes:
        return Scale(tuple(distinct))
    bins = [] if classes < 2 else _ask_mapclassify(_thin(known) if method == "fisher-jenks" else known, method, classes)
    # A bound between two numbers that occur classes as the lower one does, which can be printed whole.
    uppers = {distinct[place - 1] for each in bins if (place := _count_up_to(distinct, each))}
    return Scale((*sorted(uppers - {known[-1]})[: classes - 1], known[-1]))


def _count_up_to(distinct: Sequence[int], bound: float) -> int:
    place = bisect_left(distinct, bound)
    return place + (place < len(distinct) and distinct[place] == bound)


def _thin(known: Sequence[int]) -> Sequence[int]:
    """Take numbers evenly by rank, the least and the greatest among them, so that the same give the same."""
    if len(known) <= MOST_VALUES:
        return known
    return [known[place * (len(known) - 1) // (MOST_VALUES - 1)] for place in range(MOST_VALUES)]


def _ask_mapclassify(known: Sequence[int], method: str, classes: int) -> list[float]:
    size = min(classes, len(set(known)))
    given = {} if method == "head-tail" else {"k": size}
    with warnings.catch_warnings():
        # Of ties that leave fewer classes than asked for, and of numba, without which it is slow.
        warnings.simplefilter("ignore")
        found = getattr(_import_mapclassify(), METHODS[method])([float(value) for value in known], **given)
    return [float(each) for each in found.bins]


def _import_mapclassify() -> ModuleType:
    try:
        import mapclassify
    except ImportError as error:
        remedy = f"it: {name_install('mapclassify', 'pyarrow')}"
        raise PresenceError([Problem("classes", "mapclassify is not installed", remedy)]) from error
    module: ModuleType = mapclassify
    return module
