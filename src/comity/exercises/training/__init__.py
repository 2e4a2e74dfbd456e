"""Training of one another's people: courses and their accounts, posts, visits, needs met by offers, who was last trained with whom.

Law: none of its own. Text: docs/explanation/how-training-is-counted.md.
"""
