"""Mistakes with quotes and with the copies of sources, and the remedies that are offered."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tests.remedies.follow import Case, Desk, Mend, instead, make, put

__all__ = ["CASES"]

SAID = "About 40 Reds hold the mill.\f2\n" + "Nobody else was seen there by day or by night, they say. " * 12 + "\f3\n"
HASH = hashlib.sha256(SAID.encode()).hexdigest()
TABLE = f"""\
title: A test
as_of: 2020-06-14
byline: Me
licence: CC0-1.0
sources: {{s: {{title: A source, date: 2020-01-01, copy: {{file: r.txt, sha256: {HASH}}}}}}}
groups: {{red: {{name: Red}}}}
presence:
- {{group: red, in: Kabul, source: s, quote: About 40 Reds hold the mill., page: 1}}
"""
CHECK = "check --strict --quotes t.yaml"
LOOK = "quote s Reds --table t.yaml"


def quoted(name: str, old: str, new: str, *steps: tuple[str, Mend], command: str = CHECK) -> Case:
    """Take the table with one mistake, beside the copy."""
    assert old in TABLE
    return Case(name, command, {"t.yaml": TABLE.replace(old, new), "r.txt": SAID}, steps)


def looked_up(name: str, command: str, *steps: tuple[str, Mend], old: str = "", new: str = "") -> Case:
    return quoted(name, old or "title: A test", new or "title: A test", *steps, command=command)


def _shorten(match: re.Match[str], desk: Desk) -> None:
    """Quote as many words as there may be."""
    kept = " ".join(LONG.split()[: int(match[1])])
    desk.change("t.yaml", LONG, kept)


def _link_out(path: Path) -> None:
    outside = path.parent.parent / f"{path.parent.name}.txt"
    outside.write_text(SAID, "utf-8")
    path.symlink_to(outside)


def _unlink(match: re.Match[str], desk: Desk) -> None:
    (desk.folder / "r.txt").unlink()
    (desk.folder / "r.txt").write_text(SAID, "utf-8")


LONG = " ".join(["Nobody else was seen there by day or by night, they say."] * 8)
CASES = [
    quoted("a copy that was changed", HASH, "0" * 64, (r"once you have looked at it `(sha256: \w+)`", put("sha256: " + "0" * 64))),
    quoted("a copy without its hash", f", sha256: {HASH}", "", (r"expected `(sha256: \w+)`", put("r.txt", r"r.txt, \1"))),
    quoted("a quote that is none", "About 40 Reds", "About 400 Reds",
           (r"nearest: (.*) \(page", put("About 400 Reds hold the mill."))),
    quoted("a page that does not hold", "page: 1", "page: 3", (r"of where it stands: page (\d)", put("page: 3", r"page: \1"))),
    quoted("quotes that are too long", "About 40 Reds hold the mill., page: 1", f'"{LONG}"',
           (r"expected shorter quotes, (\d+) words in all", _shorten)),
    Case("a copy that is not there", CHECK, {"t.yaml": TABLE}, ((r"no copy '(.*?)' beside the table; expected that file",
                                                                make("r.txt", SAID)),)),
    Case("a link out of the folder", CHECK, {"t.yaml": TABLE, "r.txt": _link_out},
         ((r"expected the file itself in that folder", _unlink),)),
    Case("quotes of standard input", "check --quotes -", {"t.yaml": TABLE, "r.txt": SAID},
         ((r"expected the file of the table", instead("--quotes -", "--quotes t.yaml")),), given=TABLE.encode()),
    Case("a page to be published as a copy", "publish t.yaml -o public --lang en",
         {"t.yaml": TABLE.replace(f"r.txt, sha256: {HASH}", "r.html, publish: true"), "r.html": "<p>About 40 Reds hold the mill.",
          "r.txt": SAID}, ((r"expected its PDF or its text", put("r.html", "r.txt")),)),
    looked_up("words of no sentence", "quote s 'Reds held' --table t.yaml",
              (r"nearest: (\w+ \w+ \w+) ", instead("Reds held"))),
    looked_up("no words", "quote s . --table t.yaml", (r"expected (some) words of the sentence", instead(" . ", " Reds "))),
    looked_up("no such source", "quote t Reds --table t.yaml", (r"a source with one: (\w+)", instead("quote t", r"quote \1"))),
    looked_up("a source without a copy", LOOK, (r"expected `(copy)` with its `(file)`", put("2020-01-01", r"2020-01-01, \1: {\2: r.txt}")),
              old=f", copy: {{file: r.txt, sha256: {HASH}}}", new=" "),
    quoted("a flag of two words", f"sha256: {HASH}", f"publish: yes, sha256: {HASH}", (r"expected (true) or false", put("yes"))),
    quoted("a locator of nothing", "page: 1", "locator: {}", (r"expected prefix, (suffix) or both", put("{}", r"{\1: Nobody else}"))),
    quoted("a locator without a quote", "quote: About 40 Reds hold the mill., page: 1", "locator: {suffix: Nobody else}",
           (r"without `quote`; expected `(quote)`", put("locator:", r"\1: About 40 Reds hold the mill., locator:"))),
]  # fmt: skip
