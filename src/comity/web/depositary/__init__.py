"""The depositary's desk: what waits for it, an instrument that is being received, and one instrument through the whole procedure.

What is looked at is told by small modules without Django, in the law's own words: ``powers``, ``consents``, ``timing``, ``reserving``,
``leaving``, ``registering``, ``clocks``, ``series``, ``procedure``. What follows in law (in force, bound, late, not permitted) is asked of standing.
How it is used: docs/how-to/run-a-depositary.md.
Source: Vienna Convention on the Law of Treaties, articles 7, 8, 11 to 23, 65 to 68 and 76 to 80; Charter of the United Nations, article 102.
"""
