"""The slow reading of docs/explanation/how-exercises-are-planned.md, section 3: what a design breaks.

Literally as the text says; it shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from fractions import Fraction

from comity.exercises.design import Design, Force, HostSupport, Participant
from comity.exercises.processes import Process
from comity.terms import Moment, Verdict

Broken = set[tuple[str, str]]


def surely_before(a: Moment | None, b: Moment | None) -> bool:
    """Whichever days they are (1.3)."""
    return a is not None and b is not None and a.last < b.first


class Reading:
    """Section 3."""

    def __init__(self, design: Design, process: Process, parties: Collection[str], arrangements: Mapping[tuple[str, str, str], Verdict]) -> None:
        self.d, self.p, self.parties, self.arrangements = design, process, parties, arrangements
        self.found: Broken = set()
        self.startex = design.from_ if design.startex is None else design.startex
        self.endex = design.until if design.endex is None else design.endex
        self.taking_part = [one.nation for one in design.participant]
        self.itself()
        self.parties_named()
        self.names()
        self.stays()
        self.training()
        self.planning()
        self.costs()
        self.numbers()
        self.support()
        self.public()
        if process.cycle is not None and not self.year_fits():
            self.breaks("cycle", "the exercise")

    def breaks(self, rule: str, where: str) -> None:
        self.found.add((rule, where))

    def itself(self) -> None:
        d = self.d
        if d.id == "" or d.id[0] == " " or d.id[-1] == " " or d.id.strip() != d.id or any(sign in d.id for sign in ";=,\n\r"):
            self.breaks("id", "the exercise")
        wrong = [
            surely_before(d.until, d.from_),
            surely_before(self.startex, d.from_),
            surely_before(d.until, self.startex),
            surely_before(self.endex, d.from_),
            surely_before(d.until, self.endex),
            surely_before(self.endex, self.startex),
        ]
        if True in wrong:
            self.breaks("days", "the exercise")

    def parties_named(self) -> None:
        d = self.d
        named = {d.host} | set(self.taking_part) | {a.nation for a in d.audience} | {o.party for o in d.observer}
        named |= {c.paid_by for c in d.cost} | {s.nation for s in d.share}
        named |= {c.host for c in d.conference if c.host is not None}
        for table in (d.exchange, d.support):
            for row in table:
                named |= {row.from_, row.to}
        for given in d.host_support:
            named |= {given.provider, given.receiver}
        if d.territory is not None:
            named.add(d.territory)
        for party in named:
            if party not in self.parties:
                self.breaks("party", party)
        if d.host not in self.taking_part:
            self.breaks("host", d.host)

    def names(self) -> None:
        d = self.d
        lists = {
            "participant": self.taking_part,
            "objective": [o.id for o in d.objective],
            "audience": [a.id for a in d.audience],
            "cost": [c.id for c in d.cost],
            "conference": [c.kind for c in d.conference],
            "product": [p.name for p in d.product],
        }
        for table, names in lists.items():
            for i, name in enumerate(names):
                if name in names[:i]:
                    self.breaks("twice", f"{table} {name}")

    # -- 6, 7

    def days_of(self, nation: Participant, force: Force | None) -> tuple[Moment, Moment]:
        start = self.d.from_ if nation.from_ is None else nation.from_
        end = self.d.until if nation.until is None else nation.until
        if force is not None:
            start = start if force.from_ is None else force.from_
            end = end if force.until is None else force.until
        return start, end

    def stays(self) -> None:
        for nation in self.d.participant:
            frames: list[tuple[str, Participant | Force, tuple[Moment, Moment], tuple[Moment, Moment]]] = [
                (nation.nation, nation, (self.d.from_, self.d.until), self.days_of(nation, None))
            ]
            for force in nation.force:
                frames.append((f"{nation.nation} {force.unit}", force, self.days_of(nation, None), self.days_of(nation, force)))
            for where, own, (first, last), (comes, goes) in frames:
                if surely_before(own.from_, first) or surely_before(last, own.until) or surely_before(goes, comes):
                    self.breaks("stay", where)
            for i, force in enumerate(nation.force):
                for other in nation.force[:i]:
                    if force.unit == other.unit and self.overlap(self.days_of(nation, force), self.days_of(nation, other)):
                        self.breaks("unit", f"{nation.nation} {force.unit}")

    def overlap(self, one: tuple[Moment, Moment], other: tuple[Moment, Moment]) -> bool:
        begins = one[0].last if one[0].last > other[0].last else other[0].last
        ends = one[1].first if one[1].first < other[1].first else other[1].first
        return not begins > ends

    # -- 8 to 11

    def training(self) -> None:
        for objective in self.d.objective:
            if len(objective.audience) == 0:
                self.breaks("objective", objective.id)
            for name in objective.audience:
                if all(name != audience.id for audience in self.d.audience):
                    self.breaks("known-audience", objective.id)
        for audience in self.d.audience:
            if all(audience.id not in objective.audience for objective in self.d.objective):
                self.breaks("audience", audience.id)
            if audience.nation not in self.taking_part:
                self.breaks("trainee", audience.id)

    # -- 12 to 14

    def planning(self) -> None:
        order = list(self.p.conferences)
        for conference in self.d.conference:
            if conference.kind not in order:
                self.breaks("conference", conference.kind)
            if conference.on is not None and not conference.on.first < self.startex.last:
                self.breaks("order", conference.kind)
            for other in self.d.conference:
                both = conference.kind in order and other.kind in order
                if both and order.index(other.kind) < order.index(conference.kind) and surely_before(conference.on, other.on):
                    self.breaks("order", conference.kind)
        for product in self.d.product:
            steps = [step for stage in self.p.stages for step in stage.steps if step.product == product.name and step.conference is None]
            if steps == [] or steps[0].before == "start":
                if product.due is not None and not product.due.first < self.startex.last:
                    self.breaks("due", product.name)
            else:
                held = [conference for conference in self.d.conference if conference.kind == steps[0].before]
                if held and surely_before(held[0].on, product.due):
                    self.breaks("due", product.name)

    # -- 15 to 19

    def costs(self) -> None:
        spoilt = set()
        for i, share in enumerate(self.d.share):
            double = [k for k, other in enumerate(self.d.share) if k != i and (other.of, other.nation) == (share.of, share.nation)]
            neither = share.fraction is None and share.amount is None
            both = share.fraction is not None and share.amount is not None
            below = (share.fraction is not None and share.fraction < 0) or (share.amount is not None and share.amount < 0)
            if double or neither or both or below:
                spoilt.add(share.of)
            if double or neither or both or below or share.of not in [cost.id for cost in self.d.cost]:
                self.breaks("share-of", f"{share.of}: {share.nation}")
        for cost in self.d.cost:
            whole = Fraction(0)
            count = 0
            for share in self.d.share:
                if share.of == cost.id:
                    count += 1
                    whole += Fraction(cost.amount) * share.fraction if share.fraction is not None else Fraction(0)
                    whole += share.amount if share.amount is not None else 0
            if count and cost.id not in spoilt and whole != cost.amount:
                self.breaks("share", cost.id)
            if cost.amount < 0:
                self.breaks("amount", f"cost {cost.id}")
            letters = [letter for letter in cost.currency if "A" <= letter <= "Z"]
            if len(cost.currency) != 3 or len(letters) != 3:
                self.breaks("currency", cost.id)

    def numbers(self) -> None:
        n = self.d.numbers
        given = {"troops": n.troops, "tanks": n.tanks, "vehicles": n.vehicles, "artillery": n.artillery, "sorties": n.sorties, "landing": n.landing}
        for name, number in given.items():
            if number is not None and number < 0:
                self.breaks("amount", f"numbers {name}")
        units: dict[tuple[str, str], list[int]] = {}
        for nation in self.d.participant:
            for force in nation.force:
                units.setdefault((nation.nation, force.unit), [0])
                if force.persons is not None:
                    units[nation.nation, force.unit].append(force.persons)
                    if force.persons < 0:
                        self.breaks("amount", f"force {nation.nation} {force.unit}")
        if n.troops is not None and sum(sorted(persons)[-1] for persons in units.values()) > n.troops:
            self.breaks("strength", "troops")

    # -- 20 to 23

    def support(self) -> None:
        for given in self.d.host_support:
            if given.quantity is not None and given.quantity < 0:
                self.breaks("amount", f"host support {given.what}")
            if given.provider == given.receiver or not self.holds(given):
                self.breaks("arrangement", given.what)
            for party in (given.provider, given.receiver):
                if party not in self.taking_part:
                    self.breaks("supporter", party)
        for done in self.d.support:
            for party in (done.from_, done.to):
                if party not in self.taking_part:
                    self.breaks("supporter", party)

    def holds(self, given: HostSupport) -> bool:
        key = (given.arrangement, given.provider, given.receiver)
        return key in self.arrangements and self.arrangements[key] is Verdict.YES

    def public(self) -> None:
        for i, observers in enumerate(self.d.observer):
            if observers.number <= 0:
                self.breaks("amount", f"observer {observers.party}")
            if observers.party in self.taking_part or observers.party in [other.party for other in self.d.observer[:i]]:
                self.breaks("observer", observers.party)
        for media in self.d.media:
            if media.approver.replace(" ", "") == "":
                self.breaks("media", media.what)

    # -- 24

    def year_fits(self) -> bool:
        """Is some day that the start can be within the right year of a term that begins on some day that it can?"""
        cycle = self.p.cycle
        assert cycle is not None
        for term in range(-200, 200):
            opens = anniversary(cycle.begins.first, term * cycle.years + cycle.year - 1)
            closes = anniversary(cycle.begins.last, term * cycle.years + cycle.year) - timedelta(days=1)
            if not (closes < self.startex.first or self.startex.last < opens):
                return True
        return False


def anniversary(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def broken(design: Design, process: Process, parties: Collection[str], arrangements: Mapping[tuple[str, str, str], Verdict]) -> Broken:
    """The rules that the design breaks, each with where."""
    return Reading(design, process, parties, arrangements).found
