"""The main events list of an exercise: what is played to whom, when, by which cell, to train what; read, checked, drawn, written.

Law: none of its own. Text: docs/explanation/how-events-lists-are-checked.md.
"""
