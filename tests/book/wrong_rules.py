"""Rules of decision and tables of weights that cannot be meant, and the problem that must be told."""

from __future__ import annotations

RULE = """
[[clause]]
kind = "decision"
id = "{id}"
body = "Council"
article = "4"
matters = "all"
says = "So many."
source = "the text"
{more}
"""
TABLE = """
[[clause]]
kind = "weights"
name = "people"
article = "4"
says = "So many people."
source = "the text"
values = { AAA = 1 }
"""


def rule(more: str, name: str = "council") -> str:
    """A rule with these fields."""
    return RULE.format(id=name, more=more)


WRONG_RULES = [
    ("two rules of one name on one day", rule("end = 2001-01-01") + rule("start = 2000-12-31"), "two clauses of the rule 'council' hold"),
    ("two tables of one name on one day", TABLE + TABLE, "two clauses of the table of weights 'people' hold on the same day"),
    ("a rule with a slash in its name", rule("", "a/b"), "rule 'a/b': a name has a letter at least and no slash"),
    ("a rule that ends before it starts", rule("start = 2001-01-01\nend = 2000-01-01"), "rule 'council' ends on 2000-01-01, not after it starts"),
    ("members of nothing", rule('electorate = { of = "members", agreement = "gone" }'), "its electorate is of members of 'gone'"),
    ("parties of another agreement", rule('electorate = { agreement = "pact" }'), "its electorate is of parties, and names the agreement"),
    ("named parties without names", rule('electorate = { of = "named" }'), "its electorate is of parties that are named, and names none"),
    ("a bar by nobody known", rule('bars = [{ by = ["QQQ"] }]'), "party 'QQQ' is not among the parties"),
    ("a share that says nothing", rule("passes = [[{}]]"), "a share says exactly one of least, more, all_but, all_but_fewest; this one"),
    ("a share that says two things", rule('quorum = { least = "1", all_but = 2 }'), "a share says exactly one of"),
    ("a share of more than all", rule('passes = [[{ least = "3/2" }]]'), "'3/2' is neither a whole number"),
    ("a share below nothing", rule("passes = [[{ all_but = -1 }]]"), "all_but is -1; write 0 or more"),
    ("a share by no table", rule('passes = [[{ count = "people", least = "1" }]]'), "it counts by 'people', but no clause of kind weights"),
    ("a share by the table of nothing", rule('passes = [[{ count = "gone/people", least = "1" }]]'), "it counts by 'gone/people'"),
    ("the fewest by weight", TABLE + rule('passes = [[{ count = "people", all_but_fewest = { least = "1" } }]]'), "all_but_fewest counts members"),
]  # fmt: skip
"""What is wrong, the clauses, and what the problem says of the rule, or of the file."""
