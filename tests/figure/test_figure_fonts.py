"""A figure needs no font of the machine: without any it is the same to the byte, or refused with what it lacks."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager

from geo.api import Choices, Job, join_table
from geo.draw.figure import canvas, fonts, packaged_fonts
from geo.draw.figure.canvas import SIZES, Letters, Line, Sheet
from geo.draw.figure.draw_figure import draw_figure
from geo.draw.figure.fonts import PACKAGED, SHIPPED, Fonts
from geo.draw.figure.packaged_fonts import FAMILY, FILES, PACKAGE, find_packaged
from geo.draw.figure.save import keep_style, save_figure
from geo.errors import TableError

ROOT = Path(__file__).parents[2]
CACHES: tuple[Callable[[], None], ...] = (
    fonts._read_letters.cache_clear, fonts._list_shipped.cache_clear, fonts._stands_alone.cache_clear,
    fonts.measure_line.cache_clear, fonts._typeset.cache_clear, find_packaged.cache_clear,
    fonts.measure_dots.cache_clear,
    canvas._trace_letters.cache_clear,
)  # fmt: skip
HAS_PACKAGE = bool(importlib.util.find_spec(PACKAGE.replace("-", "_")))


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave to matplotlib the fonts that it brings itself."""
    shipped = [each for each in font_manager.fontManager.ttflist if each.fname.startswith(matplotlib.get_data_path())]
    assert shipped
    monkeypatch.setattr(font_manager.fontManager, "ttflist", shipped)
    for clear in CACHES:
        clear()
    yield
    for clear in CACHES:
        clear()


def draw(language: str) -> dict[str, bytes]:
    joined, topology = join_table(ROOT / "presence.yaml", Job(Choices(language=language)))
    figure = draw_figure(joined, topology, "overlay", size="slide")
    return {form: save_figure(figure, form, 40) for form in ("svg", "png")}


@pytest.mark.parametrize("language", ["en", "fa"])
def test_a_machine_without_fonts_draws_the_same(language: str, request: pytest.FixtureRequest) -> None:
    with_fonts = draw(language)
    request.getfixturevalue("no_fonts")
    assert draw(language) == with_fonts


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_a_line_is_drawn_as_matplotlib_draws_it(align: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def write() -> list[bytes]:
        with keep_style():
            sheet = Sheet(SIZES["half-page"], Fonts("t.yaml"))
            for place, text in enumerate(("Paktia, 3", "گروه در ولایت کابل", "")):
                sheet.write(90, 40 + 30 * place, text, Letters(9.5, "#555c63", place == 1, align))
            figure = sheet.figure
        return [save_figure(figure, form, 150) for form in ("svg", "png", "pdf")]

    ours = write()
    monkeypatch.delattr(Line, "draw")
    assert write() == ours


def test_pashto_has_its_letter_from_the_package_or_is_told_of_it(no_fonts: None) -> None:
    asked = Fonts("t.yaml")
    if HAS_PACKAGE:
        assert asked.admit(f"نر{PACKAGED}")
        assert asked.families == (SHIPPED, FAMILY)
    else:
        with pytest.raises(TableError, match=rf"U\+06CD .*; expected the font that has it: .* install {PACKAGE}$"):
            asked.admit(f"نر{PACKAGED}")


def test_what_no_font_has_is_refused_by_name(no_fonts: None) -> None:
    with pytest.raises(
        TableError, match=r"no font here has the character '漢' \(U\+6F22 .*; expected a font that has it"
    ):
        Fonts("t.yaml").admit("漢")


@pytest.mark.parametrize("files", [{}, dict.fromkeys(FILES, b"something else"), {next(iter(FILES)): b""}])
def test_a_package_with_other_files_is_not_read(
    files: dict[str, bytes], no_fonts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "made_up_fonts"
    (folder / "files").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise RuntimeError('it was run')", encoding="utf-8")
    for name, data in files.items():
        (folder / "files" / name).write_bytes(data)
    monkeypatch.syspath_prepend(tmp_path)
    before = len(font_manager.fontManager.ttflist)
    assert packaged_fonts.find_packaged("made-up-fonts") == ()
    assert len(font_manager.fontManager.ttflist) == before
    assert "made_up_fonts" not in sys.modules


@pytest.mark.parametrize(
    "line",
    ["", " ", "a", " a  b ", "AV To. Wa' P, f-f fi fl LT 1 1 1", "\u2068Red 'fo\u2069 \u2067\u200fنقشه\u2069 . (x) 3 %",
     "گروه در ولایت کابل، ۱۲ (\u2068Red Group\u2069) است.", "په ولایتونو کې ډلې ۳ می\u200cشود",
     f"نر{PACKAGED} او ښځ{PACKAGED} د", "e \u0301a b", "a \u064eب", "А В Г, д", "T\u00a0% A\u00a0V"],
)  # fmt: skip
@pytest.mark.parametrize("bold", [False, True])
def test_a_line_is_as_wide_as_its_words_together(line: str, bold: bool) -> None:
    families = (SHIPPED, *(find_packaged() if PACKAGED in line else ()))
    if PACKAGED in line and not HAS_PACKAGE:
        pytest.skip(f"{PACKAGE} is not installed")
    with keep_style():
        for size in (6.5, 7.123, 9.5, 20.25):
            whole = fonts._typeset.__wrapped__(line, size, bold, families)
            assert fonts.measure_line.__wrapped__(line, size, bold, families) == whole


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [("", 99, [""]), ("a", 99, ["a"]), ("one two three", 99, ["one", "two", "three"]),
     ("of a an is", 99, ["of a", "an is"]), ("a 5 % b", 99, ["a", "5 %", "b"]),
     ("unbreakable", 99, ["unbr", "eaka", "ble"]), ("a unbreakable b", 99, ["a", "unbr", "eaka", "ble b"]),
     ("one-way", 99, ["one-", "way"]),
     ("one two three", 2, ["one", "tw …"]), ("one two", 2, ["one", "two"]), ("unbreakable", 1, ["un …"])],
)  # fmt: skip
def test_a_line_ends_where_the_next_word_has_no_room(text: str, most: int, lines: list[str]) -> None:
    asked = Fonts("t.yaml")
    with keep_style():
        assert asked.wrap(text, asked.measure("three", 9), 9, most=most) == lines


def test_a_line_is_as_wide_in_whatever_style_it_is_measured_first() -> None:
    with matplotlib.rc_context({"text.hinting": "force_autohint"}):
        hinted = fonts._typeset.__wrapped__("Hindu Kush", 7, False, (SHIPPED,))
    with keep_style():
        assert fonts._typeset.__wrapped__("Hindu Kush", 7, False, (SHIPPED,)) == hinted
