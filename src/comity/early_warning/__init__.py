"""Early warning: how likely a dispute between two states is in the next period, trained on the past alone, never without its record.

This room owns: features, models, rolling origins, scores, reasons. It does not own: tables (panels), or estimators (estimation).
Text: docs/explanation/how-warnings-are-made.md.
"""
