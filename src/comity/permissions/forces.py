"""What follows for forces on another's territory: who may try an offence, who pays for damage; as decision tables.

Source: Agreement between the Parties to the North Atlantic Treaty regarding the Status of their Forces, 19 June 1951, articles VII
and VIII, read in statengeneraal/laws-markdown BWBV0004785; the PfP SOFA of 19 June 1995, article I, applies them between its parties.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from comity.permissions.lines import Offence, Side
from comity.terms import BadInput

SOFAS = ("nato-sofa", "pfp-sofa")
"""The agreements under which these tables hold, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Who may try it; of two who may, who goes first; by which paragraph of article VII."""

    holders: tuple[Side, ...]
    primary: Side | None
    article: str
    says: str


def jurisdiction(offence: Offence) -> Jurisdiction:
    """Who has jurisdiction over the offence, and who the primary right (article VII)?"""
    sending = "sending" in offence.punishable_by and _subject(offence)
    host = "host" in offence.punishable_by
    if sending and host:
        # 3. both may: who goes first
        if offence.person != "dependent" and offence.against_own:
            return Jurisdiction(("sending", "host"), "sending", "VII(3)(a)(i)", "solely against the sending state, its people or their dependents")
        if offence.person != "dependent" and offence.on_duty:
            return Jurisdiction(("sending", "host"), "sending", "VII(3)(a)(ii)", "done in performance of official duty")
        return Jurisdiction(("sending", "host"), "host", "VII(3)(b)", "any other offence that both may try")
    if sending:
        # 2(a). punishable by the sending state's law alone
        return Jurisdiction(("sending",), "sending", "VII(2)(a)", "punishable by the law of the sending state, not by the host's")
    if host and "sending" not in offence.punishable_by:
        # 2(b). punishable by the host's law alone
        return Jurisdiction(("host",), "host", "VII(2)(b)", "punishable by the host's law, not by that of the sending state")
    if host:
        # 1 and 4. the sending state's law knows the offence, but its courts do not reach the person
        article = "VII(4)" if offence.of_host and offence.person != "force" else "VII(1)"
        return Jurisdiction(("host",), "host", article, "the sending state has no jurisdiction over this person")
    return Jurisdiction((), None, "VII(1)", "neither state has jurisdiction")


def _subject(offence: Offence) -> bool:
    """1(a) and 4: does the sending state's jurisdiction reach the person?"""
    if offence.person == "force":
        return True
    return offence.military_law and not offence.of_host


@dataclass(frozen=True, slots=True)
class Shares:
    """Who bears which part of what is paid to the third party; by which paragraph of article VIII."""

    shares: dict[str, Fraction]
    article: str
    says: str


def claim_shares(host: str, sending: Sequence[str], *, host_responsible: bool = False, attributable: bool = True, on_duty: bool = True) -> Shares:
    """Who bears which part of a third party's claim that the host has paid (article VIII(5)(e), (6))?

    ``sending``: the sending states responsible; of damage that can't be attributed, those whose services may have caused it.
    BadInput if there is none, one stands twice, or the host is among them.
    """
    if not sending or len(set(sending)) < len(sending) or host in sending:
        raise BadInput(f"sending states {', '.join(sending) or '(none)'} of a claim in {host}: name each other state once, and at least one")
    if not on_duty:
        if len(sending) > 1:
            raise BadInput("a claim for what was not done on duty is against the people of one sending state: name that one")
        return Shares({sending[0]: Fraction(1)}, "VIII(6)", "not on duty: what the sending state offers ex gratia is its own to pay")
    if len(sending) == 1 and not host_responsible and attributable:
        return Shares({host: Fraction(1, 4), sending[0]: Fraction(3, 4)}, "VIII(5)(e)(i)", "one sending state alone responsible")
    article = "VIII(5)(e)(ii)" if attributable else "VIII(5)(e)(iii)"
    if host_responsible:
        equal = Fraction(1, len(sending) + 1)
        return Shares(dict.fromkeys((host, *sending), equal), article, "shared equally among those responsible, the host among them")
    part = Fraction(2, 2 * len(sending) + 1)
    return Shares({host: part / 2, **dict.fromkeys(sending, part)}, article, "shared equally; the host, not responsible, half of each one's part")
