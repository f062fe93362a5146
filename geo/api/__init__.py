"""One function per thing a user can ask for: the rooms wired together, for the command line and Python alike.

Rooms that need geopandas or folium are imported where they are used, so that checking a table stays quick.
"""

from geo.api.boundaries import (
    BUNDLED,
    BoundaryFile,
    inspect_boundaries,
    load_boundaries,
    write_command,
    write_inspection_command,
)
from geo.api.boundary_inspection import Survey, survey_boundaries
from geo.api.change_log import draft_log
from geo.api.diff import Version, build_diff, render_diff
from geo.api.drafts import Drafted, DraftOptions, build_draft, propose_draft
from geo.api.editing.edit_table import edit_table, write_launcher
from geo.api.embed import Snippets, build_snippets
from geo.api.entry.added_entries import Added, add_entries
from geo.api.entry.review import Review, ReviewItem, open_review, word_entry, word_value
from geo.api.events.counts import EventOptions, count_events, list_actors
from geo.api.events.outputs import Counted, EventOutputs, build_events
from geo.api.exports import ExportOptions, export_table, render_exports
from geo.api.figures import FigureOptions, build_figure
from geo.api.format_yaml import tidy_tables
from geo.api.imports import Imported, ImportOptions, import_table
from geo.api.job import Job, stay_silent
from geo.api.maps import Built, MapOptions, build_maps, render_maps
from geo.api.maps_folder import MapsFolder
from geo.api.output_paths import complete_file
from geo.api.publication.publish_table import Published, PublishOptions, publish_table, render_publication
from geo.api.publication.verify_folder import FileFinding, Verification, VerifyOptions, verify_folder
from geo.api.quotes.checked_quotes import CheckedQuotes
from geo.api.quotes.quote_lookup import LookedUp, look_up_quote
from geo.api.sheets.entry_workbook import write_entry_workbook
from geo.api.sheets.update_table import Updated, update_table
from geo.api.source_comparison import build_source_comparison
from geo.api.tables import Checked, check_table, join_table, write_starter
from geo.api.watch import watch_table
from geo.join.filters import Choices
from geo.join.join_report import JoinReport
from geo.option_values import DIFF_FORMS, EXPORTS, FIGURES, FORMATS, LABELS, MAPS, SIZES, SOCIAL, STEPS_BY, VERIFY_FORMS
from geo.write.standard_output import OUTPUT

__all__ = [
    "BUNDLED",
    "DIFF_FORMS",
    "EXPORTS",
    "FIGURES",
    "FORMATS",
    "LABELS",
    "MAPS",
    "OUTPUT",
    "SIZES",
    "SOCIAL",
    "STEPS_BY",
    "VERIFY_FORMS",
    "Added",
    "BoundaryFile",
    "Built",
    "Checked",
    "CheckedQuotes",
    "Choices",
    "Counted",
    "DraftOptions",
    "Drafted",
    "EventOptions",
    "EventOutputs",
    "ExportOptions",
    "FigureOptions",
    "FileFinding",
    "ImportOptions",
    "Imported",
    "Job",
    "JoinReport",
    "LookedUp",
    "MapOptions",
    "MapsFolder",
    "PublishOptions",
    "Published",
    "Review",
    "ReviewItem",
    "Snippets",
    "Survey",
    "Updated",
    "Verification",
    "VerifyOptions",
    "Version",
    "add_entries",
    "build_diff",
    "build_draft",
    "build_events",
    "build_figure",
    "build_maps",
    "build_snippets",
    "build_source_comparison",
    "check_table",
    "complete_file",
    "count_events",
    "draft_log",
    "edit_table",
    "export_table",
    "import_table",
    "inspect_boundaries",
    "join_table",
    "list_actors",
    "load_boundaries",
    "look_up_quote",
    "open_review",
    "propose_draft",
    "publish_table",
    "render_diff",
    "render_exports",
    "render_maps",
    "render_publication",
    "stay_silent",
    "survey_boundaries",
    "tidy_tables",
    "update_table",
    "verify_folder",
    "watch_table",
    "word_entry",
    "word_value",
    "write_command",
    "write_entry_workbook",
    "write_inspection_command",
    "write_launcher",
    "write_starter",
]  # fmt: skip
