"""Who is obliged when a state is attacked? A slow, literal second reading of docs/explanation/how-obligations-to-respond-are-derived.md.

What is not known is tried in every way that it can be: an obligation is unknown where some of these ways have it owed and some have not.
Shares nothing with ``comity.missions`` but types.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from comity.acts import Act
from comity.agreements.clauses import Agreement
from comity.agreements.obligations import Obligation
from comity.parties import Register
from comity.responses.attacks import Attack, Line
from comity.terms import Moment, Verdict

YES, NO, CONTESTED, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.CONTESTED, Verdict.UNKNOWN
EITHER = (True, False)
Found = tuple[str, int, str, str, str, Verdict]
"""Agreement, place of the clause, debtor, creditor, side, and the verdict."""


# -- 2 lines


def called(register: Register, code: str, on: date) -> str:
    """2.5 the code that the person of ``code`` bears on the day."""
    line = [code]
    while True:
        before = [s.predecessor for s in register.successions if s.how == "continues" and s.successor == line[0] and s.predecessor not in line]
        if not before:
            break
        line.insert(0, before[0])
    bears = line[0]
    while True:
        after = [s.successor for s in register.successions if s.how == "continues" and s.predecessor == bears and s.on <= on]
        if not after:
            return bears
        bears = after[0]


def lines(
    attack: Attack,
    agreements: Iterable[Agreement],
    register: Register,
    on: date,
    status: Callable[[str], dict[str, Verdict]],
    between: Callable[[str, str, str], Verdict],
    invoked: set[str],
    settled: set[str],
) -> list[Line]:
    """2 every line; ``attack`` names everybody by the codes of the day already."""
    found = []
    for agreement in agreements:
        bound = [code for code, verdict in status(agreement.id).items() if verdict is not NO]  # 2.3
        for place, written in enumerate(agreement.clauses):
            if not isinstance(written, Obligation):
                continue
            clause = _renamed(written, register, on)
            if clause.type not in ("defence", "consultation", "neutrality", "non-aggression", "offence") or clause.upon == "regular":
                continue  # 2.1
            for debtor, creditor in itertools.permutations(bound, 2):
                if creditor == attack.attacked:
                    side = "attacked"
                elif creditor in attack.by and clause.type in ("offence", "neutrality", "non-aggression"):
                    side = "attacker"
                    if debtor == attack.attacked or debtor in attack.by:
                        continue
                else:
                    continue
                if clause.owed_by and debtor not in clause.owed_by:
                    continue
                if clause.owed_to and creditor not in clause.owed_to:
                    continue
                verdict = between(debtor, creditor, agreement.id)
                if verdict is not NO:  # 2.4
                    found.append(
                        Line(
                            agreement.id, place, clause, debtor, creditor, "attacked" if side == "attacked" else "attacker", verdict,
                            frozenset(bound), agreement.id in invoked, agreement.id in settled,
                        )
                    )  # fmt: skip
    return found


def _renamed(clause: Obligation, register: Register, on: date) -> Obligation:
    values = {name: getattr(clause, name) for name in Obligation.__slots__ if name not in ("__dict__", "__weakref__")}
    values |= {name: getattr(clause, name) for name in ("article", "says", "read", "source")}
    for name in ("owed_by", "owed_to", "against", "places", "places_in_part"):
        values[name] = tuple(dict.fromkeys(called(register, code, on) for code in values[name]))
    return Obligation(**values)


# -- 3 and 4 conditions, tried in every way


def worth(attack: Attack, line: Line, on: date) -> Verdict:
    """4.1"""
    ways = {all(way) for way in itertools.product(*_conditions(attack, line, on))}
    if ways == {False} or line.verdict is NO:
        return NO
    if line.verdict is CONTESTED:
        return CONTESTED
    return UNKNOWN if False in ways or line.verdict is UNKNOWN else YES


def is_of_the_day(line: Line, on: date) -> bool:
    """2.6"""
    since, until = line.clause.from_, line.clause.until
    return not ((since is not None and on < since.first) or (until is not None and on >= until.last))


def _conditions(attack: Attack, line: Line, on: date) -> Iterator[tuple[bool, ...]]:
    """3 for each condition, whether it holds in each way in which it can be."""
    clause, attacked = line.clause, line.side == "attacked"
    told: set[str] | None = {attack.attacked} if not attacked else set(attack.by) if attack.by else None
    # 3.1
    if clause.from_ is not None:
        yield tuple({on >= day for day in _days(clause.from_)})
    if clause.until is not None:
        yield tuple({on < day for day in _days(clause.until)})
    if clause.through is not None and clause.through < on:
        yield EITHER
    # 3.2
    if clause.against or clause.against_others:
        everybody = told if told is not None else set() if attack.nature == "non-state" else None
        if everybody is not None and everybody.intersection(clause.against):
            yield (True,)
        elif everybody is None or clause.against_others:
            yield EITHER
        else:
            yield (False,)
    # 3.3
    if clause.attackers_least is not None or clause.attackers_most is not None:
        least, most = clause.attackers_least or 0, clause.attackers_most or 99
        yield EITHER if not told else (least <= len(told) <= most,)
    # 3.4
    if clause.places or clause.places_in_part or clause.place_says is not None:
        inside = [_is_at(word, place, attack, line) for word in clause.places for place in attack.places]
        partly = [_is_at(word, place, attack, line) for word in clause.places_in_part for place in attack.places]
        if any(inside):
            yield (True,)
        elif any(partly) or clause.place_says is not None or not attack.places:
            yield EITHER
        else:
            yield (False,)
    # 3.5
    if clause.unprovoked:
        if attack.provoked is None:
            yield EITHER
        elif attacked:
            yield (attack.provoked is False,)
        else:
            yield (attack.provoked is True,)
    # 3.6
    if clause.attacked_only:
        yield (attacked,)
    # 3.7
    if attacked and clause.type in ("defence", "consultation", "offence") and attack.nature != "armed":
        said = clause.non_state if attack.nature == "non-state" else clause.cyber
        if clause.type == "consultation" and said == "not-said":
            said = "covered"
        yield {"covered": (True,), "not-covered": (False,), "not-said": (True,) if line.settled else EITHER}[said]
    # 3.8
    if clause.upon == "request":
        yield (True,) if line.asked else EITHER
    # 3.9
    if clause.type == "offence" and attacked:
        yield EITHER
    # 3.10
    for _ in clause.besides:
        yield EITHER


def _days(moment: Moment) -> Iterator[date]:
    return (date.fromordinal(day) for day in range(moment.first.toordinal(), moment.last.toordinal() + 1))


def _is_at(word: str, place: str, attack: Attack, line: Line) -> bool:
    if word == "own":
        return place == attack.attacked
    return place in line.parties if word == "party" else place == word


# -- 5 both sides


def both_sides(attack: Attack, found: Sequence[tuple[Line, Verdict]]) -> set[tuple[str, str, Verdict, tuple[str, ...]]]:
    """5 kind, party, verdict and agreements of each conflict."""
    told = set()
    for party in attack.by:
        owing = [(line, v) for line, v in found if line.debtor == party and line.side == "attacked"]
        helped = [
            (line, v)
            for line, v in found
            if line.side == "attacked" and line.debtor != party and party in line.parties and line.clause.type in ("defence", "offence")
        ]
        told |= {("breach", party, *_either(owing)), ("common-ally", party, *_either(helped))}
    for party in {line.debtor for line, _ in found}:
        helps = [(line, v) for line, v in found if line.debtor == party and line.side == "attacked" and line.clause.type in ("defence", "offence")]
        still = [
            (line, v)
            for line, v in found
            if line.debtor == party and line.side == "attacker" and not (line.clause.type == "non-aggression" and attack.attacked in line.parties)
        ]
        one, other = _either(helps), _either(still)
        verdict = next(v for v in (NO, CONTESTED, UNKNOWN, YES) if v in (one[0], other[0]))
        told.add(("torn", party, verdict, tuple(sorted({*one[1], *other[1]}))))
    return {one for one in told if one[2] is not NO}


def _either(found: Sequence[tuple[Line, Verdict]]) -> tuple[Verdict, tuple[str, ...]]:
    verdict = next((v for v in (YES, CONTESTED, UNKNOWN) if any(v is said for _, said in found)), NO)
    return verdict, tuple(sorted({line.agreement for line, said in found if said is not NO}))


# -- 6 invocations

Answer = tuple[str, str, str, bool]
"""Which act replies, who gave it, when, and whether it is undisputed."""


def invoked(attack: Attack, acts: Sequence[tuple[Act, bool]], register: Register, on: date) -> dict[str, tuple[str, bool, bool, list[Answer]]]:
    """6 of each invocation that fits, by reference: agreement, whether it is certain, and settles the nature; the answers."""
    found = {}
    for act, undisputed in acts:
        day = act.made or act.received or act.notified or act.effect
        if act.kind != "invoke" or act.agreement is None or day is None or day.first > on or not _fits(attack, act, register, on):
            continue
        answers = []
        for reply, clear in acts:
            then = reply.made or reply.received or reply.notified or reply.effect
            if reply.kind in ("offer-measure", "carry-out-measure", "decline-measure", "consult", "meet") and then is not None:
                if then.first <= on and reply.replies_to is not None and reply.replies_to in (act.hash, act.ref):
                    answers.append((reply.ref, called(register, reply.on_behalf_of or reply.actor, on), then.written, clear))
        certain = undisputed and day.last <= on
        author = register.parties.get(called(register, act.on_behalf_of or act.actor, on))
        organ = author is not None and author.kind in ("organ", "organisation")
        found[act.ref] = (act.agreement, certain, certain and organ and act.details.get("nature") == attack.nature, sorted(answers))
    return found


def _fits(attack: Attack, act: Act, register: Register, on: date) -> bool:
    def listed(name: str) -> set[str]:
        return {called(register, word.strip(), on) for word in act.details.get(name, "").split(",") if word.strip()}

    if attack.attacked not in listed("attacked"):
        return False
    if listed("by") and attack.by and listed("by").isdisjoint(attack.by):
        return False
    return "nature" not in act.details or act.details["nature"] in (attack.nature, "threat")
