"""The rules of our scripts without a browser: a page's scripts run on its data block in Node, which Playwright brings.

What a page shows, and that a click reaches a rule, is for a browser; what a rule says of a table is asked here.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import Any

import folium

from geo.draw.serialise import dump_json
from geo.draw.web import assets
from tests.scripts.driver import find_node

__all__ = ["Node", "Rules"]

ANSWER = Path(__file__).with_name("answer.js")
PATIENCE = 30
"""Seconds that an answer may take before a loop without an end is suspected."""


class Node:
    """One process for all pages, for starting it costs more than a hundred of its answers."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [find_node(), ANSWER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self._loaded: Rules | None = None

    def load(self, drawn: folium.Map) -> Rules:
        """Return the rules of a page, as it has them once it is open."""
        root: Any = drawn.get_root()
        page = root.page
        texts = {"#presence-data": dump_json(page.block), "#patterns": "", "#off-map": "", "#legend-heading": ""}
        texts |= {name: page.texts[part] for name, part in (("#summary", "summary"), (".kicker", "kicker"))}
        return Rules(self, assets.read_script(page.scripts), texts)

    def ask(self, rules: Rules, code: str, arguments: tuple[Any, ...]) -> Any:
        """Ask the rules of a page, whose scripts are loaded anew where another page was asked before."""
        if self._loaded is not rules:
            self._say({"script": rules.script, "texts": rules.texts})
            self._loaded = rules
        return self._say({"code": code, "arguments": arguments})

    def _say(self, asked: dict[str, Any]) -> Any:
        process = self._process
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        if not select([process.stdout], [], [], PATIENCE)[0]:
            process.kill()  # What it might say later would be taken for another answer.
            raise AssertionError(f"no answer within {PATIENCE} s: {asked.get('code')}")
        answer = json.loads(process.stdout.readline())
        assert "failed" not in answer, answer["failed"]
        return answer["given"]

    def close(self) -> None:
        """End the process."""
        with self._process:
            self._process.kill()


@dataclass(frozen=True, eq=False)
class Rules:
    """The functions and values in the scripts of one page.

    Parameters
    ----------
    node : Node
    script : str
        The scripts in the order in which the page loads them, of which the later of two functions of a name holds.
    texts : dict of str to str
        Selector of an element that they read while they load, to its text.
    """

    node: Node
    script: str
    texts: dict[str, str]

    def ask(self, code: str, *arguments: Any) -> Any:
        """Return what a function gives: one of the scripts by its name, or one made of them.

        A map comes back as a dictionary, a set as a list.
        """
        return self.node.ask(self, code, arguments)
