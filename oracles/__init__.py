"""The slow oracle: a second, literal reading of docs/explanation/how-standing-is-derived.md, to test the fast path against.

It walks each agreement day by day, once in every world, and shares nothing with the fast path but types. It owns no rule
of its own: where the two disagree, the text decides. It does not answer about coverage, reach, territories or reasons.
"""
