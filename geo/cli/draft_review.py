"""A draft gone through on a terminal: one proposal after the other is shown, and a person decides."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.messages import count, word_warnings
from geo.cli.terminal import ask, echo, show_line
from geo.errors import PresenceError, Problem

if TYPE_CHECKING:
    from geo.api import DraftOptions, Job, Review, ReviewItem
    from geo.read.answers import Option

__all__ = ["check_terminal", "review_texts"]

CHOICES = "accept, edit, skip, back, quit, or ? for help [a/e/s/b/q]"
HELP = """\
  a  accept: it goes into the table, now; what is still asked you answer first
  e  edit: change one field after the other
  s  skip: it is left out, now and the next time
  b  back to the one before
  q  quit: what was accepted is in the table; the same command goes on here
  [...] are the words that say who, <...> those that say where."""
SIGNS = {"who": ("[", "]"), "where": ("<", ">")}
TAKE_AWAY = "-"
MOST_OPTIONS = 40


class _Quit(Exception):  # noqa: N818  # no error: the person has had enough
    pass


def check_terminal(texts: Sequence[Path]) -> None:
    """Refuse to ask where nobody can answer."""
    if any(str(text) == "-" for text in texts):
        raise click.UsageError("--review asks on standard input, which is a text here: save it as a file first.")
    if not is_terminal():
        raise click.UsageError(
            "--review asks on a terminal, and this is none. Without it the draft is written, with -o FILE into a file: "
            'take "# " off the lines that are right, and put them into the table.'
        )


def is_terminal() -> bool:
    """Tell whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def review_texts(texts: Sequence[Path], options: DraftOptions, job: Job) -> None:
    """Draft texts, and ask of each proposal that is not decided yet."""
    from geo.api import open_review

    review = open_review(texts, job, options)
    for line in word_warnings(review.told):
        echo(line, err=True)
    _Conversation(review, texts).run()


