"""Sheets: tables of text as files, both ways: CSV and workbooks; bounded, nothing worked out, nothing taken for a formula.

This room owns: the bytes of a table. It does not own: what its columns mean. No file is opened here.
"""

from comity.sheets.tables import Table, csv_bytes, read_table
from comity.sheets.workbooks import read_workbook, write_workbook

__all__ = ["Table", "csv_bytes", "read_table", "read_workbook", "write_workbook"]
