"""Domestic procedure: where an instrument stands at home before a state may express its consent, what is next, what may delay it.

This room owns: the steps of each state's own procedure and their clocks of sitting days. It does not own: the expression of consent (agreements).
Text: docs/explanation/how-domestic-procedure-is-followed.md.
"""
