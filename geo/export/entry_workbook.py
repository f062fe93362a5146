"""A workbook to be filled in: columns that offer the words which may stand there, and a page that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.export.xlsx_sheets import check_size, fill_cell, open_workbook, pack_workbook
from geo.model import FormColumn, FormSheet, Sheet

__all__ = ["write_form"]

ROWS = 2_000
"""How far down the columns offer words; rows below are read as well."""

LONGEST_INLINE, MOST_INLINE = 255, 12
"""Letters and words of a list that stands in the check itself; longer ones stand on a sheet, words with commas too."""

LONGEST_PROMPT, LONGEST_HEAD = 255, 32
"""What Excel takes of the text that it shows beside a cell, and of its heading."""

WIDTHS = {True: 24, False: 16}
ACROSS, ALONG, LINE = 160, 105, 15
"""Letters on a line of the instructions, of the whole width and of what columns are for; the height of a line."""

INSTRUCTIONS, LISTS = "Instructions", "Lists"
TEXT = "@"
REFUSED = "Choose one of the list: the arrow beside the cell opens it."
REFERRED = " A new one is first written into the sheet {sheet}."
ASKED = (
    "This is not in the list. Several in one cell have semicolons between them: one; other. "
    "Keep it if that is what you mean; each of them is looked at when the workbook is read."
)

LINES = (
    "1. Fill in Groups, Levels and Sources: each has an id, a short name of your own that stays the same.",
    "2. Fill in Records, one claim a row. Cells with an arrow offer what may stand there; a group or source that you "
    "add to its sheet stands in the list at once.",
    "3. An empty cell says nothing. Dates are 2024, 2024-05 or 2024-05-17. Do not merge cells; colours, comments and "
    "formulas are not read. Hidden rows and rows that are struck out are left out.",
    "4. Save as .xlsx. 'presence check FILE.xlsx' tells what is wrong, by sheet, row and column; 'presence build "
    "FILE.xlsx' draws the maps; 'presence import FILE.xlsx' makes a table in YAML of it; 'presence import FILE.xlsx "
    "--into presence.yaml' adds the rows to a table that there is.",
    "The sheets Instructions and Lists are not read. A row that nobody filled in is no record; the examples stand here "
    "only. Headers may be in any order, and a column that you do not need may be deleted.",
)  # fmt: skip


def write_form(sheets: Sequence[FormSheet], firsts: Mapping[str, str], source: str) -> bytes:
    """Write the workbook; ``firsts`` are the texts by which the sheets instructions and lists are known.

    A text that no cell can hold is a `TableError` of the table ``source``.

    Examples
    --------
    >>> records = FormSheet("Records", "One a row.", (FormColumn("finding", "What was found.", ("present", "absent")),))
    >>> firsts = {"instructions": "How to", "lists": "Lists"}
    >>> write_form([records], firsts, "t.yaml") == write_form([records], firsts, "t.yaml")
    True
    """
    from openpyxl.utils import get_column_letter

    filled = [Sheet(each.title, tuple(column.name for column in each.columns), each.rows) for each in sheets]
    check_size(filled, source)
    book = open_workbook()
    _explain(book.create_sheet(INSTRUCTIONS), sheets, firsts[INSTRUCTIONS.lower()])
    pages = [book.create_sheet(sheet.title) for sheet in sheets]
    lists = _Lists(book.create_sheet(LISTS), firsts[LISTS.lower()])
    for page, sheet in zip(pages, sheets, strict=True):
        _fill_page(page, sheet)
        for number, column in enumerate(sheet.columns, 1):
            letter = get_column_letter(number)
            if not sheet.keys:
                _offer(page, f"{letter}2:{letter}{ROWS + 1}", column, lists, sheets)
        for line, column in enumerate(sheet.keys, 2):
            _offer(page, f"B{line}", column, lists, sheets)
    if not lists.known:
        book.remove(lists.page)
    for page in book.worksheets:
        _fit_paper(page)
    return pack_workbook(book)


def _explain(page: Any, sheets: Sequence[FormSheet], first: str) -> None:
    """Write the page of instructions: what to do, and what each column is for, with an example of a row."""
    from openpyxl.styles import Alignment, Font

    page.column_dimensions["A"].width = 24
    page.column_dimensions["B"].width = 100
    page.column_dimensions["C"].width = 30
    rows: list[tuple[str, ...]] = [(first,), (), *((line,) for line in LINES)]
    bold = {1}
    for sheet in sheets:
        rows += [(), (sheet.title, sheet.help, "Example" if any(each.example for each in sheet.columns) else "")]
        bold.add(len(rows))
        rows += [(_mark(each), each.help, each.example) for each in sheet.keys or sheet.columns]
    for line, row in enumerate(rows, 1):
        if len(row) == 1:
            page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=3)
        longest = len(row[0]) / ACROSS if len(row) == 1 else len(row[1]) / ALONG if row else 0
        page.row_dimensions[line].height = LINE * (1 + int(longest))
        for column, text in enumerate(row, 1):
            if text:
                cell = page.cell(line, column)
                fill_cell(cell, text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(bold=line in bold)


def _fit_paper(page: Any) -> None:
    """Let whoever prints a sheet have it as wide as the paper."""
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _mark(column: FormColumn) -> str:
    return f"{column.name} (needed)" if column.is_needed else column.name


def _fill_page(page: Any, sheet: FormSheet) -> None:
    """Write the header of a sheet, which stays in view, and the rows that it has."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        style = page.column_dimensions[get_column_letter(number)]
        style.width = max(WIDTHS[bool(column.options or column.choices or column.is_needed)], len(column.name) + 2)
        style.number_format = "General" if column.is_number else TEXT
        head = page.cell(1, number)
        fill_cell(head, column.name)
        head.font = Font(bold=True, underline="single" if column.is_needed else None)
    for line, row in enumerate(sheet.rows, 2):
        for number, text in enumerate(row, 1):
            if text:
                fill_cell(page.cell(line, number), text, sheet.columns[number - 1].is_number)


