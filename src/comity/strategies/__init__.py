"""Strategies: interests, objectives, initiatives, what goes in and comes out, indicators with targets; their checks, versions and reviews.

This room owns: the strategy as a file, its rules, how far it is. It does not own: the readings (indicators), or money (allocations).
Text: docs/explanation/how-strategies-are-checked.md.
"""
