"""Procedures, clocks and where an agreement stands at home as plain data, as docs/schemas/domestic-*.json have them.

Source: how-domestic-procedure-is-followed.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.domestic.clocks import ClockEnd
from comity.domestic.next_steps import next_steps
from comity.domestic.procedures_of_states import HomeProcedure, Provision
from comity.domestic.reports import HomeReport
from comity.domestic.statuses import HomeStatus


def procedure_to_plain(one: HomeProcedure) -> dict[str, Any]:
    """One procedure, with each of its rules."""
    return {
        "state": one.state,
        "id": one.id,
        "title": one.title,
        "for": one.for_,
        "usual": one.usual,
        "from": one.from_.isoformat(),
        "until": _day(one.until),
        "law": one.law,
        "read": one.read,
        "source": one.source,
        "legislature": one.legislature,
        "houses": dict(one.houses),
        "who": one.who,
        "begins": one.begins,
        "beginning": one.beginning,
        "scrutiny": None if one.scrutiny is None else _rule(one.scrutiny) | {"days": one.scrutiny.days, "counted": one.scrutiny.counted},
        "objections": [_rule(rule) | {"house": rule.house, "follows": rule.follows} for rule in one.objections],
        "extension": None if one.extension is None else _rule(one.extension) | {"most": one.extension.most},
        "exception": None if one.exception is None else _rule(one.exception),
        "approvals": [
            _rule(rule) | {"house": rule.house, "share": None if rule.share is None else str(rule.share), "of": rule.of} for rule in one.approvals
        ],
        "report": None if one.report is None else _rule(one.report),
    }


def clock_to_plain(end: ClockEnd) -> dict[str, Any]:
    """The last day of a scrutiny."""
    return {"exact": _day(end.exact), "earliest": end.earliest.isoformat(), "latest": _day(end.latest)}


def home_to_plain(one: HomeStatus) -> dict[str, Any]:
    """Where an agreement stands at home."""
    return {
        "agreement": one.agreement,
        "state": one.state,
        "procedure": one.procedure.id,
        "law": one.procedure.law,
        "read": one.procedure.read,
        "named": one.named,
        "verdict": str(one.verdict),
        "stands": None if one.stands is None else str(one.stands),
        "states": [str(state) for state in one.states],
        "ends": None if one.ends is None else clock_to_plain(one.ends),
        "counted": one.counted,
        "days": one.days,
        "objected": list(one.objected),
        "lacking": list(one.lacking),
        "may_consent": str(one.may_consent),
        "next": [
            {"in": str(step.state), "what": step.what, "whose": list(step.whose), "may_delay": list(step.may_delay)} for step in next_steps(one)
        ],
        "acts": [act.ref for act in one.acts],
        "consents": [act.ref for act in one.consents],
        "report": None if one.report is None else _report(one.report),
        "findings": [{"code": found.code, "where": found.where, "says": found.says} for found in one.findings],
    }


def _report(one: HomeReport) -> dict[str, Any]:
    return {"states": [str(state) for state in one.states], "due": _day(one.due), "discharged_by": [act.ref for act in one.discharged_by]}


def _rule(one: Provision) -> dict[str, Any]:
    return {"article": one.article, "says": one.says, "read": one.read, "source": one.source}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
