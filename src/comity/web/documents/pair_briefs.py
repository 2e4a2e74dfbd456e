"""A brief for a visit: what is in force between two, what is contested and due between them, what each may release to the other, what is ahead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comity.duties import DutyStatus
from comity.permissions import ReleaseQuestion
from comity.terms import Answer, BadInput, Ladder, NotOnRecord, Verdict
from comity.web.asking import Asked
from comity.web.citing import lines_of
from comity.web.documents.grounds import Grounds, ahead_of, day, due_of, reach, since
from comity.web.documents.papers import Block, Grid, Heading, Line, Paragraph, Piece, joined, words
from comity.web.drawing import BOUND
from comity.web.parties import between
from comity.web.permissions import Permitted, permissions_of, put
from comity.web.scoping import Scope, statuses_of

Found = list[tuple[str, str, Answer]]
FEW = 14
"""Agreements between two that have a line of their own."""


def pair_brief(this: Asked, grounds: Grounds, a: str, b: str) -> tuple[str, tuple[Block, ...], list[str]]:
    """The title, the blocks, and the agreements that are still being derived and had to be left out."""
    if a == b:
        raise BadInput(f"{a} is named twice; name two different parties")
    statuses, pending = statuses_of(this)
    found: Found = this.ask(("pair", a, b), lambda s: between(s, a, b, statuses), pending=pending)
    settled = sorted((f for f in found if f[2].verdict is Verdict.YES), key=lambda f: (_number_bound(this, f[0]), f[1].casefold()))
    duties, late = zip(*(due_of(this, Scope(party=party)) for party in (a, b)), strict=True)
    owed = [duty for each in duties for duty in each if _is_between(duty, a, b)]
    common = [agreement for agreement, _short, _answer in found]
    coming = [c for c in ahead_of(this, common) if c.party in (None, a, b)]
    title = _("%(a)s and %(b)s: brief") % {"a": this.name(a), "b": this.name(b)}
    return (
        title,
        (
            Heading(1, words(title)),
            Paragraph(_lead(this, found, settled), "lead"),
            *_in_force(this, grounds, settled, a, b),
            *grounds.contested(
                [(grounds.agreement(agreement), answer.readings) for agreement, _short, answer in found if answer.verdict is Verdict.CONTESTED]
            ),
            *_unknown(grounds, found),
            *_releases(this, grounds, a, b),
            *(grounds.duties(_("Due between them within a year"), owed) or _no_duty()),
            *grounds.ahead(coming),
            *_also(grounds, settled, a, b),
        ),
        sorted({*pending, *late[0], *late[1]}),
    )


def _lead(this: Asked, found: Found, settled: Found) -> Line:
    says = _("On %(on)s, %(n)s agreements on record are in force between the two") % {"on": this.on, "n": len(settled)}
    open_ = len(found) - len(settled)
    return words(says, _("; of %(n)s more this is contested or not known.") % {"n": open_} if open_ else ".")


def _is_between(duty: DutyStatus, a: str, b: str) -> bool:
    """Does one of the two owe it, and to the other by name?"""
    return (duty.owed_by == a and b in duty.owed_to) or (duty.owed_by == b and a in duty.owed_to)


def _no_duty() -> tuple[Block, ...]:
    return (Heading(2, words(_("Due between them within a year"))), Paragraph(words(_("Nothing that one owes to the other by name."))))


def _in_force(this: Asked, grounds: Grounds, settled: Found, a: str, b: str) -> tuple[Block, ...]:
    """Those that bind few, first those of the two alone."""
    title = _("In force between the two")
    if not settled:
        return (Heading(2, words(title)), Paragraph(words(_("Nothing on record."))))
    heads = (_("Agreement"), _("Binds"), _("Since"), _("Until"), _("Text and exceptions"), _("Article and acts"), _("Record complete to"))
    rows = tuple(
        (
            grounds.agreement(agreement),
            words(str(_number_bound(this, agreement))),
            since(answer),
            words(day(answer.until)),
            _text(grounds, answer),
            grounds.of(agreement, answer, a, b),
            reach(answer.reach),
        )
        for agreement, _short, answer in settled[:FEW]
    )
    return (Heading(2, words(title)), Grid(title, heads, rows, titled=True))


def _number_bound(this: Asked, agreement: str) -> int:
    return sum(verdict is Verdict.YES and mode in BOUND for _code, verdict, mode in this.fold.status(this.on, agreement))


def _also(grounds: Grounds, settled: Found, a: str, b: str) -> tuple[Block, ...]:
    """The agreements that bind the two with many others: a short line each."""
    if not settled[FEW:]:
        return ()
    title = _("Also in force between them, with many others")
    rows = tuple(
        (grounds.agreement(agreement), since(answer), _rests(grounds, agreement, answer, a, b)) for agreement, _short, answer in settled[FEW:]
    )
    return (Heading(2, words(title)), Grid(title, (_("Agreement"), _("Since"), _("Article and acts; exceptions between them")), rows, titled=True))


def _rests(grounds: Grounds, agreement: str, answer: Answer, a: str, b: str) -> Line:
    apart = [grounds.ref(exception.act) or words(exception.how) for exception in answer.exceptions]
    return joined([grounds.of(agreement, answer, a, b), *apart], "; ")


def _text(grounds: Grounds, answer: Answer) -> Line:
    amended = [words(text) for text in answer.text[1:]]
    apart = [joined([words(f"{e.article}: {e.how}"), *([ref] if (ref := grounds.ref(e.act)) else [])]) for e in answer.exceptions]
    return joined([*amended, *apart], "; ") or words(_("as concluded"))


def _unknown(grounds: Grounds, found: Found) -> tuple[Block, ...]:
    """Where the record does not say."""
    names = [grounds.agreement(agreement) for agreement, _short, answer in found if answer.verdict is Verdict.UNKNOWN and not answer.readings]
    return (Heading(2, words(_("Not known"))), Paragraph(joined(names, "; "))) if names else ()


# -- what each may release to the other


def _releases(this: Asked, grounds: Grounds, a: str, b: str) -> tuple[Block, ...]:
    title = _("What each may release to the other")
    parts: list[Block] = [Heading(2, words(title))]
    for giver, taker in ((a, b), (b, a)):
        ladder = next((lad for lad in this.record.ladders if lad.owner == giver), None)
        if ladder is None:
            parts.append(Paragraph(words(_("No classification policy of %(who)s is on record.") % {"who": this.name(giver)})))
            continue
        parts.append(_matrix(this, grounds, ladder, giver, taker))
    return tuple(parts)


def _matrix(this: Asked, grounds: Grounds, ladder: Ladder, giver: str, taker: str) -> Grid:
    caption = _("%(giver)s to %(taker)s, own information, on %(on)s") % {"giver": this.name(giver), "taker": this.name(taker), "on": this.on}
    levels = sorted((level for level in ladder.levels if level.used_on(this.on)), key=lambda level: level.rank)
    rows = []
    for level in levels:
        answer = _asked(this, ReleaseQuestion(giver=giver, taker=taker, level=level.name, policy=ladder.policy))
        says = str(answer.mode or answer.verdict) if answer else _("not to be asked")
        left = joined([words(p.says) for p in answer.provided], "; ") if answer else ()
        rows.append(
            (words(level.name), words(Piece(says, strong=True)), _under(this, grounds, answer), words(day(answer.until if answer else None)), left)
        )
    return Grid(caption, (_("Level"), _("May it?"), _("Under"), _("Until"), _("Provided that")), tuple(rows), "whole")


def _asked(this: Asked, question: ReleaseQuestion) -> Answer | None:
    """The answer of the page May, kept with it; None where the question has none."""
    try:
        permitted: Permitted = this.ask(("may", question), lambda _: put(permissions_of(this), question))
    except (BadInput, NotOnRecord):
        return None
    return permitted.answers[0][1]


def _under(this: Asked, grounds: Grounds, answer: Answer | None) -> Line:
    """The agreement and article that decide, and the acts; the first test that holds, or the first that does not."""
    if answer is None:
        return ()
    grounds.labels.append(answer.label)
    wanted = answer.verdict is Verdict.YES
    lines = [line for line in lines_of(this, answer.because) if line.holds is wanted and (line.article or not wanted)] or lines_of(
        this, answer.because
    )
    found: list[Line] = []
    for line in lines[:1]:
        name = grounds.agreement(line.agreement) if line.agreement else ()
        article = (
            words(Piece(_("art.\u00a0%(article)s") % {"article": line.article} if line.agreement else line.article, line.link))
            if line.article
            else ()
        )
        found.append(joined([part for part in (name, article) if part], ", ") or words(line.says))
    return joined(dict.fromkeys(found), "; ")
