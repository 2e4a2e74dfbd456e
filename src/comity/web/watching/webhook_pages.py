"""Webhooks, for those who administer accounts: where what is new in a saved filter is posted, and how each message went."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.terms import BadInput, ComityError, NotOnRecord
from comity.web.asking import Asked, asked_today, json_page, page, wants_json, whole
from comity.web.guarding import written_to
from comity.web.people.models import Person
from comity.web.readers import Right, reader_of
from comity.web.watching import calling_out, saving
from comity.web.watching.delivering import MOST_FAILURES, OVERLAP, begin
from comity.web.watching.models import Delivery, Saved, Webhook
from comity.web.watching.pages import answered, whose
from comity.web.watching.signing import new_secret

ALLOWED = "COMITY_WEBHOOK_ALLOW"
"""In the environment: hosts that are asked wherever they are, with commas between."""
MOST, SHOWN = 50, 100


def allowed() -> frozenset[str]:
    """Hosts that the keeper of the machine lets be asked, wherever they are."""
    return frozenset(host.strip() for host in os.environ.get(ALLOWED, "").split(",") if host.strip())


@written_to
def index(request: HttpRequest) -> HttpResponse:
    """One's own, and a form for another."""
    reader_of(request).ask_for(Right.ADMINISTER)
    this, person, problem = asked_today(request), whose(request), None
    if request.method == "POST":
        try:
            return _registered(request, this, person)
        except ComityError as found:
            problem = found
    mine = Webhook.objects.filter(saved__owner=person).select_related("saved")
    if wants_json(request):
        return json_page({"webhooks": [plain(one) for one in mine]})
    context = {"mine": mine, "filters": Saved.objects.filter(owner=person), "given": request.POST, "chosen": request.GET.get("saved", "")}
    return answered(request, this, "watching/webhooks.html", context, problem)


def plain(webhook: Webhook) -> dict[str, object]:
    """A webhook as plain data, without its secret."""
    return {"number": webhook.pk, "url": webhook.url, "saved": webhook.saved_id, "failures": webhook.failures, "on": webhook.off is None}


def _registered(request: HttpRequest, this: Asked, person: Person) -> HttpResponse:
    number, url = request.POST.get("saved", ""), request.POST.get("url", "").strip()
    calling_out.read(url, allowed())
    saved = saving.own(person, saving.read_key(number))
    if Webhook.objects.filter(saved__owner=person).count() >= MOST:
        raise BadInput(_("you have as many webhooks as one may have; delete one that you no longer need"))
    webhook = Webhook.objects.create(saved=saved, url=url, secret=new_secret())
    begin(whole(request), webhook)
    return _secret(request, this, webhook)


def _secret(request: HttpRequest, this: Asked, webhook: Webhook) -> HttpResponse:
    """Its secret, told once."""
    told = page(request, "watching/secret.html", {"asked": this, "webhook": webhook, "overlap": OVERLAP.days})
    told.headers["Cache-Control"] = "no-store"
    return told


@written_to
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One of one's own, and what was delivered to it."""
    reader_of(request).ask_for(Right.ADMINISTER)
    this, problem = asked_today(request), None
    webhook = Webhook.objects.filter(saved__owner=whose(request), pk=number).select_related("saved").first()
    if webhook is None:
        raise NotOnRecord(_("no such webhook of yours; look at the list"))
    if request.method == "POST":
        try:
            return _changed(request, this, webhook)
        except ComityError as found:
            problem = found
    if wants_json(request):
        return json_page(plain(webhook))
    context = {"webhook": webhook, "deliveries": Delivery.objects.filter(webhook=webhook)[:SHOWN], "most": MOST_FAILURES}
    return answered(request, this, "watching/webhook.html", context, problem)


def _changed(request: HttpRequest, this: Asked, webhook: Webhook) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "rotate":
        webhook.before, webhook.before_until = webhook.secret, datetime.now(UTC) + OVERLAP
        webhook.secret = new_secret()
        webhook.save(update_fields=["secret", "before", "before_until"])
        return _secret(request, this, webhook)
    if do == "on":
        webhook.off, webhook.failures, webhook.off_told = None, 0, False
    elif do == "off":
        webhook.off, webhook.off_told = datetime.now(UTC), True
    elif do == "delete":
        webhook.delete()
        return HttpResponseRedirect(reverse("webhooks"))
    else:
        raise BadInput(_("nothing was asked for; fill in the form, and send it again"))
    webhook.save(update_fields=["off", "failures", "off_told"])
    return HttpResponseRedirect(reverse("webhook", args=(webhook.pk,)))
