"""Books: the record as plain files that a person can read, review and keep in git.

This room owns: reading and writing a book's folder, and what is wrong with it, line by line.
It does not own: what the acts bring about (agreements, standing), or the database (ledger).
"""

from comity.book.activities import read_activity
from comity.book.decoding import Decoder, Problem, stop_at
from comity.book.designs import DesignRead, design_in, read_design
from comity.book.documents import check_document
from comity.book.pieces import pieces_of
from comity.book.reading import Book, read_agreement, read_book, read_files, write_files
from comity.book.tables import COLUMNS, read_rows, row_of, write_rows
from comity.book.tried_rules import read_tried_rule
from comity.book.whole_files import FileKind, text_in

__all__ = [
    "COLUMNS",
    "Book",
    "Decoder",
    "DesignRead",
    "FileKind",
    "Problem",
    "check_document",
    "design_in",
    "pieces_of",
    "read_activity",
    "read_agreement",
    "read_book",
    "read_design",
    "read_files",
    "read_rows",
    "read_tried_rule",
    "row_of",
    "stop_at",
    "text_in",
    "write_files",
    "write_rows",
]
