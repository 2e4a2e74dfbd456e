"""Who may try an offence, and who pays? A second reading of the NATO SOFA, articles VII and VIII, paragraph by paragraph.

Each paragraph is a line of the text put to the facts; shares are counted in parts. It shares nothing with ``comity.permissions`` but types.
"""

from __future__ import annotations

from fractions import Fraction

from comity.permissions.lines import Offence


def may_try(offence: Offence) -> tuple[frozenset[str], str | None, str]:
    """Who has jurisdiction, who the primary right, and the paragraph."""
    force, civilian = offence.person == "force", offence.person == "civilian"
    # Paragraph 1(a): over all persons subject to its military law. Paragraph 4: not over the host's own people, unless of the force.
    reached = force or (offence.military_law and not offence.of_host)
    holders = set()
    if "sending" in offence.punishable_by and reached:
        holders.add("sending")
    # Paragraph 1(b): over members of a force or civilian component and their dependents, for what its law punishes.
    if "host" in offence.punishable_by:
        holders.add("host")
    # Paragraph 2: exclusive where only one of the two laws punishes. Paragraph 3: concurrent otherwise.
    if holders == {"sending", "host"}:
        if (force or civilian) and offence.against_own:
            return frozenset(holders), "sending", "VII(3)(a)(i)"
        if (force or civilian) and offence.on_duty:
            return frozenset(holders), "sending", "VII(3)(a)(ii)"
        return frozenset(holders), "host", "VII(3)(b)"
    if holders == {"sending"}:
        return frozenset(holders), "sending", "VII(2)(a)"
    if holders == {"host"} and "sending" not in offence.punishable_by:
        return frozenset(holders), "host", "VII(2)(b)"
    if holders == {"host"}:
        return frozenset(holders), "host", "VII(4)" if offence.of_host and not force else "VII(1)"
    return frozenset(), None, "VII(1)"


def parts(host: str, sending: tuple[str, ...], host_responsible: bool, attributable: bool, on_duty: bool = True) -> dict[str, Fraction] | None:
    """Who bears which part (VIII(5)(e), (6)): counted in parts, the host's half a part where it is not responsible; None: can't be meant."""
    if not sending or len(sending) > len(set(sending)) or host in sending or (not on_duty and len(sending) > 1):
        return None
    if not on_duty:
        return {sending[0]: Fraction(1)}
    if attributable and not host_responsible and len(sending) == 1:
        return {host: Fraction(25, 100), sending[0]: Fraction(75, 100)}
    counted = dict.fromkeys(sending, 2)
    counted[host] = 2 if host_responsible else 1
    return {state: Fraction(number, sum(counted.values())) for state, number in counted.items()}
