"""Stability: how quiet a pair or a region was, period by period, by tables that say what they cover, beside what it agreed on.

This room owns: the measures of pairs and regions. It does not own: the tables (sources, panels, events), or why (effects).
Text: docs/explanation/how-stability-is-measured.md.
"""
