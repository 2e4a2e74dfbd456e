"""Names of states, and who says what of them: recognition, treaty relations excluded, consents denied any effect, contested successions.

A name is never changed by a view: beside it stands what that view says. *Neutral* marks whatever somebody disputes; *UN* marks who is no member of
the United Nations on the day; a state's own view marks those whom, by its acts on record, it does not recognise. What nobody recorded is not said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import reduce
from typing import NamedTuple

from django.utils.translation import gettext as _

from comity.acts import Act, kinds
from comity.questions import show
from comity.standing import Standing
from comity.terms import Verdict
from comity.web.asking import Asked
from comity.web.drawing import BOUND
from comity.web.telling import Words, told

NEUTRAL, UN = "neutral", "UN"
KINDS = ("recognise", "derecognise", "exclude-relations", "restore-relations")
DENYING = ("derecognise", "exclude-relations", "consent", "beginning", "end")
"""What makes a name disputed."""
ENDING = ("absorbs", "unites", "dissolves")
"""Successions in which the predecessor ends: who contests one, contests that end, not the successor."""


class Saying(NamedTuple):
    """What one says of a state: by an act, or of a succession in words. ``by``: by code; blank where ``words`` say it. ``other``: of whom besides."""

    by: str
    what: str
    since: date | None
    act: str = ""
    agreement: str = ""
    words: str = ""
    other: str = ""
    source: str = ""


Sayings = Mapping[str, tuple[Saying, ...]]


def sayings(this: Asked) -> Sayings:
    """Of each state, what is said of it on the day, as the reader may see it."""
    return this.ask("sayings", lambda _: _said(this))


def _said(this: Asked) -> Sayings:
    found = defaultdict[str, list[Saying]](list)
    acts = (entry.act for entry in this.visible(entry for entry in this.record.entries if entry.act.kind in KINDS))
    for (code, *_rest), act in _latest(acts, this.on).items():
        if act.kind != "restore-relations":
            found[code].append(Saying(act.actor, act.kind, _day(act), act.ref, act.agreement or "", source=act.source.citation))
    for code, saying in _consents_denied(this):
        if saying.since is not None and saying.since <= this.on:
            found[code].append(saying)
    for one in this.record.register.successions:
        if one.is_denied_on(this.on):
            code, other, what = (one.predecessor, one.successor, "end") if one.how in ENDING else (one.successor, one.predecessor, "beginning")
            found[code].append(Saying("", what, one.on, words=one.contested or "", other=other, source=one.source or ""))
    return {code: tuple(said) for code, said in sorted(found.items())}


def _consents_denied(this: Asked) -> Iterator[tuple[str, Saying]]:
    """Who says of another’s signature or consent, on whatever day, that it has no effect."""
    for entry in this.visible(entry for entry in this.record.entries if entry.act.kind == "deny"):
        act, answered = entry.act, this.held.entry(entry.act.replies_to or "")
        if answered is None or answered.act.actor == act.actor or not this.visible([answered]):
            continue
        if kinds()[answered.act.kind].group in ("signature", "consent"):
            yield answered.act.actor, Saying(act.actor, "consent", _day(act), act.ref, act.agreement or "", source=act.source.citation)


def _latest(acts: Iterable[Act], on: date) -> dict[tuple[str, str, str], Act]:
    """The last word of each: of recognition one for each pair, of treaty relations one for each pair and agreement."""
    found = dict[tuple[str, str, str], Act]()
    for act in sorted(acts, key=lambda act: (_day(act) or date.min, act.ref)):
        day = _day(act)
        for code in act.counterparty if day is not None and day <= on else ():
            topic = (act.agreement or "") if act.kind in ("exclude-relations", "restore-relations") else "recognition"
            found[code, act.actor, topic] = act
    return found


def _day(act: Act) -> date | None:
    return act.meant.first if act.meant is not None else None


def speaking(this: Asked) -> list[str]:
    """The states that said something of another: each has a view of its own."""
    return sorted({one.by for said in sayings(this).values() for one in said if one.by in this.record.register.parties})


def charter_of(this: Asked) -> str:
    """The agreement by which one is a member of the United Nations; blank if it is not on record, or there was no such organisation on the day."""
    party = this.record.register.parties.get(UN)
    return _charter(this) if party is not None and party.exists_on(this.on) else ""


def _charter(this: Asked) -> str:
    party = this.record.register.parties.get(UN)
    found = party.constituent if party is not None else None
    return found if found is not None and this.record.has_agreement(found, this.known) else ""


def view_of(this: Asked) -> str:
    """The view that the reader chose, where the record has it for them, be it on another day; blank: neutral."""
    chosen = this.names_as
    if chosen == UN:
        return UN if _charter(this) else ""
    return chosen if chosen and chosen in this.ask("speakers", lambda _: _speakers(this)) else ""


def _speakers(this: Asked) -> frozenset[str]:
    """Who ever said something of another."""
    acts = [entry.act for entry in this.visible(entry for entry in this.record.entries if entry.act.kind in KINDS)]
    codes = {act.actor for act in acts if act.counterparty}.union(saying.by for _, saying in _consents_denied(this))
    return frozenset(codes.intersection(this.record.register.parties))


def marks(this: Asked) -> Mapping[str, Words]:
    """What stands beside names in the view that was chosen, by the code of the party."""
    view = view_of(this)
    return this.ask_in_words(("marks", view), lambda standing: dict(_marked(this, standing, view)))


def _marked(this: Asked, standing: Standing, view: str) -> Iterator[tuple[str, Words]]:
    if view == UN:
        yield from _by_membership(this, standing)
        return
    for code, said in sayings(this).items():
        denied = [one for one in said if one.what in DENYING and view in ("", one.by)]
        words = list(dict.fromkeys(in_words(this, one) for one in denied))
        if words:
            yield code, reduce(lambda one, more: told("%(one)s; %(more)s", one=one, more=more), words)


def _by_membership(this: Asked, standing: Standing) -> Iterator[tuple[str, Words]]:
    charter = charter_of(this)
    if not charter:
        return
    members = {code for code, verdict, mode in this.fold.status(this.on, charter) if verdict is Verdict.YES and mode in BOUND}
    words = {
        Verdict.NO: _("no member of the United Nations"),
        Verdict.CONTESTED: _("its membership of the United Nations is contested"),
        Verdict.UNKNOWN: _("whether it is a member of the United Nations is not known"),
    }
    for party in this.record.register.parties.values() if members else ():
        if party.kind == "state" and party.exists_on(this.on) and party.code not in members:
            verdict = show(standing.bound(party.code, charter), standing.viewer).verdict
            yield party.code, told(words.get(verdict, words[Verdict.NO]))


def in_words(this: Asked, one: Saying) -> Words:
    """What is said, in words."""
    who = this.name(one.by) if one.by else one.words
    messages = {
        "recognise": _("recognised by %(who)s"),
        "derecognise": _("no longer recognised by %(who)s"),
        "exclude-relations": _("treaty relations excluded by %(who)s"),
        "consent": _("its consent to an agreement is denied effect by %(who)s"),
        "beginning": _("its succession to %(other)s is contested by %(who)s"),
        "end": _("its end in %(other)s is contested by %(who)s"),
    }
    return told(messages[one.what], who=who, other=this.name(one.other) if one.other else "")


def others_of(this: Asked, code: str) -> list[str]:
    """Other names that it bore."""
    party = this.record.register.parties.get(code)
    return [one.name for one in party.names if one.name != this.name(code)] if party is not None else []


def sayings_to_plain(this: Asked) -> list[dict[str, object]]:
    """What is said of each, as plain data."""
    return [
        {
            "party": code,
            "says": one.what,
            "by": one.by or one.words,
            "other": one.other or None,
            "since": one.since and one.since.isoformat(),
            "agreement": one.agreement or None,
            "act": one.act or None,
            "source": one.source or None,
        }
        for code, said in sayings(this).items()
        for one in said
    ]
