"""Sources: registers and data sets, as their publishers have them: described, fetched, checked and kept as tables.

This room owns: what a source is, its forms and where they are published, how a form is read and what is refused, and the store of what
was read. It does not own: what states did (acts), what a table's columns become for a pair and a year (panels).
Sources: each record names its publisher and how to cite it; RFC 9110 for fetching.
"""

from comity.sources.citing import as_bibtex, as_text
from comity.sources.fetching import Limits, fetch
from comity.sources.records import Citation, Column, Coverage, Form, Source, Table, all_sources, source
from comity.sources.store import Imported, Store, columns_as_read, find_form, only_one, rows_as_written, where

__all__ = [
    "Citation",
    "Column",
    "Coverage",
    "Form",
    "Imported",
    "Limits",
    "Source",
    "Store",
    "Table",
    "all_sources",
    "as_bibtex",
    "as_text",
    "columns_as_read",
    "fetch",
    "find_form",
    "only_one",
    "rows_as_written",
    "source",
    "where",
]
