"""Which characters can be drawn, how wide they are, and where a line ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise, takewhile
from typing import Any

import matplotlib
from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from geo.draw.figure.packaged_fonts import PACKAGE, find_packaged
from geo.errors import Problem, TableError, name_install

__all__ = ["TURN", "Fonts", "clean_text", "measure_dots", "measure_line", "part_line", "unmark"]

SHIPPED = "DejaVu Sans"
"""Comes with matplotlib: Latin, Cyrillic, Greek, Arabic letters, those that Dari adds, and of Pashto all but one."""

FALLBACKS = (
    "Noto Sans", "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans CJK SC",
    "Noto Sans CJK JP", "Noto Sans Hebrew", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Ethiopic",
    "Noto Sans Thai", "Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans Tamil", "Noto Sans Symbols",
    "Noto Sans Symbols 2", "Noto Sans Math", "Noto Emoji", "Arial Unicode MS", "Segoe UI", "Segoe UI Symbol",
    "Microsoft YaHei", "Nirmala UI",
)  # fmt: skip
"""Fonts of the machine, asked in this order for what neither the shipped font nor that of a package has."""

PACKAGED = "\u06cd"
"""What Pashto writes, the shipped font lacks and that of the package has: the yeh with a tail."""

ISOLATE, END = "\u2068", "\u2069"
"""Around what is not to draw its surroundings into its own direction, as catalogues write it."""

TO_LEFT = "\u2067", END
"""Around a line that runs to the left as a whole: in SVG, where the page around it runs to the right, as elsewhere."""

BEGINNINGS = ISOLATE, TO_LEFT[0]
"""Of what is kept apart: in the direction of its first letter, or to the left."""

UNSEEN = f"\u200c\u200d\u200e\u200f{ISOLATE}{TO_LEFT[0]}{END}"
"""Invisible and meant: Dari spelling and the direction of writing need them, and no font has to have them."""

TO_RIGHT = "\u200e"
"""Before a line with letters that run to the left: it runs to the right as a whole, in SVG as in PNG and PDF."""

TURN = "\u200f"
"""Before a line that runs to the left as a whole, in PDF."""

FINE = 8
"""Widths are measured at this many times 72 dots an inch, so that whole dots do not matter."""


@lru_cache(maxsize=5_000)  # The same text is set again for each size that is tried.
def clean_text(text: str) -> str:
    r"""Fold blanks into one, drop what is invisible and would reorder or break a line, mark what no file may hold.

    What is kept apart in its own direction ends within the text.

    Examples
    --------
    >>> clean_text("a\n  b\u202ec\x07"), clean_text("\u2069a \u2068b")
    ('a bc\ufffd', 'a \u2068b\u2069')
    """
    cleaned = " ".join("".join(map(_clean_letter, text)).split())
    return _close(cleaned) if any(mark in cleaned for mark in (*BEGINNINGS, END)) else cleaned


def _close(text: str) -> str:
    """Leave out ends of what never began, and end what never ends."""
    kept, deep = "", 0
    for letter in text:
        deep += (letter in BEGINNINGS) - (letter == END)
        if deep < 0:
            deep = 0
        else:
            kept += letter
    return kept + END * deep


def _clean_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cf":
        return letter if letter in UNSEEN else ""
    if kind in ("Cs", "Cn") or (kind == "Cc" and not letter.isspace()) or letter in "\ufffe\uffff":
        return "\ufffd"
    return letter


@cache
def _read_letters(family: str, bold: bool) -> frozenset[int]:
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if family not in known:
        return frozenset()
    path = font_manager.findfont(FontProperties(family=family, weight="bold" if bold else "normal"))
    return frozenset(font_manager.get_font(path).get_charmap())


@lru_cache(maxsize=20_000)
def measure_line(text: str, size: float, bold: bool, families: tuple[str, ...]) -> float:
    """Return the width of a line in points: that of its words, as setting one takes long, and most stand in many."""
    words, parts = text.split(" "), list[str]()
    for before, word in pairwise(["", *words]):
        if parts and not (_stands_alone(before) and _stands_alone(word)):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    blanks = _typeset(" ", size, bold, families) * (len(parts) - 1)
    return sum(_typeset(part, size, bold, families) for part in parts) + blanks


@lru_cache(maxsize=20_000)
def _stands_alone(word: str) -> bool:
    """Tell whether a word is as wide by itself as in a line: all of the shipped font, and no mark on what is before."""
    return _list_shipped().issuperset(word) and not unicodedata.category(word[:1] or " ").startswith("M")


@cache
def _list_shipped() -> frozenset[str]:
    return frozenset({*UNSEEN, *map(chr, _read_letters(SHIPPED, False) & _read_letters(SHIPPED, True))})


@lru_cache(maxsize=20_000)
def _typeset(text: str, size: float, bold: bool, families: tuple[str, ...]) -> float:
    font = FontProperties(family=list(families), size=size, weight="bold" if bold else "normal")
    return measure_dots(text, font, 72 * FINE) / FINE


@lru_cache(maxsize=10_000)  # In each language every kind of figure writes the same names.
def measure_dots(text: str, font: FontProperties, dpi: float) -> float:
    """Return how many dots wide a line is drawn at so many dots an inch."""
    renderer: Any = _make_renderer(dpi)
    # As it is drawn, whoever asks: what is remembered for one figure would otherwise be wrong in the next.
    hinting = matplotlib.rcParams["text.hinting"]
    matplotlib.rcParams["text.hinting"] = "no_hinting"
    try:
        return float(renderer.get_text_width_height_descent(text, font, False)[0])
    finally:
        matplotlib.rcParams["text.hinting"] = hinting


@lru_cache(maxsize=8)
def _make_renderer(dpi: float) -> RendererAgg:
    return RendererAgg(8, 8, dpi)  # type: ignore[no-untyped-call]


def _carry_on(lines: Sequence[str]) -> Iterator[str]:
    """Begin in each line anew what is kept apart beyond the end of the one before."""
    begun: list[str] = []
    for line in lines:
        yield "".join(begun) + line
        for letter in line:
            if letter in BEGINNINGS:
                begun.append(letter)
            elif letter == END and begun:
                begun.pop()


def _is_directed(line: str) -> bool:
    """Tell whether all of a line is kept together to the left already."""
    deep, ends = 0, []
    for place, letter in enumerate(line, 1):
        deep += (letter in BEGINNINGS) - (letter == END)
        ends += [place] if not deep else []
    return line.startswith(TO_LEFT[0]) and ends[:1] == [len(line)]


def unmark(line: str) -> str:
    r"""Leave a line no more marks than its direction as a whole needs: a PDF is given a blank for each.

    Examples
    --------
    >>> unmark("\u2067\u0646 \u2068Red\u2069.\u2069") == "\u200f\u0646 Red.", unmark("\u200eRed \u0646")
    (True, 'Red \u0646')
    """
    plain = "".join(letter for letter in line if letter not in (TO_RIGHT, *TO_LEFT, ISOLATE, END))
    if line.startswith(TO_LEFT[0]):
        return f"{TURN}{plain}"
    kinds = (unicodedata.bidirectional(letter) for letter in plain)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return plain if first == "L" else TO_RIGHT + plain


MEETING = re.compile(
    rf"[A-Za-z0-9۰-۹][^\w]*{ISOLATE}[A-Za-z0-9]|[A-Za-z0-9]{END}+[^\w]*[A-Za-z0-9۰-۹]|[A-Za-z][^\w{END}]+{END}+$"
)
"""Where names in Latin letters, or figures, meet in a line to the left: without marks all would run to the right."""


def part_line(line: str) -> list[str]:
    r"""Part a line into what stands by itself from right to left, where a PDF would mix it up without marks.

    Examples
    --------
    >>> [unmark(part) for part in part_line("\u2067\u0646 \u2068A\u2069: \u06f2\u060c \u2068B\u2069\u2069")]
    ['\u200fن ', 'A', '\u200f: ۲، ', 'B']
    >>> part_line("\u2067\u0646 \u2068A\u2069\u2069") == ["\u2067\u0646 \u2068A\u2069\u2069"], part_line("Red, 2")
    (True, ['Red, 2'])
    """
    return [*_list_parts(line)] if _is_directed(line) and MEETING.search(line) else [line]


def _list_parts(line: str) -> Iterator[str]:
    """Give what a line to the left is made of: what is kept apart, and what stands between."""
    deep, begun, inner = 0, 0, line[1:-1]
    for place, letter in enumerate(inner):
        if letter in BEGINNINGS:
            if not deep and place > begun:
                yield inner[begun:place].join(TO_LEFT)
            begun = begun if deep else place
            deep += 1
        elif letter == END and deep:
            deep -= 1
            if not deep:
                yield from _part_apart(inner[begun : place + 1])
                begun = place + 1
    if begun < len(inner):
        yield inner[begun:].join(TO_LEFT)


def _part_apart(apart: str) -> Iterator[str]:
    """Give the parts of what is kept apart, which runs to the left by itself or as its first letter does."""
    kinds = (unicodedata.bidirectional(letter) for letter in apart)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    if apart[0] == TO_LEFT[0] or first != "L":
        yield from _list_parts(apart)
    else:
        yield apart[1:-1]


BEGINNING = 200
"""Letters: few lines hold more."""


class Fonts:
    """The fonts of one figure, written from the left or the right; more are taken up as its text needs them.

    ``fallbacks`` are asked, in this order, for what the shipped one lacks.
    """

    def __init__(
        self, source: str, fallbacks: tuple[str, ...] = FALLBACKS, *, is_right_to_left: bool = False
    ) -> None:  # fmt: skip
        self.families: tuple[str, ...] = (SHIPPED,)
        self._source, self._fallbacks, self._is_right_to_left = source, fallbacks, is_right_to_left
        self._admitted: dict[str, str] = {}
        self._wrapped: dict[tuple[str, float, float, bool, int, tuple[str, ...]], list[str]] = {}

    def admit(self, text: str) -> str:
        """Return the text cleaned, with a font found for each of its characters.

        If no font on this machine has a character, that is a `TableError`.
        """
        if text not in self._admitted:
            cleaned = clean_text(text)
            for letter in sorted({*cleaned} - {*UNSEEN}):
                if not any(self._has(family, letter) for family in self.families):
                    self.families = (*self.families, self._find_family(letter))
            self._admitted[text] = self._direct(cleaned)
        return self._admitted[text]

    def _direct(self, line: str) -> str:
        """Mark in which direction a line runs as a whole: that of the figure, but for Latin words by themselves.

        Where those are kept apart they are part of a sentence, perhaps its last line, with its end.
        """
        if self._is_right_to_left and _is_directed(line):
            return line
        kinds = {unicodedata.bidirectional(letter) for letter in line}
        turns = not kinds.isdisjoint(("R", "AL"))
        if self._is_right_to_left and (turns or "L" not in kinds or END in line):
            return line.join(TO_LEFT)
        return TO_RIGHT + line if turns and not line.startswith(TO_RIGHT) else line

    def _has(self, family: str, letter: str) -> bool:
        return all(ord(letter) in _read_letters(family, bold) for bold in (False, True))

    def _find_family(self, letter: str) -> str:
        for family in (*find_packaged(), *self._fallbacks):
            if self._has(family, letter):
                return family
        name = f"U+{ord(letter):04X} {unicodedata.name(letter, 'without a name')}"
        expected = (
            f"a font that has it, such as one of the Noto family ({', '.join(FALLBACKS[:5])}), or another spelling"
            if letter not in PACKAGED
            else f"the font that has it: {name_install(PACKAGE)}"
        )
        raise TableError([Problem(self._source, f"no font here has the character {letter!r} ({name})", expected)])

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return the width of one line in points."""
        return measure_line(text, size, bold, self.families)

    def wrap_words(self, text: str) -> list[str]:
        """Break a text into its words, each a line of its own."""
        return [self.admit(word) for word in clean_text(text).split(" ")]

    def wrap(self, text: str, width: float, size: float, *, bold: bool = False, most: int = 99) -> list[str]:
        """Break a text into lines no wider than ``width`` points, at most ``most`` of them, cut with an ellipsis."""
        self.admit(text)
        asked = clean_text(text), width, size, bold, most, self.families
        if asked not in self._wrapped:
            lines = self._break(asked[0], width, size, bold, most)
            self._wrapped[asked] = [self.admit(line) for line in _carry_on(lines)]
        return [*self._wrapped[asked]]

    def _break(self, text: str, width: float, size: float, bold: bool, most: int) -> list[str]:
        words, lines = text.replace(" %", "\u00a0%").split(" "), list[str]()
        while words:
            if number := self._count_words(words, width, size, bold):
                lines.append(" ".join(words[:number]))
                words = words[number:]
            else:
                lines.append(self._fit(words[0], width, size, bold))
                rest = words[0][len(lines[-1]) :]
                words = [*filter(None, [rest]), *words[1:]]
            if words and len(lines) == most:
                return [*lines[:-1], self._shorten(lines[-1], width, size, bold)]
        return lines

    def _count_words(self, words: Sequence[str], width: float, size: float, bold: bool) -> int:
        """Count the words that stand in a line: as many as their own widths tell, or about as many."""

        def stands(number: int) -> bool:
            return self._stands_in(" ".join(words[:number]), width, size, bold)

        blank = self.measure(" ", size, bold=bold)
        ends = accumulate(self.measure(word[:BEGINNING], size, bold=bold) + blank for word in words)
        number = sum(1 for _ in takewhile(lambda end: end - blank <= width, ends))
        if not stands(number):
            return next((less for less in range(number - 1, 0, -1) if stands(less)), 0)
        return next((more for more in range(number, len(words)) if not stands(more + 1)), len(words))

    def _stands_in(self, text: str, width: float, size: float, bold: bool) -> bool:
        """Tell whether a text is no wider; of a long one its beginning tells, for setting takes time by the length."""
        beginning = text[:BEGINNING]
        if len(text) > BEGINNING and self.measure(beginning, size, bold=bold) > width + 2 * size:
            return False
        return self.measure(text, size, bold=bold) <= width

    def _fit(self, word: str, width: float, size: float, bold: bool) -> str:
        """Return as much of a too long word as stands in a line: whole parts or, without, at least one letter."""
        low, high = 1, len(word)
        while low < high:
            middle = min((low + high + 1) // 2, low + BEGINNING)
            if self._stands_in(word[:middle], width, size, bold):
                low = middle
            else:
                high = middle - 1
        parted = max(word.rfind(mark, 1, low) for mark in "-–/") + 1
        return word[: parted if parted and low < len(word) else low]

    def _shorten(self, line: str, width: float, size: float, bold: bool) -> str:
        while line and self.measure(f"{line} …", size, bold=bold) > width:
            line = line[:-1].rstrip()
        return f"{line} …"
