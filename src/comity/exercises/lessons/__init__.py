"""Lessons: from what was seen in an exercise to what is done otherwise; in which state each is, who has to do what next, what is late.

Law: none; the procedure is that of NATO and others. Text: docs/explanation/how-lessons-are-learned.md.
"""
