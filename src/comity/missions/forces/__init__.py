"""Forces for missions: what is needed, what is pledged with which limits, in what state each line is, plans and their rules, burdens, whom to ask.

Source: docs/explanation/how-forces-are-generated.md, sections 1 to 7 and 9.
"""
