"""At which instant decisions are asked about: now, one that the address names, or the end of a day; and how long is left until another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comity.decisions import end_of_day, instant_in_words
from comity.terms import BadInput, parse_moment
from comity.web.asking import Asked
from comity.web.telling import Words, told

_SECOND, _MINUTE, _HOUR, _DAY = 1, 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class When:
    """What is asked, on the day of the instant; ``at``: None where it is the end of the day asked about; ``live``: it is now."""

    this: Asked
    at: datetime | None
    live: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant by which something ends, on the clock of the body; ``left``: how long until then, in words; ``over``: it is past."""

    at: datetime
    words: str
    left: str
    over: bool

    @property
    def shown(self) -> SafeString:
        """The instant for a line that may be read from right to left."""
        return format_html('<bdi dir="ltr">{}</bdi>', self.words)

    @property
    def iso(self) -> str:
        return self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def now_of(this: Asked) -> datetime:
    """The time by the server's clock; where that is of another day than is called today, the last second of the latter."""
    now = this.held.clock()
    return now if now.date() == this.today else datetime.combine(this.today, time(23, 59, 59), UTC)


def when_asked(request: HttpRequest, this: Asked) -> When:
    """The instant of ``at``; else, where no other day is asked about, now; else the end of that day. BadInput for what is no instant."""
    given = request.GET.get("at", "").strip()
    if not given:
        return When(this, None, False) if "on" in this.carried else When(this, now_of(this), True)
    try:
        moment = parse_moment(given)
    except BadInput as problem:
        raise BadInput(told(_("%(field)s: %(problem)s"), field="at", problem=str(problem))) from None
    if moment.instant is None:
        message = _("at: %(given)s has no hour; write an instant with its zone, such as %(right)s, or ask as of that day")
        raise BadInput(told(message, given=repr(given[:60]), right=f"{moment.first}T12:00Z"))
    day = moment.instant.astimezone(UTC).date()
    if "on" in this.carried and this.on != day:
        message = _("at: %(given)s is not on %(day)s, as of which is asked; leave one of the two out")
        raise BadInput(told(message, given=given[:60], day=this.on))
    return When(replace(this, on=day), moment.instant, False)


def instant_of(when: When, zone: str | None) -> datetime:
    """The instant asked about on the clock of a zone."""
    return when.at if when.at is not None else end_of_day(when.this.on, zone) - timedelta(seconds=1)


def deadline(at: datetime | None, zone: str | None, now: datetime) -> Deadline | None:
    """When something ends, as seen from now; None where it does not."""
    return None if at is None else Deadline(at, instant_in_words(at, zone), lasting_in_words(abs(at - now)), at <= now)


def lasting_in_words(span: timedelta) -> Words:
    """How long, by its two largest parts."""
    seconds = int(span.total_seconds())
    days, hours, minutes = seconds // _DAY, seconds % _DAY // _HOUR, seconds % _HOUR // _MINUTE
    if days:
        return _parts(ngettext("%(number)s day", "%(number)s days", days) % {"number": days}, _hours(hours) if hours else "")
    if hours:
        return _parts(_hours(hours), _minutes(minutes) if minutes else "")
    return _parts(_minutes(minutes), "") if minutes else told(_("less than a minute"))


def _parts(first: str, second: str) -> Words:
    return told(_("%(first)s and %(second)s") % {"first": first, "second": second} if second else first)


def _hours(number: int) -> str:
    return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}


def _minutes(number: int) -> str:
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}
