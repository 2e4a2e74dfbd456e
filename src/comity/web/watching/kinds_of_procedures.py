"""Which pages of procedures can be saved: exercises, missions, lessons, who is obliged; and each list of training and of interoperability."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from comity.web.linking import href
from comity.web.training_rows import GAPS
from comity.web.watching.kinds_of_talks import TALKS
from comity.web.watching.lines import Kind, Plain, named, to

_BARRED = {"yes": "barred", "no": "no bar", "unknown": "may be barred"}


def _nowhere(row: Plain) -> str:
    return ""


def _reading(row: Plain) -> str:
    return f"{row['since']} to {row['until']}: " + (f"not known; {row['why']}" if row["value"] is None else f"{row['value']:g}, of {row['of']}")


def _forecast(row: Plain) -> str:
    told = row["why"] if row["value"] is None else f"{row['value']:.2f}"
    return f"{row['party']} towards {row['partner']}: {told}"


def _filled(row: Plain) -> str:
    return f"{row['mission']}: {row['filled']} of {row['places']} filled"


def _lesson(row: Plain) -> str:
    return f"{row['title']}: {' or '.join(row['states'])}" + (f"; {row['next']}" if row["next"] else "")


def _mediator(row: Plain) -> str:
    rank = "" if row["best"] is None else f", rank {row['best']} to {row['worst']}"
    return f"{row['name']}: {_BARRED[row['barred']]}{rank}"


def _owes(row: Plain) -> str:
    return f"{row['party']}, {row['owes']} towards {row['towards']}: {row['verdict']} ({row['agreement']} {row['article']})"


def _visit(row: Plain) -> str:
    return f"{row['visitor']} → {row['host']}: {row['what'] or row['visit']}, {row['state']}"


def _need(row: Plain) -> str:
    return f"{row['party']}, {row['capability']}: {row['unmet']} of {row['persons']} unmet"


def _course(row: Plain) -> str:
    return f"{row['course']} ({row['offered_by']})" + (f": {row['nation']}" if row["nation"] else "")


def _post(row: Plain) -> str:
    return f"{row['nation']} with {row['host']}: {row['post']}"


def _last(row: Plain) -> str:
    return f"{' – '.join(row['parties'])}, {row['capability']}: {row['last']}"


def _pair(row: Plain, says: str) -> str:
    return f"{' – '.join(row['nations'])}, {row['capability']}: {says}"


def _trained(row: Plain) -> str:
    return _pair(row, row["last"] or row["state"])


def _gap(row: Plain) -> str:
    with override("en"):
        return _pair(row, str(GAPS[row["sort"]]))


def _shared(row: Plain) -> str:
    return f"{' – '.join(row['nations'])}, {row['standard']}: {row['shared']}"


def _to_pair(row: Plain) -> str:
    return href({}, "interoperability", nations=" ".join(row["nations"]))


def _to_standards(row: Plain) -> str:
    return href({}, "interoperability")


def _visit_day(row: Plain) -> object:
    """The day by which leave is to be answered; where it was, the day on which the visit starts."""
    return row["answer_by"] if _is_open(row) else row["starts"]


def _is_open(row: Plain) -> bool:
    return bool(row["answered_in_time"] == "open")


def _decision(row: Plain) -> str:
    return f"{row['subject'] or row['ref']} ({row['body'] or row['rule']}): {' or '.join(row['states'])}"


def _rule(row: Plain) -> str:
    return f"{row['rule']} ({row['body']}): {row['takes']}"


def _to_rule(row: Plain) -> str:
    agreement, _slash, rule = str(row["rule"]).partition("/")
    return href({}, "decision-rule", agreement, rule)


def _is_awaited(row: Plain) -> bool:
    return bool(row["awaited"]) and row["day"] is not None


def _is_to_do(row: Plain) -> bool:
    return row["next"] is not None


def _is_required(row: Plain) -> bool:
    return not row["open"]


def _is_late(row: Plain) -> bool:
    return bool(row["late"] == "yes")


ALONE: Mapping[str, Kind] = {
    "exercises": Kind(
        _("Exercises"), "exercises", ("activity", "title", "stands", "from", "until"), named("title", "stands", "from"), to("exercise", "activity"),
        "exercises", ("party", "year", "kind", "q"), "from",
    ),
    "missions": Kind(
        _("Missions"), "missions", ("mission", "places", "filled", "in_doubt", "mandate"), _filled, to("mission", "mission"), "missions"
    ),
    "lessons": Kind(
        _("Lessons"), "lessons", ("act", "states", "who", "due"), _lesson, to("act", "ref"), "lessons", ("activity", "body", "state", "late"), "due",
        due=_is_to_do, late=_is_late,
    ),
    "awaited": Kind(
        _("Awaited"), "awaited", ("ref", "party", "what", "until"), named("party", "what", "subject"), to("act", "ref"), "awaited",
        ("party", "procedure", "required"), "until", due=_is_required, late=_is_late,
    ),
    "decisions": Kind(
        _("Decisions"), "decisions", ("ref", "states", "until"), _decision, to("decision", "ref"), "decisions", ("state", "body", "party", "at"),
        "day", due=_is_awaited,
    ),
    "decision-rules": Kind(
        _("Rules of decision"), "decision-rules", ("rule", "takes", "until"), _rule, _to_rule, "decision-rules", ("of",)
    ),
    "obliged": Kind(
        _("Obliged"), "obligations", ("party", "owes", "towards", "side", "agreement", "article", "verdict"), _owes, to("agreement", "agreement"),
        "obligations", ("attacked", "by", "nature", "place", "provoked"), needs=("attacked",),
    ),
    "mediators": Kind(
        _("Mediators"), "mediators", ("party", "barred", "best", "worst"), _mediator, to("party", "party"), "mediators",
        ("a", "b", "candidates", "carry"), needs=("a", "b"),
    ),
    "indicators": Kind(
        _("Indicators"), "readings", ("since", "until", "value", "why"), _reading, _nowhere, "indicators/readings",
        ("indicator", "party", "partner", "since", "until", "by", "agreement", "kind", "key"), needs=("indicator", "party"),
    ),
    "trust": Kind(
        _("Trust"), "trust", ("party", "partner", "kind", "value", "why"), _forecast, _nowhere, "trust",
        ("a", "b", "kind", "half_life", "pooling", "level"), needs=("a", "b"),
    ),
}  # fmt: skip
"""Pages with one list, by their names."""
_OF = ("party", "capability")
_BETWEEN = ("nations", "org", "capability", "half", "within")
_AMONG = ("nations", "org")
SEVERAL: Mapping[str, Mapping[str, Kind]] = {
    "training": {
        "courses": Kind(
            _("Courses"), "courses", ("ref", "nation", "starts", "places"), _course, to("act", "ref"), "training/courses", _OF, "starts"
        ),
        "posts": Kind(_("Posts"), "posts", ("ref", "from", "until", "filled"), _post, to("act", "ref"), "training/posts", _OF, "until"),
        "visits": Kind(
            _("Visits"), "visits", ("ref", "state", "starts", "answered_in_time"), _visit, to("act", "ref"), "training/visits", _OF, _visit_day,
            due=_is_open,
        ),
        "needs": Kind(_("Needs"), "needs", ("ref", "persons", "from", "until", "by", "unmet"), _need, to("act", "ref"), "training/needs", _OF),
        "offers": Kind(
            _("Offers"), "offers", ("ref", "persons", "from", "until"), named("party", "capability", "persons"), to("act", "ref"),
            "training/offers", _OF,
        ),
        "trained": Kind(_("Trained with whom"), "trained", ("parties", "capability", "last"), _last, to("act", "act"), "training/trained", _OF),
    },
    "interoperability": {
        "trained": Kind(
            _("What was trained"), "trained", ("nations", "capability", "state", "last", "last_by"), _trained,
            _to_pair, "interoperability/trained", _BETWEEN,
        ),
        "gaps": Kind(_("Gaps"), "gaps", ("nations", "capability", "sort", "last"), _gap, _to_pair, "interoperability/gaps", _BETWEEN),
        "editions": Kind(
            _("Standards"), "editions", ("standard", "edition", "status"), named("standard", "edition", "status"), _to_standards,
            "interoperability/editions",
        ),
        "positions": Kind(
            _("What nations do with them"), "positions", ("nation", "standard", "edition", "answer", "uses"),
            named("nation", "standard", "edition", "answer", "uses"), _to_standards, "interoperability/positions", _AMONG,
        ),
        "shared": Kind(
            _("Which pairs share them"), "shared", ("nations", "standard", "shared"), _shared, _to_pair, "interoperability/shared", _AMONG
        ),
        "exercises": Kind(
            _("Exercises together"), "exercises", ("exercise", "starts", "nations", "acts"), named("exercise", "starts"), to("exercise", "exercise"),
            "interoperability/exercises", ("nations",), "starts", needs=("nations",),
        ),
    },
    **TALKS,
}  # fmt: skip
"""Pages with several lists, each of which is saved by itself (``list=``); the first is meant where none is named."""
