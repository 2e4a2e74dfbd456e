"""Pools: what members give to one another and take from one another, in accounts that always sum to zero.

Source: docs/explanation/how-forces-are-generated.md, section 8.
"""
