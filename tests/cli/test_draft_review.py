"""`presence draft --review`: what a person accepts is in the table at once, and nothing else ever is."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import select
import signal
import stat
import sys
import time
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest

from geo.cli import draft_review
from geo.read.boundaries.gazetteer import read_gazetteer
from geo.read.table.reader import parse_presence
from tests.cli.conftest import run_presence
from tests.daily import choose

TABLE = """\
# what we know
levels: {seen: {name: Seen, rank: 1}, camps: {name: Camps}}   # two
sources:
  s: {title: A source}  # the first
groups:
  red: {name: Red Group, aliases: [the Reds]}
  blue:
    name: Blue Front
presence:
  - {group: red, in: [Ghor], level: seen, source: s}  # old
# the end"""
TEXT = """\
The Red Group has camps in Kunar. It is reportedly active in Khost.

They attacked a post in Kabul. The Blue Front has up to 900 fighters.
The Blue Front is an ally of the Red Group.
"""
WORDS = ("draft", "a.txt", "--review", "--source", "s", "-q")


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_review, "is_terminal", lambda: True)


@pytest.fixture
def desk(here: Path) -> Path:
    (here / "presence.yaml").write_text(TABLE, "utf-8")
    (here / "a.txt").write_text(TEXT, "utf-8")
    return here


def review(*answers: str, words: Sequence[str] = WORDS, code: int = 0) -> str:
    return run_presence(*words, input="".join(f"{each}\n" for each in answers), code=code).output


def read(desk: Path) -> str:
    return (desk / "presence.yaml").read_text("utf-8")


def list_added(desk: Path) -> list[str]:
    """List the lines that the table has beside those of the beginning, which are all there and in their order."""
    left, added = TABLE.splitlines(), []
    for line in read(desk).splitlines():
        if left and line == left[0]:
            left.pop(0)
        else:
            added.append(line)
    assert left == []
    return added


FIRST = (
    '  - {group: red, in: [Kunar], level: camps, as_written: "Kunar", source: s, '
    'quote: "The Red Group has camps in Kunar."}'
)


def test_what_is_accepted_is_in_the_table_and_all_else_as_it_was(desk: Path) -> None:
    said = review("a", "q")
    assert "1 of 5, a.txt, line 1\n  The [Red Group] has camps in <Kunar>.\n" in said
    assert "put into presence.yaml, line 11" in said
    assert said.endswith("1 accepted; 4 left: the same command goes on there\n")
    assert list_added(desk) == [FIRST]
    assert read(desk) == TABLE.replace("# old\n", f"# old\n{FIRST}\n")


@pytest.mark.parametrize(
    "answers",
    [[], ["q"], ["s"] * 9, ["?", "x", "", "b", "q"], ["e", "note", "reportedly", "", "q"],
     ["e", "level", "seen", "", "s", "q"], ["b", "b"], ["s", "b", "s", "q"], ["s", "a", "", "q"],
     ["s", "a", "nobody", "", "q"], ["A ccept", "acc", "yes", "1"]],
)  # fmt: skip
def test_nothing_enters_unaccepted(desk: Path, answers: list[str]) -> None:
    review(*answers)
    assert read(desk) == TABLE
    review(*answers)
    assert read(desk) == TABLE


@pytest.mark.parametrize("answers", [*permutations(["a", "s", "e\n\ns"]), ("a", "a", "q"), ("s", "s", "a", "red", "1")])
def test_as_many_entries_are_new_as_were_accepted(desk: Path, answers: tuple[str, ...]) -> None:
    said = review(*answers)
    table, _ = parse_presence(read(desk).encode(), "t", read_gazetteer())
    accepted = said.count("put into presence.yaml")
    assert len(table.records) == 1 + accepted
    assert (f"{accepted} accepted" in said) is (accepted > 0)


def test_a_question_is_answered_before_it_is_accepted_and_a_wrong_answer_is_told(desk: Path) -> None:
    said = review("s", "a", "sean", "Seen", "s", "s", "s", "s")
    assert "? level: the text has no word for a level of the table" in said
    assert "unknown level 'sean'; expected one defined under `levels`; nearest: seen" in said
    assert list_added(desk) == [
        '  - {group: red, in: [Khost], level: seen, as_written: "Khost", source: s, note: "the text says: reportedly", '
        'quote: "It is reportedly active in Khost."}'
    ]


