"""Charts: drawings that are taken elsewhere, each with its rows and with all that has to be known of it to cite it.

This folder owns: a chart as SVG, PNG, CSV and metadata; the drawings of who is tied to whom. It does not own: timelines (drawing), or lists as
files (tables).
"""