class _Lists:
    """The sheet of words that columns offer, each list in a column of its own and once."""

    def __init__(self, page: Any, first: str) -> None:
        self.page, self.known = page, dict[tuple[str, ...], str]()
        fill_cell(page.cell(1, 1), first)

    def place(self, name: str, words: tuple[str, ...]) -> str:
        """Give the place of a list on the sheet, which then holds it."""
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        if words not in self.known:
            number = len(self.known) + 1
            letter = get_column_letter(number)
            self.page.column_dimensions[letter].width = WIDTHS[True]
            fill_cell(self.page.cell(2, number), name)
            self.page.cell(2, number).font = Font(bold=True)
            for line, word in enumerate(words, 3):
                fill_cell(self.page.cell(line, number), word)
            self.known[words] = f"{LISTS}!${letter}$3:${letter}${len(words) + 2}"
        return self.known[words]


def _offer(page: Any, area: str, column: FormColumn, lists: _Lists, sheets: Iterable[FormSheet]) -> None:
    """Let cells say what it is for and offer what may stand there, to Excel and LibreOffice alike."""
    from openpyxl.worksheet.datavalidation import DataValidation

    check = DataValidation(allow_blank=True, showInputMessage=True)
    check.promptTitle, check.prompt = column.name[:LONGEST_HEAD], _shorten(column.help)
    if column.options or column.choices:
        check.type = "list"
        check.formula1 = _write_source(column, lists, sheets)
        check.showErrorMessage, check.errorTitle = True, column.name[:LONGEST_HEAD]
        check.errorStyle = "warning" if column.takes_more else "stop"
        refused = REFUSED + (REFERRED.format(sheet=column.choices[0]) if column.choices else "")
        check.error = ASKED if column.takes_more else refused
    check.add(area)
    page.add_data_validation(check)


def _write_source(column: FormColumn, lists: _Lists, sheets: Iterable[FormSheet]) -> str:
    if column.choices is None:
        inline = ",".join(column.options)
        is_plain = not any("," in each or '"' in each for each in column.options)
        is_short = len(inline) <= LONGEST_INLINE and len(column.options) <= MOST_INLINE
        return f'"{inline}"' if is_plain and is_short else lists.place(column.name, column.options)
    from openpyxl.utils import get_column_letter

    title, name = column.choices
    known = next(sheet for sheet in sheets if sheet.title == title)
    number = next(place for place, each in enumerate(known.columns, 1) if each.name == name)
    letter, last = get_column_letter(number), max(ROWS, len(known.rows) + ROWS) + 1
    area = f"{title}!${letter}$2:${letter}${last}"
    # No longer than what is filled in: an empty cell in a list would let anything pass.
    return f"OFFSET({title}!${letter}$2,0,0,MAX(1,COUNTA({area})),1)"


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_PROMPT else text[: LONGEST_PROMPT - 1].rpartition(" ")[0] + "…"
