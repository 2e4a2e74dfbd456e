"""A round opened: a rule, what is proposed, until when; then who decides and by which instant, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from comity.acts import Entry
from comity.agreements.decision_rules import DecisionRule, Without
from comity.decisions import Decision, draft_proposal, free_ref
from comity.terms import BadInput, ComityError, Finding, parse_day, parse_moment
from comity.votes import NamedRule, Roll, rule_in_words
from comity.web.asking import Asked, asked_today, page, party_code
from comity.web.decisions.asking import ends_of, states_of
from comity.web.decisions.bodies import facts_of, reasons_of, rolled
from comity.web.decisions.drafts import Drafted, moment_of, put, rows_of, stated, told_by, would_be
from comity.web.decisions.instants import Deadline, deadline, now_of
from comity.web.decisions.rules import every_rule, rule_of
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.linking import href
from comity.web.recording.approvals import Proposed
from comity.web.recording.faults import LABEL, Row
from comity.web.recording.fields import new_token
from comity.web.recording.ground import Ground, ground_of
from comity.web.recording.pages import to_proposal
from comity.web.recording.putting import Recorded, recorded_before, token_in
from comity.web.telling import told

HOW = ("silence", "vote", "term", "open")
"""Under silence until an instant, voted on by one, under silence for the term of the rule, or neither."""
REASONS = ("suspended", "in-arrears", "party-to-dispute", "concerned", "not-participating", "participating")
FIELDS = ("rule", "party", "subject", "text", "hash", "how", "hours", "day", "time", "until", "source", *REASONS, *LABEL)
MOST_HOURS = 8784
"""The hours of a year of 366 days."""
USUAL_HOURS = "24"


@dataclass(frozen=True, slots=True)
class Round:
    """A round as it would be opened: the act, who decides, until when, what it would come to, and what is odd about it."""

    named: NamedRule
    party: str
    entry: Entry
    roll: Roll
    until: Deadline | None
    after: Decision | None
    odd: tuple[Finding, ...]
    to_approve: bool

    @property
    def written(self) -> str:
        """The deadline as the act has it, which is kept as it was shown; blank where none is set."""
        details = self.entry.act.details
        return details.get("silence_until") or details.get("vote_by") or ""

    @property
    def states(self) -> list[str]:
        return [] if self.after is None else states_of(self.after)


def zone_of(named: NamedRule) -> str | None:
    """On whose clock times are read under a rule; None: UTC."""
    return (named.rule.silence.zone if named.rule.silence is not None else None) or named.agreement.zone


def until_of(given: Mapping[str, str], zone: str | None, at: datetime) -> str:
    """The deadline as acts have it: the one that was shown; so many hours from now; or a day and a time on the clock of the body."""
    if given["until"]:
        moment = parse_moment(given["until"])
        if moment.instant is None or moment.instant <= at:
            raise BadInput(told(_("%(time)s is past already; choose a later time"), time=given["until"][:60]))
        return given["until"]
    if given["day"]:
        return _written(_local(given, zone), zone, at)
    hours = given["hours"] or USUAL_HOURS
    if not re.fullmatch(r"[0-9]{1,5}", hours) or not 1 <= int(hours) <= MOST_HOURS:
        raise BadInput(
            told(_("hours: %(given)s; write a whole number from 1 to %(most)s, or a day and a time"), given=repr(hours[:20]), most=MOST_HOURS)
        )
    clock = UTC if zone is None else ZoneInfo(zone)
    return _stamp((at + timedelta(hours=int(hours))).astimezone(clock), zone)


def _local(given: Mapping[str, str], zone: str | None) -> datetime:
    try:
        day = parse_day(given["day"])
    except BadInput as problem:
        raise BadInput(told(_("%(field)s: %(problem)s"), field=told(_("day")), problem=str(problem))) from None
    match = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", given["time"])
    if match is None:
        raise BadInput(told(_("time: %(given)s; write hours and minutes, such as 17:00"), given=repr(given["time"][:20])))
    return datetime.combine(day, time(int(match[1]), int(match[2])))


def _written(local: datetime, zone: str | None, at: datetime) -> str:
    """A local time as an instant; of one that the clock shows twice, the second. BadInput for one that it skips, or that is past."""
    clock: tzinfo = UTC if zone is None else ZoneInfo(zone)
    instant = local.replace(tzinfo=clock, fold=1).astimezone(UTC)
    if instant.astimezone(clock).replace(tzinfo=None) != local:
        message = _("%(time)s is skipped by the clock of %(zone)s on that day; choose another time")
        raise BadInput(told(message, time=f"{local:%H:%M}", zone=zone or "UTC"))
    if instant <= at:
        raise BadInput(told(_("%(time)s is past already; choose a later time"), time=f"{local:%Y-%m-%d %H:%M} {zone or 'UTC'}"))
    return _stamp(instant.astimezone(clock), zone)


def _stamp(local: datetime, zone: str | None) -> str:
    written = local.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return written if zone is None or zone == "UTC" else f"{written}[{zone}]"


def drafted(this: Asked, ground: Ground, given: Mapping[str, str], at: datetime) -> tuple[NamedRule, str, list[Row]]:
    """The rule, who proposes, and the row of a round that is opened now; BadInput or NotOnRecord say what is wrong with it."""
    if not given["rule"]:
        raise BadInput(told(_("choose the rule by which it is decided")))
    named = rule_of(this, given["rule"])
    party = _proposer(this, ground, given, named)
    subject = " ".join(given["subject"].split())
    if not subject:
        raise BadInput(told(_("write what is proposed, in a line")))
    details = {
        "subject": subject, "text": " ".join(given["text"].split()), "hash": given["hash"].strip(), **_deadlines(named, given, at),
        **{reason.replace("-", "_"): ",".join(codes) for reason, codes in taking_part(this, named.rule, given).items()},
    }  # fmt: skip
    wanted = f"{named.agreement.id}-{named.rule.id}-{at.date()}"
    ref = this.fold.ask(this.on, ("free", wanted), lambda standing: free_ref(standing, wanted), record=this.record, keep=False)
    act = draft_proposal(named, party, moment_of(at), details, ref, told_by(ground, given["source"]))
    return named, party, rows_of([Drafted(act)], {name: given[name].strip() for name in LABEL})


def _proposer(this: Asked, ground: Ground, given: Mapping[str, str], named: NamedRule) -> str:
    wanted = ground.reader.party or given["party"].strip() or named.rule.body
    if wanted == named.rule.body and wanted not in this.record.register.parties:
        raise BadInput(told(_("the body %(body)s is no party on record; say who proposes it"), body=wanted))
    return party_code(this.record, wanted)


def _deadlines(named: NamedRule, given: Mapping[str, str], at: datetime) -> dict[str, str]:
    match given["how"] or "silence":
        case "silence":
            return {"silence_until": until_of(given, zone_of(named), at)}
        case "vote":
            return {"vote_by": until_of(given, zone_of(named), at)}
        case "term":
            if named.rule.silence is None or named.rule.silence.term is None:
                raise BadInput(told(_("%(rule)s sets no term for a silence; say until when"), rule=named.name))
            return {"silence": "yes"}
        case "open":
            return {}
    raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"how={given['how'][:20]!r}", known=", ".join(HOW)))


def taking_part(this: Asked, rule: DecisionRule, given: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Who does not count or takes part, where the rule asks."""
    found: dict[str, tuple[str, ...]] = {str(reason): codes for reason, codes in facts_of(this, rule, given).items()}
    named = tuple(party_code(this.record, code) for code in re.split(r"[,;]\s*", given["participating"]) if code.strip())
    return {**found, "participating": named} if named and "not-participating" in reasons_of(rule) else found


