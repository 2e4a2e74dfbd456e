"""Allocations: a budget put over initiatives that depend on one another: the problem, the rules of a plan and their plain checker, what it yields.

This room owns: the problem as types and file, the checker, what a plan is worth. It does not own: the search for plans (planning).
Text: docs/explanation/how-budgets-are-allocated.md.
"""
