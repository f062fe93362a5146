"""Which words are a quote's and which are not: what folding leaves out of account, and nothing else."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.constants import PageLabelStyle

from geo.cli.quote import word_quotable
from geo.errors import TableError
from geo.model import DocumentLine, DocumentText, Evidence, Locator
from geo.quotes.find_quote import find_nearest, find_quote
from geo.quotes.folded_text import fold_text
from geo.quotes.quote_search import search_quotes
from geo.quotes.quoted_document import QuotedDocument, open_document
from geo.read.documents.document_lines import parse_lines
from geo.read.table.reader import parse_presence
from tests.quotes.made_texts import make_pdf
from tests.read.few_units import GAZETTEER


def open_text(text: str, ending: str = ".txt") -> QuotedDocument:
    return open_document(parse_lines(text.encode(), "x", ending)[0])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The  Reds\n are\there.", "The Reds are here."),
        ("The Reds are\u00a0here.", "The Reds are here."),
        ("In Nan-\ngarhar", "In Nangarhar"),
        ("In Nan-  \n   garhar", "In Nangarhar"),
        ("The well-\nknown group", "The well-known group"),
        ("Of pre-\nand post-war days", "Of pre- and post-war days"),
        ("From 1990-\n1995", "From 1990-1995"),
        ("From 1990–\n1995", "From 1990–1995"),
        ("From 1990–\n1995", "From 1990– 1995"),
        ("In Nan\u00adgarhar", "In Nangarhar"),
        ("In Nan\u00ad\ngarhar", "In Nangarhar"),
        ("The well\u00ad\nknown group", "The well-known group"),
        ("The well‐known group", "The well-known group"),
        ("He said “no” to it", 'He said "no" to it'),
        ("He said «no» to it", "He said „no“ to it"),
        ("The elders’ ‘office’", "The elders' 'office'"),
        ("The ﬁrst oﬃce, ﬂat oﬀ", "The first office, flat off"),
        ("The first office", "The ﬁrst oﬃce"),
        ("Cafe\u0301 owners", "Caf\u00e9 owners"),
        ("در \ufe8e\ufeae", "در ار"),
        ("(the Reds)", "the Reds"),
        ("They said: “the Reds”.", "the Reds"),
        ("The Reds, who left in May, are back.", "The Reds […] are back."),
        ("The Reds, who left in May, are back.", "The Reds (...) are back."),
    ],
)
def test_layout_makes_no_difference(text: str, quote: str) -> None:
    assert find_quote(open_text(text), Evidence(quote=quote)).state == "found"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("The Reds are here.", "The reds are here."),
        ("The Reds are here.", "The Reds are here!"),
        ("The Reds are here.", "The Reds arehere."),
        ("The Reds are here.", "TheReds are here."),
        ("The well-known group", "The wellknown group"),
        ("The wellknown group", "The well-known group"),
        ("The well-known group", "The well known group"),
        ("In Nan- garhar", "In Nangarhar"),
        ("In Nan\ngarhar", "In Nangarhar"),
        ("From 1990–1995", "From 1990-1995"),
        ("1,500 men", "500 men"),
        ("1,500 men", "1 men"),
        ("about 15 men", "about 1"),
        ("about 1.5 tons", "about 1"),
        ("the groups", "the group"),
        ("another group", "other group"),
        ("the group's men", "the group"),
        ("the “Reds”", "the 'Reds'"),
        ("Café owners", "Cafe owners"),
        ("می\u200cشود", "میشود"),
        ("The Reds are back. They left.", "They left. […] The Reds are back."),
        (f"The Reds {'x' * 2500} are back.", "The Reds […] are back."),
        ("The Reds are here.", "…"),
        ("The Reds are here.", "- "),
    ],
)
def test_every_other_letter_makes_one(text: str, quote: str) -> None:
    assert find_quote(open_text(text), Evidence(quote=quote)).state == "not found"


TWICE = "The Reds came. They left soon.\n\nThe Blues came. They left soon.\n"


@pytest.mark.parametrize(
    ("locator", "lines"),
    [
        (None, [1, 3]),
        (Locator("The Blues came."), [3]),
        (Locator(None, "The Blues"), [1]),
        (Locator("came.", None), [1, 3]),
        (Locator("Reds  came.", "The Blues"), [1]),
    ],
)
def test_a_locator_tells_places_apart(locator: Locator | None, lines: list[int]) -> None:
    found = find_quote(open_text(TWICE), Evidence(quote="They left soon.", locator=locator))
    assert (found.state, [place.line for place in found.places]) == ("found", lines)


def test_a_locator_that_does_not_hold_is_told() -> None:
    found = find_quote(open_text(TWICE), Evidence(quote="They left soon.", locator=Locator("The Greens came.")))
    assert (found.state, found.why) == ("elsewhere", "without the words of `locator` around it")


LABELS = {1: frozenset({"1", "i"}), 2: frozenset({"2", "ii"}), 3: frozenset({"3", "121"}), 4: frozenset({"4", "122"})}
LINES = [
    ("Of the Reds.", 1, 1),
    ("Of the Blues,", 1, 2),
    ("121", 1, 3),
    ("who are many.", 2, 3),
    ("Of the Greens.", 1, 4),
]
PAGED = DocumentText(tuple(DocumentLine(*line, is_margin=line[0] == "121") for line in LINES), LABELS)


@pytest.mark.parametrize(
    ("quote", "page", "state"),
    [
        ("Of the Reds.", "1", "found"),
        ("Of the Reds.", "i", "found"),
        ("Of the Reds.", "p. 1", "found"),
        ("Of the Reds.", "2", "elsewhere"),
        ("Of the Reds.", "ii", "elsewhere"),
        ("Of the Reds.", "9", "elsewhere"),
        ("Of the Reds.", "1, 9", "found"),
        ("Of the Reds.", "annex", "found"),
        ("Of the Blues, who are many.", "2", "found"),
        ("Of the Blues, who are many.", "3", "found"),
        ("Of the Blues, who are many.", "2-3", "found"),
        ("Of the Blues, who are many.", "4", "elsewhere"),
        ("who are many.", "121", "found"),
        ("Of the Greens.", "121-2", "found"),
        ("Of the Greens.", "120–122", "found"),
        ("Of the Greens.", "121", "elsewhere"),
    ],
)
def test_a_page_holds_by_its_number_by_its_name_and_as_it_is_printed(quote: str, page: str, state: str) -> None:
    assert find_quote(open_document(PAGED), Evidence(quote=quote, page=page)).state == state


LONG_LINE = "They held the mill, the gate and the road to the old bridge from spring until the river rose again,"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"1\n{LONG_LINE}\f2\nas it does.\f3\nMore.", ["as it does.", "More."]),
        (f"Report\n{LONG_LINE}\n\n1\n\n\fReport\nas it does.\n2\n", ["", "as it does."]),
        (f"{LONG_LINE}\fas it does.", ["as it does."]),
        (f"{LONG_LINE}\n\f\n\nas it does.\n\nMore.", ["as it does.", "", "More."]),
    ],
)
def test_only_heads_and_feet_and_blanks_beside_them_are_left_out_between_pages(text: str, kept: list[str]) -> None:
    document = open_text(text)
    assert [line.text for line in document.texts[-1].lines] == [LONG_LINE, *kept]
    assert find_quote(document, Evidence(quote="rose again, as it does.")).state == "found"


def test_a_page_of_what_has_none_is_not_judged() -> None:
    assert find_quote(open_text(TWICE), Evidence(quote="The Reds came.", page="7")).state == "found"


def test_what_stands_there_instead_is_the_sentence_most_like_it() -> None:
    text = open_text("Some left.\nAbout 40 Reds hold the old\nmill at night. Others sleep. The Reds hold nothing.")
    assert (
        find_nearest(text, "About 40 Reds hold the new mill by day.")[0] == "About 40 Reds hold the old mill at night."
    )
    assert find_nearest(text, "Nobody ever saw a violet whale there.")[0] == ""
    assert find_nearest(open_document(DocumentText(())), "x") == ("", None)


def test_offsets_lead_back_to_the_text() -> None:
    text = "A “ﬁne” oﬃce-\nblock, ca\u0301fe\u0301 so\u00adft"
    folded = fold_text(text)
    assert folded.key == 'A"fine"officeblock,cáfésoft'
    assert [text[folded.locate(at)] for at in (0, 1, 2, 3, 6, 7, 8, 9)] == list("A“ﬁﬁ”oﬃﬃ")
    assert text[folded.locate(len(folded.key) - 1)] == "t"
    assert text[folded.locate(folded.key.index("cáfé") + 1) :][:2] == "a\u0301"


PAGES = make_pdf(
    ["Our report 7", "The well-", "known group is in Nan-", "garhar. It has 40 men", "and"],
    ["Our report 8", "a mill. The well-known group left. It has 40 men and", "a mill. So it is said."],
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("in Nangarhar", [("The well-known group is in Nangarhar.", "1", None)]),
        ("group left", [("The well-known group left.", "2", None)]),
        ("40 men", [("It has 40 men and a mill.", "1-2", Locator("in Nangarhar.", "The well-known group")),
                    ("It has 40 men and a mill.", "2", Locator("well-known group left.", "So it is"))]),
        ("40 women", []),
        ("roup", []),
    ],
)  # fmt: skip
def test_a_sentence_is_found_by_its_words_ready_for_a_record(
    words: str, found: list[tuple[str, str, Locator | None]]
) -> None:
    document = open_document(parse_lines(PAGES, "x.pdf", ".pdf")[0])
    sentences = search_quotes(document, words)
    assert [(each.quote, each.page, each.locator) for each in sentences] == found
    for each in sentences:
        evidence = Evidence(quote=each.quote, page=each.page, locator=each.locator)
        assert find_quote(document, evidence).places == (each.place,)


@pytest.mark.parametrize(
    ("text", "ending", "quote"),
    [
        ("# The Reds\nThey are here.\n", ".md", "They are here."),
        ("- First.\n- They **are** here.\n- Last.\n", ".md", "They are here."),
        ("<h1>Reds</h1><p>They are&shy;n’t here.</p><p>Last.</p>", ".html", "They aren’t here."),
        ("One. They are here\n\nNo stop above.", ".txt", "They are here"),
    ],
)
def test_a_sentence_ends_with_its_paragraph(text: str, ending: str, quote: str) -> None:
    assert [each.quote for each in search_quotes(open_text(text, ending), "They")] == [quote]


def test_many_sentences_are_cut_and_nothing_is_found_twice() -> None:
    text = open_text(" ".join(f"They are {number} here, they say." for number in range(50)))
    assert len({each.quote for each in search_quotes(text, "here")}) == 20
    assert len(search_quotes(open_text("They and they and They."), "They")) == 1


def test_places_of_a_common_word_are_cut() -> None:
    assert len(find_quote(open_text("mill " * 5000), Evidence(quote="mill")).places) == 20


WORDS = st.text(st.sampled_from("aB é:#{}[]\"'\\\\&*!|>%@`-–…ﬁ\u00ad\u200c\u00a0ا؟.?\n\t"), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=30), st.integers(0, 29), st.sampled_from(["x.txt", "x.md", "x.html"]))
def test_whatever_is_printed_for_a_record_is_read_and_found_again(words: list[str], at: int, name: str) -> None:
    word = words[at % len(words)]
    try:
        document = open_document(parse_lines(" ".join(words).encode(), name, name[1:])[0])
    except TableError:  # no text at all
        return
    for found in search_quotes(document, word):
        record = "".join(f"  {line}\n" for line in word_quotable(found).splitlines())
        table = f"presence:\n- group: g\n  in: Kabul\n{record}groups: {{g: {{name: G}}}}\n"
        try:
            (read,) = parse_presence(table.encode(), "t", GAZETTEER)[0].records
        except TableError as error:
            assert "without a visible character" in str(error)  # noqa: PT017
            continue
        assert read.evidence.quote == found.quote.strip()
        if any(map(str.isalnum, found.quote)):
            assert find_quote(document, read.evidence).state == "found"


def test_pages_of_a_pdf_are_called_as_it_calls_them_too() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(["Of the Reds, who are here."], ["Of the Blues."])))
    writer.set_page_label(0, 0, PageLabelStyle.LOWERCASE_ROMAN, start=4)
    writer.set_page_label(1, 1, PageLabelStyle.DECIMAL, prefix="A-", start=9)
    made = io.BytesIO()
    writer.write(made)
    document = open_document(parse_lines(made.getvalue(), "x.pdf", ".pdf")[0])
    assert {page: sorted(names) for page, names in document.given.labels.items()} == {1: ["1", "iv"], 2: ["2", "A-9"]}
    for page, state in {"iv": "found", "IV": "found", "1": "found", "A-9": "elsewhere", "2": "elsewhere"}.items():
        assert find_quote(document, Evidence(quote="Of the Reds", page=page)).state == state, page
