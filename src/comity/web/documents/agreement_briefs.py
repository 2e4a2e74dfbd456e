"""A brief of one agreement: its state and why, who stands how, reservations, duties, what is ahead, contested points, and how far the record goes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from django.utils.translation import gettext as _

from comity.acts import Act, kinds
from comity.terms import Answer, Verdict, WouldChange
from comity.web.agreements import state_of
from comity.web.asking import Asked
from comity.web.documents.grounds import MOST, Grounds, ahead_of, day, due_of, more_of
from comity.web.documents.kinds_of_drafts import DONE_BY
from comity.web.documents.papers import Block, Grid, Heading, Line, Listed, Paragraph, Piece, joined, words
from comity.web.linking import href
from comity.web.scoping import Scope
from comity.web.status_tables import Done, Participant, Table, current_acts, table

FULL = 32
"""Participants up to which each has a line of its own."""


def agreement_brief(this: Asked, grounds: Grounds, agreement_id: str) -> tuple[str, tuple[Block, ...], list[str]]:
    """The title, the blocks, and the agreements that are still being derived and had to be left out."""
    found = this.ask(("table", agreement_id), lambda s: table(s, agreement_id))
    duties, pending = due_of(this, Scope(agreement=agreement_id))
    title = _("%(agreement)s: brief") % {"agreement": found.agreement.short}
    contests = [(joined([grounds.some([w or "" for w in c.who]), words(day(c.start))]), c.readings) for c in found.contests]
    return (
        title,
        (
            Heading(1, words(title)),
            Paragraph(_named(grounds, found), "lead"),
            *_state(this, grounds, found),
            *_status(this, grounds, found),
            *_reservations(this, grounds, agreement_id),
            *grounds.duties(_("Owed within a year"), duties),
            *grounds.ahead(ahead_of(this, [agreement_id])),
            *grounds.contested(contests),
            *_reach(this, grounds, found),
        ),
        pending,
    )


def _named(grounds: Grounds, found: Table) -> Line:
    agreement = found.agreement
    parts = [words(Piece(agreement.title, strong=True)), words(_("%(place)s, %(on)s") % {"place": agreement.place, "on": agreement.concluded})]
    if not agreement.place:
        parts[1] = words(day(agreement.concluded))
    if agreement.depositary:
        parts.append(joined([words(_("depositary")), joined(grounds.party(code) for code in agreement.depositary)], " "))
    if agreement.registration:
        parts.append(words(agreement.registration))
    return joined(parts, "; ")


def _state(this: Asked, grounds: Grounds, found: Table) -> tuple[Block, ...]:
    """Whether it is in force, on which articles and acts, and what would change it."""
    answer = found.answer
    says = [Piece(state_of(answer).capitalize(), strong=True)]
    if answer.since is not None:
        says.append(Piece(_(", since %(on)s") % {"on": answer.since}))
    if answer.until is not None:
        says.append(Piece(_(", until %(on)s") % {"on": answer.until}))
    rests = grounds.of(found.agreement.id, answer) if answer.verdict is Verdict.YES else ()
    bound = _("; it binds %(n)s on %(on)s. ") % {"n": found.bound, "on": this.on}
    blocks: list[Block] = [Heading(2, words(_("State"))), Paragraph((*says, Piece(bound), *rests))]
    blocks += _because(grounds, found.agreement.id, answer)
    if answer.would_change:
        lines = tuple(
            (*grounds.party(c.by), Piece(": "), _draft(this, c), *words(_(" with effect from %(on)s") % {"on": c.from_} if c.from_ else ""))
            for c in answer.would_change
        )
        blocks += [Heading(3, words(_("What would change it"))), Listed(lines)]
    return tuple(blocks)


def _draft(this: Asked, change: WouldChange) -> Piece:
    """What would be done, linked to its draft."""
    kind = DONE_BY.get(change.act, "")
    return Piece(change.act, href(this.carried, "draft", kind=kind, agreement=change.on, party=change.by) if kind else "")


def _because(grounds: Grounds, agreement: str, answer: Answer) -> list[Block]:
    """The first reasons, each with its article and acts."""
    lines = []
    for reason in answer.because[:4]:
        cited = [grounds.article(agreement, reason.article)] if reason.article and not reason.article.startswith("VCLT") else []
        beside = joined(
            [
                *cited,
                *(words(reason.article) for _none in [0] if reason.article and not cited),
                *(r for ref in reason.acts[:3] if (r := grounds.ref(ref))),
            ]
        )
        lines.append((Piece(reason.says), *((Piece(" ("), *beside, Piece(")")) if beside else ())))
    return [Listed(tuple(lines))] if lines else []


# -- who stands how


def _status(this: Asked, grounds: Grounds, found: Table) -> tuple[Block, ...]:
    title = _("Status on %(on)s") % {"on": this.on}
    if not found.participants:
        return (Heading(2, words(title)), Paragraph(words(_("No participant is on record."))))
    if len(found.participants) <= FULL:
        return (Heading(2, words(title)), replace(status_grid(grounds, found, title), titled=True))
    groups: dict[str, list[Participant]] = defaultdict(list)
    for one in found.participants:
        groups[one.mode if one.verdict in (Verdict.YES, Verdict.NO) else str(one.verdict)].append(one)
    lines = tuple(
        (Piece(f"{mode} ({len(those)}): ", strong=True), *joined([grounds.party(p.code) for p in those]))
        for mode, those in sorted(groups.items(), key=lambda g: -len(g[1]))
    )
    apart = tuple(p for p in found.participants if p.exits or p.left or p.verdict is Verdict.CONTESTED)
    blocks: list[Block] = [Heading(2, words(title)), Listed(lines)]
    return (*blocks, status_grid(grounds, found, _("Those that left, gave notice or are contested"), apart)) if apart else tuple(blocks)


def status_grid(grounds: Grounds, found: Table, title: str, only: tuple[Participant, ...] | None = None) -> Grid:
    """The status table, as depositaries print it."""
    heads = (_("Participant"), _("Signature"), _("Consent to be bound"), _("In force for it"), _("Withdrawal"), _("Standing"))
    rows = tuple(
        (
            grounds.party(p.code),
            joined(_done(grounds, d) for d in p.signed),
            joined(_done(grounds, d) for d in p.consents),
            words(", ".join(f"{on}{_(' (prov.)') if how else ''}" for on, how in p.entries)),
            joined([*(_done(grounds, d) for d in p.exits), *(words(_("out %(on)s") % {"on": on}) for on in p.left)]),
            words(p.mode if p.verdict in (Verdict.YES, Verdict.NO) else str(p.verdict)),
        )
        for p in (found.participants if only is None else only)
    )
    return Grid(title, heads, rows)


def _done(grounds: Grounds, done: Done) -> Line:
    ref = grounds.ref(done.ref)
    link = ref[0].link if ref else ""
    return words(Piece(done.written, link), f" {done.letter}" if done.letter else "")


def _reservations(this: Asked, grounds: Grounds, agreement_id: str) -> tuple[Block, ...]:
    """Reservations, objections and declarations, in order of time."""
    acts = this.ask(("draft-acts", agreement_id), lambda s: current_acts(agreement_id, s))
    marked = sorted((act for act in acts if kinds()[act.kind].group in ("reservation", "declaration")), key=_when)
    if not marked:
        return ()
    title = _("Reservations, objections and declarations")
    rows = tuple((words(_when(act)), grounds.party(act.actor), words(act.kind), words(_what(act)), grounds.ref(act.ref)) for act in marked[:MOST])
    more = more_of(len(marked) - MOST)
    return (Heading(2, words(title)), Grid(title, (_("Date"), _("By"), _("Act"), _("What"), _("Record")), rows, titled=True), *more)


def _when(act: Act) -> str:
    return act.done.written if act.done is not None else ""


def _what(act: Act) -> str:
    told = [f"{name} {value}" for name, value in act.details.items() if name != "says"]
    return "; ".join([*told, *([act.details["says"]] if "says" in act.details else [])])


def _reach(this: Asked, grounds: Grounds, found: Table) -> tuple[Block, ...]:
    """For which acts the record is complete, and until when."""
    title = _("Reach of the record")
    coverage = this.record.coverage_of(found.agreement)
    if not coverage:
        return (Heading(2, words(title)), Paragraph(words(_("No source on record covers this agreement: that an act is absent proves nothing."))))
    rows = tuple(
        (
            words(", ".join(c.kinds) or _("all acts")),
            joined(grounds.party(code) for code in c.parties) or words(_("all")),
            words(day(c.through)),
            words(c.source),
        )
        for c in coverage
    )
    return (Heading(2, words(title)), Grid(title, (_("Acts"), _("By"), _("Complete to"), _("Source")), rows, titled=True))
