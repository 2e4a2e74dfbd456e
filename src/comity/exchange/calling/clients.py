"""Which clients a node lets in, by acts of its keeper: admitted, dismissed, admitted again.

Acts count in the order in which they were logged, and only the keeper's. What was said last of a name counts. Where anything is in doubt, nobody is
let in: an admission that is disputed, of which records differ, or that cannot be read, ends an earlier one of that name and admits nobody; so do two
clients that show the same. A dismissal counts whatever is said against it, and whoever takes it back: to let a client in again, admit it again.

Source: docs/explanation/how-exchange-works.md, section 9.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from comity.acts import Act
from comity.exchange.asking import Caller
from comity.exchange.calling.credentials import read_fingerprint
from comity.standing import Standing
from comity.terms import BadInput, parse_day

ADMIT, DISMISS = "admit-client", "dismiss-client"
Shows = Literal["certificate", "token", "password"]
SHOWS: tuple[Shows, ...] = get_args(Shows)
MAY = ("read", "write")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")


@dataclass(frozen=True, slots=True)
class Client:
    """A program that is let in. ``fingerprint``: SHA-256 of what it shows, blank for a password. ``until``: the first day on which it no longer is.

    ``ref``: the act that admits it. ``keeper``: it acts for the keeper of the node itself.
    """

    name: str
    party: str
    shows: Shows
    fingerprint: str
    reads: bool
    writes: bool
    until: date | None
    ref: str
    keeper: bool = False

    def is_admitted_on(self, day: date) -> bool:
        return self.until is None or day < self.until

    def as_caller(self) -> Caller:
        return Caller(self.name, self.party, self.reads, self.writes, self.keeper)


@dataclass(frozen=True, slots=True)
class Admitted:
    """The clients that are let in, by name, and the acts that let nobody in although they seem to: which, and why."""

    clients: tuple[Client, ...] = ()
    passed_over: tuple[tuple[str, str], ...] = ()


def admitted(standing: Standing, keeper: str, numbers: Callable[[Iterable[str]], Mapping[str, int]] | None = None) -> Admitted:
    """Who is let in by a keeper's node, as the record has it.

    ``numbers``: the numbers of acts in the log, by their hashes (``Ledger.numbers_of``); without, they count in the order of the record.
    """
    acts = [e.act for e in standing.record.entries_of_kinds((ADMIT, DISMISS)) if e.act.actor == keeper]
    if numbers is not None:
        logged = numbers([act.hash for act in acts])
        acts.sort(key=lambda act: logged.get(act.hash, len(logged) + max(logged.values(), default=0)))
    undisputed = {act.hash for act, is_undisputed in standing.acts_of((ADMIT,)) if is_undisputed}
    return _told_apart(*_folded(acts, undisputed, keeper))


def _folded(acts: Iterable[Act], undisputed: set[str], keeper: str) -> tuple[dict[str, Client], list[tuple[str, str]]]:
    """The clients after all of these acts, one after the other."""
    clients, names, passed_over = dict[str, Client](), dict[str, str](), list[tuple[str, str]]()
    for act in acts:
        named = {act.details.get("client", "")}
        if act.kind == ADMIT:
            names[act.hash] = act.details.get("client", "")
        else:
            named.add(names.get(act.replies_to or "", ""))
        for name in named:
            clients.pop(name, None)
        try:
            if named == {""}:
                raise BadInput("it names no client")
            if act.kind == ADMIT:
                if act.hash not in undisputed:
                    raise BadInput("it is disputed, was taken back, or its records differ")
                client = read_client(act, keeper)
                clients[client.name] = client
        except BadInput as problem:
            passed_over.append((act.ref, str(problem)))
    return clients, passed_over


def _told_apart(clients: Mapping[str, Client], passed_over: list[tuple[str, str]]) -> Admitted:
    """Without those that show the same as another."""
    shown = Counter((c.shows, c.fingerprint) for c in clients.values() if c.fingerprint)
    alike = [c for c in clients.values() if shown[c.shows, c.fingerprint] > 1]
    passed_over += [(c.ref, f"another client shows the same {c.shows}; dismiss one of them") for c in alike]
    return Admitted(tuple(sorted((c for c in clients.values() if c not in alike), key=lambda c: c.name)), tuple(passed_over))


def read_client(act: Act, keeper: str) -> Client:
    """The client that an act admits; BadInput says why it admits none."""
    details, may = act.details, act.listed("may")
    shows = next((one for one in SHOWS if one == details.get("shows")), None)
    if len(act.counterparty) != 1:
        raise BadInput("counterparty: name the one party for which the client acts")
    if shows is None:
        raise BadInput(f"shows {details.get('shows', '')!r}; choose one of {', '.join(SHOWS)}")
    if stray := [one for one in may if one not in MAY]:
        raise BadInput(f"may {stray[0]!r}; choose from {', '.join(MAY)}")
    (party,), given = act.counterparty, details.get("fingerprint", "")
    if shows == "password" and given:
        raise BadInput("a password has no fingerprint in the act; leave it out")
    return Client(
        name=read_name(details.get("client", "")),
        party=party,
        shows=shows,
        fingerprint="" if shows == "password" else read_fingerprint(given),
        reads="read" in may,
        writes="write" in may,
        until=parse_day(details["until"]) if "until" in details else None,
        ref=act.ref,
        keeper=party == keeper,
    )


def read_name(name: str) -> str:
    """The name of a client, if it can be one; BadInput if not."""
    if not _NAME.fullmatch(name):
        raise BadInput(f"client {name!r}; a name is made of 1 to 64 letters, digits and . _ @ - and begins with a letter or a digit")
    return name
