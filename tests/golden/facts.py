"""Facts as they are kept, one text file for each drawing, and where they differ from what is drawn now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from tests.golden.drawings import DRAWINGS, draw
from tests.golden.figure_facts import list_figure_facts
from tests.golden.page_facts import list_page_facts

__all__ = ["BYTES", "FACTS", "compare", "explain", "find_file", "list_bytes", "list_facts", "list_strays", "read_kept",
           "write_kept"]  # fmt: skip

HERE = Path(__file__).parent
FACTS, BYTES = HERE / "facts", HERE / "pages.sha256"
COMMAND = "python -m tests.golden"
BYTES_NEED = ("folium", "branca", "XStatic-Leaflet", "matplotlib")
MOST_TOLD = 8


def find_file(name: str) -> Path:
    """Find where the facts of a drawing are kept."""
    return FACTS / f"{name}.txt"


def list_facts(drawn: bytes) -> list[str]:
    """List the facts of a page or a figure."""
    text = drawn.decode()
    return list_figure_facts(text) if text.startswith("<?xml") else list_page_facts(text)


def list_bytes() -> list[str]:
    """Name what each drawing is to the byte, with the libraries of which that holds."""
    libraries = ", ".join(f"{name} {version(name)}" for name in BYTES_NEED)
    return [f"# {libraries}", *(f"{hashlib.sha256(draw(name)).hexdigest()}  {name}" for name in DRAWINGS)]


def list_strays() -> list[Path]:
    """Name files of facts of which nothing is drawn."""
    return sorted({*FACTS.rglob("*.txt")} - {find_file(name) for name in DRAWINGS})


def read_kept(file: Path) -> list[str]:
    """Read the lines of a file, none where there is no such file."""
    return file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []


def write_kept(file: Path, lines: Sequence[str]) -> None:
    """Write lines, alike on each system."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def compare(file: Path, kept: Sequence[str], drawn: Sequence[str]) -> list[str]:
    """Say where facts differ, the lines counted as they are kept."""
    place = file.relative_to(HERE.parents[1]).as_posix()
    changes = SequenceMatcher(None, kept, drawn, autojunk=False).get_opcodes()
    return [
        "\n".join([f"{place}:{start + 1}", *_tell("was", kept[start:end]), *_tell("is", drawn[first:last])])
        for kind, start, end, first, last in changes
        if kind != "equal"
    ]


def _tell(when: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  {when:3} {line}" for line in islice(lines, MOST_TOLD))
    if len(lines) > MOST_TOLD:
        yield f"  {when:3} … {len(lines) - MOST_TOLD} lines more"


def explain(differences: Sequence[str]) -> str:
    """Say what a failing test says: the first differences, and what to do where they are meant."""
    more = [f"… {len(differences) - MOST_TOLD} places more"] if len(differences) > MOST_TOLD else []
    meant = f"Where that is meant: {COMMAND} writes it anew, `git diff tests/golden` shows all of it."
    return "\n".join(["", *differences[:MOST_TOLD], *more, meant])
