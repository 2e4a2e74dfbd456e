"""An exercise as plain values for programs: its design in brief, where it stands, what is wrong with it, what has to be notified.

Source: docs/schemas/exercise-show.json, exercise-check.json, exercise-notify.json.
"""

from __future__ import annotations

from comity.duties import duty_to_plain
from comity.exercises.constraints import ConstraintStatus
from comity.exercises.days import DesignDay
from comity.exercises.design import MEASURES, Design
from comity.exercises.lives import Life, StepStatus
from comity.exercises.notices import Notice, Notices
from comity.terms import Broken

Plain = dict[str, object]


def design_to_plain(design: Design) -> Plain:
    """What the exercise is, in brief."""
    return {
        "id": design.id,
        "title": design.title,
        "process": design.process,
        "form": design.form,
        "scenarios": list(design.scenarios),
        "host": design.host,
        "from": design.from_.written,
        "until": design.until.written,
        "startex": design.begins.written,
        "endex": design.ends.written,
        "participants": list(design.nations),
        "numbers": {name: getattr(design.numbers, name) for name in MEASURES} | {"no_notice": design.numbers.no_notice},
        "objectives": [{"id": one.id, "text": one.text, "capability": one.capability, "audience": list(one.audience)} for one in design.objective],
    }


def flaw_to_plain(flaw: Broken) -> Plain:
    """A rule that a design breaks."""
    return {"rule": flaw.rule, "where": flaw.where, "says": flaw.says}


def life_to_plain(life: Life, sha256: str) -> Plain:
    """Where the exercise stands; ``sha256``: of the design's file."""
    return {
        "on": life.on.isoformat(),
        "stands": None if life.stands is None else life.stands.id,
        "missing": [status.step.id for status in life.missing],
        "stages": [
            {"id": stage.id, "title": stage.title, "read": stage.read, "source": stage.source or None, "steps": [_step(one) for one in steps]}
            for stage, steps in life.stages
        ],
        "design": {
            "sha256": sha256,
            "on_record": any(found == sha256 for _, found in life.versions),
            "versions": [{"act": act.ref, "version": act.details.get("version"), "sha256": found} for act, found in life.versions],
        },
    }


def _step(status: StepStatus) -> Plain:
    return {
        "id": status.step.id,
        "what": status.step.what,
        "state": str(status.state),
        "by": status.by,
        "due": None if status.due is None else status.due.written,
        "acts": [act.ref for act in status.acts],
        "read": status.step.read,
    }


def day_to_plain(day: DesignDay) -> Plain:
    """A day of the exercise."""
    return {"sort": day.sort, "what": day.what, "from": day.start.written, "until": day.end.written, "who": day.who or None}


def notices_to_plain(notices: Notices) -> Plain:
    """What has to be notified, and which limits it meets."""
    return {
        "owed": [_notice(one) for one in notices.owed],
        "supposed": [act.ref for act in notices.supposed],
        "limits": [_limit(one) for one in notices.limits],
        "notes": list(notices.notes),
    }


def _notice(one: Notice) -> Plain:
    return {
        "duty": duty_to_plain(one.row),
        "latest": None if one.latest is None else one.latest.isoformat(),
        "supposed": one.supposed,
        "missing": list(one.missing),
        "act": None if one.act is None else one.act.kind,
    }


def _limit(one: ConstraintStatus) -> Plain:
    constraint = one.constraint
    return {
        "id": constraint.id,
        "agreement": constraint.agreement,
        "article": constraint.article,
        "says": constraint.says,
        "read": constraint.read,
        "state": str(one.state),
        "most": constraint.most,
        "surely": one.surely,
        "possibly": one.possibly,
        "others": list(one.others),
    }
