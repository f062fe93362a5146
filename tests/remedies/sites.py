"""Every place in `geo` where a message offers a remedy, found in the source, and which of them a run comes through.

A call offers one if it gives `expected` to `Problem`, or to a function that hands its own parameter on to one; or if it
makes a usage error of Click. A place is told by its function and the remedy as it is written there, not by its line.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import click

from geo.errors import Problem

__all__ = ["list_sites", "watch_sites"]

ROOT = Path(__file__).parents[2]
USAGE = ("UsageError", "BadParameter")
Function = ast.FunctionDef | ast.AsyncFunctionDef
Site = tuple[str, int, int, str]
"""File, first and last line, and what it is called."""


@cache
def list_sites() -> tuple[Site, ...]:
    """List all places, those of one name once for each of their lines."""
    modules = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "geo").rglob("*.py"))}
    sinks = _find_sinks(modules.values())
    return tuple(site for path, tree in modules.items() for site in _find_sites(path, tree, sinks))


def _find_sinks(trees: Any) -> dict[str, tuple[int, str]]:
    """Find the functions that take a remedy, by name: the place of that argument, self left out, and its name."""
    sinks = {"Problem": (2, "expected")}
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    while True:
        known = dict(sinks)
        for function in functions:
            names = [arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)]
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                given = _get_remedy(call, sinks)
                if isinstance(given, ast.Name) and given.id in names:
                    sinks[function.name] = ([name for name in names if name != "self"].index(given.id), given.id)
        if known == sinks:
            return sinks


def _get_remedy(call: ast.Call, sinks: dict[str, tuple[int, str]]) -> ast.expr | None:
    """Give what a call says is expected; a list of arguments whose length nobody knows stands for itself."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in USAGE:
        return call.args[0] if call.args else None
    if name not in sinks or ast.unparse(call.func) == "warnings.warn":
        return None
    place, keyword = sinks[name]
    named = next((each.value for each in call.keywords if each.arg == keyword), None)
    starred = next((arg for arg in call.args[: place + 1] if isinstance(arg, ast.Starred)), None)
    return named or starred or (call.args[place] if len(call.args) > place else None)


def _find_sites(path: Path, tree: ast.AST, sinks: dict[str, tuple[int, str]], inside: str = "") -> Iterator[Site]:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Function | ast.ClassDef):
            name = f"{inside}.{node.name}".lstrip(".")
            own = [arg.arg for arg in node.args.args] if isinstance(node, Function) else []
            for call in _walk_own(node):
                given = _get_remedy(call, sinks)
                is_handed_on = isinstance(given, ast.Name) and given.id in own
                if given is not None and not is_handed_on and ast.unparse(given) != "''":
                    yield (
                        str(path),
                        call.lineno,
                        call.end_lineno or call.lineno,
                        f"{module}:{name}: {ast.unparse(given)}",
                    )
            yield from _find_sites(path, node, sinks, name)
        else:
            yield from _find_sites(path, node, sinks, inside)


def _walk_own(node: ast.AST) -> Iterator[ast.Call]:
    """Walk through the calls of a function, those of functions inside left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _walk_own(child)


@contextmanager
def watch_sites() -> Iterator[set[str]]:
    """Note through which places the problems of a run come."""
    lines: set[tuple[str, int]] = set()
    reached: set[str] = set()
    before = {kind: kind.__init__ for kind in (Problem, click.UsageError)}

    def notice(kind: Any) -> Any:
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            frame: FrameType | None = sys._getframe(1)
            while frame:
                lines.add((frame.f_code.co_filename, frame.f_lineno))
                frame = frame.f_back
            before[kind](self, *args, **kwargs)

        return init

    for kind in before:
        kind.__init__ = notice(kind)  # type: ignore[method-assign]
    try:
        yield reached
    finally:
        for kind, init in before.items():
            kind.__init__ = init  # type: ignore[method-assign]
        reached |= {
            name
            for file, first, last, name in list_sites()
            if any((file, line) in lines for line in range(first, last + 1))
        }
