"""How a value is written down in facts: on one line, rounded, with what nobody sees spelt out."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import Any

__all__ = ["digest", "fold", "round_numbers", "word"]

NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
BLANKS = re.compile(r"[ \t\n\r\f]+")
HIDDEN = {"Cf", "Zl", "Zp", "Cc"}


def word(value: Any) -> str:
    """Write a value as JSON, sorted, numbers to four decimals, invisible letters by their number."""
    text = json.dumps(_round(value), ensure_ascii=False, sort_keys=True)
    return "".join(f"\\u{ord(each):04x}" if unicodedata.category(each) in HIDDEN else each for each in text)


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
