"""Markup by type: a text stays text wherever it is put, and markup stays markup."""

from __future__ import annotations

import html
from collections.abc import Callable

import jinja2
import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.draw.html import (
    Markup,
    chain,
    fill_layout,
    frame_wide,
    is_right_to_left,
    say_name,
    tag,
    tag_row,
    tag_section,
    tag_source,
    tag_table,
    tell_language,
)
from geo.draw.wording.catalogue import LANGUAGES, read_catalogue
from tests.elements import Elements, Part
from tests.hostile.strings import STRINGS

text = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.lists(
    st.sampled_from(
        ["</script>", "<!--", "<img onerror=x>", "{{7*7}}", "{%", "{#", "&#123;", '"', "'", "\u2028", "`${x}`", "\\"]
    )
).map("".join)


ENGLISH = read_catalogue("en")
B = Markup("<b></b>")
DOORS: dict[str, Callable[[str], Markup]] = {
    "child": lambda text: tag("p", {}, text),
    "child of many": lambda text: tag("p", {}, B, text, "x"),
    "in a list": lambda text: tag("p", {}, [B, text]),
    "in an iterator": lambda text: tag("p", {}, "x", iter((text, B))),
    "in an element that may be void": lambda text: tag("rect", {}, text),
    "joined": lambda text: chain([B, text, "x"]),
    "between": lambda text: chain([B, "x"], text),
    "after": lambda text: B + text,
    "before": lambda text: text + B,
    "join": lambda text: B.join([text, "x"]),
    "format": lambda text: Markup("<p>{}</p>").format(text),
    "format, by name": lambda text: Markup("<p>{a}</p>").format(a=text),
    "format, by key": lambda text: Markup("<p>{a}</p>").format_map({"a": text}),
    "%": lambda text: Markup("<p>%s</p>") % text,
    "%, many": lambda text: Markup("<p>%s %s</p>") % (text, "x"),
    "%, by name": lambda text: Markup("<p>%(a)s</p>") % {"a": text},
    "replace": lambda text: Markup("<p>x</p>").replace("x", text),
    "name": say_name,
    "name of a language": lambda text: say_name(text, "fa"),
    "head": lambda text: tag_table({}, ["x", None, text], []),
    "caption": lambda text: tag_table({}, [], [], text),
    "heading": lambda text: tag_section("x", text),
    "in a section": lambda text: tag_section("x", "y", text),
    "name of a row": lambda text: tag_row(text, []),
    "cell": lambda text: tag_row("x", ["x", text]),
    "cell with a look": lambda text: tag_row(None, [({"class": "x"}, text)]),
    "phrase": lambda text: ENGLISH.mark_up("note", note=text),
    "phrase with markup": lambda text: ENGLISH.mark_up("record", groups=B, level=text, place="x"),
    "phrase in Dari": lambda text: read_catalogue("fa").mark_up("note", note=text),
}
"""All take markup as well."""

TEXT_DOORS: dict[str, Callable[[str], Markup]] = {
    "attribute": lambda text: tag("p", {"title": text}),
    "attribute of a void element": lambda text: tag("img", {"title": text}),
    "attribute of a source": lambda text: tag_source("script", "", {"title": text}),
    "attribute of a table": lambda text: tag_table({"title": text}, [], []),
    "attribute of a row": lambda text: tag_row(None, [], {"title": text}),
    "attribute of a cell": lambda text: tag_row(None, [({"title": text}, "x")]),
    "anchor": lambda text: tag_section(text, "x"),
    "language": lambda text: say_name("x", text),
    "frame": lambda text: frame_wide(text, B),
    "layout": lambda text: fill_layout("<p>$a</p>", {"a": text}, {}),
    "attribute of a layout": lambda text: fill_layout('<p title="$a"></p>', {"a": text}, {}),
}


def list_names(parts: list[Part]) -> list[tuple[str, list[str]]]:
    return [(part.name, [name for name, _ in part.attributes]) for part in parts]