def looked_at(this: Asked, ground: Ground, given: Mapping[str, str], at: datetime) -> Round:
    """The round as it would be opened now."""
    named, party, rows = drafted(this, ground, given, at)
    (row,) = stated(ground, rows)
    assert row.entry is not None
    after = would_be(this, [row.entry], row.entry.act.hash, at)
    facts: dict[Without, tuple[str, ...]] = facts_of(this, named.rule, given)
    until = None if after is None else deadline(ends_of(after), after.zone, at)
    odd = () if after is None else after.findings
    return Round(named, party, row.entry, rolled(this, named, facts), until, after, odd, ground.to_approve([row.previewed]))


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """The form; whom it would bind and until when; or, once it is sent, on to the decision."""
    ground, this = ground_of(request), asked_today(request)
    at = now_of(this)
    sent = request.POST if request.method == "POST" else request.GET
    given = {name: sent.get(name, "").strip() for name in FIELDS}
    if request.method != "POST":
        return _page(request, this, ground, given, new_token(), at)
    token = token_in(request.POST.get("token", ""))
    if before := recorded_before(ground, token):
        return _on(ground, before)
    try:
        if request.POST.get("do") == "change":
            return _page(request, this, ground, {**given, "until": ""}, token, at)
        shown = looked_at(this, ground, given, at)
        if request.POST.get("do") != "send":
            return _page(request, this, ground, given, token, at, shown)
        done = put(ground, token, lambda: drafted(this, ground, given, now_of(this))[2])
    except Recorded as recorded:
        return _on(ground, recorded.acts)
    except Proposed as proposed:
        return to_proposal(proposed.number)
    except ComityError as problem:
        return _page(request, this, ground, given, token, at, None, for_a_page(problem), STATUS.get(type(problem), 400))
    return _on(ground, [done])


def _on(ground: Ground, acts: Sequence[str]) -> HttpResponse:
    """On to the decision that was opened."""
    entry = ground.again().entry(acts[0])
    return HttpResponseRedirect(href({}, "decision", entry.act.ref) if entry is not None else href({}, "decisions"))


def _page(
    request: HttpRequest, this: Asked, ground: Ground, given: Mapping[str, str], token: str, at: datetime,
    shown: Round | None = None, problem: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    rules = every_rule(this)
    chosen = next((one for one in rules if one.name == given["rule"]), None)
    context = {
        "asked": this,
        "ground": ground,
        "given": {**given, "how": given["how"] or "silence"},
        "token": token,
        "groups": _by_body(rules),
        "chosen": chosen,
        "takes": "" if chosen is None else rule_in_words(chosen.rule),
        "zone": None if chosen is None else zone_of(chosen) or "UTC",
        "reasons": [] if chosen is None else [(reason, given.get(reason, "")) for reason in reasons_of(chosen.rule)],
        "label": [(name, given[name]) for name in LABEL],
        "labelled": any(given[name] for name in LABEL),
        "usual": USUAL_HOURS,
        "today": _today_there(at, chosen),
        "shown": shown,
        "problem": problem,
    }
    return page(request, "decisions/propose.html", context, status)


def _today_there(at: datetime, chosen: NamedRule | None) -> date:
    zone = None if chosen is None else zone_of(chosen)
    return at.astimezone(UTC if zone is None else ZoneInfo(zone)).date()


def _by_body(rules: Sequence[NamedRule]) -> list[tuple[str, list[NamedRule]]]:
    """The rules by the body that decides."""
    found: dict[str, list[NamedRule]] = {}
    for one in rules:
        found.setdefault(one.rule.body, []).append(one)
    return sorted(found.items(), key=lambda one: one[0].casefold())
