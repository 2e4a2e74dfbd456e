"""Responses to attack: who is obliged, to what, under which conditions, and who has answered.

Law: each alliance's own text; its conditions are those of its clauses. Text: docs/explanation/how-obligations-to-respond-are-derived.md.
"""
