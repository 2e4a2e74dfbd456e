"""How many mutants of the fast path does the oracle alone kill?  ``python -m tests.mutation``

``places`` says what is changed where, ``placing`` puts a change into the running program, ``probing`` tells which books a change
can matter to at all, ``asking`` holds the books and their questions, ``__main__`` tries and counts.
"""
