"""Taking in files of others: STIX bundles, MISP events, tables of indicators, each as STIX objects; the same again changes nothing.

Source: docs/explanation/how-exchange-works.md, section 2; STIX 2.1; MISP core format; CSV as RFC 4180.
"""

from comity.exchange.taking_in.imported import Imported, Problem
from comity.exchange.taking_in.importing import IMPORT_FORMATS, import_objects

__all__ = ["IMPORT_FORMATS", "Imported", "Problem", "import_objects"]
