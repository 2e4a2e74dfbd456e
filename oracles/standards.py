"""The slow reading of docs/explanation/how-interoperability-is-told.md, section 7: which editions nations use, and which they share.

It shares nothing with the fast path but types. Days are ordinals.
"""

from __future__ import annotations

from collections.abc import Sequence

from comity.acts import Act
from comity.agreements.clauses import Coverage
from comity.parties import Register
from comity.terms import Verdict, all_of, any_of, parse_moment
from oracles.interoperability import Acts, Reading, days

Edition = tuple[str, str]
"""A standard and an edition, spaces and capitals aside."""


def plain(text: str) -> str:
    return " ".join(text.lower().split())


class Desk:
    """The acts about standards on a day."""

    def __init__(self, acts: Acts, register: Register, coverage: Sequence[Coverage], on: int) -> None:
        self.on, self.acts, self.reading = on, acts, Reading(acts, register, coverage)

    def of(self, kind: str, edition: Edition, nation: str | None = None) -> list[tuple[Act, tuple[int, int], bool]]:
        """The acts of a kind about an edition: each with the first and the last day from which it is, and whether it is doubtful."""
        found = []
        for act, undisputed in self.acts:
            if act.kind != kind or (plain(act.details.get("standard", "")), plain(act.details.get("edition", ""))) != edition:
                continue
            if nation is not None and not self.reading.is_of(act, self.reading.person(nation)):
                continue
            moment = parse_moment(act.details["from"]) if "from" in act.details else act.effect or act.made or act.received or act.notified
            if moment is not None:
                found.append((act, days(moment), not undisputed))
        return found

    def editions(self) -> list[Edition]:
        named = [
            (plain(act.details.get("standard", "")), plain(act.details.get("edition", "")))
            for act, _ in self.acts
            if act.details.get("from") is not None or act.effect or act.made or act.received or act.notified
        ]
        return sorted({(standard, edition) for standard, edition in named if standard and edition})

    # 7.1

    def promulgated(self, edition: Edition) -> tuple[int, int] | None:
        """When it was first: of several acts, the one that is surely the earliest done with."""
        spans = sorted((span[1], span[0], act.ref) for act, span, _ in self.of("promulgate-standard", edition))
        return (spans[0][1], spans[0][0]) if spans else None

    def status(self, edition: Edition) -> str:
        own = self.promulgated(edition)
        if own is None:
            return "not promulgated"
        if own[1] > self.on:
            return "to come"
        for other in self.editions():
            if other[0] == edition[0] and other != edition:
                for _, span, _ in self.of("promulgate-standard", other):
                    if span[0] > own[1] and span[1] <= self.on:
                        return "superseded"
        return "current"

    def serves(self, edition: Edition) -> set[str]:
        return {name for act, _, _ in self.of("promulgate-standard", edition) for name in act.listed("capabilities")}

    # 7.2

    def last(self, nation: str, edition: Edition) -> list[tuple[Act, tuple[int, int], bool]]:
        """The acts of which each can be the last."""
        said = [one for one in self.of("ratify-standard", edition, nation) if one[1][0] <= self.on]
        return [one for one in said if not any(other[1][0] > one[1][1] for other in said)]

    def reserved(self, nation: str, edition: Edition) -> set[str]:
        """What is reserved, if the answer is with reservation: what some of the last acts say."""
        if self.answer(nation, edition) != "ratified with reservation":
            return {""}
        return {act.details["reservation"] for act, _, _ in self.last(nation, edition) if act.details.get("reservation")} or {""}

    def answer(self, nation: str, edition: Edition) -> str:
        last = self.last(nation, edition)
        if not last:
            return ""
        if any(doubtful for _, _, doubtful in last) or len({" ".join(act.details.get("choice", "").split()) for act, _, _ in last}) > 1:
            return "contested"
        return last[0][0].details.get("choice", "") if any(span[1] <= self.on for _, span, _ in last) else "unknown"

    # 7.3, 7.4

    def uses(self, nation: str, edition: Edition) -> Verdict:
        used = [one for one in self.of("implement-standard", edition, nation) if one[1][0] <= self.on]
        if any(span[1] <= self.on and not doubtful for _, span, doubtful in used):
            return Verdict.YES
        if any(span[1] <= self.on for _, span, _ in used):
            return Verdict.CONTESTED
        if used:
            return Verdict.UNKNOWN
        if self.answer(nation, edition) in ("not ratifying", "future implementation"):
            return Verdict.NO
        own = self.promulgated(edition)
        since = 1 if own is None else own[0]
        lacking = self.reading.last_not_covered([nation], "implement-standard", self.on)
        return Verdict.UNKNOWN if lacking is not None and lacking >= since else Verdict.NO

    def services(self, nation: str, edition: Edition) -> list[str]:
        used = [act for act, span, _ in self.of("implement-standard", edition, nation) if span[0] <= self.on]
        return sorted({act.details["service"] for act in used if act.details.get("service")})

    # 7.5

    def shared(self, a: str, b: str, standard: str) -> tuple[Verdict, list[str], list[str], set[str]]:
        """Whether, which editions, which of them superseded, and who has reservations to them."""
        verdicts, both = [], list[Edition]()
        for edition in self.editions():
            if edition[0] == standard:
                verdicts.append(all_of([self.uses(a, edition), self.uses(b, edition)]))
                both += [edition] if verdicts[-1] is Verdict.YES else []
        reserved = {n for n in (a, b) for edition in both if self.answer(n, edition) == "ratified with reservation"}
        return any_of(verdicts), [e for _, e in both], [e[1] for e in both if self.status(e) == "superseded"], reserved
