"""The id of a group, source, level or region changed where it is defined and wherever it is referred to."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geo.errors import Problem, TableError
from geo.model import Gazetteer
from geo.read.common.file_text import MARK, decode_text
from geo.read.common.names import fold_name
from geo.read.common.nodes import Map, Node, Text
from geo.read.fields.table_context import TableContext
from geo.read.table.reader import open_context
from geo.read.table.root import TABLE
from geo.read.updates.extents import Extent
from geo.read.updates.splice_change import Path, parse_once, put_value, read_plain
from geo.read.updates.splice_entries import BY_HAND
from geo.read.updates.text_page import TextPage
from geo.read.yaml.tidy import apply
from geo.yaml_words import write_word

__all__ = ["list_references", "rename_id"]


class _Seeking(TableContext):
    """Reads a table and keeps where an id is asked for: it is told as unknown, so that no reader passes over it."""

    def seek(self, kind: str, id_: str) -> list[Text]:
        """Give the texts that name an id, which is no longer known when the table is read."""
        self.kind, self.sought, self.nodes = kind, id_, list[Text]()
        # By a name that nobody can write it still counts as defined.
        self.ids = {**self.ids, kind: {"" if name == id_ else name: held for name, held in self.ids[kind].items()}}
        return self.nodes

    def find_id(self, kind: str, node: Text) -> str | None:
        """Keep a text that names what is sought."""
        folded = fold_name(node.text) == fold_name(self.sought) and kind == "region"
        if kind == self.kind and (node.text == self.sought or (folded and node.text not in self.ids[kind])):
            self.nodes.append(node)
            return self.sought
        return super().find_id(kind, node)


def list_references(root: Node, source: str, gazetteer: Gazetteer, kind: str, id_: str) -> tuple[Text, ...]:
    r"""List the texts of a table that refer to an id, in the order of the table.

    Examples
    --------
    >>> from geo.read.yaml.parse import parse_tree
    >>> root = parse_tree(b"groups: {a: {name: A}}\npresence:\n- {group: [a], in: Kabul, note: a}", "t")
    >>> [(node.line, node.column) for node in list_references(root, "t", Gazetteer({}, {}, ""), "group", "a")]
    [(3, 12)]
    """
    context = _Seeking(source, gazetteer, open_context(root, source, gazetteer).ids)
    found = context.seek(kind, id_)
    TABLE.read_values(root, context)
    places = {(node.line, node.column): node for node in found}
    return tuple(places[place] for place in sorted(places))


def rename_id(data: bytes, source: str, gazetteer: Gazetteer, part: str, old: str, new: str) -> bytes:
    r"""Give an entry another id, here and wherever the table refers to it, and let no other letter move.

    An id that another entry has is refused.

    Examples
    --------
    >>> text = b"groups: {a: {name: a}} # a\npresence:\n- {group: 'a', in: Kabul} # a"
    >>> print(rename_id(text, "t", Gazetteer({}, {}, ""), "groups", "a", "b").decode())
    groups: {b: {name: a}} # a
    presence:
    - {group: 'b', in: Kabul} # a
    """
    plain, (root, _) = read_plain(data, source), parse_once(data, source)
    held = root.values.get(part) if isinstance(root, Map) else None
    if not isinstance(held, Map) or not isinstance(root, Map) or old not in held.values:
        raise ValueError("an id that there is not")
    if new in held.values:
        raise TableError([Problem(source, f"the id {new!r}, which another entry has", "one that none has yet")])
    kind = part.removesuffix("s")
    texts = {(node.line, node.column) for node in list_references(root, source, gazetteer, kind, old)}
    keys = [held.keys[old]]
    presence = root.values.get("presence")
    if kind == "group" and isinstance(presence, Map) and old in presence.values:
        keys.append(presence.keys[old])
    page = TextPage(decode_text(data, source))
    places = {page.starts[line - 1] + column - 1 for line, column in (*texts, *((k.line, k.column) for k in keys))}
    edits = []
    for start, end, text in _list_texts(page.root):
        if start in places:
            said = _rename(text, old, new)
            plain_word = said if write_word(new) == new else write_word(said)
            single, double = "'" + said.replace("'", "''") + "'", json.dumps(said, ensure_ascii=False)
            edits.append((start, end, {"'": single, '"': double}.get(page.text[start]) or plain_word))
    renamed = (MARK if data.startswith(MARK) else b"") + apply(page.text, edits).encode()
    for path, text in _list_paths(root, (), texts):
        plain = put_value(plain, path, _rename(text, old, new))
    for name in (part, "presence") if len(keys) > 1 else (part,):
        plain[name] = {new if each == old else each: value for each, value in plain[name].items()}
    if read_plain(renamed, source) != plain:
        raise TableError([Problem(source, "a table whose text leaves no room for this id", BY_HAND)])
    return renamed


def _rename(text: str, old: str, new: str) -> str:
    """Give what a text says once an id is another; the log of corrections names parts of a table by what leads there.

    Examples
    --------
    >>> _rename("a", "a", "b"), _rename("groups/a/strength", "a", "b"), _rename("relations/b/a", "a", "c")
    ('b', 'groups/b/strength', 'relations/b/c')
    """
    section, *names = text.split("/")
    if not names or text == old:
        return new
    named = len(names) if section == "relations" else 1
    return "/".join([section, *(new if each == old else each for each in names[:named]), *names[named:]])


def _list_texts(place: Extent) -> Iterator[tuple[int, int, str]]:
    """List the texts and keys of a value: where each begins and ends, and what it says."""
    if place.kind == "text":
        yield place.start, place.end, place.text
    for name, key in place.keys.items():
        yield key.start, key.end, name
    for each in place.inner:
        yield from _list_texts(each)


def _list_paths(node: Node, path: Path, places: set[tuple[int, int]]) -> Iterator[tuple[Path, str]]:
    """List the paths to the texts that stand at places."""
    if isinstance(node, Text):
        if (node.line, node.column) in places:
            yield path, node.text
        return
    inner = node.values.items() if isinstance(node, Map) else enumerate(node.items)
    for name, value in inner:
        yield from _list_paths(value, (*path, name), places)
