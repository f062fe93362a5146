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

Sinks = dict[tuple[str, str], tuple[int, str]]
"""Functions that take a remedy, by module and name, and without a module for those of elsewhere: the place of that
argument, self left out, and its name."""


@cache
def list_sites() -> tuple[Site, ...]:
    """List all places; one that is written twice stands there twice."""
    trees = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "geo").rglob("*.py"))}
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts): (path, tree) for path, tree in trees.items()}
    sinks = _find_sinks({name: tree for name, (_, tree) in modules.items()})
    return tuple(
        (str(path), first, last, f"{name}:{where}: {said}")
        for name, (path, tree) in modules.items()
        for first, last, where, said in _find_sites(name, tree, sinks)
    )


def _find_sinks(trees: dict[str, ast.Module]) -> Sinks:
    sinks: Sinks = {("", "Problem"): (2, "expected")}
    functions = [(name, node) for name, tree in trees.items() for node in ast.walk(tree) if isinstance(node, Function)]
    while True:
        known = dict(sinks)
        for module, function in functions:
            names = _list_arguments(function)
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                given = _get_remedy(module, call, sinks)
                if isinstance(given, ast.Name) and given.id in names:
                    found = names.index(given.id), given.id
                    sinks[module, function.name] = found
                    if not function.name.startswith("_"):
                        sinks["", function.name] = found
        if known == sinks:
            return sinks


def _list_arguments(function: Function) -> list[str]:
    return [arg.arg for arg in (*function.args.args, *function.args.kwonlyargs) if arg.arg != "self"]


def _get_remedy(module: str, call: ast.Call, sinks: Sinks) -> ast.expr | None:
    """Give what a call says is expected; arguments that are handed over as a whole stand for themselves."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name in USAGE:
        return call.args[0] if call.args else None
    found = sinks.get((module, name)) or sinks.get(("", name))
    if found is None or ast.unparse(call.func) == "warnings.warn":
        return None
    place, keyword = found
    named = next((each.value for each in call.keywords if each.arg == keyword), None)
    starred = next((arg for arg in call.args[: place + 1] if isinstance(arg, ast.Starred)), None)
    return named or starred or (call.args[place] if len(call.args) > place else None)


def _find_sites(module: str, tree: ast.AST, sinks: Sinks, inside: str = "") -> Iterator[tuple[int, int, str, str]]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, Function | ast.ClassDef):
            yield from _find_sites(module, node, sinks, inside)
            continue
        name = f"{inside}.{node.name}".lstrip(".")
        own = _list_arguments(node) if isinstance(node, Function) else []
        for call in _walk_own(node):
            given = _get_remedy(module, call, sinks)
            is_handed_on = isinstance(given, ast.Name) and given.id in own
            if given is not None and not is_handed_on and ast.unparse(given) != "''":
                yield call.lineno, call.end_lineno or call.lineno, name, ast.unparse(given)
        yield from _find_sites(module, node, sinks, name)


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
    """Note through which places the problems of a run come; known when it is over."""
    lines: set[tuple[str, int]] = set()
    reached: set[str] = set()
    before: dict[Any, Any] = {kind: kind.__init__ for kind in (Problem, click.UsageError)}

    def watch(kind: Any) -> Any:
        def init(self: Any, *args: Any, **kwargs: Any) -> None:
            frame: FrameType | None = sys._getframe(1)
            while frame:
                lines.add((frame.f_code.co_filename, frame.f_lineno))
                frame = frame.f_back
            before[kind](self, *args, **kwargs)

        return init

    try:
        for kind in before:
            kind.__init__ = watch(kind)
        yield reached
    finally:
        for kind, init in before.items():
            kind.__init__ = init
        for file, first, last, name in list_sites():
            if any((file, line) in lines for line in range(first, last + 1)):
                reached.add(name)
