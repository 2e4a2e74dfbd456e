"""Saved: one's filters and those that others share, each as a page, in the API, as a calendar feed and as an alert; and the page of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.terms import BadInput, ComityError
from comity.web.asking import HELD, Asked, asked_today, json_page, page, party_code, wants_json
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.people.admitting import person_of
from comity.web.people.models import Person
from comity.web.readers import Right, reader_of
from comity.web.watching import saving
from comity.web.watching.asking_again import refuse_what_has_no_answer
from comity.web.watching.kinds import has_days, kind_of, name_of, question, twin
from comity.web.watching.models import Saved, Webhook
from comity.web.watching.news import begin, mark, news_of, telling_of
from comity.web.watching.offering import words_of


def whose(request: HttpRequest) -> Person:
    """The account of whoever has signed in."""
    person = person_of(request)
    assert person is not None
    return person


def own_of(request: HttpRequest) -> list[Saved]:
    """What they have saved."""
    return list(Saved.objects.filter(owner=whose(request)))


def plain(saved: Saved) -> dict[str, Any]:
    """A filter as plain data; ``api``: where the same is asked in the API, None where it is not."""
    api = twin(saved.path, saved.query) or None
    return {
        "number": saved.pk, "name": saved.name, "page": saved.address, "api": api, "shared": saved.shared, "alert": saved.alert,
        "feed": bool(saved.feed), "made": saved.made.date().isoformat(),
    }  # fmt: skip


def shown(saved: Saved) -> dict[str, Any]:
    """A filter as a line of the list."""
    kind = kind_of(name_of(saved.path), dict(parse_qsl(saved.query)))
    return {"saved": saved, "kind": kind.title if kind is not None else "", "words": words_of(saved.query), "api": twin(saved.path, saved.query)}


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """The list; forms of other pages that save something are sent here."""
    this, person, problem = asked_today(request), whose(request), None
    if request.method == "POST":
        try:
            return HttpResponseRedirect(_saved(request, this, person))
        except ComityError as found:
            problem = found
    mine = own_of(request)
    if wants_json(request):
        return json_page({"saved": [plain(one) for one in mine]})
    others = saving.shared_with(person, reader_of(request), this.record)
    context = {
        "mine": [shown(one) for one in mine],
        "others": [shown(one) for one in others],
        "telling": telling_of(person),
        "administers": reader_of(request).may(Right.ADMINISTER),
        "off": Webhook.objects.filter(saved__owner=person, off__isnull=False).count(),
    }
    return answered(request, this, "watching/saved.html", context, problem)


def _saved(request: HttpRequest, this: Asked, person: Person) -> str:
    given, do, held, reader = request.POST, request.POST.get("do", "save"), request.META[HELD], reader_of(request)
    if do == "subscribe":
        found = saving.subscribe(person, *_subject(this, given.get("about", ""), given.get("code", "")))
    elif do == "copy":
        theirs = saving.seen_by(person, reader, this.record, saving.read_key(given.get("number", "")))
        refuse_what_has_no_answer(held, reader, theirs.path, theirs.query)
        found = [saving.save(person, theirs.name, theirs.path, theirs.query)]
    elif do == "save":
        path, query = question(given.get("path", ""), _with_list(given.get("query", ""), given.get("list", "")))
        refuse_what_has_no_answer(held, reader, path, query)
        flags = {name: given.get(name) == "1" for name in ("shared", "alert")}
        found = [saving.save(person, given.get("name", ""), path, query, **flags)]
    else:
        raise BadInput(_("nothing was asked for; fill in the form, and send it again"))
    begin(news_of(held, reader, [one for one in found if one.alert]), this.today)
    return f"{reverse('saved')}#f-{found[0].pk}"


def _with_list(query: str, name: str) -> str:
    """The question, of this one of the lists of its page; as it is, where none was chosen."""
    return urlencode([(key, value) for key, value in parse_qsl(query) if key != "list"] + [("list", name)]) if name else query


def _subject(this: Asked, about: str, code: str) -> tuple[str, str, str]:
    """What is subscribed to, its code and its name; NotOnRecord where the reader sees no such thing."""
    if about == "agreement":
        return about, code, this.record.agreement(code, this.known).short
    if about == "party":
        found = party_code(this.record, code)
        return about, found, this.name(found)
    raise BadInput(_("nothing to subscribe to was named; open an agreement or a state, and subscribe there"))


@written_to
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One of one's own: what is new in it, its feed, its name; all of it is changed here."""
    this, person, problem = asked_today(request), whose(request), None
    saved = saving.own(person, number)
    if request.method == "POST":
        try:
            return _changed(request, this, saved)
        except ComityError as found:
            problem = found
    news = news_of(request.META[HELD], reader_of(request), [saved])
    begin(news, this.today)
    if wants_json(request):
        return json_page(plain(saved))
    context = {
        **shown(saved),
        "news": news[0],
        "fresh": news[0].fresh[:100],
        "feeds": has_days(saved.path, saved.query),
        "webhooks": Webhook.objects.filter(saved=saved),
        "administers": reader_of(request).may(Right.ADMINISTER),
    }
    return answered(request, this, "watching/one.html", context, problem)


def _changed(request: HttpRequest, this: Asked, saved: Saved) -> HttpResponse:
    given, do = request.POST, request.POST.get("do", "")
    here = HttpResponseRedirect(reverse("saved-one", args=(saved.pk,)))
    if do == "change":
        saved.name, saved.shared, saved.alert = saving.name_from(given.get("name", "")), given.get("shared") == "1", given.get("alert") == "1"
        saved.save(update_fields=["name", "shared", "alert"])
    elif do == "looked":
        answer = news_of(request.META[HELD], reader_of(request), [saved])[0].answered
        if not answer.whole:
            raise BadInput(answer.problem or _("the record is still being derived; show this page again"))
        saved.looked = timezone.now()
        saved.save(update_fields=["looked"])
        mark(saved, answer, this.today, seen=True)
    elif do == "feed":
        token = saving.new_token(saved)
        address = request.build_absolute_uri(reverse("feed", args=(token,)))
        told = page(request, "watching/feed.html", {"asked": this, "saved": saved, "address": address})
        told.headers["Cache-Control"] = "no-store"
        return told
    elif do == "revoke":
        saved.feed = ""
        saved.save(update_fields=["feed"])
    elif do == "delete":
        saved.delete()
        return HttpResponseRedirect(reverse("saved"))
    else:
        raise BadInput(_("nothing was asked for; fill in the form, and send it again"))
    return here


def answered(request: HttpRequest, this: Asked, template: str, context: dict[str, Any], problem: ComityError | None) -> HttpResponse:
    """The page, with the line that says what is wrong with what was sent, if something is."""
    status = 200 if problem is None else next(status for kind, status in STATUS.items() if isinstance(problem, kind))
    return page(request, template, {"asked": this, **context, "problem": problem and for_a_page(problem)}, status)
