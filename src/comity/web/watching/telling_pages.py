"""How one is told: to which address, in which language, how long before, who stands in, and when one is away; and every mail that was sent."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.terms import BadInput, ComityError
from comity.web.asking import asked_today, json_page, read_day, read_number, wants_json
from comity.web.guarding import written_to
from comity.web.languages import offered
from comity.web.people.models import Person
from comity.web.telling import told
from comity.web.watching.models import Mailing, Telling
from comity.web.watching.news import telling_of
from comity.web.watching.pages import answered, whose

MOST_DAYS = 365
SHOWN = 30


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """The form, and the log of what was sent."""
    this, person, problem = asked_today(request), whose(request), None
    telling = telling_of(person)
    if request.method == "POST":
        try:
            write(telling, request.POST)
            return HttpResponseRedirect(reverse("told"))
        except ComityError as found:
            problem = found
    if wants_json(request):
        return json_page(plain(telling))
    context = {
        "given": request.POST if problem else plain(telling),
        "languages_offered": list(offered()),
        "others": deputies_of(person),
        "mailings": Mailing.objects.filter(to=person)[:SHOWN],
    }
    return answered(request, this, "watching/told.html", context, problem)


def deputies_of(person: Person) -> list[str]:
    """Who may stand in: the other accounts of the same party that are in use."""
    others = Person.objects.filter(party=person.party, user__is_active=True).exclude(pk=person.pk).select_related("user")
    return sorted(one.name for one in others)


def plain(telling: Telling) -> dict[str, object]:
    """How somebody is told, as the form has it."""
    return {
        "address": telling.address,
        "language": telling.language,
        "lead": telling.lead,
        "deputy": telling.deputy.name if telling.deputy else "",
        "before": telling.before,
        "away_from": telling.away_from.isoformat() if telling.away_from else "",
        "away_until": telling.away_until.isoformat() if telling.away_until else "",
    }


def write(telling: Telling, given: QueryDict) -> None:
    """What the form says; BadInput says what is wrong with it."""
    telling.address = _address(given.get("address", "").strip())
    telling.language = given.get("language", "")
    if telling.language not in dict(settings.LANGUAGES):
        raise BadInput(_("choose one of the languages of the list"))
    telling.lead, telling.before = _days(given, "lead"), _days(given, "before")
    telling.deputy = _deputy(telling.person, given.get("deputy", ""))
    telling.away_from, telling.away_until = _day(given, "away_from"), _day(given, "away_until")
    if (telling.away_from is None) != (telling.away_until is None):
        raise BadInput(_("away: give both days, or neither"))
    if telling.away_from and telling.away_until and telling.away_from > telling.away_until:
        raise BadInput(_("away: the last day is before the first; exchange the two"))
    telling.save()


LABELS = {
    "lead": gettext_lazy("days ahead"),
    "before": gettext_lazy("days before, to the deputy"),
    "away_from": gettext_lazy("away from"),
    "away_until": gettext_lazy("away until"),
}


def _address(text: str) -> str:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise BadInput(told(_("%(given)s is no address of mail; write it as name@example.org, or leave it blank"), given=repr(text))) from None
    return text


def _days(given: QueryDict, name: str) -> int:
    found = read_number(given.get(name, "").strip(), MOST_DAYS)
    if found is None:
        raise BadInput(told(_("%(field)s: write a number from 0 to %(most)s"), field=told(LABELS[name]), most=MOST_DAYS))
    return found


def _day(given: QueryDict, name: str) -> date | None:
    text = given.get(name, "").strip()
    return read_day(str(LABELS[name]), text) if text else None


def _deputy(person: Person, name: str) -> Person | None:
    if not name:
        return None
    if name not in deputies_of(person):
        raise BadInput(_("the deputy is another account of your party; choose one from the list"))
    return Person.objects.get(user__username=name)
