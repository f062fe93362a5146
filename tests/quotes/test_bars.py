"""How surely quotes are told: true ones are found through any layout, changed ones and changed copies are noticed."""

from __future__ import annotations

import hashlib
import random
import re
from functools import cache
from pathlib import Path

import pytest

import geo
from geo.model import Evidence
from geo.quotes.find_quote import find_quote
from geo.quotes.quoted_document import QuotedDocument, open_document
from geo.read.documents.document_lines import parse_lines
from tests.daily import IS_WHOLE
from tests.quotes.made_texts import LAYOUTS, make_sentences, write_table

SENTENCES = make_sentences(200)
WHOLE = " ".join(SENTENCES)
MUTATIONS = 1000 if IS_WHOLE else 100
COPIES = 1000 if IS_WHOLE else 40
WORD = re.compile(r"\w+")
QUOTED = 12
"""How many of the sentences the table quotes whose copy is changed."""


@cache
def lay_out(layout: str, seed: int = 1) -> QuotedDocument:
    data = LAYOUTS[layout](SENTENCES, random.Random(seed))
    return open_document(parse_lines(data, layout, f".{layout}")[0])


def straighten(text: str) -> str:
    """Write the quotation marks of a text as a typewriter has them."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_true_quote_is_found_through_any_layout(layout: str) -> None:
    for seed in range(1, 6 if IS_WHOLE else 2):
        document = lay_out(layout, seed)
        for write in (str, straighten):
            lost = [each for each in SENTENCES if find_quote(document, Evidence(quote=write(each))).state != "found"]
            assert lost == []
    for at in range(0, len(SENTENCES) - 1, 7):  # over the end of a sentence, and so of a paragraph or a page
        assert find_quote(document, Evidence(quote=f"{SENTENCES[at]} {SENTENCES[at + 1]}")).state == "found"


def change(text: str, rule: random.Random) -> str:
    """Change a letter, a figure or a word of a text."""
    words = list(WORD.finditer(text))
    word = rule.choice(words)
    kind = rule.choice(["letter", "figure", "drop", "add", "swap", "case", "move"])
    if kind == "figure" and (figures := [at for at, sign in enumerate(text) if sign.isdigit()]):
        at = rule.choice(figures)
        return text[:at] + rule.choice([each for each in "0123456789" if each != text[at]]) + text[at + 1 :]
    if kind == "drop" and words[0] is not word is not words[-1]:  # a shorter quote is a true one
        return text[: word.start()].rstrip() + text[word.end() :]
    if kind == "add":
        return f"{text[: word.end()]} not{text[word.end() :]}" if word is not words[-1] else f"not {text}"
    if kind == "swap":
        return text[: word.start()] + rule.choice(["never", "many", "northern", "300"]) + text[word.end() :]
    if kind == "move" and word[0] != word[0][::-1]:
        return text[: word.start()] + word[0][::-1] + text[word.end() :]
    at = rule.randrange(word.start(), word.end())
    letter = text[at].swapcase() if kind == "case" and text[at].isalpha() else rule.choice("abcdefghijklmnopqrstuvwxyz")
    return text[:at] + (letter if letter != text[at] else "q" if text[at] != "q" else "z") + text[at + 1 :]


def test_a_changed_quote_is_told() -> None:
    rule = random.Random(2)
    layouts = list(LAYOUTS)
    missed = []
    for number in range(MUTATIONS):
        true = rule.choice(SENTENCES)
        quote = change(true, rule)
        while straighten(quote) in straighten(WHOLE):
            quote = change(true, rule)
        found = find_quote(lay_out(layouts[number % len(layouts)]), Evidence(quote=quote))
        if found.state != "not found" or not found.nearest:
            missed.append((true, quote, found))
    assert missed == []


def touch(rule: random.Random, layout: str, among: list[str]) -> tuple[bytes, str]:
    """Change one of some sentences of the document, and say which."""
    sentences = list(SENTENCES)
    at = sentences.index(rule.choice(among))
    changed = change(sentences[at], rule)
    while straighten(changed) in straighten(WHOLE) or straighten(sentences[at]) in straighten(changed):
        changed = change(sentences[at], rule)
    sentences[at] = changed
    return LAYOUTS[layout](sentences, random.Random(1)), SENTENCES[at]


def test_a_changed_copy_is_told_by_its_hash_and_by_the_quotes_that_it_touches(tmp_path: Path) -> None:
    rule, touched = random.Random(3), 0
    quotes = SENTENCES[:: len(SENTENCES) // QUOTED][:QUOTED]
    true = {layout: make(SENTENCES, random.Random(1)) for layout, make in LAYOUTS.items()}
    table = tmp_path / "t.yaml"
    for number in range(COPIES):
        layout = [*LAYOUTS][number % len(LAYOUTS)]
        data, changed = touch(rule, layout, quotes if number % 3 == 0 else SENTENCES)
        file = tmp_path / f"copy.{layout}"
        file.write_bytes(data)
        digest = hashlib.sha256(true[layout]).hexdigest()
        table.write_text(write_table(file.name, quotes, f", sha256: {digest}"), "utf-8")
        checked = geo.check_quotes(table)
        assert any("was changed" in problem.found for problem in checked.errors), number
        lost = {each.evidence.quote for each in checked.findings if each.state != "found"}
        assert lost == {changed} & {*quotes}, number
        touched += bool(lost)
    assert touched >= COPIES // 3


def test_a_copy_as_it_was_is_told_nothing_of(tmp_path: Path) -> None:
    quotes = SENTENCES[:: len(SENTENCES) // QUOTED][:QUOTED]
    for layout, make in LAYOUTS.items():
        data = make(SENTENCES, random.Random(1))
        (tmp_path / f"copy.{layout}").write_bytes(data)
        table = tmp_path / "t.yaml"
        more = f", sha256: {hashlib.sha256(data).hexdigest()}"
        table.write_text(write_table(f"copy.{layout}", quotes, more), "utf-8")
        checked = geo.check_quotes(table)
        assert [each.state for each in checked.findings] == ["found"] * len(quotes)
        assert checked.errors == ()
