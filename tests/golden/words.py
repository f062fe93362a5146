"""How a value is written down in facts: on one line, rounded, with what nobody sees spelt out."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

__all__ = ["digest", "fold", "round_numbers", "word"]

NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
BLANKS = re.compile(r"[ \t\n\r\f]+")


def word(value: Any) -> str:
    """Write a value as JSON, sorted, numbers to four decimals, invisible letters by their number."""
    text = json.dumps(_round(value), ensure_ascii=False, sort_keys=True)
    return text if text.isprintable() else "".join(map(_show, text))


def _show(letter: str) -> str:
    return letter if letter.isprintable() else f"\\u{ord(letter):04x}"


def _round(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _round(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_round(each) for each in value]
    return round(value, 4) + 0.0 if isinstance(value, float) else value


def fold(text: str) -> str:
    """Fold what HTML takes for blanks into one; a blank that may not break is none."""
    return BLANKS.sub(" ", text)


def round_numbers(text: str, decimals: int = 1) -> str:
    """Round each number with decimals in a text."""
    return NUMBER.sub(lambda found: f"{round(float(found[0]), decimals) + 0.0:g}", text)


def digest(text: str) -> str:
    """Shorten what nobody reads to a mark that differs where it does."""
    return f"#{hashlib.sha256(text.encode()).hexdigest()[:12]}"