@pytest.mark.parametrize("door", [*DOORS.values(), *TEXT_DOORS.values()], ids=[*DOORS, *TEXT_DOORS])
def test_a_text_is_text_wherever_it_is_put(door: Callable[[str], Markup]) -> None:
    harmless = Elements(door("zq")).begun
    for text in (each.text for each in STRINGS.values()):
        made = door(text)
        found = Elements(made)
        assert type(made) is Markup
        assert list_names(found.begun) == list_names(harmless)
        assert text in found.read() or text in [value for part in found.begun for _, value in part.attributes]
        assert not set(made) & set("{}")


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_markup_is_markup_wherever_it_is_put(door: Callable[[str], Markup]) -> None:
    assert '<i a="&lt;{"></i>' in door(Markup('<i a="&lt;{"></i>'))


@pytest.mark.parametrize("door", TEXT_DOORS.values(), ids=TEXT_DOORS)
def test_what_can_only_be_text_takes_markup_for_text(door: Callable[[str], Markup]) -> None:
    assert "&lt;i&gt;" in door(Markup("<i>"))


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_markup_of_another_hand_is_text(door: Callable[[str], Markup]) -> None:
    """Its author escaped no brace, and may be a template engine that was handed a user's text."""
    assert "&lt;i&gt;&#123;" in chain([door(markupsafe.Markup("<i>{"))])


@given(text | hostile)
def test_escaped_text_adds_no_element_and_reads_back(value: str) -> None:
    (found,) = Elements(tag("p", {"title": value}, value)).begun
    assert (found.name, found.attributes) == ("p", [("title", value)])
    assert html.unescape(Markup.escape(value)) == value


@given(text | hostile)
def test_no_template_engine_finds_anything_in_escaped_text(value: str) -> None:
    """Folium's engine drops one line end at the close of a template; nothing else may change."""
    escaped = str(Markup.escape(value))
    assert jinja2.Template(escaped + ".").render() == jinja2.Template("{{ x }}.").render(x=escaped).replace(
        "\r\n", "\n"
    ).replace("\r", "\n")


def test_each_sign_that_means_something_is_written_in_its_own_way() -> None:
    assert Markup.escape("<i>&'\"{}é") == "&lt;i&gt;&amp;&#x27;&quot;&#123;&#125;é"
    assert Markup.escape(5) == "5"


@pytest.mark.parametrize(
    "mix",
    [
        lambda: f"{B}",
        lambda: "{}".format(B),  # noqa: UP032  # both ways are meant
        lambda: ENGLISH.say("note", note=B),
        lambda: ENGLISH.say_count("summary_named", 2, total=B),
        lambda: fill_layout("$a", {}, {"a": str(B)}),  # type: ignore[dict-item]
    ],
    ids=["f-string", "format", "say", "say_count", "layout"],
)
def test_markup_that_would_become_text_or_the_other_way_round_is_an_error(mix: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match=r"^(markup in an f-string or format\(\) is text: use tag, chain or mark_up"
                                        r"|\$a of a layout is str, not markup)$"):  # fmt: skip
        mix()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_says_the_same_of_markup_as_of_text(language: str) -> None:
    phrases = read_catalogue(language)
    for names in (["A"], ["A", "B"], ["A", "B", "ج"]):
        marked = phrases.mark_up_names([tag("bdi", {}, name) for name in names])
        assert marked.count("<bdi>") == len(names)
    for key, values in (("as_written", {"words": "ج<"}), ("region_note", {"region": "A", "reading": "B"})):
        assert phrases.mark_up(key, **values) == Markup.escape(phrases.say(key, **values))


@pytest.mark.parametrize("name", ["meta", "rect"])
def test_void_elements_are_closed(name: str) -> None:
    assert tag(name, {"x": "1"}) == f'<{name} x="1"/>'
    assert tag("script", {}) == "<script></script>", "an empty script element needs its end"


