"""Questions: what can be asked of a record, put the same way wherever it is asked, and answered in the same plain data.

This room owns: the questions by their names and words, how one was put, its answer as plain data, and the one door through which
every answer leaves (``show``). It does not own: any answer (standing, permissions, duties), how one is asked for on a
screen (cli, web), or files that carry one (answers).
"""

from comity.questions.asking import Question
from comity.questions.bound import BETWEEN, BOUND, FINDINGS, IN_FORCE, TIMELINE, UPCOMING
from comity.questions.forces import CLAIM, JURISDICTION
from comity.questions.may import OVERFLY, RELEASE, STATION, SUPPLY, TRAIN, TRANSFER, activity_asked
from comity.questions.must import MUST
from comity.questions.obliged import OBLIGED, attack_asked
from comity.questions.putting import QUESTIONS, Put, answer, read_put
from comity.questions.rules import rules_digest
from comity.questions.showing import show
from comity.questions.words import read_day

__all__ = [
    "BETWEEN",
    "BOUND",
    "CLAIM",
    "FINDINGS",
    "IN_FORCE",
    "JURISDICTION",
    "MUST",
    "OBLIGED",
    "OVERFLY",
    "QUESTIONS",
    "RELEASE",
    "STATION",
    "SUPPLY",
    "TIMELINE",
    "TRAIN",
    "TRANSFER",
    "UPCOMING",
    "Put",
    "Question",
    "activity_asked",
    "answer",
    "attack_asked",
    "read_day",
    "read_put",
    "rules_digest",
    "show",
]