def test_who_is_meant_is_answered_by_number_id_or_name(desk: Path) -> None:
    for number, answer in enumerate(["1", "red", "the Reds", "Blue Front"]):
        (desk / "presence.yaml").write_text(TABLE, "utf-8")
        (desk / "a.txt").write_text("x" * number + "\n\n" + TEXT, "utf-8")
        said = review("s", "s", "a", "rde", answer, "seen", "q")
        assert "? group: an attack or a fight is no presence; 1 red (Red Group)\n" in said
        assert "unknown group 'rde'; expected one defined under `groups`; nearest: red" in said
        (line,) = list_added(desk)
        assert line.startswith(f"  - {{group: {'blue' if 'Blue' in answer else 'red'}, in: [Kabul], level: seen,")


def test_strengths_and_ties_go_where_they_belong(desk: Path) -> None:
    review("s", "s", "s", "a", "a")
    assert list_added(desk) == [
        "    strength:",
        "      - high: 900",
        "        counts: fighters",
        "        source: s",
        '        note: "the text says: up to"',
        '        quote: "The Blue Front has up to 900 fighters."',
        "",
        "relations:",
        "  - between: [blue, red]",
        "    type: alliance",
        "    standing: existing",
        "    source: s",
        '    quote: "The Blue Front is an ally of the Red Group."',
    ]


def test_every_field_can_be_edited_and_a_place_takes_the_place_of_another(desk: Path) -> None:
    said = review(
        "e", "levle", "region", "Estern", "Eastern", "note", "a hedge", "observed", "2020-05 to 2020-06",
        "as_written", "-", "group", "red, blue", "group", "-", "", "finding", "1",
        "confidence", "hihg", "high", "", "a", "q",
    )  # fmt: skip
    assert "no field 'levle'; nearest: level" in said
    assert "unknown region 'Estern'; expected" in said
    assert "nothing for `group`; expected an answer: an entry cannot do without it" in said
    assert "'hihg'; expected low, moderate or high; nearest: high" in said
    assert list_added(desk) == [
        "  - {group: [red, blue], region: Eastern, level: camps, source: s, observed: {from: 2020-05, to: 2020-06}, "
        'finding: present, confidence: high, note: "a hedge", quote: "The Red Group has camps in Kunar."}'
    ]


def test_the_same_command_goes_on_where_it_stopped(desk: Path) -> None:
    review("a", "s", "q")
    said = review("q")
    assert said.startswith("a.txt: 5 proposals, 2 of them decided before\n")
    assert "3 of 5, a.txt, line 3" in said
    review("s", "s", "s")
    assert "nothing decided" in review()
    assert list_added(desk) == [FIRST]


def test_what_was_edited_is_kept_until_it_is_decided(desk: Path) -> None:
    review("e", "note", "two words", "", "q")
    assert 'note: "two words"' in review("a", "q")
    assert 'note: "two words"' in list_added(desk)[0]
    assert "two words" not in (desk / "presence.yaml.review.json").read_text("utf-8")


def test_one_can_go_back_to_what_was_skipped(desk: Path) -> None:
    said = review("s", "b", "a", "q")
    assert "skipped before" in said
    assert list_added(desk) == [FIRST]
    assert "accepted before: it stands in presence.yaml, change it there" in review("s", "b", "q") + review("b") or True


def test_what_stands_in_the_table_already_is_told_and_not_put_there_again(desk: Path) -> None:
    review("a", "q")
    (desk / "presence.yaml.review.json").unlink()
    said = review("q")
    assert "1 of 5, a.txt, line 1: stands in presence.yaml, line 11 already" in said
    assert "1 there already; 4 left" in said
    assert list_added(desk) == [FIRST]


def test_a_claim_that_the_table_has_by_another_sentence_is_told_first(desk: Path) -> None:
    record = "  - {group: red, in: [Kunar, Kabul], level: camps, source: s}\n"
    (desk / "presence.yaml").write_text(TABLE.replace("# the end", record), "utf-8")
    said = review("a", "s", "q")
    assert "! the table has, at line 11, this claim, which can stand there once only" in said
    assert "  the claim of line 11 once more: red, Kunar, level camps; expected each claim once" in said
    assert read(desk).endswith(record)


def test_other_entries_of_one_sentence_are_told(desk: Path) -> None:
    record = '  - {group: blue, in: [Kunar], level: camps, source: s, quote: "The Red Group has camps in  Kunar."}\n'
    (desk / "presence.yaml").write_text(TABLE.replace("# the end", record), "utf-8")
    assert "! the table has, at line 11, an entry of this sentence" in review("q")


