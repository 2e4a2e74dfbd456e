"""One rule of decision: set votes and see what they come to and what can still come; who carries and who stops; what each vote can do.

Beside another rule, another day or another membership, too. The address holds all that is set, so that it can be sent to others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from comity.agreements.decision_rules import Bar, Vote
from comity.power import Chances, Coalitions, Power, blocking_coalitions, chances_of, compare_power, power_of, winning_coalitions
from comity.power import coalitions_to_plain as coalitions_of
from comity.terms import BadInput, ComityError, NotOnRecord
from comity.votes import Result, Roll, bar_in_words, notes_on, result_of, rule_in_words
from comity.web.asking import AXES, Asked, asked, page, read_day
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.powers import Alike, alike_in, alike_in_both, alike_to_plain, compared_bars, compared_row, power_bars
from comity.web.decisions.bodies import VOTES, Body, ballots_of, body_of, changed, facts_of, on_day, reasons_of, rolled
from comity.web.decisions.one import reasons_of as reasons_of_count
from comity.web.decisions.prospects import MOST, stoppers
from comity.web.decisions.rules import every_rule, rule_of
from comity.web.forms import filled_in
from comity.web.guarding import STATUS, for_a_page
from comity.web.linking import href
from comity.web.paging import part_of
from comity.web.several_lists import List, as_one_of
from comity.web.tables import Plain
from comity.web.telling import told

SET, COMPARE = (*VOTES, "rest"), ("than", "than_on", "without", "with")
REASONS = ("suspended", "in-arrears", "party-to-dispute", "concerned", "not-participating")
ONE_BY_ONE = 60
"""Up to so many members have a field each; of more, codes are written."""
OF_SEAT = "v."
"""Before the code, in the name of the field of one member."""


@dataclass(frozen=True, slots=True)
class Explored:
    """What comes of a rule with the votes that are set; ``problem``: why what they can do cannot be measured. ``silent``: no vote is set."""

    roll: Roll
    ballots: Mapping[str, Vote]
    result: Result
    chances: Chances | None = None
    winning: Coalitions | None = None
    blocking: Coalitions | None = None
    power: Power | None = None
    problem: str = ""
    stoppers: Sequence[tuple[tuple[Vote, ...], list[str]]] = ()

    @property
    def groups(self) -> list[tuple[str, Coalitions]]:
        return [(what, found) for what, found in (("winning", self.winning), ("blocking", self.blocking)) if found is not None]

    @property
    def unsure(self) -> tuple[str, ...]:
        return self.result.doubts

    @property
    def readings(self) -> list[tuple[str, Sequence[str], list[tuple[bool, str]], Mapping[Vote, int]]]:
        """Each outcome that the votes can come to, who of those in doubt is then counted, and why."""
        return [(one.tally.outcome.value, one.counted, reasons_of_count(one.tally), one.tally.votes) for one in self.result.readings]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two bodies compared."""

    before: str
    after: str
    acts: tuple[float, float]
    rows: list[Alike] = field(default_factory=list)


def explored(this: Asked, name: str, given: Mapping[str, str]) -> Explored:
    """What comes of the votes that are set; BadInput or NotOnRecord say what is wrong with them."""
    named = rule_of(this, name)
    found = rolled(this, named, facts_of(this, named.rule, given))
    ballots = ballots_of(this, found, given)
    result = result_of(found, ballots)
    try:
        body = body_of(this, found)
        chances = chances_of(body.rule, body.voters, ballots, MOST)
        open_ = chances.can_pass and chances.can_fail
        winning, blocking = _groups(body, ballots) if open_ else (None, None)
        power = measured(this, body)
    except ComityError as problem:
        return Explored(found, ballots, result, problem=for_a_page(problem))
    return Explored(found, ballots, result, chances, winning, blocking, power, stoppers=stoppers(chances))


def _groups(body: Body, ballots: Mapping[str, Vote]) -> tuple[Coalitions, Coalitions]:
    return winning_coalitions(body.rule, body.voters, ballots, most=MOST), blocking_coalitions(body.rule, body.voters, ballots, most=MOST)


def measured(this: Asked, body: Body) -> Power:
    """What each vote of the body can do, kept."""
    return this.ask(("power", body.name, tuple((voter.code, voter.has_vote) for voter in body.voters)), lambda _: power_of(body.rule, body.voters))


def compared(this: Asked, name: str, given: Mapping[str, str]) -> Beside | None:
    """The body beside another; None where none is asked for."""
    if not any(given[word] for word in COMPARE):
        return None
    first = body_of(this, rolled(this, rule_of(this, name), {}))
    later = on_day(this, read_day("than_on", given["than_on"])) if given["than_on"] else this
    other = body_of(later, rolled(later, rule_of(later, given["than"] or name), {}))
    other = changed(later, other, given["without"], given["with"])
    found = compare_power(first.rule, first.voters, other.rule, other.voters)
    return Beside(first.name, other.name, (float(found.before.acts), float(found.after.acts)), alike_in_both(found))


