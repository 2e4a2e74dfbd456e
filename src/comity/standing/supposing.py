"""Supposed acts for a what-if, each written on one line:

KIND ACTOR AGREEMENT DAY [effect=DAY] [counterparty=PARTY,...] [DETAIL=VALUE ...]
denounce BEL ottawa 2027-01-01 effect=2028-01-01
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from comity.acts import Act, Entry, Source, check_detail, kinds
from comity.standing.standing import Standing
from comity.terms import BadInput, ComityError, parse_moment


def suppose(lines: Iterable[str], standing: Standing) -> list[Entry]:
    """The acts that the lines describe, as known on the standing's day of knowledge; what is wrong with a line names it."""
    taken = {e.act.ref for agreement in standing.record.ids for e in standing.record.entries_of(agreement)}
    refs = (ref for number in range(1, len(taken) + 1000) if (ref := f"supposed-{number}") not in taken)
    result = []
    for line, ref in zip(lines, refs, strict=False):
        try:
            result.append(Entry(_act(line, ref, standing), standing.known))
        except ComityError as problem:
            raise type(problem)(f"act {line!r}: {problem}") from None
    return result


def _act(line: str, ref: str, standing: Standing) -> Act:
    words = line.split()
    if len(words) < 4:
        raise BadInput("too few words; write: KIND ACTOR AGREEMENT DAY, for instance 'ratify USA ctbt 2027-01-01'")
    name, actor, agreement, day, *more = words
    kind = kinds().get(name)
    if kind is None:
        close = difflib.get_close_matches(name, kinds(), n=3, cutoff=0.6)
        near = f"did you mean {', '.join(close)}?" if close else "list them with: comity kinds"
        raise BadInput(f"{name!r} is not a kind of act; {near}")
    standing.record.party(actor)
    standing.record.agreement(agreement, standing.known)
    given = _pairs(more)
    whom = tuple(standing.record.party(code) for code in given.pop("counterparty", "").split(",") if code)
    lacking = [need for need in kind.needs if need != "agreement" and not (need == "counterparty" and whom)]
    if lacking:
        what = "a counterparty; add counterparty=PARTY" if lacking == ["counterparty"] else f"{', '.join(lacking)}, which can't be supposed"
        raise BadInput(f"an act of kind {name!r} needs {what}")
    effect = parse_moment(given.pop("effect")) if "effect" in given else None
    for detail, value in given.items():
        check_detail(kind, detail, value)
    return Act(
        kind=name,
        actor=actor,
        ref=ref,
        agreement=agreement,
        made=parse_moment(day),
        details=given,
        counterparty=whom,
        effect=effect,
        source=Source("supposed"),
    )


def _pairs(words: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise BadInput(f"{word!r} is not key=value; after the day, write for instance effect=2028-01-01")
        if name in found:
            raise BadInput(f"{name!r} stands twice; keep one")
        found[name] = value
    return found
