"""The words every room uses: moments and periods, labels and ladders, answers, findings, errors.

This room owns: what a day, a delay, a verdict, a reason and a label are, and how verdicts and labels combine.
It does not own: any rule of law, any act, any file.
"""

from comity.terms.answers import Answer, ArticleException, Broken, Finding, Findings, Provided, Reading, Reason, Verdict, WouldChange, all_of, any_of
from comity.terms.errors import BadInput, ComityError, NotOnRecord
from comity.terms.labels import PUBLIC, Label, join, may_see
from comity.terms.ladders import Category, Caveat, Classification, Ladder
from comity.terms.moments import Moment, parse_day, parse_moment
from comity.terms.periods import Delay, EndOfMonth, Step, add, describe

__all__ = [
    "PUBLIC",
    "Answer",
    "Category",
    "Caveat",
    "ArticleException",
    "BadInput",
    "Broken",
    "WouldChange",
    "ComityError",
    "Delay",
    "EndOfMonth",
    "Finding",
    "Findings",
    "Label",
    "Ladder",
    "Classification",
    "Moment",
    "NotOnRecord",
    "Provided",
    "Reading",
    "Reason",
    "Step",
    "Verdict",
    "add",
    "all_of",
    "any_of",
    "describe",
    "join",
    "may_see",
    "parse_day",
    "parse_moment",
]
