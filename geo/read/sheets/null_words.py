"""Words that stand in a cell for nothing, for an error or for the cell above."""

from __future__ import annotations

import re

__all__ = ["NULLS", "explain_cell", "is_blank_word", "is_doubtful_source", "is_missing_level"]

NULLS = frozenset((
    "nan", "none", "null", "nil", "n/a", "#n/a", "n.a.", "n.a", "na", "<na>", "nat", "-", "--", "–", "—", "(blank)",
    "(empty)", "#n/d", "#nv",
))  # fmt: skip
ERROR = re.compile(r"#(?:REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|#+)|###+")
DITTO = frozenset(('"', "''", "”", "“", "〃", "ditto", "do.", "idem", "id.", "ibid", "ibid.", "same", "same as above",
                   "as above", "see above", "↑", "^"))  # fmt: skip
UNKNOWN = frozenset(("unknown", "unspecified", "various", "several", "multiple", "?", "tbd", "tba", "todo", "not known",
                     "not available", "not stated"))  # fmt: skip
DENIAL = re.compile(
    r"(?:no|not|never|without|kein|keine|nicht|pas|aucun|aucune)\s.*|no|n|none\s.*|false|0|\?+|✗|✘|☐|unknown|unclear|unsure|"
    r"uncertain|undetermined|inaccessible|نامعلوم|نه|نیست", re.DOTALL,
)  # fmt: skip
PLACED = ("group", "in", "region", "nationwide", "unlocated", "finding")
"""Columns in which nothing is an answer that no one can give for the table's author."""


def is_blank_word(text: str) -> bool:
    """Tell whether a cell holds a word for nothing.

    Examples
    --------
    >>> is_blank_word("NaN"), is_blank_word("unknown"), is_blank_word("")
    (True, False, False)
    """
    return text.strip().lower() in NULLS


def is_missing_level(text: str) -> bool:
    """Tell whether a cell that should hold a level says that none is there, or that nobody knows.

    Examples
    --------
    >>> [is_missing_level(word) for word in ("Not present", "unknown", "Non-combatants", "absent")]
    [True, True, False, False]
    """
    return DENIAL.fullmatch(text.strip().lower()) is not None


def is_doubtful_source(text: str) -> bool:
    """Tell whether a title of a source says that it is not known.

    Examples
    --------
    >>> is_doubtful_source("Unknown"), is_doubtful_source("Unknown soldiers, 2020")
    (True, False)
    """
    return text.strip().lower() in UNKNOWN


def explain_cell(column: str, text: str, above: str = "") -> tuple[str, str, bool] | None:
    """Say what is wrong with a cell of a record, what is expected, and whether the cell counts as empty instead.

    Examples
    --------
    >>> explain_cell("level", "NaN")[2], explain_cell("group", "NaN")[2], explain_cell("note", "Red")
    (True, False, None)
    """
    word = text.strip()
    if ERROR.fullmatch(word):
        return f"the error {word[:20]}", "a value", False
    if word.lower() in DITTO:
        shown = f"what it repeats: {above}" if above and above.isprintable() else "what it repeats"
        return f"{word!r}, which repeats the cell above", shown, False
    if column.partition(".")[0] in PLACED:
        nulls = [part for part in re.split("[;\n]", word) if is_blank_word(part)]
        return (f"{nulls[0].strip()!r}, a word for nothing", "a value, or the row deleted", False) if nulls else None
    if is_blank_word(word):
        return f"{word!r}, a word for nothing, and taken for an empty cell", "an empty cell", True
    return None
