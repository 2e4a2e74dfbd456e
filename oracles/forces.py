"""Who may try an offence, and who pays? A second reading of the NATO SOFA, articles VII and VIII, paragraph by paragraph.

Each paragraph is a line of the text put to the facts; shares are counted in parts. It shares nothing with ``comity.permissions`` but types.
"""

from __future__ import annotations

from fractions import Fraction

from comity.permissions.forces import Offence


def may_try(offence: Offence) -> tuple[frozenset[str], str | None]:
    """Who has jurisdiction, and who the primary right."""
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
        first = (force or civilian) and (offence.against_own or offence.on_duty)
        return frozenset(holders), "sending" if first else "host"
    return frozenset(holders), next(iter(holders), None)


def parts(host: str, sending: tuple[str, ...], host_responsible: bool, attributable: bool) -> dict[str, Fraction]:
    """Who bears which part of a claim out of official duty (VIII(5)(e)): counted in parts, the host's half a part where it is not responsible."""
    if attributable and not host_responsible and len(sending) == 1:
        return {host: Fraction(25, 100), sending[0]: Fraction(75, 100)}
    counted = dict.fromkeys(sending, 2)
    counted[host] = 2 if host_responsible else 1
    return {state: Fraction(number, sum(counted.values())) for state, number in counted.items()}
