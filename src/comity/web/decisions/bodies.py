"""Who votes under a rule as they are measured: on record on a day, or with a change that is supposed; and votes as they are set in a form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from django.utils.translation import gettext as _

from comity.agreements.decision_rules import DecisionRule, Vote, WeightTable, Without
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord
from comity.votes import NamedRule, Roll, Voter, result_of, roll, voters_of
from comity.web.asking import Asked, party_code
from comity.web.telling import told

VOTES: tuple[Vote, ...] = get_args(Vote)
MOST = 12
"""So many codes stand in a line; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Body:
    """A rule with who votes under it, and the tables that it counts by; ``unsure``: of whom it is in doubt whether they vote."""

    name: str
    rule: DecisionRule
    voters: tuple[Voter, ...]
    tables: tuple[str, ...]
    unsure: tuple[str, ...] = ()


def split(text: str) -> list[str]:
    """Codes with commas or semicolons between them."""
    return [code for part in re.split(r"[,;]", text) if (code := " ".join(part.split()))]


def rolled(this: Asked, named: NamedRule, facts: Mapping[Without, tuple[str, ...]]) -> Roll:
    """Who votes on the day, with what is supposed of somebody; kept."""
    key = "roll with", named.name, tuple(sorted(facts.items()))

    def asked(standing: Standing) -> Roll:
        return roll(standing, named, told=facts)

    return this.ask(key, asked) if facts else this.ask(("roll", named.name), lambda standing: roll(standing, named))


def body_of(this: Asked, found: Roll) -> Body:
    """The body as it is on record; NotOnRecord where a table has no figures for the day."""
    voters = tuple(voters_of(found))
    for table in found.counts:
        lacking = [voter.code for voter in voters if table not in voter.weights]
        if lacking:
            days = days_of(this, found, table)
            when = told(_("it has figures from %(days)s on"), days=", ".join(days)) if days else told(_("add them to the weights of the agreement"))
            message = _("the rule counts %(table)s, of which the record has no figure for %(whom)s on %(day)s; %(when)s")
            raise NotOnRecord(told(message, table=table, whom=some(lacking), day=found.on, when=when))
    return Body(f"{found.of.name}, {found.on}", found.rule, voters, found.counts, result_of(found, {}).doubts)


def days_of(this: Asked, found: Roll, table: str) -> list[str]:
    """The first days of the tables of that name."""
    elsewhere, slash, name = table.rpartition("/")
    agreement = this.record.agreement(elsewhere, this.known) if slash and this.record.has_agreement(elsewhere, this.known) else found.of.agreement
    tables = [clause for clause in agreement.clauses if isinstance(clause, WeightTable) and clause.name == name]
    return [clause.start.isoformat() for clause in tables if clause.start is not None]


def facts_of(this: Asked, rule: DecisionRule, given: Mapping[str, str]) -> dict[Without, tuple[str, ...]]:
    """Who is supposed to be concerned, a party to the dispute and so on: the reasons for which the rule asks."""
    return {
        reason: parties for reason in reasons_of(rule) if (parties := tuple(party_code(this.record, code) for code in split(given.get(reason, ""))))
    }


def reasons_of(rule: DecisionRule) -> tuple[Without, ...]:
    """The reasons for which somebody does not count under the rule, or has no vote."""
    return tuple(dict.fromkeys((*rule.electorate.without, *rule.electorate.voteless)))


def ballots_of(this: Asked, found: Roll, given: Mapping[str, str]) -> dict[str, Vote]:
    """The votes that are set; whoever is not named votes as ``rest`` says, or has not voted. BadInput for one without a seat, or named twice."""
    seats = {seat.code for seat in found.seats}
    said = dict[str, Vote]()
    for vote in VOTES:
        for text in split(given.get(vote, "")):
            code = text if text in seats else _seat(this, found, text)
            if said.setdefault(code, vote) != vote:
                message = _("%(code)s is set to vote both %(first)s and %(second)s; leave one of the two")
                raise BadInput(told(message, code=code, first=said[code], second=vote))
    rest = given.get("rest", "")
    if rest and rest not in VOTES:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"rest={rest[:40]!r}", known=", ".join(VOTES)))
    return {**({seat.code: rest for seat in found.seats} if rest else {}), **said}


def _seat(this: Asked, found: Roll, text: str) -> str:
    code = party_code(this.record, text)
    if any(seat.code == code for seat in found.seats):
        return code
    left_out = dict(found.left_out).get(code)
    if left_out is not None:
        raise BadInput(told(_("%(code)s does not count under this rule (%(reason)s); leave its vote out"), code=code, reason=left_out))
    codes = some([seat.code for seat in found.seats])
    raise BadInput(told(_("%(code)s has no seat under %(rule)s; who has: %(codes)s"), code=code, rule=found.of.name, codes=codes))


def changed(this: Asked, body: Body, without: str, with_: str) -> Body:
    """The body without some, and with others beside: ``CODE``, or ``CODE:TABLE=NUMBER`` where the rule counts by a table."""
    voters = list(body.voters)
    for text in split(without):
        code = text if any(voter.code == text for voter in voters) else party_code(this.record, text)
        if all(voter.code != code for voter in voters):
            message = _("without: %(code)s is no member under %(rule)s; its members are %(codes)s")
            raise BadInput(told(message, code=code, rule=body.name, codes=some([voter.code for voter in voters])))
        voters = [voter for voter in voters if voter.code != code]
    for text in with_.split():
        voters.append(_joining(body, voters, text))
    names = [
        *([f"− {', '.join(split(without))}"] if without else []),
        *([f"+ {', '.join(one.partition(':')[0] for one in with_.split())}"] if with_ else []),
    ]
    return replace(body, name=" ".join([body.name, *names]), voters=tuple(voters))


def _joining(body: Body, voters: Sequence[Voter], text: str) -> Voter:
    code, _colon, weighs = text.partition(":")
    code = code.strip(",;")
    if any(voter.code == code for voter in voters):
        raise BadInput(told(_("with: %(code)s is a member already"), code=code))
    weights = dict[str, int]()
    for part in split(weighs):
        table, _sign, number = part.partition("=")
        if not table or not re.fullmatch(r"[0-9]{1,12}", number):
            raise BadInput(
                told(_("with: %(given)s gives no weight; write for instance %(right)s"), given=repr(part[:40]), right="population=41000000")
            )
        weights[table] = int(number)
    if lacking := [table for table in body.tables if table not in weights]:
        message = _("with: the rule counts %(table)s; write %(right)s")
        raise BadInput(told(message, table=lacking[0], right=f"{code[:40]}:{lacking[0]}=NUMBER"))
    return Voter(code, weights)


def on_day(this: Asked, day: date) -> Asked:
    """The same question on another day."""
    return replace(this, on=day)


def some(codes: Sequence[str]) -> str:
    """Codes in a line."""
    return ", ".join(codes) if len(codes) <= MOST else f"{', '.join(codes[:MOST])} …"
