"""Decisions through the pages: proposals and where they stand, a round opened and answered, rules and what votes under them can do."""
