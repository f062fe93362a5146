"""The words of a document as one writes them down: what layout did to them undone, every letter kept."""

from __future__ import annotations

import re
import unicodedata

from geo.quotes.folded_text import HYPHENS, LIGATURE, SOFT

__all__ = ["write_plain"]

WORD = r"[^\W_]+"
BROKEN = re.compile(rf"({WORD})([{SOFT}{HYPHENS}])[^\S\n]*\n\s*({WORD})")


def write_plain(text: str, first: int, last: int) -> str:
    r"""Write a stretch of a text as it is read: on one line, ligatures parted, words made whole at ends of lines.

    Examples
    --------
    >>> write_plain("The ﬁghters of Nan-\ngarhar", 4, 27)
    'fighters of Nangarhar'
    """

    def join(found: re.Match[str]) -> str:
        one, hyphen, other = found.groups()
        return f"{one}{'' if hyphen == SOFT else _choose_hyphen(text, one, other)}{other}"

    raw = BROKEN.sub(join, text[first:last]).replace(SOFT, "")
    raw = LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), raw)
    return unicodedata.normalize("NFC", " ".join(raw.split()))


def _choose_hyphen(text: str, one: str, other: str) -> str:
    """Keep a hyphen at the end of a line where the document has the word with it elsewhere, or a number ends there."""
    if not (one[-1].isalpha() and other[0].islower()):
        return "-"
    has_hyphen = re.search(rf"\b{re.escape(one)}[{HYPHENS}]{re.escape(other)}\b", text, re.IGNORECASE)
    has_word = re.search(rf"\b{re.escape(one + other)}\b", text, re.IGNORECASE)
    return "-" if has_hyphen and not has_word else ""
