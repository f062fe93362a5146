"""A block becomes sentences of words, each word folded and with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geo.draft.words.cue_words import read_words
from geo.read.common.names import fold_name
from geo.read.documents.blocks import Block

__all__ = ["NOT_LATIN", "WORD", "Sentence", "list_words", "split_sentences"]

WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u200c])*")
END = re.compile("[.!?؟۔…]+[\"'”’»)\\]]*\\s+(?=[\"'“‘«(\\[]*(?:[^\\W\\d_]|\\d))")
ABBREVIATIONS = read_words("sentences.abbreviations")
LONG_WORD = 4
NOT_LATIN = re.compile("[\u0600-\u06ff]")


class Sentence:
    """A sentence as words: what each is folded, where it begins and ends, whether it has a capital."""

    __slots__ = ("block", "caps", "ends", "is_shouted", "is_titled", "line", "raw", "start", "starts", "text", "words")

    def __init__(self, block: Block, start: int, end: int) -> None:
        self.block, self.start = block, start
        self.text = block.text[start:end].strip()
        self.line = block.find_line(start)
        spans = [found.span() for found in WORD.finditer(self.text)]
        self.starts = [first for first, _ in spans]
        self.ends = [last for _, last in spans]
        self.raw = [self.text[first:last] for first, last in spans]
        self.words = [word.lower() if word.isascii() else fold_name(word) for word in self.raw]
        self.caps = [word[0].isupper() for word in self.raw]
        self.is_titled = len(spans) > 2 and _is_titled(self.raw)
        self.is_shouted = self.is_titled and self.text.isupper()

    def read_gap(self, index: int) -> str:
        """Give what stands between a word and the next one."""
        following = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.ends[index] : following]

    def read_word(self, index: int) -> str:
        """Give a word as it is written; nothing where there is none."""
        return self.raw[index] if 0 <= index < len(self.raw) else ""

    def peek(self, index: int) -> str:
        """Give a word folded; nothing where there is none."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def cut(self, first: int, last: int) -> str:
        """Give the text from one word to another, both with it."""
        return self.text[self.starts[first] : self.ends[last]]


def _is_titled(words: list[str]) -> bool:
    """Tell a title, in which every long word has a capital."""
    long = [word for word in words if len(word) >= LONG_WORD]
    return len(long) > 2 and sum(word[0].isupper() or not word[0].isalpha() for word in long) >= 0.9 * len(long)


def list_words(text: str) -> list[str]:
    """List the words of a text as sentences have them.

    Examples
    --------
    >>> list_words("The Sar-e Pōl; کونړ")
    ['the', 'sar', 'e', 'pol', 'کونړ']
    """
    return [word.lower() if word.isascii() else fold_name(word) for word in WORD.findall(text)]


def split_sentences(block: Block) -> Iterator[Sentence]:
    """Part a block at the ends of its sentences; a row and a heading are one.

    Examples
    --------
    >>> from geo.read.documents.blocks import join_lines
    >>> [each.text for each in split_sentences(join_lines("paragraph", [(1, "Gen. A. Khan left. He is in Kunar.")]))]
    ['Gen. A. Khan left.', 'He is in Kunar.']
    """
    start = 0
    if block.kind not in ("row", "heading"):
        for found in END.finditer(block.text):
            if _is_end(block.text, start, found):
                yield Sentence(block, start, found.end())
                start = found.end()
    if start < len(block.text):
        yield Sentence(block, start, len(block.text))


def _is_end(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell the end of a sentence from that of an abbreviation, a number or an initial."""
    following = text[found.end() : found.end() + 2].lstrip("\"'“‘«([")
    if following[:1].islower():
        return False
    if found[0][0] != ".":
        return True
    before = text[start : found.start()].rpartition(" ")[2].lstrip("(\"'“‘[").lower()
    is_initial = len(before) == 1 and before.isalpha() and not NOT_LATIN.match(before)
    is_counter = before.isdigit() and text[start : found.start()].strip() == before
    return not (before in ABBREVIATIONS or is_initial or is_counter)
