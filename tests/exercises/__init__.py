"""Programmes of exercises: the checker of plans beside its slow reading, on made problems."""
