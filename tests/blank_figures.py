"""A figure that is not drawn, where a command draws some beside what is asked about: tests/figure draws every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure

from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.save import Shown
from geo.draw.figure.words_inside import FigureWords
from geo.join.joined_table import JoinedTable

__all__ = ["leave_out_drawing"]


def leave_out_drawing(
    monkeypatch: pytest.MonkeyPatch, but: Callable[[JoinedTable, str], bool] = lambda *_: False
) -> None:
    """Let every figure be a small blank sheet, but those of a table and in a size that are to be drawn."""

    def draw(joined: JoinedTable, *words: Any, size: str = "", **more: Any) -> Figure:
        if but(joined, size):
            return draw_figure(joined, *words, size=size, **more)
        blank = Shown(figsize=(1, 1))
        blank.words = FigureWords("A figure that is not drawn here")
        return blank

    monkeypatch.setattr("geo.draw.figure.draw_figure.draw_figure", draw)
