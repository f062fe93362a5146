"""Checks what a program hands over, where a command line would have checked words: all that is wrong at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from geo.errors import PresenceError, Problem
from geo.model import Moment
from geo.option_values import SIZES, SOCIAL
from geo.read.common.names import nearest_names
from geo.read.fields.dates import read_day

__all__ = ["Gate", "reword_for_python", "reword_problem", "show_value"]

LONGEST = 60
OPTION = re.compile(
    "--([a-z][a-z-]*)( with one of its layers:| with one of| with| FILE| NAME| FIELD| NOUN| ID)?"
    f"(?: ({'|'.join((*SIZES, SOCIAL))}))?"
)
CHOSEN = re.compile(r"--group [a-z0-9][\w.-]*(?: --group [a-z0-9][\w.-]*)*")
FLAGS = ("allow-empty", "roll-up", "dissolve")
NAMES = {"group": "groups", "lang": "language"}
"""What the library calls some options otherwise."""

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


@dataclass
class Gate:
    """Checks one value after the other and tells all that is wrong with them at once.

    Examples
    --------
    >>> gate = Gate("draw_figure")
    >>> gate.choose("size", "a5", ("a4", "slide")), gate.choose("kind", "matrix", ("overlay", "matrix"))
    (None, 'matrix')
    >>> gate.close()
    Traceback (most recent call last):
    geo.errors.PresenceError: draw_figure: size 'a5'; expected one of 'a4', 'slide'
    """

    source: str
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, found: str, expected: str, nearest: tuple[str, ...] = ()) -> None:
        """Note one more thing that is wrong."""
        self.problems.append(Problem(self.source, found, expected, nearest))

    def choose(self, name: str, value: Any, known: Iterable[str]) -> str | None:
        """Take a text that must be one of those known."""
        names = tuple(known)
        if isinstance(value, str) and value in names:
            return value
        near = nearest_names(value, names) if isinstance(value, str) else ()
        self.refuse(f"{name} {show_value(value)}", f"one of {list_known(names)}", near)
        return None

    def choose_some(self, name: str, values: Any, known: Iterable[str]) -> tuple[str, ...]:
        """Take a list of texts that must all be known; a text alone would be taken letter by letter."""
        names = tuple(known)
        if (listed := self.take_list(name, values, names[:2] or ("...",))) is None:
            return ()
        return tuple(chosen for each in listed if (chosen := self.choose(name, each, names)) is not None)

    def take_list(self, name: str, values: Any, example: Sequence[str]) -> tuple[Any, ...] | None:
        """Take several values; a text, a mapping or a table is not a list of them."""
        if isinstance(values, str | bytes | Mapping) or hasattr(values, "columns") or not hasattr(values, "__iter__"):
            self.refuse(f"{name} {show_value(values)}", f"a list, such as {list(map(str, example))}")
            return None
        return tuple(values)

    def check_type(self, name: str, value: Any, kinds: type | tuple[type, ...], expected: str) -> bool:
        """Refuse a value of another type."""
        if not (fits := isinstance(value, kinds)):
            self.refuse(f"{name} {show_value(value)}", expected)
        return fits

    def check_flags(self, **flags: Any) -> None:
        """Refuse what is neither True nor False: the text "no" would be taken for True."""
        for name, value in flags.items():
            self.check_type(name, value, bool, "True or False")

    def read_date(self, name: str, value: Any) -> Moment | None:
        """Read a text, a day of Python or a day of pandas."""
        is_day = isinstance(value, date) and value == value  # the day of pandas that is none differs from itself
        if is_day and isinstance(value, datetime) and (value.tzinfo or value.time() != datetime.min.time()):
            self.refuse(f"{name} {show_value(str(value))}", "a day, without a time: value.date()")
            return None
        if is_day:
            return Moment(value.year, value.month, value.day)
        if value is not None and self.check_type(name, value, str, "a date as 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'"):
            try:
                return read_day(value, name)
            except PresenceError as error:
                self.problems += error.problems
        return None

    def close(self, error: type[PresenceError] = PresenceError) -> None:
        """Raise one error with all that is wrong, if anything is."""
        if self.problems:
            raise error(self.problems)


def show_value(value: Any) -> str:
    """Show a value of any kind in a message: texts and numbers as they are, anything else by what it is."""
    if value is None or isinstance(value, str | int | float):
        shown = repr(value)
        return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}..."
    kind = type(value).__name__
    return f"of type {kind}"


def list_known(names: Iterable[str]) -> str:
    """List what may be chosen."""
    return ", ".join(map(repr, names)) or "none, since there is none"


def reword_for_python(function: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Let what a function refuses name arguments where the command would name its options."""

    @wraps(function)
    def call(*args: Asked.args, **kwargs: Asked.kwargs) -> Given:
        try:
            return function(*args, **kwargs)
        except PresenceError as error:
            error_type = type(error)
            raise error_type(map(reword_problem, error.problems)) from error

    return call


def reword_problem(problem: Problem) -> Problem:
    """Name arguments where a problem names options of the command.

    Examples
    --------
    >>> reword_problem(Problem("t.yaml", "no record", "a record, or --allow-empty")).expected
    'a record, or allow_empty=True'
    >>> reword_problem(Problem("t.shp", "no field of names", "--name with one of a, b")).expected
    'name= with one of a, b'
    >>> reword_problem(Problem("t.yaml", "too many groups", "--group, or --size a4")).expected
    "groups=, or size='a4'"
    >>> reword_problem(Problem("t.yaml", "too many groups", "--group, such as --group red --group blue")).expected
    "groups=, such as groups=['red', 'blue']"
    """
    found, expected = (
        OPTION.sub(_name_argument, CHOSEN.sub(_list_chosen, said)) for said in (problem.found, problem.expected)
    )
    return replace(problem, found=found, expected=expected)


def _list_chosen(match: re.Match[str]) -> str:
    return f"groups={match[0].split()[1::2]!r}"


def _name_argument(match: re.Match[str]) -> str:
    option, rest = match[1], match[2] or ""
    value = "True" if option in FLAGS else repr(match[3]) if match[3] else ""
    return f"{NAMES.get(option, option).replace('-', '_')}={value}{rest}"