def test_attributes_and_children_follow_each_other() -> None:
    made = tag("a", {"b": "1", "c": "<2>"}, "x", [B, "<z>"], iter("uv"), "w")
    assert made == '<a b="1" c="&lt;2&gt;">x<b></b>&lt;z&gt;uvw</a>'


@pytest.mark.parametrize("name", ["rect", "circle", "path", "input", "meta", "br", "img", "line"])
def test_only_an_element_without_content_is_void(name: str) -> None:
    assert tag(name) == (f"<{name}/>" if name != "line" else "<line></line>")
    assert tag(name, {}, "x") == f"<{name}>x</{name}>"


@pytest.mark.parametrize("source", ["", "a < b && '{{x}}'", "</", "</scrip", "<!-", "<script>"])
def test_a_source_stands_as_it_is(source: str) -> None:
    assert tag_source("style", source, {"a": "<"}) == f'<style a="&lt;">{source}</style>'


@pytest.mark.parametrize("end", ["</script", "</SCRIPT", "</style", "<!--"])
@pytest.mark.parametrize("name", ["script", "style"])
def test_a_source_that_could_end_its_element_is_refused(name: str, end: str) -> None:
    with pytest.raises(ValueError, match=f"^{end} in the source of a {name}$"):
        tag_source(name, f"x{end}>")


def test_a_table_has_what_it_is_given() -> None:
    row = tag_row("N", ["1", ({"class": "figure"}, "2")], {"data-x": "y"})
    assert row == '<tr data-x="y"><th scope="row">N</th><td>1</td><td class="figure">2</td></tr>'
    assert tag_row(None, []) == "<tr></tr>"
    assert tag_table({"id": "t"}, [None, "H"], [row, row], "C") == (
        '<table id="t"><caption>C</caption><thead><tr><td></td><th scope="col">H</th></tr></thead>'
        f"<tbody>{str(row) * 2}</tbody></table>"
    )
    assert tag_table({}, (), iter(())) == "<table><tbody></tbody></table>"


def test_a_part_of_a_layout_goes_before_a_text_of_its_name() -> None:
    assert fill_layout("$a $b", {"a": "<", "b": "<"}, {"b": B}) == "&lt; <b></b>"
    with pytest.raises(KeyError):
        fill_layout("$a", {}, {})


def test_a_frame_can_be_reached_and_has_a_name() -> None:
    assert frame_wide('A "b"', tag("p")) == (
        '<div class="scroll" tabindex="0" role="region" aria-label="A &quot;b&quot;"><p></p></div>'
    )


def test_a_section_has_an_anchor_and_a_heading() -> None:
    assert tag_section("a", "<", "b", [B]) == '<section id="a" class="text"><h2>&lt;</h2>b<b></b></section>'


def test_a_name_has_the_direction_of_its_language() -> None:
    assert say_name("A") == "<bdi>A</bdi>"
    assert say_name("A", "de") == '<bdi lang="de">A</bdi>'
    assert say_name("A", "fa") == '<bdi lang="fa" dir="rtl">A</bdi>'
    assert tell_language("fa") == {"lang": "fa", "dir": "rtl"}
    assert tell_language("en") == {"lang": "en", "dir": "ltr"}


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fa", True),
        ("FA", True),
        ("ps-AF", True),
        ("en", False),
        ("en-AF", False),
        ("uz-Arab", True),
        ("uz-AF-Arab", True),
        ("fa-Latn", False),
        ("fa-Latn-Arab", False),
        ("fa-x1", True),
        ("fa-1996", True),
        ("fa-latin", True),
        ("fa-Arab", True),
        ("ab-XX-XX", False),
    ],
)
def test_a_script_in_a_language_tag_goes_before_the_language(lang: str, expected: bool) -> None:
    assert is_right_to_left(lang) is expected
