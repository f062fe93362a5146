"""Where a sentence ends, and that no room has a rule of its own for it, for the mark of data or for whom one cites."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geo.sentences import add_unsaid, end_sentence, is_ended

GEO = Path(__file__).parents[1] / "geo"
ENDED = (
    "One.", "One!", "One?", "One\u2026", "یک؟", "یک۔", "It is so. (See below.)", "(So it is.)", '"So it is."',
    "He said \u201cno.\u201d", "Il dit \u00abnon.\u00bb", "one\u2069.\u2069", "One. ", "[One.]",
)  # fmt: skip
OPEN = (
    "",
    " ",
    "One",
    "One:",
    "One,",
    "Groups (etc.)",
    "Who (and where?)",
    '"One"',
    "(One)",
    "One.)",
    ")",
    '"',
    "1.5",
    "؛",
)


@pytest.mark.parametrize("said", ENDED)
def test_what_is_ended_is_left_alone(said: str) -> None:
    assert is_ended(said)
    assert end_sentence(said) == said


@pytest.mark.parametrize("said", OPEN)
def test_what_is_not_is_ended_once(said: str) -> None:
    assert not is_ended(said)
    if said.strip():
        assert end_sentence(said) == f"{said}."
        assert is_ended(end_sentence(said))
    assert end_sentence("") == ""


UNSAID = {
    "said already": ("So; presence is not control.", "So; presence is not control. Silence is not absence."),
    "not said": ("So.", "So. Presence is not control. Silence is not absence."),
    "nothing": ("", "Presence is not control. Silence is not absence."),
    "both": ("Silence is not absence! Presence is not control.", "Silence is not absence! Presence is not control."),
    "something like it": (
        "Presence is not controlled.",
        "Presence is not controlled. Presence is not control. Silence is not absence.",
    ),
}


@pytest.mark.parametrize("name", UNSAID)
def test_what_is_said_already_is_not_said_twice(name: str) -> None:
    said, wanted = UNSAID[name]
    assert add_unsaid(said, "Presence is not control.", "Silence is not absence.") == wanted


RULES = {
    "the end of a sentence": (r"""in ["'(]+\.!\?|ENDS = .*\.!\?""", "sentences.py"),
    "the mark of data": (r"hash\w*\(?\w*\)?\[:(12|MARK)\]|MARK = 12", "attribution.py"),
    "whom one cites": (r"authors\)? or ", "attribution.py"),
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_stands_once(name: str) -> None:
    pattern, home = RULES[name]
    found = {
        path.name
        for path in GEO.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if re.search(pattern, line) and "table.authors and" not in line and ">>>" not in line
    }
    assert found == {home}
