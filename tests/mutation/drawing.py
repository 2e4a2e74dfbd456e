"""In which the scenes are drawn: the parties, an agreement with few clauses, its acts a line each.

An act is a line: its kind, its actor, the day it was received, then what else there is to it (``as`` names it, ``to`` replies;
in a value ``+`` stands for a comma, ``_`` for a space).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.acts import CONSENT, Act, Entry, Source
from comity.agreements.clauses import Agreement, AnyClause, Duration, EntryIntoForce, Withdrawal
from comity.agreements.conditions import Consents
from comity.parties import Named, Party, Register, Span, Succession
from comity.terms import Delay, Step, parse_moment
from tests.properties.books import Book
from tests.properties.drafting import DEPOSITARY, FIRST_DAY, NEW, OLD, ORGAN, ORGANISATION, STATES, TERRITORY

SAID: dict[str, Any] = {"article": "1", "says": "in a scene"}
YEAR: Delay = (Step(years=1),)
TWO_YEARS: Delay = (Step(years=2),)
MONTH: Delay = (Step(days=30),)
TWO = Consents(kind="consents", number=2, acts=CONSENT)
ENTRY = EntryIntoForce(kind="entry-into-force", when=TWO, **SAID)
LEAVING = Withdrawal(kind="withdrawal", notice=(Step(months=6),), **SAID)
BOTH = "ratify AAA 2000-02-01; ratify BBB 2000-03-01; "
THREE = BOTH + "ratify CCC 2000-04-01; "


def _register(*successions: Succession) -> Register:
    born = {s.successor: s.on for s in successions if s.successor == NEW}
    gone = {s.predecessor: s.on for s in successions if s.how in ("continues", "dissolves")}
    parties = [Party(c, "state", (Named(c),), exists=(Span(born.get(c), gone.get(c)),)) for c in (*STATES, OLD, NEW)]
    parties += [Party(ORGANISATION, "organisation", (Named(ORGANISATION),), exists=(Span(),))]
    parties += [Party(c, "organ", (Named(c),), exists=(Span(),)) for c in (ORGAN, DEPOSITARY)]
    return Register({p.code: p for p in parties}, successions)


def agreement(name: str, *clauses: AnyClause, **more: Any) -> Agreement:
    return Agreement(id=name, title=name, short=name, depositary=(DEPOSITARY,), clauses=clauses, **{"concluded": FIRST_DAY, **more})


def _acts(lines: str) -> list[Entry]:
    named: dict[str, Act] = {}
    found: list[Entry] = []
    moments: dict[str, Any]
    for number, line in enumerate(filter(None, (part.strip() for part in lines.split(";")))):
        kind, actor, day, *rest = line.split()
        more = dict(item.split("=", 1) for item in rest)
        about = more.pop("of", "alpha")
        moments = {name: parse_moment(more.pop(name)) for name in ("made", "notified", "effect") if more.get(name, "")[:1].isdigit()}
        name, to, ref = more.pop("as", ""), more.pop("to", ""), more.pop("ref", f"{about}-{actor}-{kind}-{number:02}")
        whom = tuple(more.pop("whom").split("+")) if "whom" in more else ()
        recorded = date.fromisoformat(more.pop("recorded", str(FIRST_DAY)))
        territory = (TERRITORY,) if kind.endswith("-territory") else ()
        if "from" in more:
            more["of"] = more.pop("from")
        details = {key.replace("-", "_"): value.replace("+", ",").replace("_", " ") for key, value in more.items()}
        act = Act(
            kind, actor, ref, about, counterparty=whom, territory=territory, details=details,
            replies_to=named[to].hash if to in named else None, received=parse_moment(day), source=Source("a scene", "register"), **moments,
        )  # fmt: skip
        if name:
            named[name] = act
        found.append(Entry(act, recorded))
    return found


def draw(lines: str, *agreements: Agreement, parties: tuple[Succession, ...] = ()) -> Book:
    return list(agreements), _acts(lines), _register(*parties)


def alpha(*clauses: AnyClause, **more: Any) -> Agreement:
    return agreement("alpha", ENTRY, *clauses, **more)


def term_clause(**more: Any) -> Duration:
    return Duration(kind="duration", **more, **SAID)


def follows(how: Any, day: str, **more: Any) -> Succession:
    return Succession(NEW, OLD, how, date.fromisoformat(day), **more)
