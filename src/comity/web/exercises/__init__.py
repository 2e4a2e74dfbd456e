"""Pages of exercises: the list of all on record, one of them with its design, and a design that is looked at without being recorded.

What is worked out of a design is the room's below (``comity.exercises``); here it is asked for once, kept, and shown.
"""
