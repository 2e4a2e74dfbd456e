"""A conformance suite for TAXII 2.1 servers: black box, over HTTP, with nothing but the standard library; any server, ours or another's.

It makes objects with fresh ids in a collection that it may read and write, asks for nothing but these, and deletes them afterwards.
Source: TAXII 2.1 (OASIS Standard, 10 June 2021); each check names its section.
"""

from comity.selftest.taxii_suite.judging import Check, Judged
from comity.selftest.taxii_suite.running import CHECKS, as_json, as_table, run
from comity.selftest.taxii_suite.talking import Login

__all__ = ["CHECKS", "Check", "Judged", "Login", "as_json", "as_table", "run"]
