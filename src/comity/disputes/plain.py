"""Disputes and incidents as strings, lists and objects, as docs/schemas/dispute-next.json and dispute-status.json have them.

Source: how-disputes-are-followed.md, section 8.
"""

from __future__ import annotations

from typing import Any

from comity.acts import Act, kinds
from comity.disputes.incidents import Incident
from comity.disputes.openings import OpenWay
from comity.disputes.stages import Dispute, StepStanding
from comity.standing import finding_to_plain, reason_to_plain


def dispute_to_plain(dispute: Dispute) -> dict[str, Any]:
    """The dispute with its steps and acts."""
    return {
        "ref": dispute.ref,
        "act": dispute.raised.hash,
        "agreement": dispute.agreement,
        "sides": list(dispute.sides),
        "subject": dispute.subject or None,
        "since": dispute.since.isoformat(),
        "verdict": str(dispute.verdict),
        "states": [str(state) for state in dispute.states],
        "absent": dispute.absent,
        "about": dispute.about,
        "agreed": list(dispute.agreed),
        "steps": [step_to_plain(step) for step in dispute.steps],
        "acts": [told_act_to_plain(act) for act in dispute.acts],
        "findings": [finding_to_plain(one) for one in dispute.findings],
    }


def step_to_plain(one: StepStanding) -> dict[str, Any]:
    """One step: what it is, where it stands, whether it is open, since when, and why."""
    step = one.place.step
    return {
        "clause": one.place.clause.id,
        "number": one.place.number,
        "means": step.means,
        "body": step.body,
        "article": step.article,
        "says": step.says,
        "binding": step.binding,
        "read": one.place.clause.read,
        "source": one.place.clause.source,
        "verdict": str(one.verdict),
        "states": [str(state) for state in one.states],
        "since": _day(one.since),
        "asked": _day(one.asked),
        "by": one.by,
        "due": _day(one.due),
        "late": str(one.late),
        "ends": _day(one.ends),
        "waiting_for": list(one.waiting),
        "appointed_by": step.appointed_by,
        "ripe": str(one.ripe),
        "opens": _day(one.opens),
        "law": str(one.law),
        "open": str(one.open),
        "who": list(one.who),
        "because": [reason_to_plain(reason) for reason in one.because],
    }


def way_to_plain(way: OpenWay) -> dict[str, Any]:
    """A dispute between the two, on record or supposed, with its steps."""
    dispute = way.dispute
    return {
        "agreement": dispute.agreement,
        "dispute": None if way.supposed else dispute.ref,
        "steps": [step_to_plain(step) for step in dispute.steps],
    }


def incident_to_plain(incident: Incident) -> dict[str, Any]:
    """An incident with its acts and what was said to whom."""
    return {
        "ref": incident.ref,
        "act": incident.began.hash,
        "by": incident.by,
        "since": incident.since.isoformat(),
        "subject": incident.subject or None,
        "said": [
            {
                "act": one.act.ref,
                "kind": one.act.kind,
                "to": one.to,
                "acknowledged": str(one.acknowledged),
                "answered": str(one.answered),
            }
            for one in incident.said
        ],
        "acts": [told_act_to_plain(act) for act in incident.acts],
    }


def told_act_to_plain(act: Act) -> dict[str, Any]:
    """An act on a timeline: when, who, what, to whom."""
    return {
        "ref": act.ref,
        "kind": act.kind,
        "done": None if act.done is None else str(act.done),
        "by": act.attributed_to,
        "to": list(act.counterparty),
        "what": kinds()[act.kind].past,
        "details": dict(act.details),
        "source": act.source.citation,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
