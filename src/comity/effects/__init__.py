"""Effects: what a treatment of pairs does to an outcome, by every reasonable estimator side by side, and what may not be said of it.

This room owns: the question, when a treatment begins, the grid, the reading. It does not own: the estimators (estimation), or tables (panels).
Text: docs/explanation/how-effects-are-estimated.md.
"""
