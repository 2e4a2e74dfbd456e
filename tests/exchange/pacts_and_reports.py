"""What nodes under test agree on and say: a book of pacts on secrets, labelled reports, acts on the pacts; and the law on who may have a report."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from comity.acts import Act, Source, to_base64url
from comity.exchange.markings import ReleaseMarking, marking_object, tlp_marking
from comity.labels import from_flat
from comity.terms import Label, Moment
from tests.exchange.federation_simulator import HOSTILE, first_key

Pacts = Mapping[str, Sequence[str]]
"""Of each pact, by its id, whose policies it covers: these parties ratified it long ago."""
Object = Mapping[str, Any]
_PACT = """id = "{pact}"
title = "Agreement on secrets"
short = "Pact"
concluded = 2020-01-01

[[clause]]
kind = "consent"
article = "1"
says = "By ratification."
acts = ["ratify"]

[[clause]]
kind = "entry-into-force"
article = "2"
says = "When two have ratified."
when = {{ kind = "consents", number = 2, acts = ["ratify"] }}

[[clause]]
kind = "withdrawal"
article = "3"
says = "At once."

[[clause]]
kind = "release"
article = "4"
says = "What one marks passes among all."
policies = [{policies}]
mapped = "same"
third_parties = "among-parties"
cleared_from = {{ {cleared} }}
"""


def book(honest: Sequence[str], pacts: Pacts) -> dict[str, bytes]:
    """The book that all begin with: the parties, their ladders, the pacts in force between them, and the first key of each."""
    everybody = (*honest, HOSTILE)
    parties = "".join(f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{code.title()}land" }}]\n\n' for code in everybody)
    levels = "".join(f'[[level]]\nname = "{name}"\nrank = {rank}\n\n' for rank, name in enumerate(("OPEN", "CLOSE", "TOP")))
    ladders = {f"ladders/{code}.toml": f'policy = "{code}"\nowner = "{code}"\nsource = "Invented"\n\n{levels}'.encode() for code in honest}
    rows = "ref,kind,actor,agreement,made,source,details,signature\n"
    rows += "".join(f"{pact}-{code}-ratify,ratify,{code},{pact},2021-01-01,Invented,,\n" for pact, codes in pacts.items() for code in codes)
    for code in everybody:
        key = to_base64url(first_key(code)[0].public_key().public_bytes_raw())
        rows += f"{code}-key,introduce-key,{code},,2025-01-01,Invented,key={key},\n"
    agreements = {f"agreements/{pact}.toml": _written(pact, codes) for pact, codes in pacts.items()}
    return {"parties.toml": parties.encode(), "acts/acts.csv": rows.encode(), **ladders, **agreements}


def _written(pact: str, codes: Sequence[str]) -> bytes:
    policies = ", ".join(f'"{code}"' for code in codes)
    return _PACT.format(pact=pact, policies=policies, cleared=", ".join(f'{code} = "TOP"' for code in codes)).encode()


def some_report(rng: random.Random, party: str, everybody: Sequence[str], at: datetime) -> tuple[dict[str, Any], ...]:
    """A report for anybody, or for two parties, open or secret: its marking, where it has one of its own, and the report."""
    to = None if rng.random() < 0.3 else sorted(rng.sample(everybody, 2))
    policy = "PUBLIC" if to is None or rng.random() < 0.3 else party
    flat = Label(policy, "UNCLASSIFIED" if policy == "PUBLIC" else "CLOSE", releasable_to=tuple(to or ()), originator=party)
    marking = None if to is None else marking_object(ReleaseMarking(label=from_flat(flat, at)))
    report = {
        "type": "tool", "spec_version": "2.1", "id": f"tool--{uuid.UUID(int=rng.getrandbits(128), version=4)}",
        "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "originator": party, "to": to, "policy": policy,
        "name": "x",
        "object_marking_refs": [str(tlp_marking("CLEAR")) if marking is None else marking["id"]],
    }  # fmt: skip
    return (report,) if marking is None else (marking, report)


def some_act(rng: random.Random, party: str, pacts: Sequence[str], day: date) -> Act:
    """A party ratifies or denounces one of these pacts."""
    kind, pact = rng.choice(("ratify", "ratify", "denounce")), rng.choice(pacts)
    made = Moment(day.isoformat(), day, day)
    return Act(kind, party, f"{party}-{rng.getrandbits(64):x}", pact, made=made, source=Source("simulated", "text"))


def against(report: Object, giver: str, taker: str, pacts: Pacts, bound: Callable[[str, str], bool]) -> str:
    """The law, read slowly: why a giver may not let a taker have a report; blank if it may. ``bound``: is a party bound by a pact?"""
    if report["to"] is not None and taker not in (*report["to"], report["originator"]):
        return f"{taker} is none of its addressees"
    if report["policy"] == "PUBLIC" or taker == report["originator"]:
        return ""
    covering = [pact for pact, codes in pacts.items() if report["policy"] in codes]  # whoever owns the policy need not be bound any more
    if any(bound(giver, pact) and bound(taker, pact) for pact in covering):
        return ""
    return f"no pact on what {report['policy']} marks binds both {giver} and {taker}"
