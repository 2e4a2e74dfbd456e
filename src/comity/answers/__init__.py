"""Answers that carry their proof: one file with a question, its answer, and all that somebody needs to work it out again without the ledger.

This room owns: which acts and agreements an answer rests on, the file, and what the ledger's keeper states with it.
It does not own: the questions (questions), the log and its keys (ledger), reading acts (book), or checking a file: that is for
those who trust none of this, with verifier/verify_answer.py.
Source: docs/explanation/how-an-answer-carries-its-proof.md.
"""

from comity.answers.files import answer_file
from comity.answers.resting import Resting, rests_on

__all__ = ["Resting", "answer_file", "rests_on"]
