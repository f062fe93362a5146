"""Sentences that nobody wrote, each once, and documents of them as layout leaves them: lines, hyphens, ligatures."""

from __future__ import annotations

import html
import random
import zlib
from collections.abc import Callable, Sequence

__all__ = ["LAYOUTS", "make_pdf", "make_sentences", "write_table"]

OPENINGS = ("In early", "By late", "Since the middle of", "Towards the end of")
MONTHS = ("January", "April", "July", "October")
COLOURS = ("red", "blue", "green", "grey", "amber", "violet", "ochre", "teal")
PEOPLE = ("fighters", "officials", "affiliates", "staff", "young men", "officers")
DEEDS = ("were seen at", "left", "came back to", "affirmed that they held", "filed a complaint about", "set fire to")
PLACES = ("the well-known mill", "an office at the river", "the field-hospital", "the first of five workshops",
          "a half-finished flour store", "the old north-eastern gate")  # fmt: skip
ENDS = ("so the clerk’s file says", "as “several” traders affirmed", "which the elders’ office denies",
        "or so it is said", "and nobody knows why", "after what they called “a difficult offer”")  # fmt: skip
STEMS = ("Ruvo", "Dalm", "Kest", "Tirn", "Ofla", "Belf", "Niffa", "Coffi")
HYPHENATED = 9
"""Letters of a word from which on a line may end within it."""

LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
GLYPHS = {ord("ﬁ"): "\x01", ord("ﬂ"): "\x02", ord("ﬀ"): "\x03", ord("ﬃ"): "\x04", ord("ﬄ"): "\x05"}
PAGE = 30


def make_sentences(number: int, seed: int = 0) -> list[str]:
    """Make sentences, no two of them with the same figures and names."""
    rule = random.Random(seed)
    return [
        f"{rule.choice(OPENINGS)} {rule.choice(MONTHS)} {1900 + at % 100}, about {1000 + 7 * at:,} "
        f"{rule.choice(COLOURS)} {rule.choice(PEOPLE)} of {rule.choice(STEMS)}{rule.choice(STEMS).lower()}{at:03} "
        f"{rule.choice(DEEDS)} {rule.choice(PLACES)}, {rule.choice(ENDS)}."
        for at in range(number)
    ]


def _break_lines(text: str, rule: random.Random, hyphens: str) -> list[str]:
    """Break a text into lines, now and then within a word, or behind a hyphen that it has anyway."""
    lines: list[str] = []
    line, width = "", rule.randint(48, 70)
    for word in text.split():
        if len(line) + len(word) < width:
            line = f"{line} {word}".strip()
            continue
        if "-" in word and word.replace("-", "").isalpha():
            head, tail = word.split("-", 1)
            lines, line = [*lines, f"{line} {head}-"], tail
        elif word.isalpha() and len(word) >= HYPHENATED:
            at = rule.randint(3, len(word) - 3)
            lines, line = [*lines, f"{line} {word[:at]}{rule.choice(hyphens)}"], word[at:]
        else:
            lines, line = [*lines, line], word
        width = rule.randint(48, 70)
    return [*lines, line]


def _join_letters(text: str) -> str:
    for letters, sign in LIGATURES.items():
        text = text.replace(letters, sign)
    return text


def lay_plain(sentences: Sequence[str], rule: random.Random) -> bytes:
    """Lay out as a text of lines, some of its quotation marks straight."""
    text = " ".join(each.replace("’", "'") if rule.random() < 0.5 else each for each in sentences)
    return "\n".join(_break_lines(text, rule, "-")).encode()


def lay_markdown(sentences: Sequence[str], rule: random.Random) -> bytes:
    """Lay out as Markdown, a paragraph of three sentences each, with bold words and lines that are quoted."""
    parts = [sentences[at : at + 3] for at in range(0, len(sentences), 3)]
    told = (" ".join(part).replace("about", "**about**").replace("nobody", "_nobody_") for part in parts)
    return "\n\n".join("> " + "\n> ".join(_break_lines(each, rule, "-")) for each in told).encode()


def lay_html(sentences: Sequence[str], rule: random.Random) -> bytes:
    """Lay out as a web page: soft hyphens, blanks that do not break, entities, marks of its own."""
    parts = []
    for sentence in sentences:
        words = [f"{word[:4]}&shy;{word[4:]}" if len(word) >= HYPHENATED and word.isalpha() else html.escape(word)
                 for word in sentence.split()]  # fmt: skip
        text = "".join(f"{word}{rule.choice([' ', ' ', '&nbsp;', chr(10), '  '])}" for word in words)
        parts.append(f"<p>{text.replace('’', '&rsquo;').replace('about', '<b>about</b>')}</p>")
    return f"<!DOCTYPE html><title>x</title><body>{''.join(parts)}".encode()


def lay_pdf(sentences: Sequence[str], rule: random.Random) -> bytes:
    """Lay out as a PDF of pages with head and foot; hyphens at ends of lines, soft ones too, and ligatures."""
    lines = _break_lines(_join_letters(" ".join(sentences)), rule, "-\xad")
    pages = [lines[at : at + PAGE] for at in range(0, len(lines), PAGE)]
    return make_pdf(*([f"A made-up report of {number}", *page, f"{number}"] for number, page in enumerate(pages, 1)))


LAYOUTS: dict[str, Callable[[Sequence[str], random.Random], bytes]] = {
    "txt": lay_plain, "md": lay_markdown, "html": lay_html, "pdf": lay_pdf,
}  # fmt: skip


def make_pdf(*pages: Sequence[str]) -> bytes:
    """Make a PDF of lines of text whose font has ligatures, as small as one can be."""
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding"
        b"/Differences[1/fi/fl/ff/ffi/ffl]>>>>",
    ]  # fmt: skip
    for at, lines in enumerate(pages):
        safe = (line.translate(GLYPHS).replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") for line in lines)
        shown = "BT /F1 12 Tf 14 TL 40 760 Td " + " ".join(f"({line}) Tj T*" for line in safe) + " ET"
        packed = zlib.compress(shown.encode("cp1252"))
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {5 + 2 * at} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>".encode())  # fmt: skip
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return data + f"{end}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF".encode()


def write_table(file: str, quotes: Sequence[str], more: str = "") -> str:
    """Write a table whose records quote one source."""
    head = f"sources: {{s: {{title: A report, copy: {{file: {file}{more}}}}}}}\ngroups: {{reds: {{name: Reds}}}}\n"
    record = "- group: reds\n  nationwide: true\n  observed: {}\n  source: s\n  quote: >-\n    {}\n"
    return head + "presence:\n" + "".join(record.format(1900 + at, each) for at, each in enumerate(quotes))
