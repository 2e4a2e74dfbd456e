"""One exercise from its initiation to its conduct: its design, the process that it goes through, where it stands, what has to be notified.

Law: the agreements whose duties a planned activity brings about (duties); the process is data with its source, in the folder ``processes``.
Text: docs/explanation/how-exercises-are-planned.md.
"""
