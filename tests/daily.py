"""How much is run: of cases that take long a sample with every run of the tests, all of them with `make whole`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

import pytest

__all__ = ["IS_WHOLE", "choose", "takes_long"]

IS_WHOLE = os.environ.get("PRESENCE_WHOLE") == "1"
takes_long = pytest.mark.skipif(not IS_WHOLE, reason="takes long: make whole")

T = TypeVar("T")


def choose(cases: Iterable[T], daily: int, whole: bool = IS_WHOLE) -> list[T]:
    """Give all cases or, of a day, so many: the first, the last, and others evenly between them.

    >>> choose("abcdefg", 3, whole=False), choose("abc", 1, whole=False), choose("ab", 3, whole=False)
    (['a', 'd', 'g'], ['a'], ['a', 'b'])
    """
    every = list(cases)
    if whole or daily >= len(every):
        return every
    return [every[place * (len(every) - 1) // max(daily - 1, 1)] for place in range(daily)]
