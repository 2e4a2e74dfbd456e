"""Recording through the pages: one act, many of a table, corrections; drafts of what is not recorded yet; tables that come back.

What is recorded goes into the ledger that is served, as acts; nothing is kept beside it but drafts. How it reads: docs/how-to/record-acts.md.
"""
