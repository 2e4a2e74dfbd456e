"""Which acts are of a mission: those that open something in it, and those that answer what was opened; what is of none, or without effect, is told.

Source: how-forces-are-generated.md, 9.1 and 9.5 to 9.7.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from comity.missions.counting import CountedAct

PLEDGE, CAVEAT, DEPLOYMENT, MANDATE = "pledge-force", "caveat-force", "deploy-force", "mandate"
ANSWERS: Mapping[str, str] = {
    "accept-force": PLEDGE, "refuse-force": PLEDGE, "withdraw-force": PLEDGE, "verify-force": PLEDGE, CAVEAT: PLEDGE, DEPLOYMENT: PLEDGE,
    "lift-caveat": CAVEAT, "return-force": DEPLOYMENT, "revoke-activity": MANDATE,
}  # fmt: skip
"""What each kind of act answers."""
OPENS = ("activate-mission", "require-force", PLEDGE, "accept-gap", MANDATE, CAVEAT)
ALONE = (CAVEAT, "revoke-activity")
"""What may reply to nothing, and is then about all that its party gave."""


class ActsOfMission:
    """The acts that count, looked at from one mission; findings are gathered as they are come upon."""

    def __init__(self, acts: Sequence[CountedAct], name: str) -> None:
        self.name = name
        self.acts = [one for one in acts if not one.lacking]
        self.by_hash = {one.act.hash: one for one in self.acts}
        self.places = {one.act.hash: place for place, one in enumerate(self.acts)}
        self.findings: dict[tuple[str, str], str] = {}
        for one in acts:
            if one.lacking and one.says("mission") == name:
                self.find(one, "lacks", f"lacks what an act of its kind ({one.kind}) needs; it changes nothing")

    def find(self, one: CountedAct, rule: str, says: str) -> None:
        """Tell what of an act could not be used, once."""
        self.findings.setdefault((one.act.ref, rule), f"{one.act.ref}: {says}")

    def in_order(self, some: Iterable[CountedAct]) -> list[CountedAct]:
        """These acts in their order."""
        return sorted(some, key=lambda one: self.places[one.act.hash])

    @property
    def named(self) -> bool:
        """Does any act name it?"""
        return any(one.says("mission") == self.name for one in self.acts)

    def opened(self, kind: str) -> Iterator[CountedAct]:
        """The openings of this kind that are of the mission."""
        for one in self.acts:
            if one.kind == kind and one.says("mission") == self.name and not (kind == CAVEAT and one.act.replies_to is not None):
                yield one

    def to_each(self, kind: str, there: Container[str]) -> dict[str, list[CountedAct]]:
        """The answers of this kind to what is there, by the hash of that, in order; others that are of the mission are findings."""
        found: dict[str, list[CountedAct]] = {}
        for one in self.acts:
            reply = one.act.replies_to
            if one.kind != kind or (reply is None and kind in ALONE):
                continue
            if reply is not None and reply in there and one.says("mission") in (None, self.name):
                found.setdefault(reply, []).append(one)
            elif self.name in (one.says("mission"), self._mission_of(None if reply is None else self.by_hash.get(reply))):
                self.find(one, "reply", f"replies to no {_told_of(kind)} of {self.name} that has effect; it changes nothing")
        return found

    def by_party(self, kind: str, there: Mapping[str, CountedAct]) -> dict[str, list[CountedAct]]:
        """The same, by those alone whose it is."""
        found = {}
        for hash_, some in self.to_each(kind, there).items():
            found[hash_] = [one for one in some if one.by == there[hash_].by]
            for one in some:
                if one.by != there[hash_].by:
                    whose = f"{there[hash_].act.ref}, which is {there[hash_].by}'s"
                    self.find(one, "party", f"is by {one.by}, and about {whose}; it changes nothing")
        return found

    def _mission_of(self, one: CountedAct | None) -> str | None:
        """The mission that an act names; where it names none, that of what it replies to."""
        while one is not None:
            if (name := one.says("mission")) is not None:
                return name
            one = None if one.act.replies_to is None else self.by_hash.get(one.act.replies_to)
        return None


def _told_of(kind: str) -> str:
    return ANSWERS[kind].partition("-")[0].replace("deploy", "deployment")
