"""The guard of `make lint` over our scripts: what it tells, where, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import playwright
import pytest

from geo.draw.web import assets
from tests.scripts.__main__ import main
from tests.scripts.driver import NO_NODE
from tests.scripts.guard import find_faults, list_scripts

ONE = """// first is named here
const { first, second: [third] } = page;
function fourth() {
  const own = 1;
  return own;
}
"""
REMEDY = "too; a name that no other script has"
CASES = {
    "a function": ("function fourth() {}\n", f"b.js:1: fourth stands in a.js:3 {REMEDY}"),
    "an async function": ("\nasync function fourth() {}\n", f"b.js:2: fourth stands in a.js:3 {REMEDY}"),
    "a constant": ("const fourth = 1;\n", f"b.js:1: fourth stands in a.js:3 {REMEDY}"),
    "a class": ("class fourth {}\n", f"b.js:1: fourth stands in a.js:3 {REMEDY}"),
    "a pattern": ("let [other, first] = page;\n", f"b.js:1: first stands in a.js:2 {REMEDY}"),
    "a pattern within": ("const {\n  other: { third },\n} = page;\n", f"b.js:2: third stands in a.js:2 {REMEDY}"),
    "after a page was asked": ("page.look();\nlet third;\n", f"b.js:2: third stands in a.js:2 {REMEDY}"),
    "no JavaScript": (
        "const a = 1;\nfunction f() {\n  retrun a;\n}\n",
        "b.js:3: SyntaxError: Unexpected ",
    ),
    "not strict": ("const a = 1;\nwith (a) b;\n", "b.js:2: SyntaxError: Strict mode code may not include a with"),
    "twice in a file": ("let a = 1;\nlet a = 2;\n", "b.js:2: SyntaxError: Identifier 'a' has already been declared"),
    "a name of its own": ("function fifth() {}\n", ""),
    "a name within a function": ("function fifth() {\n  const first = 1;\n}\n", ""),
    "a name within a block": ("if (page) {\n  const first = 1;\n}\n", ""),
    "a name that is no more than used": ("const fifth = () => fourth(first);\n", ""),
    "a key of an object": ("const { first: fifth } = page;\n", ""),
    "one function and no name": ("// it is given\n(map, { first }) => {\n  const fourth = 1;\n}\n", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_a_name_stands_in_one_script(case: str) -> None:
    source, told = CASES[case]
    faults = find_faults({"a.js": ONE, "b.js": source})
    assert [each[: len(told)] if "Syntax" in told else each for each in faults] == ([told] if told else [])


def test_a_name_in_three_scripts_is_told_with_all_its_places() -> None:
    scripts = {"a.js": "function f() {}\n", "b.js": "\nfunction f() {}\n", "c.js": "let f;\n"}
    assert find_faults(scripts) == [f"c.js:1: f stands in a.js:1 and b.js:2 {REMEDY}"]


def test_our_scripts_are_all_read_and_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    scripts = list_scripts()
    assert {Path(file).name for file in scripts} >= {*assets.SCRIPTS, "app.js", "folium_layer.js"}
    assert main() == 0
    assert capsys.readouterr().err == ""


def test_a_playwright_without_node_says_what_helps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(playwright, "__file__", str(tmp_path / "__init__.py"))
    assert main() == 1
    assert capsys.readouterr().err == f"{NO_NODE}\n"
