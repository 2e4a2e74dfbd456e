"""Obliged: who has to help, to consult or to stay out of it when a state is attacked; under which clause, on which conditions, and who answered.

What an invocation makes due stands beside it as duties. Agreements that oblige nobody when a state is attacked are not looked at.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from comity.agreements.obligations import OWN, REGIONS
from comity.duties import DutyStatus, calendar_feed
from comity.questions import attack_asked, show
from comity.responses import Attack, Response, obliged
from comity.standing import Standing
from comity.terms import BadInput, NotOnRecord, Verdict, any_of
from comity.web.asking import AXES, Asked, page, party_code
from comity.web.charts.bonds import Bonds, bonds_drawn, keys_of
from comity.web.charts.chart import Chart, as_chart
from comity.web.duties import Span, row_of
from comity.web.duties import owed as duties_owed
from comity.web.folds import Busy
from comity.web.forms import choices, filled_in, to_choose_from, with_form
from comity.web.linking import href
from comity.web.narrowing import Narrowed
from comity.web.obligations import COLUMNS, Bond, bonds_of, both_sides, grouped, obliges, row_to_plain
from comity.web.scoping import Scope
from comity.web.tables import as_file
from comity.web.telling import Words, told

NATURES = (
    ("", gettext_lazy("by armed force of a state")),
    ("non-state", gettext_lazy("by others than states")),
    ("cyber", gettext_lazy("on networks alone")),
)
PROVOKED = (("", gettext_lazy("not told")), ("no", gettext_lazy("no")), ("yes", gettext_lazy("yes")))
AHEAD, BACK = timedelta(days=365), timedelta(days=3650)


# -- the question -----------------------------------------------------------------------------------------------------


def fields(request: HttpRequest, this: Asked) -> dict[str, Any]:
    """Who is attacked, by whom, how, where, provoked or not; with what can be chosen."""
    given = filled_in(request, "attacked", "by", "nature", "place", "provoked", "agreement", *AXES)
    places = [(OWN, _("the home territory of the one attacked")), *((region, "") for region in REGIONS)]
    more = any(given[name] for name in ("known", "as", "strict"))
    obliging = to_choose_from(this, obliging_in(this))
    return {**choices(this), "agreements": obliging, "given": given, "natures": NATURES, "provocations": PROVOKED, "places": places, "more": more}


def read(request: HttpRequest, this: Asked) -> Attack | None:
    """The attack that the URL tells of; None if nothing is asked yet; BadInput says what is missing."""
    given = filled_in(request, "attacked", "by", "nature", "place", "provoked")
    if not any(given.values()):
        return None
    if not given["attacked"]:
        raise BadInput(told(_("this question needs %(field)s; fill it in"), field=told(_("who is attacked"))))
    natures = [name for name, _says in NATURES if name]
    if given["nature"] and given["nature"] not in natures:
        raise BadInput(told(_("%(given)s; choose one of %(known)s"), given=f"nature={given['nature']!r}", known=", ".join(natures)))
    if given["provoked"] not in dict(PROVOKED):
        raise BadInput(told(_("%(given)s; write yes or no, or leave it out where it is not known"), given=f"provoked={given['provoked']!r}"))
    by = [word if word in natures else party_code(this.record, word) for word in _listed(given["by"])]
    place = [word if word in (OWN, *REGIONS) else _place(this, word) for word in _listed(given["place"])]
    attacked, nature = party_code(this.record, given["attacked"]), [given["nature"]] if given["nature"] else []
    return attack_asked(attacked, ",".join([*by, *nature]) or None, ",".join(place) or None, {"yes": True, "no": False}.get(given["provoked"]))


def _place(this: Asked, word: str) -> str:
    try:
        return party_code(this.record, word)
    except NotOnRecord as problem:
        message = _("where: %(problem)s; or write one of %(known)s")
        raise NotOnRecord(told(message, problem=str(problem).rstrip("?"), known=", ".join((OWN, *REGIONS)))) from None


def _listed(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := " ".join(part.split()))]


# -- the answer -------------------------------------------------------------------------------------------------------


def obliging_in(this: Asked) -> list[str]:
    """The agreements that oblige anybody when a state is attacked."""
    return this.ask("obliging", lambda _s: [a for a in this.fold.wanted if obliges(this.record.agreement(a, this.known))])


def alone(request: HttpRequest, this: Asked) -> str | None:
    """The one agreement that is asked of; None: all of them; NotOnRecord where there is none of that name."""
    named = request.GET.get("agreement", "").strip()
    return this.record.agreement(named, this.known).id if named else None


def responses(this: Asked, attack: Attack, agreement: str | None = None) -> tuple[Response, list[str]]:
    """Who is obliged, as the reader may see it (by one agreement alone, if one is named); and what would tell, and is still being derived."""
    obliging = obliging_in(this) if agreement is None else [agreement]
    waiting = {*this.pending()}.intersection(obliging)
    looked_at = [a for a in obliging if a not in waiting and a not in this.fold.broken]

    def asked(standing: Standing) -> Response:
        narrowed = Narrowed(standing, looked_at)
        return show(obliged(narrowed, attack, agreement if agreement in looked_at else None), standing.viewer)

    return this.ask(("obliged", attack, agreement), asked, pending=waiting), sorted(waiting)


def duties_of(this: Asked, found: Response) -> list[DutyStatus]:
    """What the invocations made due, and what was done about it."""
    refs = {one.ref for one in found.invocations}
    agreements = sorted({one.agreement for one in found.invocations})
    rows = [row for one in agreements for row in duties_owed(this, Scope(agreement=one), Span(AHEAD, BACK, everything=True))[0]]
    return [row for row in rows if row.brought_about_by in refs]


def said(this: Asked, attack: Attack) -> Words:
    """What is asked, as one sentence."""
    by = told("%(names)s", names=", ".join(this.name(code) for code in attack.by))
    how = {"armed": told(""), "non-state": told(_(" by others than states")), "cyber": told(_(" on networks alone"))}[attack.nature]
    about = [*([told(_("in %(places)s"), places=", ".join(attack.places))] if attack.places else [])]
    if attack.provoked is not None:
        about.append(told(_("provoked") if attack.provoked else _("unprovoked")))
    parts = {f"part{number}": part for number, part in enumerate(about)}
    places = told(f" ({', '.join(f'%({name})s' for name in parts)})" if parts else "", **parts)
    message = (
        _("Who is obliged when %(by)s attacks %(who)s%(how)s%(about)s?")
        if attack.by
        else _("Who is obliged when %(who)s is attacked%(how)s%(about)s?")
    )
    return told(message, by=by, who=this.name(attack.attacked), how=how, about=places)


def _helping(found: Response) -> list[tuple[Verdict, list[str]]]:
    """Who is obliged to help, by how sure that is."""
    owing = found.owing("defence")
    sorts = (Verdict.YES, Verdict.CONTESTED, Verdict.UNKNOWN)
    return [(verdict, who) for verdict in sorts if (who := [code for code, one in owing.items() if one is verdict])]


def _suppositions(this: Asked, attack: Attack, bonds: list[Bond], given: dict[str, str]) -> list[tuple[str, str]]:
    """What could be told beside, where something depends on it: in words, and the address of the page that says so."""
    some = {test.what for bond in bonds if bond.verdict is Verdict.UNKNOWN for test in bond.tests if test.verdict is Verdict.UNKNOWN}
    found: list[tuple[str, dict[str, str]]] = []
    if "place" in some and not attack.places:
        found.append((_("it is in the home territory of the one attacked"), {"place": OWN}))
    if "provocation" in some and attack.provoked is None:
        found += [(_("it is unprovoked"), {"provoked": "no"}), (_("it was provoked"), {"provoked": "yes"})]
    return [(says, href(this.carried, "obliged", **{**given, **more})) for says, more in found]


# -- the page ---------------------------------------------------------------------------------------------------------


@with_form("obliged.html", fields)
def index(request: HttpRequest, this: Asked) -> HttpResponse:
    form = {"asked": this, **fields(request, this)}
    attack = read(request, this)
    if attack is None:
        return page(request, "obliged.html", form)
    found, pending = responses(this, attack, alone(request, this))
    attack = found.attack
    if request.GET.get("format") == "ics":
        return _feed(this, found, pending)
    bonds = bonds_of(this, found)
    drawn = bonds_drawn(this, bonds, attack.by, said(this, attack))
    if file := as_chart(request, this, {"bonds": lambda: _chart(drawn)}, pending) or as_file(
        request, this, "obligations", lambda: [row_to_plain(row, attack.by) for row in found.rows], pending
    ):
        return file
    owing = found.owing("defence")
    given = {name: form["given"][name] for name in ("attacked", "by", "nature", "place", "provoked", "agreement")}
    context = {
        **form,
        "attack": attack,
        "said": said(this, attack),
        "verdict": any_of(owing.values()) if owing else Verdict.NO,
        "helping": _helping(found),
        "suppositions": _suppositions(this, attack, bonds, given),
        "groups": grouped(bonds),
        "both": both_sides(this, found.conflicts),
        "invocations": found.invocations,
        "duties": [row_of(this, row) for row in duties_of(this, found)],
        "drawn": drawn,
        "keys": keys_of(drawn.shown),
        "notes": found.notes,
        "pending": pending,
        "number": len(found.rows),
    }
    return page(request, "obliged.html", context)


def _chart(drawn: Bonds) -> Chart:
    left = told(_("%(number)s parties or clauses are not drawn."), number=drawn.left) if drawn.left else ""
    says = _("Who owes, by which clause, to whom; promises not to use force that hold without a condition are drawn for who attacks alone.")
    return Chart(
        "obliged",
        " ".join(part for part in (says, str(left)) if part),
        _("Obligations"),
        _("Derived from the clauses on record and from who is bound by them; each condition is told in the table of obligations."),
        drawn.drawing,
        lambda: [_drawn_to_plain(bond, who) for bond, who in drawn.shown],
        {name: COLUMNS[name] for name in ("agreement", "article", "owes", "towards", "side", "verdict")}
        | {"parties": "who owes it, by their codes", "depends_on": COLUMNS["depends_on"]},
        keys_of(drawn.shown),
    )


def _drawn_to_plain(bond: Bond, who: tuple[str, ...]) -> dict[str, object]:
    return {
        "agreement": bond.agreement.id,
        "article": bond.clause.article,
        "owes": bond.type,
        "towards": bond.to,
        "side": bond.side,
        "verdict": str(bond.verdict),
        "parties": list(who),
        "depends_on": list(bond.depends_on),
    }


def _feed(this: Asked, found: Response, pending: list[str]) -> HttpResponse:
    """What the invocations made due, to be saved or subscribed to."""
    if pending:
        raise Busy
    title = told(_("Duties: %(about)s"), about=told(pgettext("calendar", "%(who)s attacked"), who=this.name(found.attack.attacked)))
    response = HttpResponse(calendar_feed(duties_of(this, found), datetime.now(UTC), title), content_type="text/calendar; charset=utf-8")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", f"obliged-{found.attack.attacked}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
