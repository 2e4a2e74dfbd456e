"""If a dispute arose between two: which steps of settlement an agreement has for it, in which order, by when; the acts that begin one, as drafts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.acts import Entry
from comity.book import row_of, write_rows
from comity.disputes import DisputeDraft, DisputeWords, OpenWay, draft_dispute, told_act_to_plain, way_to_plain, ways_between
from comity.standing import Standing
from comity.terms import BadInput, parse_moment
from comity.web.asking import AXES, Asked, page, party_code
from comity.web.charts.chart import Chart, Key, as_chart
from comity.web.dispute_alone import chart, step_row
from comity.web.drawing import Drawing
from comity.web.forms import choices, filled_in, to_choose_from, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.recording.ground import can_record
from comity.web.settlement_steps import Row, lanes_of, rows_of, settling_in
from comity.web.several_lists import List, as_one_of
from comity.web.telling import told
from comity.web.wording import word
from comity.web.words_of_talks import MEANS

FIELDS = ("a", "b", "agreement", "subject", "means")


@dataclass(frozen=True, slots=True)
class Way:
    """The steps under one agreement; ``doubt``: why none of them is there for sure, where it is for the same reason for all."""

    way: OpenWay
    rows: Sequence[Row]
    drawing: Drawing
    keys: tuple[Key, ...]
    doubt: str


@dataclass(frozen=True, slots=True)
class Question:
    """Between whom, under which agreement (blank: whichever is in force between them)."""

    a: str
    b: str
    agreement: str


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Between whom, under which agreement; about what, by which means first."""
    return {
        **choices(this),
        "agreements": to_choose_from(this, settling_in(this)),
        "given": filled_in(request, *FIELDS, *AXES),
        "means": [(name, word(name, "means")) for name in MEANS],
    }


def read(this: Asked, given: Mapping[str, str]) -> Question | None:
    """What is asked; None if nothing is yet; BadInput says what is missing."""
    if not any(given[name] for name in ("a", "b", "agreement")):
        return None
    for name, says in (("a", _("one side")), ("b", _("the other side"))):
        if not given[name]:
            raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(says)))
    a, b = party_code(this.record, given["a"]), party_code(this.record, given["b"])
    if a == b:
        raise BadInput(told(_("between %(a)s and %(b)s: name two different parties"), a=a, b=b))
    return Question(a, b, this.record.agreement(given["agreement"], this.known).id if given["agreement"] else "")


def ways(this: Asked, asked: Question) -> tuple[list[OpenWay], list[str]]:
    """What is open to the two; and the agreements that may tell more, and are still being derived."""
    if asked.agreement:
        return this.ask(("ways", asked), lambda standing: ways_between(standing, asked.a, asked.b, asked.agreement)), []
    settling = settling_in(this)
    waiting = {*this.pending()}.intersection(settling)
    looked_at = [one for one in settling if one not in waiting and one not in this.fold.broken]

    def found(standing: Standing) -> list[OpenWay]:
        return ways_between(Narrowed(standing, looked_at), asked.a, asked.b)

    return this.ask(("ways", asked), found, pending=waiting), sorted(waiting)


@with_form("settlement.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    given = form["given"]
    asked = read(this, given)
    if asked is None:
        return page(request, "settlement.html", {**form, "settling": len(settling_in(this))})
    found, pending = ways(this, asked)
    draft = _drafted(this, asked, given)
    charts = {one.dispute.agreement: partial(_chart, this, one) for one in found}
    rows = _act_rows(this, draft)
    lists = [
        List("steps", _("Steps of the settlement"), lambda: [_row(one, row) for one in found for row in rows_of(this, one.dispute)]),
        List("acts", _("Drafted acts"), lambda: rows),
    ]
    if file := as_chart(request, this, charts, pending) or as_one_of(request, this, lists, pending):
        return file
    context = {
        **form,
        "question": asked,
        "name_a": this.name(asked.a),
        "name_b": this.name(asked.b),
        "ways": [_way(this, one) for one in found],
        "pending": pending,
        "draft": draft,
        "table": write_rows(rows) if rows else "",
        "drafted": [told_act_to_plain(act) for act in draft.acts] if draft is not None else [],
        "can_record": can_record(request),
        "turned": href(this.carried, "settlement", a=asked.b, b=asked.a, agreement=asked.agreement),
        "lists": lists if rows else lists[:1],
    }
    return page(request, "settlement.html", context)


def _way(this: Asked, one: OpenWay) -> Way:
    made = _chart(this, one)
    rows = rows_of(this, one.dispute)
    common = [{reason.says for reason in row.against} for row in rows]
    shared = sorted(set.intersection(*common)) if len(common) > 1 else []
    return Way(one, rows, made.drawing, made.keys, shared[0] if shared and one.supposed else "")


def _chart(this: Asked, one: OpenWay) -> Chart:
    rows = rows_of(this, one.dispute)
    short = this.record.agreement(one.dispute.agreement, this.known).short
    return chart(short, rows, lanes_of(this, one.dispute, rows), this, f"steps-{one.dispute.agreement}")


def _row(one: OpenWay, row: Row) -> dict[str, Any]:
    plainly = way_to_plain(one)
    return {"agreement": plainly["agreement"], "dispute": plainly["dispute"], **step_row(row)}


# -- the acts that would begin one ------------------------------------------------------------------------------------


def _drafted(this: Asked, asked: Question, given: Mapping[str, str]) -> DisputeDraft | None:
    """The acts that raise it, if it is said what it is about."""
    if not given["subject"]:
        return None
    if not asked.agreement:
        raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(_("the agreement"))))
    words = DisputeWords(given["subject"], parse_moment(this.on.isoformat()), "draft, not sent", means=given["means"] or None)
    key = ("drafted", asked, given["subject"], given["means"])
    return this.ask(key, lambda standing: draft_dispute(standing, asked.a, asked.b, asked.agreement, words))


def _act_rows(this: Asked, draft: DisputeDraft | None) -> list[dict[str, str]]:
    """The acts as rows of a book."""
    if draft is None:
        return []
    refs = {act.hash: act.ref for act in draft.acts}
    return [dict(row_of(Entry(act, this.on), refs.get(act.replies_to or ""), recorded=False)) for act in draft.acts]