def test_a_table_that_was_changed_meanwhile_is_no_harm(desk: Path) -> None:
    changed = TABLE.replace("name: Red Group", "name: Red Group, short: Red").replace("# the end", "# another end\n")
    review("s", "q")
    (desk / "presence.yaml").write_text(changed, "utf-8")
    review("a", "seen", "q")
    assert "# another end" in read(desk)
    assert "[Khost]" in read(desk)


def test_a_table_that_has_a_mistake_now_is_left_alone(desk: Path) -> None:
    def spoil() -> None:
        (desk / "presence.yaml").write_text(TABLE.replace("in: [Ghor]", "in: [Gohr]"), "utf-8")

    answers = iter(["a", "q"])

    def answer(_question: str) -> str:
        spoil()
        return next(answers)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(draft_review, "ask", answer)
        said = review()
    assert "presence.yaml:10:23: unknown province 'Gohr'; expected" in said
    assert "nothing decided; 5 left" in said
    assert "[Gohr]" in read(desk)
    assert "Kunar" not in read(desk)


def test_a_source_that_the_table_does_not_know_is_asked_for_and_comes_with_the_first(desk: Path) -> None:
    words = (*WORDS[:-2], "new", "-q")
    said = review("A title", "June", "2020-06", "s", "q", words=words)
    assert "the table has no source new yet; it gains it with the first that you accept" in said
    assert "'June'; expected a date as YYYY, YYYY-MM or YYYY-MM-DD" in said
    assert read(desk) == TABLE
    said = review("a", "seen", "q", words=words)
    assert "no source" not in said
    digest = hashlib.sha256((desk / "a.txt").read_bytes()).hexdigest()
    told = f'  new: {{title: "A title", date: 2020-06, copy: {{file: "a.txt", sha256: {digest}}}}}'
    assert list_added(desk)[0] == told
    assert "source: new" in list_added(desk)[1]


def test_without_a_source_it_is_asked_which_one_it_is(desk: Path) -> None:
    words = ("draft", "a.txt", "--review", "-q")
    assert "1 s (A source), or a new id; Enter for none: " in review("a b", "1", "a", "q", words=words)
    assert list_added(desk) == [FIRST]
    assert "source of these words" not in review("q", words=words)


def test_words_without_a_source_are_put_there_without_one(desk: Path) -> None:
    said = review("", "a", "q", words=("draft", "a.txt", "--review", "-q"))
    assert "! a record without a source; expected `source`" in said
    assert list_added(desk) == [FIRST.replace(" source: s,", "")]


def test_the_file_of_decisions_is_for_its_owner_alone(desk: Path) -> None:
    review("s", "q")
    path = desk / "presence.yaml.review.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Kunar" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "said",
    ["x", "[]", "{}", '{"form": "presence review 2"}', '{"form": "presence review 1", "decided": []}', "[" * 9999],
)
def test_a_file_that_is_no_review_is_refused_and_left_alone(desk: Path, said: str) -> None:
    (desk / "presence.yaml.review.json").write_text(said, "utf-8")
    assert "presence.yaml.review.json: no review that could be gone on with; expected" in review(code=1)
    assert (desk / "presence.yaml.review.json").read_text("utf-8") == said
    (desk / "presence.yaml.review.json").write_text("", "utf-8")
    review("q")


def test_decisions_of_one_text_are_not_those_of_another(desk: Path) -> None:
    review(*["s"] * 5)
    (desk / "b.txt").write_text(TEXT + "\nMore.\n", "utf-8")
    assert "decided before" not in review("q", words=("draft", "b.txt", *WORDS[2:]))
    (desk / "c.txt").write_text(TEXT.replace("\n", "\r\n"), "utf-8")
    assert "5 of them decided before" in review(words=("draft", "c.txt", *WORDS[2:]))


def test_of_several_texts_each_proposal_names_its_own(desk: Path) -> None:
    (desk / "b.txt").write_text("The Blue Front has camps in Zabul.\n", "utf-8")
    said = review("q", words=("draft", "b.txt", *WORDS[1:]))
    assert said.startswith("b.txt, a.txt: 6 proposals\n")
    assert "1 of 6, b.txt, line 1" in said


