"""Programmes of exercises over several years: the problem, a plan for it, what it costs, and the rules that it must keep.

Law: none of its own; legal cover on the days comes from the permissions of the record. Text: docs/explanation/how-programmes-are-planned.md.
"""