class _Conversation:
    """What was shown last, so that one can go back, and how many were decided in this run."""

    def __init__(self, review: Review, texts: Sequence[Path]) -> None:
        self.review, self.texts = review, texts
        self.counts = {"accepted": 0, "skipped": 0, "there already": 0}

    def run(self) -> None:
        """Ask until all is decided or the person quits."""
        review = self.review
        before = sum(review.find_decision(item) is not None for item in review.items)
        decided = f", {before:,} of them decided before" if before else ""
        echo(show_line(f"{', '.join(map(str, self.texts))}: {count(len(review.items), 'proposal')}{decided}"))
        if before < len(review.items):
            echo(show_line(f"What you accept goes into {review.path}, at once. [...] says who, <...> where."))
            try:
                self._settle_source()
                self._ask_all()
            except _Quit:
                echo("")
        self._summarise()

    def _summarise(self) -> None:
        left = sum(self.review.find_decision(item) is None for item in self.review.items)
        said = [f"{number:,} {what}" for what, number in self.counts.items() if number] or ["nothing decided"]
        goes_on = f"; {left:,} left: the same command goes on there" if left else ""
        echo(f"{', '.join(said)}{goes_on}")

    def _ask_all(self) -> None:
        shown: list[int] = []
        at = 0
        while at < len(self.review.items):
            item = self.review.items[at]
            is_decided = self.review.find_decision(item) is not None
            if (is_decided and at not in shown) or self._passes(item, at):
                at += 1
                continue
            self._show(item, at)
            is_back = self._decide(item)
            if is_back and not [each for each in shown if each < at]:
                echo("  this is the first that was asked")
            elif is_back:
                at = max(each for each in shown if each < at)
            else:
                shown = [*(each for each in shown if each != at), at]
                at += 1

    def _passes(self, item: ReviewItem, at: int) -> bool:
        """Pass over what the table has already, and say so."""
        known = self.review.find_known(item)
        if self.review.find_decision(item) is not None or not (known and known.is_same):
            return False
        place = f", line {known.line}" if known.line else ""
        self.review.accept(item)
        self.counts["there already"] += 1
        echo("")
        echo(show_line(f"{self._word_place(item, at)}: stands in {self.review.path}{place} already"))
        return True

    def _word_place(self, item: ReviewItem, at: int) -> str:
        spot = item.proposal.spot
        page = f", page {spot.page}" if spot.page else ""
        return f"{at + 1} of {len(self.review.items)}, {item.text}{page}, line {spot.line}"

    def _show(self, item: ReviewItem, at: int) -> None:
        """Show a sentence with the words that made the proposal, the proposal, and what is doubtful."""
        echo("")
        echo(show_line(self._word_place(item, at)))
        echo(show_line(f"  {_mark(item)}"))
        decision = self.review.find_decision(item)
        if decision == "accepted":
            echo(show_line(f"  accepted before: it stands in {self.review.path}, change it there"))
            return
        self._show_entry(item)
        for remark in getattr(item.proposal, "remarks", ()):
            echo(show_line(f"  ! {remark}"))
        if (known := self.review.find_known(item)) and not self.review.has_accepted(item):
            place = f", at line {known.line}," if known.line else ""
            what = "this claim, which can stand there once only" if known.is_claim else "an entry of this sentence"
            echo(show_line(f"  ! the table has{place} {what}"))
        if decision:
            echo(f"  {decision} before")

    def _show_entry(self, item: ReviewItem) -> None:
        from geo.api import word_entry

        echo(show_line(f"  {word_entry(self.review.find_entry(item), item.proposal.spot.quote)}"))
        for doubt in self.review.list_doubts(item):
            options = "" if doubt.key == "level" else _list_options(doubt.options)
            echo(show_line(f"  ? {doubt.key}: {doubt.said}{options}"))

    def _decide(self, item: ReviewItem) -> bool:
        """Ask until something is decided; True where the person wants to go back."""
        while True:
            answer = self._ask(CHOICES).lower()
            if answer in ("b", "back"):
                return True
            if answer in ("q", "quit"):
                raise _Quit
            if answer in ("s", "skip") and self._skip(item):
                return False
            if answer in ("a", "accept") and self._accept(item):
                return False
            if answer in ("e", "edit"):
                self._edit(item)
                self._show_entry(item)
            elif answer == "?":
                echo(HELP)
            elif answer not in ("a", "accept", "s", "skip"):
                echo("  one of a, e, s, b and q; ? says what they do")

    def _skip(self, item: ReviewItem) -> bool:
        if self.review.find_decision(item) == "accepted":
            echo(show_line(f"  it stands in {self.review.path}: take it out there"))
            return True
        self.review.skip(item)
        self.counts["skipped"] += 1
        return True

    def _accept(self, item: ReviewItem) -> bool:
        """Have the questions answered, then put it into the table; False where that is put off."""
        review = self.review
        if review.find_decision(item) == "accepted":
            echo(show_line(f"  it stands in {review.path} already"))
            return True
        for doubt in review.list_doubts(item):
            if not self._change(item, doubt.key, doubt.options, doubt.said):
                return False
        try:
            added = review.accept(item)
        except PresenceError as error:
            for problem in error.problems:
                echo(show_line(f"  {problem.message if problem.position is None else problem}"))
            return False
        self.counts["accepted"] += 1
        line = added.find_line(review.find_entry(item)) if added else None
        echo(
            show_line(
                f"  put into {review.path}{f', line {line}' if line else ''}" if added else "  it stands there already"
            )
        )
        for warning in added.warnings if added and line else ():
            if warning.position and warning.position.line == line:
                echo(show_line(f"  ! {warning.message}"))
        return True

    def _edit(self, item: ReviewItem) -> None:
        """Change one field after the other."""
        from geo.read.common.names import nearest_names

        part = self.review.find_entry(item).under[-1]
        keys = self.review.reader.list_keys(part)
        question = f"  field: {', '.join(keys)}; Enter when done:"
        while name := self._ask(question):
            question = "  another field; Enter when done:"
            if name not in keys:
                near = ", ".join(nearest_names(name, keys))
                echo(show_line(f"  no field {name!r}{f'; nearest: {near}' if near else ''}"))
                continue
            self._change(item, name, self.review.reader.list_options(part, name), may_keep=True)

    def _change(
        self, item: ReviewItem, key: str, options: Sequence[Option], said: str = "", *, may_keep: bool = False
    ) -> bool:
        """Ask for one field until the answer is one; False where the person gives none."""
        from geo.api import word_value

        entry = self.review.find_entry(item)
        is_under = key == "group" and key not in entry.values
        now = entry.under[1] if is_under else word_value(entry.values.get(key, ""), key)
        hint = f"; now {now}; Enter keeps it, {TAKE_AWAY} takes it away" if may_keep and now else ""
        question = f"  {key}{f': {said}' if said else ''}{_list_options(options)}{hint}:"
        while answer := self._ask(question):
            wanted = "" if answer == TAKE_AWAY and may_keep else _choose(answer, options)
            problem = self.review.answer(item, key, wanted)
            if problem is None:
                return True
            echo(show_line(f"  {problem.message}"))
        return may_keep

    def _settle_source(self) -> None:
        """Have it said which source the texts are, and what that is if the table does not know it."""
        review = self.review
        known = tuple(review.list_sources())
        while review.source is None:
            answer = self._ask(f"source of these words{_list_options(known)}, or a new id; Enter for none:")
            if not answer:
                return
            if problem := review.name_source(_choose(answer, known)):
                echo(show_line(f"  {problem.message}"))
        if review.knows_source(review.source):
            return
        echo(show_line(f"the table has no source {review.source} yet; it gains it with the first that you accept"))
        title = self.texts[0].stem
        title = self._ask_checked(f"  title of {review.source} (Enter for {title!r}):", "title") or title
        date = self._ask_checked("  date (YYYY, YYYY-MM or YYYY-MM-DD; Enter for none):", "date")
        if problem := review.describe_source(review.source, {"title": title} | ({"date": date} if date else {})):
            echo(show_line(f"  {problem.message}"))

    def _ask_checked(self, question: str, key: str) -> str:
        """Ask for a field of a source until it is one."""
        while answer := self._ask(question):
            problem = self.review.reader.read("sources", key, answer)
            if not isinstance(problem, Problem):
                return answer
            echo(show_line(f"  {problem.message}"))
        return ""

    @staticmethod
    def _ask(question: str) -> str:
        answer = ask(question)
        if answer is None:
            raise _Quit
        return answer


def _mark(item: ReviewItem) -> str:
    """Put signs around the words that made a proposal."""
    quote, parts, done = item.proposal.spot.quote, [], 0
    for mark in item.marks:
        before, after = SIGNS[mark.kind]
        parts += [quote[done : mark.start], before, quote[mark.start : mark.end], after]
        done = mark.end
    return "".join([*parts, quote[done:]])


def _list_options(options: Sequence[Option]) -> str:
    """List what may be chosen, each with its number."""
    shown = [
        f"{number} {each.value}{f' ({each.name})' if each.name else ''}"
        for number, each in enumerate(options[:MOST_OPTIONS], 1)
    ]
    more = [f"and {len(options) - MOST_OPTIONS} more"] if len(options) > MOST_OPTIONS else []
    return f"; {', '.join([*shown, *more])}" if shown else ""


def _choose(answer: str, options: Sequence[Option]) -> str:
    """Give the values of the numbers that were answered; all else as it is."""
    parts = [each.strip() for each in answer.split(",")]
    if options and all(each.isdecimal() and 0 < int(each) <= len(options) for each in parts):
        return ", ".join(options[int(each) - 1].value for each in parts)
    return answer
