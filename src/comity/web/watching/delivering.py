"""What is new in a webhook's filter, posted to it: signed, tried again with growing waits, and turned off where nobody answers.

A message tells what anybody may see, of what whoever registered the webhook may see when it is sent; where that is nothing, none is sent. The lines
are not kept: a message names them by their digests, and asks for them anew each time.

Source: Standard Webhooks 1.0.0, "Payload structure", "Retries".
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from comity.terms import BadInput
from comity.web.folds import Busy
from comity.web.holding import Held
from comity.web.readers import Right
from comity.web.watching.asking_again import Answered, ask, horizon
from comity.web.watching.lines import Line
from comity.web.watching.models import Delivery, Webhook
from comity.web.watching.news import beyond, reads
from comity.web.watching.outward import open_in
from comity.web.watching.signing import headers, new_message

WAITS = tuple(timedelta(seconds=s) for s in (0, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
"""Before each try; after the last, a message is given up."""
MOST_FAILURES = 12
"""So many failures one after another, and the webhook is turned off."""
LEASE = timedelta(minutes=10)
EACH = 50
OVERLAP = timedelta(days=3)
"""For so long a secret that was replaced is good as well."""
GONE = 410

Post = Callable[[str, Mapping[str, str], bytes], int]


@dataclass(frozen=True, slots=True)
class Tried:
    """How it went with one message."""

    webhook: int
    message: str
    state: str
    says: str


def deliver_all(held: Held, now: datetime, post: Post) -> list[Tried]:
    """Make messages of what is new, and send what is to be sent by now; of a filter that has no answer, say why."""
    found = list[Tried]()
    for webhook in Webhook.objects.filter(off__isnull=True).select_related("saved__owner__user"):
        if registers(webhook) and (problem := _make(held, webhook, now)):
            found.append(Tried(webhook.pk, "", "not asked", problem))
    waiting = Delivery.objects.filter(state="waiting", following__lte=now, webhook__off__isnull=True).order_by("made", "pk")
    return found + [tried for number in waiting.values_list("pk", flat=True) if (tried := _try(held, number, now, post)) is not None]


def registers(webhook: Webhook) -> bool:
    """May its owner have webhooks still?"""
    owner = webhook.saved.owner
    return reads(owner) and owner.reader.may(Right.ADMINISTER)


def begin(held: Held, webhook: Webhook) -> None:
    """What stands in its filter when it is registered is not told."""
    answered = _answer(held, webhook)
    if answered.whole:
        _mark(webhook, answered, held.today())


def _mark(webhook: Webhook, answered: Answered, today: date, untold: Collection[str] = ()) -> None:
    webhook.told = sorted(answered.keys.difference(untold))
    webhook.horizon = horizon(webhook.saved.path, webhook.saved.query, today)
    webhook.save(update_fields=["told", "horizon"])


def _answer(held: Held, webhook: Webhook) -> Answered:
    saved = webhook.saved
    reader = saved.owner.reader
    return ask(held.for_reader(reader), reader, saved.path, saved.query)


def _open_of(held: Held, lines: Collection[Line], webhook: Webhook) -> tuple[Line, ...] | None:
    """Those that may be posted; None while it is still being derived what anybody may see."""
    try:
        return open_in(held, [webhook.saved]).may_go(lines) if lines else ()
    except Busy:
        return None


def _make(held: Held, webhook: Webhook, now: datetime) -> str:
    """Its messages; why its filter has no answer, if it has none. What not everybody may see stays new, and is posted once anybody may."""
    answered = _answer(held, webhook)
    if not answered.whole:
        return answered.problem
    if webhook.told is None:
        _mark(webhook, answered, held.today())
        return ""
    known = set(webhook.told)
    fresh = [line for line in answered.lines if line.key not in known and not beyond(webhook.horizon, line)]
    if (told := _open_of(held, fresh, webhook)) is None:
        return ""
    keys = [line.key for line in told]
    with transaction.atomic():
        if Webhook.objects.select_for_update().get(pk=webhook.pk).told != webhook.told:
            return ""  # another run has made them
        for start in range(0, len(keys), EACH):
            Delivery.objects.create(webhook=webhook, message=new_message(), keys=keys[start : start + EACH], made=now, following=now)
        _mark(webhook, answered, now.date(), {line.key for line in fresh}.difference(keys))
    return ""


def _try(held: Held, number: int, now: datetime, post: Post) -> Tried | None:
    """Send one message; None where another run is about to, or its webhook was turned off meanwhile."""
    delivery = _taken(number, now)
    if delivery is None:
        return None
    webhook = delivery.webhook
    answered = _answer(held, webhook) if registers(webhook) else Answered()
    lines = _open_of(held, [line for line in answered.lines if line.key in delivery.keys], webhook)
    if answered.pending or lines is None:
        return None  # it is asked for again once the lease is over
    if not lines:
        delivery.state, delivery.says = "withdrawn", "nothing of it may be told any more"
        delivery.save()
        return Tried(webhook.pk, delivery.message, delivery.state, delivery.says)
    status, delivery.says = _sent(webhook, delivery, _body(lines, delivery), now, post)
    delivery.tried, delivery.tries = now, delivery.tries + 1
    done = 200 <= status < 300
    if done:
        delivery.state = "delivered"
    elif delivery.tries >= len(WAITS):
        delivery.state = "given up"
    else:
        delivery.following = now + WAITS[delivery.tries]
    with transaction.atomic():
        delivery.save()
        _count(webhook, done, status, now)
    return Tried(webhook.pk, delivery.message, delivery.state, delivery.says)


def _taken(number: int, now: datetime) -> Delivery | None:
    with transaction.atomic():
        found = Delivery.objects.select_for_update().filter(pk=number, state="waiting", following__lte=now).first()
        if found is None:
            return None
        found.following = now + LEASE
        found.save(update_fields=["following"])
    taken = Delivery.objects.select_related("webhook__saved__owner__user").get(pk=number)
    return taken if taken.webhook.off is None else None


def _body(lines: Sequence[Line], delivery: Delivery) -> bytes:
    """What is posted."""
    saved = delivery.webhook.saved
    told = {
        "type": "saved.new",
        "timestamp": delivery.made.isoformat(timespec="seconds"),
        "data": {"saved": {"number": saved.pk, "name": saved.name, "page": saved.address}, "lines": [line.row for line in lines]},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _sent(webhook: Webhook, delivery: Delivery, body: bytes, now: datetime, post: Post) -> tuple[int, str]:
    """The status that came back (0: none), and how it went in a line."""
    good = [webhook.secret, *([webhook.before] if webhook.before and webhook.before_until and webhook.before_until > now else [])]
    signed = headers(delivery.message, int(now.timestamp()), body, good)
    try:
        status = post(webhook.url, {"Content-Type": "application/json", "User-Agent": "Comity", **signed}, body)
    except (OSError, http.client.HTTPException, BadInput, UnicodeError) as problem:
        return 0, " ".join(str(getattr(problem, "strerror", None) or problem).split())[:300] or type(problem).__name__
    if 300 <= status < 400:
        return status, f"{status}: it sends elsewhere, which is not followed"
    return status, str(status)


def _count(webhook: Webhook, done: bool, status: int, now: datetime) -> None:
    webhook.failures = 0 if done else webhook.failures + 1
    if webhook.failures >= MOST_FAILURES or status == GONE:
        webhook.off, webhook.off_told = now, False
    webhook.save(update_fields=["failures", "off", "off_told"])
