"""What every language must say, every class look like and every kind of page be called, and where one does not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from geo.draw.marks.diff_classes import FILLS as CHANGE_FILLS
from geo.draw.marks.diff_classes import SIGNS
from geo.draw.marks.textures import GAP_TEXTURES
from geo.draw.pages.kinds import KINDS
from geo.draw.pages.source_comparison import FILLS as COMPARISON_FILLS
from geo.draw.wording.catalogue import parse_catalogue
from geo.join.classes import GAPS
from geo.join.source_comparison import CLASSES
from geo.model import UnitNoun
from geo.option_values import LANGUAGES, MAPS

__all__ = ["find_faults", "find_kind_faults", "find_look_faults", "find_phrase_faults", "read_languages"]

ROOT = Path(__file__).parents[2]
WORDING = "geo/draw/wording"
IN_BRACES = re.compile(r"\{(\w+)\}")
FORMS = frozenset(UnitNoun().forms)
"""What a unit is called: a language may need another form of it, or none."""

Forms = list[str]


def find_faults() -> list[str]:
    """Find all, as ``file:line: what; expected``."""
    return [
        *find_phrase_faults(read_languages(), list_code()),
        *find_look_faults(),
        *find_kind_faults(MAPS, KINDS),
    ]


def read_languages() -> dict[str, str]:
    """Return the text of each language's file, English first."""
    return {each: (ROOT / WORDING / f"{each}.toml").read_text("utf-8") for each in LANGUAGES}


def list_code() -> str:
    """Return all that may ask for a phrase."""
    rooms = [path for path in (ROOT / "geo").rglob("*") if path.suffix in (".py", ".js", ".html")]
    return "".join(path.read_text("utf-8") for path in sorted(rooms))


def find_phrase_faults(languages: Mapping[str, str], code: str) -> list[str]:
    """Find phrases that a language lacks or has alone, gaps that it names otherwise, phrases that nobody asks for."""
    texts = {}
    for language, text in languages.items():
        try:
            texts[language] = parse_catalogue(language, text).texts
        except (tomllib.TOMLDecodeError, KeyError) as error:
            return [f"{_name(language)}: cannot be read: {error!r}; expected TOML with [meta] and [phrases]"]
    faults = []
    (main, ours), *others = texts.items()
    for language, theirs in others:
        for key in ours.keys() - theirs.keys():
            at = _find_line(languages[main], key)
            faults.append(f"{_name(language)}: no phrase {key!r}; expected one, as {_name(main)}:{at} has")
        for key in theirs.keys() - ours.keys():
            at = _find_line(languages[language], key)
            faults.append(f"{_name(language)}:{at}: phrase {key!r} is not in {_name(main)}; expected none")
        for key in ours.keys() & theirs.keys():
            at = _find_line(languages[language], key)
            faults += (f"{_name(language)}:{at}: {each}" for each in _compare(key, ours[key], theirs[key]))
    asked = set(re.findall(r"\w+", code))
    for key in ours:
        if key.partition(".")[0] not in asked:
            at = _find_line(languages[main], key)
            faults.append(f"{_name(main)}:{at}: nobody asks for {key!r}; expected its key, as it is, in geo")
    return sorted(faults)


def _name(language: str) -> str:
    return f"{WORDING}/{language}.toml"


def _find_line(text: str, key: str) -> int:
    family, _, which = key.partition(".")
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if line.strip() == f"[phrases.{family}]"), 0) if which else 0
    sought = re.compile(rf'"?{re.escape(which or family)}"?\s*=')
    return next((at for at, line in enumerate(lines, 1) if at > start and sought.match(line)), start + 1)


def _compare(key: str, ours: str | tuple[str, ...], theirs: str | tuple[str, ...]) -> Iterator[str]:
    one, other = _list_forms(ours), _list_forms(theirs)
    if len(one) != len(other):
        yield f"{key!r} has {len(other)} forms; expected {len(one)}"
        return
    for mine, its in zip(one, other, strict=True):
        gaps, found = ({*IN_BRACES.findall(each)} - FORMS for each in (mine, its))
        for gap in sorted(found - gaps):
            yield f"{key!r} has the gap {{{gap}}}; expected {_list(gaps)}"
        for gap in sorted(gaps - found):
            yield f"{key!r} has no gap {{{gap}}}; expected {_list(gaps)}"
        if bool(mine) != bool(its):
            yield f"{key!r} is {'empty' if not its else 'not empty'}; expected the other, as in English"


def _list(gaps: Iterable[str]) -> str:
    return ", ".join(f"{{{gap}}}" for gap in sorted(gaps)) or "none"


def _list_forms(phrase: str | tuple[str, ...]) -> Forms:
    return [phrase] if isinstance(phrase, str) else [*phrase]


def find_look_faults(
    gaps: Mapping[str, object] = GAP_TEXTURES,
    changes: Mapping[str, object] = CHANGE_FILLS,
    compared: Mapping[str, object] = COMPARISON_FILLS,
) -> list[str]:
    """Find classes without a look."""
    looks = (
        ("geo/draw/marks/textures.py", "GAP_TEXTURES", gaps, [gap.kind for gap in GAPS]),
        ("geo/draw/marks/diff_classes.py", "FILLS", changes, [*SIGNS, "several", "corrected", "other", "same"]),
        ("geo/draw/pages/source_comparison.py", "FILLS", compared, [*CLASSES]),
    )
    return [
        f"{file}:{_find_name(file, name)}: the class {kind!r} has no look; expected one in {name}"
        for file, name, found, wanted in looks
        for kind in wanted
        if kind not in found
    ]


def find_kind_faults(maps: Iterable[str], kinds: Mapping[str, object]) -> list[str]:
    """Find maps of which no page is known, and modules that draw a page of no kind."""
    file = "geo/draw/pages/kinds.py"
    faults = [f"{file}:{_find_name(file, 'KINDS')}: no kind {each!r}; expected one, as MAPS names it"
              for each in maps if each not in kinds]  # fmt: skip
    known = {getattr(kind, "draw", None) for kind in kinds.values()}
    drawn = {each.__module__.rpartition(".")[2] for each in known if each}
    for path in sorted((ROOT / "geo/draw/pages").glob("*.py")):
        found = re.search(r"^def (draw_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
        if found and path.stem not in drawn:
            line = path.read_text("utf-8")[: found.start()].count("\n") + 1
            faults.append(
                f"geo/draw/pages/{path.name}:{line}: {found[1]} draws a page of no kind; expected one in KINDS"
            )
    return faults


def _find_name(file: str, name: str) -> int:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return next((at for at, line in enumerate(lines, 1) if re.match(rf"{name}\b", line)), 1)
