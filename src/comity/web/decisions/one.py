"""One decision: where it stands, the clock, texts, who said what and when, the count with its reasons, and what can still come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from comity.acts import Act
from comity.decisions import Decision, DecisionState, decisions_calendar, end_of_day
from comity.terms import NotOnRecord, parse_moment
from comity.votes import Tally, bar_in_words, counted_in_words
from comity.web.asking import Asked, asked, page
from comity.web.attached.named import Named, documents_of
from comity.web.charts.chart import Chart, as_chart
from comity.web.charts.decision_times import decision_times, deed_to_plain, deeds_of
from comity.web.decisions.asking import decision_named, is_open, line_of, states_of
from comity.web.decisions.instants import Deadline, deadline, instant_of, now_of, when_asked
from comity.web.decisions.listing import calendar_file
from comity.web.decisions.prospects import electorate_of, prospects_of
from comity.web.linking import href
from comity.web.recording.ground import can_record
from comity.web.several_lists import List, as_one_of
from comity.web.tables import Plain

ANSWERED_AT = "/answer"
"""Where one looks for the page on which it is answered; a proposal that is called so comes first."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the proposal, or an amendment that was put forward; ``paper``: the document, where the reader may see it."""

    act: Act
    who: str
    own: bool
    current: bool
    paper: Named | None

    @property
    def symbol(self) -> str:
        return self.act.details.get("text", "")

    @property
    def hash(self) -> str:
        return self.act.details.get("hash", "")

    @property
    def says(self) -> str:
        return self.act.details.get("says", "")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which it stands: when what runs ends, and whose objections hold."""

    state: DecisionState
    silently: bool
    by: Act
    until: Deadline | None
    came: Deadline | None
    objecting: tuple[str, ...]
    perhaps: tuple[str, ...]


def ways_of(one: Decision, now: datetime) -> list[Way]:
    """Each way in which it can stand."""
    return [
        Way(
            stand.state, stand.silently, stand.by, deadline(stand.until, one.zone, now), deadline(stand.at, one.zone, now),
            _who(stand.objecting), _who(stand.perhaps),
        )
        for stand in one.stands
    ]  # fmt: skip


def _who(acts: Sequence[Act]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(act.attributed_to for act in acts))


def texts_of(this: Asked, one: Decision) -> list[Text]:
    """Every text that was put forward, in order."""
    papers, proposer = documents_of(this), one.proposal.attributed_to
    current = {stand.text.hash for stand in one.stands}
    found = []
    for act in one.acts:
        if act.hash == one.proposal.hash or act.kind == "amend-proposal":
            who = act.attributed_to
            found.append(Text(act, who, who == proposer, act.hash in current, papers.get(act.details.get("hash", ""))))
    return found


def votes_to_plain(one: Decision) -> list[dict[str, object]]:
    """The votes that stand."""
    return [{"party": who, "vote": vote, "act": act.ref} for who, vote, act in one.votes]


def awaited_to_plain(one: Decision) -> list[dict[str, object]]:
    """Whose answer is awaited, or may still be given."""
    return [
        {"party": each.who, "what": each.what, "until": each.until and each.until.astimezone(UTC).isoformat(), "asked": each.asked}
        for each in one.reminders
    ]  # fmt: skip


def statements_to_plain(one: Decision) -> list[dict[str, object]]:
    """What was stated beside it."""
    return [
        {"act": act.ref, "party": act.attributed_to, "as": act.details.get("as"), "says": act.details.get("says")}
        for act in one.statements
    ]  # fmt: skip


def texts_to_plain(texts: Sequence[Text]) -> list[dict[str, object]]:
    """Its texts."""
    return [
        {"act": one.act.ref, "party": one.who, "text": one.symbol or None, "hash": one.hash or None, "says": one.says or None, "stands": one.current}
        for one in texts
    ]


def decision(request: HttpRequest, ref: str) -> HttpResponse:
    when = when_asked(request, asked(request))
    this = when.this
    try:
        one = decision_named(when, ref)
    except NotOnRecord:
        root = ref.removesuffix(ANSWERED_AT)
        if root != ref:
            decision_named(when, root)
            return HttpResponseRedirect(href({}, "decision-answer", root))
        raise
    if request.GET.get("format") == "ics":
        return calendar_file(decisions_calendar([one], datetime.now(UTC)), f"decision-{ref}")
    deeds, texts = deeds_of(one), texts_of(this, one)
    charts: Mapping[str, Callable[[], Chart]] = {"time": partial(decision_times, this, one)}
    rows: Mapping[str, Callable[[], Sequence[Plain]]] = {
        "acts": lambda: [deed_to_plain(deed) for deed in deeds],
        "votes": lambda: votes_to_plain(one),
        "awaited": lambda: awaited_to_plain(one),
        "texts": lambda: texts_to_plain(texts),
        "statements": lambda: statements_to_plain(one),
    }
    if file := as_chart(request, this, charts) or as_one_of(
        request, this, [List(name, titles_of_lists()[name], made) for name, made in rows.items()]
    ):
        return file
    drawn = charts["time"]()
    clock = now_of(this) if when.live else instant_of(when, one.zone)
    line = line_of(when, one)
    context = {
        "asked": this,
        "when": when,
        "at": request.GET.get("at", ""),
        "decision": one,
        "line": line,
        "title": one.subject or ref,
        "ref": ref,
        "proposer": one.proposal.attributed_to,
        "states": states_of(one),
        "open": is_open(one),
        "ways": ways_of(one, clock),
        "lapses": _lapses(one, clock),
        "asked_at": deadline(one.at, one.zone, clock),
        "texts": texts,
        "deeds": deeds,
        "drawn": drawn.drawing,
        "keys": drawn.keys,
        "counted": counted_lines(one),
        "prospects": prospects_of(this, one),
        "electorate": electorate_of(this, one),
        "answerable": can_record(request) and is_open(one),
        "lists": [(name, title) for name, title in titles_of_lists().items() if rows[name]()],
        "odd": [finding for finding in one.findings if finding.where not in {deed.act.ref for deed in deeds}],
    }
    return page(request, "decisions/one.html", context)


def titles_of_lists() -> Mapping[str, str]:
    """What its lists are called."""
    return {
        "acts": _("Acts"), "votes": _("Votes so far"), "awaited": _("Whose answer is awaited"), "texts": _("Texts"),
        "statements": _("Explanations and statements"),
    }  # fmt: skip


def _lapses(one: Decision, now: datetime) -> Deadline | None:
    given = one.proposal.details.get("lapses", "")
    if not given or not is_open(one):
        return None
    moment = parse_moment(given)
    return deadline(moment.instant or end_of_day(moment.last, one.zone), one.zone, now)


def counted_lines(one: Decision) -> list[tuple[bool, str]]:
    """The count with its reasons: whether each holds, and in words."""
    tally = one.tally
    return [] if tally is None else reasons_of(tally)


def reasons_of(tally: Tally) -> list[tuple[bool, str]]:
    """Each share, bar and quorum of a count: does it speak for what is proposed, and in words."""
    found = [
        (share.reached, f"{'or ' if number else ''}{counted_in_words(share)}") for number, way in enumerate(tally.ways) for share in way
    ]  # fmt: skip
    found += [(False, f"{bar_in_words(one.bar)}: {', '.join(one.by)}") for one in tally.bars]
    return found if tally.quorum is None else [*found, (tally.quorum.reached, f"quorum: {counted_in_words(tally.quorum)}")]
