"""A brief of one party: what binds it, what is contested, what it owes, what is ahead."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comity.questions import show
from comity.standing import Standing
from comity.terms import Answer, Verdict
from comity.web.asking import Asked
from comity.web.documents.grounds import MOST, Grounds, ahead_of, day, due_of, more_of, reach, since
from comity.web.documents.papers import Block, Grid, Heading, Line, Paragraph, Piece, joined, words
from comity.web.scoping import Scope, statuses_of
from comity.web.tags import freshness


def party_brief(this: Asked, grounds: Grounds, party: str) -> tuple[str, tuple[Block, ...], list[str]]:
    """The title, the blocks, and the agreements that are still being derived and had to be left out."""
    statuses, pending = statuses_of(this)
    concerned = [agreement for agreement, status in statuses.items() if any(code == party for code, _verdict, _mode in status)]
    found = this.ask(("brief", party, tuple(concerned)), lambda s: _answers(s, party, concerned))
    binding = [(agreement, answer) for agreement, answer in found if answer.verdict is Verdict.YES]
    contested = [(agreement, answer) for agreement, answer in found if answer.verdict is Verdict.CONTESTED]
    unknown = [(agreement, answer) for agreement, answer in found if answer.verdict is Verdict.UNKNOWN]
    duties, late = due_of(this, Scope(party=party))
    owed = [duty for duty in duties if duty.owed_by == party]
    title = _("%(who)s: brief") % {"who": this.name(party)}
    return (
        title,
        (
            Heading(1, words(title)),
            Paragraph(_lead(this, len(binding), len(contested), len(unknown)), "lead"),
            *_binding(grounds, party, binding),
            *grounds.contested([(grounds.agreement(agreement), answer.readings) for agreement, answer in contested]),
            *_unknown(grounds, unknown),
            *(grounds.duties(_("What it owes within a year"), owed) or _nothing(_("What it owes within a year"))),
            *grounds.ahead(ahead_of(this, concerned, party)),
            *_reach(this, binding),
        ),
        sorted({*pending, *late}),
    )


def _answers(standing: Standing, party: str, agreements: list[str]) -> list[tuple[str, Answer]]:
    """Whether each agreement binds it; those that say no are left out."""
    found = [(agreement, show(standing.bound(party, agreement), standing.viewer)) for agreement in agreements]
    return sorted(
        (f for f in found if f[1].verdict is not Verdict.NO), key=lambda f: standing.record.agreement(f[0], standing.known).short.casefold()
    )


def _lead(this: Asked, bound: int, contested: int, unknown: int) -> Line:
    says = _("On %(on)s it is bound by %(bound)s of the agreements on record") % {"on": this.on, "bound": bound}
    open_ = [_("of %(n)s that is contested") % {"n": contested}] if contested else []
    open_ += [_("of %(n)s it is not known") % {"n": unknown}] if unknown else []
    return words("; ".join([says, *open_]), ".")


def _binding(grounds: Grounds, party: str, binding: list[tuple[str, Answer]]) -> tuple[Block, ...]:
    title = _("What binds it")
    if not binding:
        return _nothing(title)
    heads = (_("Agreement"), _("As"), _("Since"), _("Until"), _("Article and acts"), _("Record complete to"))
    rows = tuple(
        (
            grounds.agreement(agreement),
            words(answer.mode or ""),
            since(answer),
            words(day(answer.until)),
            grounds.of(agreement, answer, party),
            reach(answer.reach),
        )
        for agreement, answer in binding[:MOST]
    )
    return (Heading(2, words(title)), Grid(title, heads, rows, titled=True), *more_of(len(binding) - MOST))


def _unknown(grounds: Grounds, unknown: list[tuple[str, Answer]]) -> tuple[Block, ...]:
    if not unknown:
        return ()
    names = [grounds.agreement(agreement) for agreement, _answer in unknown]
    says = _("Whether these bind it the record does not say: it is not complete for its acts under them.")
    return (Heading(2, words(_("Not known"))), Paragraph(words(says)), Paragraph(joined(names, "; ")))


def _reach(this: Asked, binding: list[tuple[str, Answer]]) -> tuple[Block, ...]:
    """How far what was said can be relied on."""
    new = sum(freshness(answer.reach, this.on)[0] == "new" for _agreement, answer in binding)
    says = _(
        "For %(n)s of the %(all)s agreements that bind it the record is complete to within half a year of %(on)s; for the others it ends earlier."
    )
    told = words(says % {"n": new, "all": len(binding), "on": this.on})
    return (Heading(2, words(_("Reach of the record"))), Paragraph(told)) if binding else ()


def _nothing(title: str) -> tuple[Block, ...]:
    return (Heading(2, words(title)), Paragraph((Piece(_("Nothing on record.")),)))