def seats_to_plain(found: Explored) -> list[dict[str, object]]:
    """Who votes, with the votes that are set."""
    weights = {one.count: one.table.values for one in found.roll.weights}
    return [
        {
            "code": seat.code,
            "counts": str(seat.counts),
            "has_vote": str(seat.has_vote),
            "vote": found.ballots.get(seat.code),
            **{name: values.get(seat.code) for name, values in weights.items()},
        }
        for seat in found.roll.seats
    ]


def patterns_to_plain(found: Coalitions | None) -> list[dict[str, object]]:
    """Coalitions of a list: how large, for how many each line stands, so many of whom."""
    if found is None:
        return []
    listed: Any = coalitions_of(found)["listed"]
    return [
        {"size": one["size"], "coalitions": one["number"], "members": [f"{part['take']} of {', '.join(part['of'])}" for part in one["parts"]]}
        for one in listed
    ]  # fmt: skip


def index(request: HttpRequest, agreement: str, rule: str) -> HttpResponse:
    this, name = asked(request), f"{agreement}/{rule}"
    if any(key.startswith(OF_SEAT) for key in request.GET):
        return _tidied(request, this, agreement, rule)
    given = filled_in(request, *SET, *COMPARE, *REASONS, *AXES)
    named = rule_of(this, name)
    problem, status = "", 200
    try:
        found, beside = explored(this, name, given), compared(this, name, given)
    except (BadInput, NotOnRecord) as wrong:
        if request.GET.get("format") or request.GET.get("chart"):
            raise
        problem, status = for_a_page(wrong), STATUS[type(wrong)]
        found, beside = explored(this, name, dict.fromkeys(given, "")), None
    powers = [] if found.power is None else alike_in(found.power)
    charts: dict[str, Callable[[], Chart]] = {"power": partial(power_bars, powers, told(_("Power under %(rule)s"), rule=name))}
    lists = [
        List("members", _("Who votes"), lambda: seats_to_plain(found)),
        List("power", _("Power"), lambda: [alike_to_plain(one) for one in powers]),
        List("winning", _("Who can carry it together"), lambda: patterns_to_plain(found.winning)),
        List("blocking", _("Who can stop it together"), lambda: patterns_to_plain(found.blocking)),
    ]
    if beside is not None:
        charts["compared"] = partial(compared_bars, beside.rows, told(_("Power under %(rule)s, compared"), rule=name))
        rows: Sequence[Plain] = [compared_row(one) for one in beside.rows]
        lists.append(List("compared", _("Compared"), lambda: rows))
    if file := as_chart(request, this, charts) or as_one_of(request, this, lists):
        return file
    drawn = {chart: made() for chart, made in charts.items()}
    context = {
        "asked": this,
        "given": given,
        "problem": problem,
        "named": named,
        "takes": rule_in_words(named.rule),
        "bars": [bar_in_words(bar) for bar in named.rule.bars],
        "found": found,
        "silent": not found.ballots,
        "seats": list(zip(found.roll.seats, (found.ballots.get(seat.code, "") for seat in found.roll.seats), strict=True)),
        "one_by_one": len(found.roll.seats) <= ONE_BY_ONE,
        "tables": [(one.count, one.table.values) for one in found.roll.weights],
        "reasons": [(reason, given.get(reason, "")) for reason in reasons_of(named.rule)],
        "offered": offered(named.rule.bars),
        "part": part_of(request, powers),
        "power_drawn": drawn["power"].drawing,
        "power_keys": drawn["power"].keys,
        "beside": beside,
        "compared_drawn": drawn["compared"].drawing if beside is not None else "",
        "compared_keys": drawn["compared"].keys if beside is not None else (),
        "others": [one.name for one in every_rule(this)],
        "notes": list(notes_on(found.result)),
        "lists": [(one.name, one.title) for one in lists if one.rows()],
        "given_with": given["with"],
    }
    return page(request, "decisions/rule.html", context, status)


def offered(bars: Sequence[Bar]) -> tuple[Vote, ...]:
    """The votes that are offered: a constructive abstention where the rule tells it from others."""
    told_apart = any("constructive" in bar.votes for bar in bars)
    return tuple(vote for vote in VOTES if vote != "constructive" or told_apart)


def _tidied(request: HttpRequest, this: Asked, agreement: str, rule: str) -> HttpResponse:
    """The same question with the codes of each vote together, as it is kept in the address."""
    kept = {key: str(value).strip() for key, value in request.GET.items() if not key.startswith(OF_SEAT) and key not in VOTES and value}
    voted: dict[str, list[str]] = {}
    for key, value in request.GET.items():
        vote = str(value)
        if key.startswith(OF_SEAT) and vote:
            if vote not in VOTES:
                raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"{key[:40]}={vote[:40]!r}", known=", ".join(VOTES)))
            voted.setdefault(vote, []).append(key.removeprefix(OF_SEAT))
    asked_for = {**kept, **{vote: ",".join(codes) for vote, codes in voted.items()}}
    return HttpResponseRedirect(f"{href({}, 'decision-rule', agreement, rule, **asked_for)}#comes")
