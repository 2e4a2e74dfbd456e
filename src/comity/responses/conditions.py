"""Is a condition of an obligation met by an attack? One function for each condition, listed in ``CONDITIONS``; none where there is no such condition.

Source: how-obligations-to-respond-are-derived.md, section 3; ATOP 5.1 codebook, section 2.33.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from comity.agreements.obligations import OF_PARTY, OWN, Said
from comity.responses.attacks import Attack, Line, Tested
from comity.terms import Verdict

YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN
Condition = Callable[[Attack, Line, date], Iterator[Tested]]


def _days(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.1"""
    since, until, through = line.clause.from_, line.clause.until, line.clause.through
    if since is not None:
        verdict = NO if on < since.first else YES if on >= since.last else UNKNOWN
        yield Tested("days", verdict, f"owed from {since}", f"the day from which it is owed ({since})" if verdict is UNKNOWN else "")
    if until is not None:
        verdict = YES if on < until.first else NO if on >= until.last else UNKNOWN
        yield Tested("days", verdict, f"owed until {until}", f"the day until which it is owed ({until})" if verdict is UNKNOWN else "")
    if through is not None and on > through:
        yield Tested("days", UNKNOWN, f"its source says nothing after {through}", f"a source for the time after {through}")


def _adversary(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.2"""
    named, others = line.clause.against, line.clause.against_others
    if not named and not others:
        return
    who = " or ".join([*named, *(["others, whom the source does not name"] if others else [])])
    against = _against(attack, line)
    if set(against) & set(named):
        verdict = YES
    elif others or (not against and attack.nature != "non-state"):
        verdict = UNKNOWN
    else:
        verdict = NO
    decided = "" if verdict is not UNKNOWN else "who attacks" if not against else f"whether {' or '.join(against)} is meant"
    yield Tested("adversary", verdict, f"only against {who}", decided)


def _number(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.3"""
    least, most = line.clause.attackers_least, line.clause.attackers_most
    if least is None and most is None:
        return
    against = _against(attack, line)
    held = (least is None or len(against) >= least) and (most is None or len(against) <= most)
    verdict = UNKNOWN if not against else YES if held else NO
    words = [f"{least} or more" if least is not None else "", f"at most {most}" if most is not None else ""]
    yield Tested("number", verdict, f"only against {' and '.join(w for w in words if w)} at a time", "how many attack" if verdict is UNKNOWN else "")


def _place(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.4"""
    clause = line.clause
    if not clause.places and not clause.places_in_part and clause.place_says is None:
        return
    inside, part = (_placed(attack, line, words) for words in (clause.places, clause.places_in_part))
    unsettled = not attack.places or part or clause.place_says is not None
    verdict = YES if inside else UNKNOWN if unsettled else NO
    where = ", ".join([*(_WORDS.get(word, word) for word in clause.places), *(f"part of {word}" for word in clause.places_in_part)])
    words = "; ".join(word for word in (where, clause.place_says) if word)
    decided = "where the attack is" if not attack.places else f"whether {', '.join(attack.places)} is in it"
    yield Tested("place", verdict, f"only if the attack is in: {words}", decided if verdict is UNKNOWN else "")


_WORDS = {OWN: "the home territory of the one attacked", OF_PARTY: "the home territory of a party"}


def _placed(attack: Attack, line: Line, words: tuple[str, ...]) -> bool:
    """Is the place one of these?"""
    meant = {*words, *((attack.attacked,) if OWN in words else ()), *(line.parties if OF_PARTY in words else ())}
    return bool(meant & set(attack.places))


def _provocation(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.5"""
    if not line.clause.unprovoked:
        return
    provoked = attack.provoked if line.side == "attacked" or attack.provoked is None else not attack.provoked
    verdict = UNKNOWN if provoked is None else NO if provoked else YES
    yield Tested("provocation", verdict, f"only if {line.creditor} did not provoke it", "who provoked it" if verdict is UNKNOWN else "")


def _attacked(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.6"""
    if line.clause.attacked_only:
        yield Tested("attacked", YES if line.side == "attacked" else NO, f"only if {line.creditor} is the one attacked")


def _nature(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.7"""
    if line.side == "attacker" or attack.nature == "armed" or line.clause.type in ("non-aggression", "neutrality"):
        return
    said, words = (line.clause.non_state, "by others than states") if attack.nature == "non-state" else (line.clause.cyber, "on networks alone")
    if line.clause.type == "consultation" and said == "not-said":
        return
    verdict = YES if said == "not-said" and line.settled else _SAID[said]
    yield Tested("nature", verdict, f"an attack {words}", f"whether the text covers an attack {words}" if verdict is UNKNOWN else "")


_SAID: dict[Said, Verdict] = {"covered": YES, "not-covered": NO, "not-said": UNKNOWN}


def _request(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.8"""
    if line.clause.upon == "request":
        verdict = YES if line.asked else UNKNOWN
        yield Tested("request", verdict, "if a party asks for it", "" if line.asked else "whether a party asks for it")


def _case(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.9"""
    if line.clause.type == "offence" and line.side == "attacked":
        says = "owed in cases that its text names, other than an attack on the party that it is owed to"
        yield Tested("case", UNKNOWN, says, "whether this war is one of the cases that its text names")


def _besides(attack: Attack, line: Line, on: date) -> Iterator[Tested]:
    """3.10"""
    for words in line.clause.besides:
        yield Tested("besides", UNKNOWN, f"if {words}", f"whether {words}")


CONDITIONS: tuple[Condition, ...] = (_days, _adversary, _number, _place, _provocation, _attacked, _nature, _request, _case, _besides)


def _against(attack: Attack, line: Line) -> tuple[str, ...]:
    """Against whom the creditor stands: those who attack it, or the one whom it attacks."""
    return attack.by if line.side == "attacked" else (attack.attacked,)
