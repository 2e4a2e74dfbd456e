"""The door for programs: what the pages show, asked through the same functions, as JSON; and whether something is permitted, as AuthZEN asks it.

Source: docs/reference/api.md.
"""