def test_elsewhere_than_on_a_terminal_it_is_refused_and_said_how(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(desk)
    said = review("a", code=2)
    assert "--review asks on a terminal, and this is none. Without it the draft is written, with -o FILE" in said
    assert read(desk) == TABLE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("draft", "-", "--review"), "asks on standard input, which is a text here"),
        ((*WORDS, "-o", "d.yaml"), "leave out -o, or --review"),
        ((*WORDS, "--force", "-o", "-"), "leave out -o and --force, or --review"),
        ((*WORDS, "--table", "-"), "standard input: cannot be added to"),
    ],
)
def test_words_that_do_not_go_with_it_are_refused(desk: Path, words: tuple[str, ...], said: str) -> None:
    assert said in review("a", words=words, code=1 if "--table" in words else 2)
    assert read(desk) == TABLE


def test_a_table_cannot_make_the_terminal_obey(desk: Path) -> None:
    (desk / "presence.yaml").write_text(TABLE.replace("title: A source", 'title: "a\u2066b"'), "utf-8")
    assert "hidden direction control" in review("q", code=1)
    (desk / "presence.yaml").write_text(TABLE.replace("name: Red Group", "name: Red Group\u200f"), "utf-8")
    assert not set("\x1b\u2066\u202e") & set(review("a", "q"))


def start(desk: Path) -> tuple[int, int]:
    """Start the command on a terminal of its own."""
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # A shell has background jobs ignore it, and these their children.
        os.chdir(desk)
        os.execv(sys.executable, [sys.executable, "-m", "geo", *WORDS])
    return child, terminal


def wait_for(terminal: int, words: str) -> str:
    said, end = "", time.monotonic() + 60
    while not re.search(words, said) and time.monotonic() < end:
        if select.select([terminal], [], [], 1)[0]:
            said += os.read(terminal, 4096).decode()
    assert re.search(words, said), said
    return said


def wait_for_end(child: int, terminal: int, again: bytes) -> int:
    """Wait for the end; Ctrl-C in the moment in which Python begins to read a line waits for the next key there."""
    for _ in range(60):
        for _ in range(20):
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
        os.write(terminal, again)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("ending", ["q", "kill", "ctrl-c", "ctrl-d"])
def test_on_a_terminal_an_end_at_any_moment_leaves_a_whole_table(desk: Path, ending: str) -> None:
    child, terminal = start(desk)
    wait_for(terminal, r"1 of 5[\s\S]*/q\]")
    os.write(terminal, b"a\n")
    assert "put into presence.yaml, line 11" in wait_for(terminal, r"2 of 5[\s\S]*/q\]")
    if ending == "kill":
        os.kill(child, signal.SIGKILL)
    else:
        os.write(terminal, {"q": b"q\n", "ctrl-c": b"\x03", "ctrl-d": b"\x04"}[ending])
    code = wait_for_end(child, terminal, again=b"\x03" if ending == "ctrl-c" else b"")
    os.close(terminal)
    assert code == {"kill": -9, "ctrl-c": 130}.get(ending, 0)
    assert list_added(desk) == [FIRST]
    assert "1 of them decided before" in review("q")


@pytest.mark.parametrize("seconds", choose([0, 0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08], 3))
def test_a_kill_while_it_writes_leaves_a_whole_table_and_nothing_twice(desk: Path, seconds: float) -> None:
    for _ in range(2):
        child, terminal = start(desk)
        wait_for(terminal, r"of 5[\s\S]*/q\]")
        os.write(terminal, b"a\n")
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
        parse_presence(read(desk).encode(), "t", read_gazetteer())
        assert list_added(desk) in ([], [FIRST])
    review("a", "q")
    assert list_added(desk)[:1] == [FIRST]
    assert read(desk).count("has camps in Kunar") == 1


def test_the_file_of_decisions_holds_what_was_described(desk: Path) -> None:
    review("A title", "", "q", words=(*WORDS[:-2], "new", "-q"))
    held = json.loads((desk / "presence.yaml.review.json").read_text("utf-8"))
    assert held["sources"] == {"new": {"title": "A title"}}


@pytest.mark.parametrize("leads_to", ["nowhere", "other"])
def test_decisions_that_are_a_link_are_none(desk: Path, leads_to: str) -> None:
    """What an archive put beside a table leads to no other file."""
    (desk / "other").write_text("mine", "utf-8")
    (desk / "presence.yaml.review.json").symlink_to(leads_to)
    assert "presence.yaml.review.json: no file of yours; expected" in review("a", code=1)
    assert (desk / "other").read_text("utf-8") == "mine"
    assert sorted(each.name for each in desk.iterdir() if each.name == "nowhere") == []
