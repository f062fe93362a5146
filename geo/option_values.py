"""The words among which a user chooses, on the command line and in Python: what a help text needs, and no more."""

from __future__ import annotations

import re

__all__ = [
    "BASES", "CELL_SEPARATORS", "CLASSES", "CLASS_METHODS", "CONFIDENCE", "CONTENTS", "COUNTS", "DEFAULT_TABLE",
    "DEFAULT_WORKBOOK", "DIFF_FORMS", "ENGINES", "EVENT_FORMS", "EXPORTS", "FIGURES", "FORMATS", "GRADE", "GRADES",
    "LABELS", "LANGUAGES", "LOGGED", "LOGGED_HEADS", "MAPS", "MEASURES", "PERIODS", "PROJECTIONS", "PUBLISHED_TABLE",
    "QUOTE_STATES", "SEPARATORS",
    "SIZES", "SOCIAL", "STEPS_BY", "VERIFY_FORMS",
]  # fmt: skip

DEFAULT_TABLE = "presence.yaml"
PUBLISHED_TABLE = f"data/{DEFAULT_TABLE}"
"""Where a publication holds its table."""

DEFAULT_WORKBOOK = "presence.xlsx"
"""A workbook to be filled in."""


MAPS = ("choropleth", "overlay", "compare", "timeline", "report")
LANGUAGES = ("en", "fa", "ps")
"""Of pages: English, Dari, Pashto."""

PROJECTIONS = ("equal-area", "mercator")
"""Of pages in Python: tiles need the second."""

BASES = ("reported", "claimed", "assessed")
"""Of a record: what its source says, what the group says of itself, what the source concludes."""

CONFIDENCE = ("low", "moderate", "high")
"""The analyst's own, in order."""

LOGGED = ("added", "corrected", "withdrawn")
LOGGED_HEADS = (
    "title", "subtitle", "headline", "byline", "authors", "licence", "alt", "not_applicable", "changes",
)  # fmt: skip
"""Parts of a table, beside those with ids, that an entry of the log may be about."""
"""What a log of corrections says was done with records."""

GRADE = re.compile("(?=.)[A-E]?[1-5]?")
"""A letter of the source, a digit of the item, or both; F and 6 say that nobody can judge, which is no grade."""

GRADES = "a letter A-E of the source, a digit 1-5 of the item, or both: B3"
COUNTS = ("groups", "sources")
"""What a choropleth may count."""

STEPS_BY = ("published", "observed")
"""What the steps of a time line may go by."""

FIGURES = ("choropleth", "overlay", "compare", "small-multiples", "matrix")
SIZES = ("a4", "half-page", "slide")
"""Of figures: what has room in it and explains itself in full."""
SOCIAL = "social"
"""The size for social media, in few words and not of every kind."""
FORMATS = ("svg", "png", "pdf")
LABELS = ("en", "fa", "code")

DIFF_FORMS = ("text", "markdown", "json")
VERIFY_FORMS = ("text", "json")
QUOTE_STATES = ("found", "elsewhere", "not found", "no copy")
"""What becomes of a quote that is looked for in the copy of its source."""
EXPORTS = ("csv", "xlsx", "geojson", "gpkg", "markdown", "stix", "datapackage")
CONTENTS = ("table", "units")
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t"}

EVENT_FORMS = ("map", "counts", "records")
PERIODS = ("all", "year", "quarter", "month", "week", "day")
MEASURES = ("events", "deaths")
ENGINES = ("local", "dask")
CELL_SEPARATORS = {**SEPARATORS, "bar": "|"}
CLASSES = range(2, 10)
CLASS_METHODS = ("fisher-jenks", "quantiles", "equal-interval", "head-tail")
