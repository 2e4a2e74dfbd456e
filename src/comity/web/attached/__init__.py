"""Documents that acts name: which of them a reader may see, their text page by page, and the words in them; shown so that nothing in them runs.

What a document holds is read in a process of its own, with little time and memory, and is kept until the server stops. How that is done:
docs/how-to/record-acts.md, section "Documents".
"""
