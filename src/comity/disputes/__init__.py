"""Disputes: where a dispute between states stands under the clause that settles it, what comes next, by when and whose it is; incidents and protests.

This room owns: the steps of settlement followed through acts. It does not own: the clauses (agreements), or who owes which act by when (duties).
Text: docs/explanation/how-disputes-are-followed.md.
"""
