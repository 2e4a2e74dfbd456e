"""Documents that a treaty office writes and carries: drafts of the acts that would change something, briefs, and a certified copy of a record.

Each is one ``Paper``, made from what the reader may see; it is shown as a page, or handed out as tagged PDF or DOCX.
"""
