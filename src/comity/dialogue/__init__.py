"""Dialogue: standing meetings with their agenda, papers, minutes and actions; who has not met for how long.

This room owns: meetings folded from acts. It does not own: which meetings an agreement requires (duties).
Text: docs/explanation/how-dialogue-is-followed.md.
"""
