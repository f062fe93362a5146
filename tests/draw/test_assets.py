"""What is left out of our scripts is blank: no string of theirs has any where blanks are taken away."""

from __future__ import annotations

import re
from pathlib import Path

import geo.draw

STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')
TAKEN = re.compile(r"\s[{}]|\{\s|\s(?:=>|[!=]==|&&|\|\||\?\?|\+=)|(?:=>|[!=]==|&&|\|\||\?\?|\+=)\s|[;,(\n]\n")
PAGE = Path(geo.draw.__file__).with_name("web")


def test_no_string_of_a_script_has_a_blank_that_is_left_out() -> None:
    scripts = list(PAGE.rglob("*.js"))
    assert len(scripts) > 10
    held = {
        (path.name, found)
        for path in scripts
        for found in STRING.findall(re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE))
        if TAKEN.search(re.sub(r"\$\{[^}]*\}", "$", found))
    }
    assert held == set()
    assert TAKEN.search('"a { b"'), "the test can fail"
