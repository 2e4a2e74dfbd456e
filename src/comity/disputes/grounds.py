"""Is a step there between the sides: is the agreement in force between them, and does nothing take the step away?

Source: how-disputes-are-followed.md, section 7; VCLT 20 to 23.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from comity.procedures import kept_acts
from comity.standing import Standing
from comity.terms import Answer, ArticleException, Reason, Verdict, all_of

RULE = "settlement-ground"
"""The rule that reasons of this kind name."""
_RESERVING = ("reserve", "object")
_TAKEN = ("suspended", "disapplies")
_TO_BE_READ = ("modifies", "modified inter se")
_ONLY = "provisional: only"


@dataclass(frozen=True, slots=True)
class Ground:
    """Whether a step is there, and why (not)."""

    verdict: Verdict
    because: tuple[Reason, ...] = ()


class Grounds:
    """The law between one side and each of the others under one agreement, asked once for all steps."""

    def __init__(self, standing: Standing, agreement: str, sides: Sequence[str]) -> None:
        self.agreement, self.raiser, self.others = agreement, sides[0], tuple(sides[1:])
        self.answers = {other: _between(standing, self.raiser, other, agreement) for other in self.others}
        self.reservations = [one for one in kept_acts(standing, _RESERVING) if one.act.agreement == agreement]

    def of(self, article: str) -> Ground:
        """Whether a step under this article is there between all of them."""
        if not self.others:
            return Ground(Verdict.UNKNOWN, (Reason(RULE, "no other side is on record", article, holds=False),))
        found = [self._with(other, answer, article) for other, answer in self.answers.items()]
        return Ground(all_of(one.verdict for one in found), tuple(reason for one in found for reason in one.because))

    def _with(self, other: str, answer: Answer | None, article: str) -> Ground:
        pair = f"between {self.raiser} and {other}"
        if answer is None:
            return Ground(Verdict.UNKNOWN, (Reason(RULE, f"{self.raiser} or {other} is not a party on record", article, holds=False),))
        reasons = [] if answer.verdict is Verdict.YES else [_not_in_force(answer, pair, article)]
        verdicts = [answer.verdict]
        for verdict, says, act in self._touched(answer, article, (self.raiser, other)):
            verdicts.append(verdict)
            reasons.append(Reason(RULE, f"{pair}: {says}", article, () if not act else (act,), holds=False))
        return Ground(all_of(verdicts), tuple(reasons))

    def _touched(self, answer: Answer, article: str, pair: tuple[str, str]) -> list[tuple[Verdict, str, str]]:
        found = []
        for act in self.reservations:
            if act.kind == "reserve" and act.doubtful and act.by in pair and any(touches(one, article) for one in act.act.listed("articles")):
                found.append((Verdict.CONTESTED, f"the reservation of {act.by} is in dispute", act.act.ref))
        only = [one.article for one in answer.exceptions if one.how == _ONLY]
        if only and not any(touches(one, article) for one in only):
            found.append((Verdict.NO, f"only {', '.join(only)} applied provisionally", ""))
        for one in answer.exceptions:
            if touches(one.article, article):
                found += self._exception(one)
        return found

    def _exception(self, one: ArticleException) -> list[tuple[Verdict, str, str]]:
        if one.how in ("reservation", "objection"):
            return [self._reserved(one)]
        if one.how == "reservation not permitted":
            return [(Verdict.CONTESTED, f"article {one.article} was reserved against, which the agreement does not permit", one.act)]
        if one.how in _TAKEN:
            return [(Verdict.NO, f"article {one.article} does not apply ({one.how})", one.act)]
        if one.how in _TO_BE_READ:
            return [(Verdict.UNKNOWN, f"article {one.article} applies as modified; read what that comes to", one.act)]
        return []

    def _reserved(self, one: ArticleException) -> tuple[Verdict, str, str]:
        acts = {act.act.ref: act for act in self.reservations}
        named = acts.get(one.act)
        by_hash = {act.act.hash: act for act in self.reservations if act.kind == "reserve"}
        meant = None if named is None else by_hash.get(named.act.hash, by_hash.get(named.act.replies_to or ""))
        if meant is None:
            return Verdict.UNKNOWN, f"a reservation was made to article {one.article}; read what it leaves", one.act
        if meant.doubtful:
            return Verdict.CONTESTED, f"a reservation to article {one.article} is in dispute", one.act
        if meant.act.details.get("extent") == "exclude":
            return Verdict.NO, f"{meant.by} excluded article {one.article} by a reservation", one.act
        return Verdict.UNKNOWN, f"{meant.by} made a reservation to article {one.article}; read what it leaves", one.act


def touches(provision: str, article: str) -> bool:
    """Is the provision the article (or one of those that it names), a part of it, or does it contain it?"""
    return any(one == provision or one.startswith(f"{provision}(") or provision.startswith(f"{one}(") for one in article.split("; "))


def _between(standing: Standing, a: str, b: str, agreement: str) -> Answer | None:
    known = standing.record.register.parties
    return standing.between(a, b, agreement) if a in known and b in known else None


def _not_in_force(answer: Answer, pair: str, article: str) -> Reason:
    says = {
        Verdict.NO: "the agreement is not in force",
        Verdict.CONTESTED: "whether the agreement is in force is contested",
        Verdict.UNKNOWN: "whether the agreement is in force is not known",
        Verdict.YES: "the agreement is in force",
    }
    return Reason(RULE, f"{says[answer.verdict]} {pair}", article, holds=False, because=answer.because)
