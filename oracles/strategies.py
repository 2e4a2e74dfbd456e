"""The slow reading of docs/explanation/how-strategies-are-checked.md, sections 2 and 3: what a strategy breaks, and what may be remarked.

Literally as the text says; it shares nothing with the fast path but types.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from comity.strategies import strategy as types
from comity.strategies.strategy import Aim, Initiative, Measure, Review, Strategy
from oracles.strategy_days import as_good, months_after, no_text

Broken = set[tuple[str, str]]
UNITS: dict[str, tuple[int | None, int | None]] = {"percent": (0, 100), "%": (0, 100), "share": (0, 1), "number": (0, None)}
EVERY = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12, "two-yearly": 24}
VAGUE = ("improve", "enhance", "strengthen", "support", "promote", "foster", "encourage", "deepen")


class Reading:
    """Section 2."""

    def __init__(
        self, strategy: Strategy, parties: Collection[str], agreements: Collection[str], acts: Collection[str], indicators: Mapping[str, str]
    ) -> None:
        self.s = strategy
        self.held: dict[str, Collection[str]] = {"party": parties, "agreement": agreements, "act": acts, "indicator": indicators}
        self.units = indicators
        self.found: Broken = set()
        self.itself()
        self.names()
        self.answerable()
        self.on_record()
        for stakeholder in strategy.stakeholder:
            self.has_part(stakeholder)
        if [one for one in strategy.stakeholder if one.role == "owner"] == []:
            self.breaks("role", "the strategy")
        for aim in strategy.objective:
            self.smart(aim)
        self.chain()
        for initiative in strategy.initiative:
            self.initiative(initiative)
        for measure in strategy.indicator:
            self.measure(measure)
        self.may_fail()
        for review in strategy.review:
            self.review(review)

    def breaks(self, rule: str, where: str) -> None:
        self.found.add((rule, where))

    def itself(self) -> None:
        s = self.s
        if s.id == "" or s.id.lstrip() != s.id or s.id.rstrip() != s.id or [sign for sign in ";=,\n\r" if sign in s.id]:
            self.breaks("id", "the strategy")
        numbers = [one.version for one in s.earlier]
        numbers.append(s.version)
        if numbers[0] < 1 or not all(numbers[i] > numbers[i - 1] for i in range(1, len(numbers))):
            self.breaks("version", "the strategy")
        days = [one.adopted for one in s.earlier]
        if s.adopted is not None:
            days.append(s.adopted)
        if s.until < s.from_ or not all(days[i] > days[i - 1] for i in range(1, len(days))):
            self.breaks("dates", "the strategy")

    # -- 4, 5

    def ids(self, kind: str) -> list[str]:
        if kind in ("input", "activity", "output"):
            return [one.id for initiative in self.s.initiative for one in getattr(initiative, kind)]
        return [one.id for one in getattr(self.s, kind)]

    def names(self) -> None:
        kinds = ["stakeholder", "interest", "objective", "outcome", "initiative", "input", "activity", "output", "indicator", "assumption"]
        for kind in [*kinds, "risk", "review"]:
            self.alone(kind, self.ids(kind))
        for review in self.s.review:
            self.alone(f"{review.id} finding", [one.id for one in review.finding])
            self.alone(f"{review.id} decision", [one.id for one in review.decision])
        s = self.s
        for aim in s.objective:
            self.names_some(f"objective {aim.id}", aim.serves, self.ids("interest"))
            self.names_some(f"objective {aim.id}", aim.indicators, self.ids("indicator"))
        for outcome in s.outcome:
            self.names_some(f"outcome {outcome.id}", outcome.serves, self.ids("objective"))
            self.names_some(f"outcome {outcome.id}", outcome.indicators, self.ids("indicator"))
        for initiative in s.initiative:
            self.names_some(f"initiative {initiative.id}", initiative.depends_on, self.ids("initiative"))
            for activity in initiative.activity:
                self.names_some(f"activity {activity.id}", activity.uses, [one.id for one in initiative.input])
                self.names_some(f"activity {activity.id}", activity.yields, [one.id for one in initiative.output])
            for output in initiative.output:
                self.names_some(f"output {output.id}", output.leads_to, self.ids("outcome"))
                self.names_some(f"output {output.id}", output.indicators, self.ids("indicator"))
        parts = [name for kind in kinds if kind not in ("stakeholder", "assumption") for name in self.ids(kind)]
        for assumption in s.assumption:
            self.names_some(f"assumption {assumption.id}", assumption.about, parts)
        for risk in s.risk:
            self.names_some(f"risk {risk.id}", risk.threatens, parts)
        removed = [change.id for review in s.review for change in review.change if change.done == "removed"]
        for review in s.review:
            for finding in review.finding:
                self.names_some(f"{review.id} finding {finding.id}", finding.about, parts + removed)
            for decision in review.decision:
                self.names_some(f"{review.id} decision {decision.id}", decision.findings, [one.id for one in review.finding])
            for change in review.change:
                self.names_some(f"{review.id} change of {change.part} {change.id}", (change.decision,), [one.id for one in review.decision])

    def alone(self, kind: str, names: list[str]) -> None:
        for i, name in enumerate(names):
            if name in names[i + 1 :]:
                self.breaks("twice", f"{kind} {name}")

    def names_some(self, where: str, names: tuple[str, ...], there: list[str]) -> None:
        for name in names:
            if name not in there:
                self.breaks("named", where)

    # -- 6 to 10

    def answerable(self) -> None:
        s = self.s
        must = [("the strategy", s.owner), *((f"initiative {one.id}", one.lead) for one in s.initiative)]
        must += [(f"input {one.id}", one.by) for initiative in s.initiative for one in initiative.input]
        must += [(f"indicator {one.id}", one.owner) for one in s.indicator]
        must += [(f"risk {one.id}", one.owner) for one in s.risk]
        must += [(f"{review.id} decision {one.id}", one.by) for review in s.review for one in review.decision]
        for where, who in must:
            if who not in self.ids("stakeholder") or who == "":
                self.breaks("stakeholder", where)
        for aim in s.objective:
            if aim.who != "" and aim.who not in self.ids("stakeholder"):
                self.breaks("stakeholder", f"objective {aim.id}")

    def on_record(self) -> None:
        s = self.s
        named: list[tuple[str, str, str | None]] = [("the strategy", "act", s.act)]
        for stakeholder in s.stakeholder:
            named.append((f"stakeholder {stakeholder.id}", "party", stakeholder.party))
            named += [(f"stakeholder {stakeholder.id}", "act", one.act) for one in stakeholder.consultation]
        for initiative in s.initiative:
            named += [(f"initiative {initiative.id}", "agreement", one) for one in initiative.agreements]
            named += [(f"initiative {initiative.id}", "act", one) for one in initiative.acts]
        for measure in s.indicator:
            if measure.record is not None:
                asked, where = measure.record, f"indicator {measure.id}"
                named += [(where, "indicator", asked.indicator), (where, "party", asked.party), (where, "party", asked.partner)]
                named += [(where, "agreement", asked.agreement), *((where, "party", one) for one in asked.key)]
        for risk in s.risk:
            if risk.stage is not None:
                named += [(f"risk {risk.id}", "agreement", risk.stage.agreement), (f"risk {risk.id}", "party", risk.stage.state)]
        for where, kind, name in named:
            if name is not None and name not in self.held[kind]:
                self.breaks("on-record", where)

    def has_part(self, one: types.Stakeholder) -> None:
        where, adopted = f"stakeholder {one.id}", self.s.adopted
        if one.kind in ("party", "ministry", "force") and one.party is None:
            self.breaks("party", where)
        if one.id == self.s.owner and one.role != "owner":
            self.breaks("role", where)
        in_time = [met for met in one.consultation if adopted is None or not met.on.first > adopted]
        if one.role in ("contributor", "consulted") and len(in_time) == 0:
            self.breaks("consultation", where)
        for met in one.consultation:
            if met.act is None and no_text(met.minutes):
                self.breaks("consultation", where)

    # -- 11 to 26

    def reaches(self, initiative: Initiative) -> list[str]:
        return [outcome.id for outcome in self.s.outcome for output in initiative.output if outcome.id in output.leads_to]

    def smart(self, aim: Aim) -> None:
        where = f"objective {aim.id}"
        if aim.who == "" or no_text(aim.statement):
            self.breaks("specific", where)
        measures = [one for one in self.s.indicator if one.id in aim.indicators]
        if not measures or [one for one in measures if one.unit == "" or one.baseline is None or len(one.target) == 0]:
            self.breaks("measurable", where)
        bringing = [one for one in self.s.initiative if len(one.input) > 0]
        if not any(outcome.id in self.reaches(one) and aim.id in outcome.serves for one in bringing for outcome in self.s.outcome):
            self.breaks("achievable", where)
        if not [one for one in self.s.interest if one.id in aim.serves]:
            self.breaks("relevant", where)
        if aim.due is None or aim.due < self.s.from_ or aim.due > self.s.until:
            self.breaks("time-bound", where)
            return
        for one in measures:
            if len(one.target) > 0 and [target for target in one.target if target.by is not None and not target.by > aim.due] == []:
                self.breaks("time-bound", where)

    def chain(self) -> None:
        s = self.s
        for interest in s.interest:
            if not any(interest.id in aim.serves for aim in s.objective):
                self.breaks("interest", f"interest {interest.id}")
        for aim in s.objective:
            if not any(aim.id in outcome.serves for outcome in s.outcome):
                self.breaks("objective", f"objective {aim.id}")
        for outcome in s.outcome:
            led = any(outcome.id in output.leads_to for initiative in s.initiative for output in initiative.output)
            if not led or not any(aim.id in outcome.serves for aim in s.objective):
                self.breaks("outcome", f"outcome {outcome.id}")
        for measure in s.indicator:
            named = any(measure.id in aim.indicators for aim in s.objective) or any(measure.id in outcome.indicators for outcome in s.outcome)
            if not named and not any(measure.id in output.indicators for one in s.initiative for output in one.output):
                self.breaks("indicator", f"indicator {measure.id}")

    def initiative(self, one: Initiative) -> None:
        where, s = f"initiative {one.id}", self.s
        if not one.input or not one.activity or not one.output or self.reaches(one) == []:
            self.breaks("initiative", where)
        for given in one.input:
            if not any(given.id in activity.uses for activity in one.activity):
                self.breaks("input", f"input {given.id}")
            if given.cost is not None:
                code = given.currency
                if given.cost < 0 or len(code) != 3 or not all("A" <= letter <= "Z" for letter in code):
                    self.breaks("cost", f"input {given.id}")
        for activity in one.activity:
            if not any(output.id in activity.yields for output in one.output):
                self.breaks("activity", f"activity {activity.id}")
        for output in one.output:
            made = any(output.id in activity.yields for activity in one.activity)
            if not made or not any(outcome.id in output.leads_to for outcome in s.outcome):
                self.breaks("output", f"output {output.id}")
        if self.needs(one.id, one.id, []):
            self.breaks("cycle", where)
        for day in (one.from_, one.until):
            if day is not None and (day < s.from_ or day > s.until):
                self.breaks("order", where)
        if one.from_ is not None and one.until is not None and one.until < one.from_:
            self.breaks("order", where)
        for other in s.initiative:
            if other.id in one.depends_on and other.from_ is not None and one.from_ is not None and other.from_ > one.from_:
                self.breaks("order", where)

    def needs(self, name: str, wanted: str, way: list[str]) -> bool:
        """Does the one depend on the other, over any number between them?"""
        for initiative in self.s.initiative:
            if initiative.id == name:
                for other in initiative.depends_on:
                    if other == wanted or (other not in way and self.needs(other, wanted, [*way, other])):
                        return True
        return False

    # -- 27 to 32

    def measure(self, one: Measure) -> None:
        where = f"indicator {one.id}"
        units = [target.unit for target in one.target] + [seen.unit for seen in one.observation]
        units += [] if one.baseline is None else [one.baseline.unit]
        if one.unit == "" or any(unit not in ("", one.unit) for unit in units):
            self.breaks("unit", where)
        if one.record is not None and one.record.indicator in self.units and self.units[one.record.indicator] != one.unit:
            self.breaks("unit", where)
        if (one.record is None) == (one.source == "") or (one.record is not None and len(one.observation) > 0):
            self.breaks("source", where)
        if (one.source != "" and one.source not in self.ids("stakeholder")) or any(no_text(seen.source) for seen in one.observation):
            self.breaks("source", where)
        if one.record is not None and one.record.months is not None and one.record.months <= 0:
            self.breaks("window", where)
        days = sorted(target.by for target in one.target if target.by is not None)
        if one.cadence is None or (one.baseline is not None and days and months_after(one.baseline.on.last, 2 * EVERY[one.cadence]) > days[-1]):
            self.breaks("cadence", where)
        if len(days) != len(one.target) or any(days.count(day) > 1 for day in days) or any(self.wrong_day(one, day) for day in days):
            self.breaks("target", where)
        row = [] if one.baseline is None else [one.baseline.value]
        row += [target.value for day in dict.fromkeys(days) for target in one.target if target.by == day]
        if any(not as_good(one, row[i], row[i - 1]) for i in range(1, len(row))):
            self.breaks("target", where)
        low, high = UNITS.get(one.unit, (None, None))
        least, most = low if one.least is None else one.least, high if one.most is None else one.most
        values = [target.value for target in one.target] + [seen.value for seen in one.observation]
        values += [] if one.baseline is None else [one.baseline.value]
        outside = [value for value in values if (least is not None and value < least) or (most is not None and value > most)]
        if outside or (least is not None and most is not None and most < least):
            self.breaks("bounds", where)

    def wrong_day(self, one: Measure, day: date) -> bool:
        return day < self.s.from_ or day > self.s.until or (one.baseline is not None and not day > one.baseline.on.first)

    # -- 33 to 42

    def may_fail(self) -> None:
        scales = {"likelihood": self.s.scales.likelihood, "consequence": self.s.scales.consequence}
        for words in scales.values():
            if len(words) < 2 or any(words.count(word) > 1 for word in words):
                self.breaks("scale", "the strategy")
        for one in self.s.assumption:
            if no_text(one.test):
                self.breaks("assumption", f"assumption {one.id}")
            if one.about == ():
                self.breaks("bearing", f"assumption {one.id}")
        for risk in self.s.risk:
            where = f"risk {risk.id}"
            if no_text(risk.mitigation):
                self.breaks("mitigation", where)
            if no_text(risk.shown_by):
                self.breaks("sign", where)
            if risk.likelihood not in scales["likelihood"] or risk.consequence not in scales["consequence"]:
                self.breaks("scale", where)
            if risk.threatens == ():
                self.breaks("bearing", where)

    def review(self, one: Review) -> None:
        s = self.s
        versions = [(earlier.version, earlier.adopted) for earlier in s.earlier if earlier.version != s.version]
        days = [day for number, day in [*versions, (s.version, s.adopted)] if number == one.of]
        if not days or days[-1] is None or days[-1] > one.on:
            self.breaks("review", f"review {one.id}")
        for finding in one.finding:
            where = f"{one.id} finding {finding.id}"
            if all(no_text(given) for given in finding.evidence):
                self.breaks("evidence", where)
            if [decision for decision in one.decision if finding.id in decision.findings] == []:
                self.breaks("finding", where)
        for decision in one.decision:
            changing = [change for change in one.change if change.decision == decision.id]
            keeping = not no_text(decision.unchanged)
            late = decision.on is not None and not decision.on < one.on
            if decision.findings == () or not late or bool(changing) == keeping:
                self.breaks("decision", f"{one.id} decision {decision.id}")
        for change in one.change:
            where = f"{one.id} change of {change.part} {change.id}"
            if change.field != "" and not has_field(change.part, change.field):
                self.breaks("change", where)
            here = change.id == s.id if change.part == "strategy" else change.id in self.ids(change.part)
            if len(s.earlier) > 0 and one.of == s.earlier[-1].version and here == (change.done == "removed"):
                self.breaks("change", where)


def has_field(part: str, field: str) -> bool:
    """Do parts of this kind have such a field? In a file, ``from`` is without the stroke that its type has."""
    kind = {"objective": types.Aim, "indicator": types.Measure}.get(part, getattr(types, part.capitalize(), None))
    return field in [name.rstrip("_") for name in kind.__annotations__] if kind is not None else False


def broken(strategy: Strategy, parties: Collection[str], agreements: Collection[str], acts: Collection[str], indicators: Mapping[str, str]) -> Broken:
    """The rules that the strategy breaks, each with where."""
    return Reading(strategy, parties, agreements, acts, indicators).found


def remarked(s: Strategy) -> Broken:
    """Section 3."""
    found = set()
    for aim in s.objective:
        letters = "".join(letter if letter.isalpha() else " " for letter in aim.statement.lower())
        if any(word.startswith(VAGUE) for word in letters.split()) and not any(sign.isdigit() for sign in aim.statement):
            found.add(("wording", f"objective {aim.id}"))
    for one in s.indicator:
        if one.baseline is not None and one.target != () and {target.value for target in one.target} == {one.baseline.value}:
            found.add(("no-change", f"indicator {one.id}"))
    found |= {("tied", f"risk {risk.id}") for risk in s.risk if risk.kind == "ratification" and risk.stage is None}
    if s.adopted is None or s.act is None:
        found.add(("adoption", "the strategy"))
    for assumption in s.assumption:
        last = [test for test in assumption.tested if all(test.on.last >= other.on.last for other in assumption.tested)]
        if last and last[0].holds != "yes":
            found.add(("failed", f"assumption {assumption.id}"))
    return found | {("cost-unknown", f"input {given.id}") for one in s.initiative for given in one.input if given.cost is None}
