"""How a plain value is written as YAML on one line, so that nothing else can be read of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

__all__ = ["Value", "split_block", "write_json", "write_pairs", "write_value", "write_word"]

Value = str | Sequence["Value"] | Mapping[str, "Value"]
"""A text, a list or a mapping; numbers, dates and flags are texts too, as they are to whoever reads a table."""

PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_ ][A-Za-z0-9]+)*|-?[0-9]+(?:\.[0-9]+)?|[0-9]{4}(?:-[0-9]{2}){1,2}")
UNSURE = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
PROSE = frozenset(["as_written", "note", "page", "quote", "text", "title"])
"""Keys whose texts somebody wrote: they stand in quotes, whatever is in them."""

UNFIT = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no YAML may hold as it is, and JSON may."""

FLAGS = frozenset(["derived", "footprint", "nationwide", "open_list", "publish"])
FIGURES = frozenset(["best", "high", "low", "rank", "share", "unlocated"])
WORDS = ("true", "false")
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def write_value(value: Value, key: str = "") -> str:
    r"""Write a value as it stands under a key: a list in brackets, a mapping in braces.

    Examples
    --------
    >>> print(write_value({"in": ["Sar-e Pol", "on"], "note": 'said "maybe"\n'}))
    {in: [Sar-e Pol, "on"], note: "said \"maybe\"\n"}
    """
    if isinstance(value, str):
        return value if key in FLAGS and value in WORDS else _quote(value) if key in PROSE else write_word(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {text}' for name, text in write_pairs(value))}}}"
    return f"[{', '.join(write_value(each) for each in value)}]"


def write_pairs(values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Write each key and value of a mapping.

    Examples
    --------
    >>> write_pairs({"level": "camps", "observed": {"from": "2020-06"}})
    [('level', 'camps'), ('observed', '{from: 2020-06}')]
    """
    return [(write_word(key), write_value(value, key)) for key, value in values.items()]


def write_json(value: Value, key: str = "") -> str:
    """Write a value as JSON, which is YAML too: figures and flags as such.

    Examples
    --------
    >>> write_json({"nationwide": "true", "low": "12", "in": ["Kabul"], "page": "3"})
    '{"nationwide": true, "low": 12, "in": ["Kabul"], "page": "3"}'
    """
    if isinstance(value, str):
        is_bare = (key in FLAGS and value in WORDS) or (key in FIGURES and FIGURE.fullmatch(value))
        return value if is_bare else _quote(value)
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_quote(name)}: {write_json(each, name)}' for name, each in value.items())}}}"
    return f"[{', '.join(write_json(each) for each in value)}]"


def write_word(text: str) -> str:
    """Write a word as it is where nothing else could be read of it, else in quotes.

    Examples
    --------
    >>> print(write_word("al-qaeda"), write_word("?"), write_word("No"), write_word("2020-06-14"))
    al-qaeda "?" "No" 2020-06-14
    """
    return text if PLAIN.fullmatch(text) and text.lower() not in UNSURE else _quote(text)


def split_block(value: Value) -> list[str]:
    r"""Split a text of several lines that may stand below its key, after ``|-``, as it is: none of any other value.

    Such a text is printable, and no line of it begins or ends with a blank.

    Examples
    --------
    >>> split_block("one\n\ntwo"), split_block("one"), split_block("one \ntwo")
    (['one', '', 'two'], [], [])
    """
    lines = value.split("\n") if isinstance(value, str) else []
    fits = len(lines) > 1 and all(line == line.strip() for line in lines) and lines[0] and lines[-1]
    return lines if fits and "".join(lines).isprintable() else []


def _quote(text: str) -> str:
    """Write a text in quotes, on one line whatever it holds."""
    return UNFIT.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
