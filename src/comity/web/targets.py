"""The gaps as targets of a programme of exercises: a file to plan with (``comity programme``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from comity.interoperability import TrainingMap, training_targets
from comity.terms import BadInput
from comity.web.asking import Asked, read_day, read_number
from comity.web.documents.handing_out import attachment
from comity.web.telling import told
from comity.web.training_maps import Wanted

SLOTS = ("week", "month", "quarter")
USUAL: Mapping[str, str] = {"slot": "month", "slots": "36", "soon": "4", "weight": "10"}
MOST: Mapping[str, int] = {"slots": 600, "soon": 600, "weight": 1_000_000}
LONGEST = 5000
"""So many targets are written at once."""


def as_targets(request: HttpRequest, this: Asked, wanted: Wanted, of: TrainingMap) -> HttpResponse | None:
    """The targets as TOML, where the URL asks for it (``format=toml``)."""
    if request.GET.get("format") != "toml":
        return None
    given = {name: request.GET.get(name, "").strip() or usual for name, usual in USUAL.items()}
    first = read_day(_("first day"), request.GET["first"]) if request.GET.get("first") else this.on
    if given["slot"] not in SLOTS:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"slot={given['slot'][:40]!r}", known=", ".join(SLOTS)))
    numbers = {name: _number(name, given[name]) for name in MOST}
    return attachment(text_of(this, wanted, of, first, given["slot"], numbers).encode(), "application/toml", f"targets-{first}.toml")


def _number(name: str, text: str) -> int:
    found = read_number(text, MOST[name])
    if found is None or (found < 1 and name != "weight"):
        message = _("%(given)s is no number from 1 to %(most)s; write for instance %(usual)s")
        raise BadInput(told(message, given=f"{name}={text[:40]!r}", most=MOST[name], usual=USUAL[name]))
    return found


def text_of(this: Asked, wanted: Wanted, of: TrainingMap, first: date, slot: str, numbers: Mapping[str, int]) -> str:
    """The top of a programme's file with its calendar, and a target for each pair, capability and time."""
    try:
        from comity.planning import Calendar, targets_text
    except ImportError:
        raise BadInput(_("a programme needs more than the core; install it with: pip install 'comity[planning]'")) from None
    calendar = Calendar(first, cast(Literal["day", "week", "month", "quarter"], slot), numbers["slots"])
    of.standing = of.standing.on_day(first)
    targets = training_targets(
        of, wanted.pairs, wanted.capabilities, wanted.within,
        slot_of=lambda day: calendar.slot_of(day, "a target"), slots=numbers["slots"], soon=numbers["soon"], weight=numbers["weight"],
    )  # fmt: skip
    if len(targets) > LONGEST:
        message = _("%(number)s targets are more than a programme can hold (%(most)s): name fewer nations, one capability, or fewer slots")
        raise BadInput(told(message, number=len(targets), most=LONGEST))
    who = ", ".join(wanted.nations)
    head = (
        f"# Each two of {who} train together once in {wanted.within} days, from what the record has by {first}.\n"
        "# Add units, pools and exercises (docs/reference/programme-format.md), then: comity programme solve FILE\n"
        f'title = "Gaps of training as of {first}"\nslots = {numbers["slots"]}\nfirst = {first}\nslot = "{slot}"\n\n'
    )
    return head + targets_text(targets, calendar)
