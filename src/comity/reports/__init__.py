"""Reports: scorecards and periodic reports out of strategies, indicators, trust, stability and effects: one content, as page, PDF, notebook and data.

This room owns: what a report contains and how it is laid out. It does not own: any figure in it.
Text: docs/explanation/how-reports-are-made.md.
"""
