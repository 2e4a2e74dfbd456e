"""Burdens of missions against a declared key.

Source: docs/explanation/how-indicators-are-read.md, section 14.
"""

from __future__ import annotations

from collections import Counter

from comity.indicators.evidence import Evidence, Found
from comity.indicators.readings import Asked, Part


def burden_share(evidence: Evidence, asked: Asked) -> Found:
    """What the party bears of what all with a part in the key bear, over its part in the key: 1 is its key."""
    key = Counter[str]()
    for code, part in asked.key:
        key[evidence.person(code)] += part
    party, keyed = evidence.person(asked.party), sum(key.values())
    if not key[party]:
        return Found(None, 0, why="no key is declared in which it has a part; give one, as party = part")
    rows = [row for row in evidence.borne(asked.since, asked.until) if asked.kind in (None, row.mission) and evidence.person(row.party) in key]
    borne = Counter[str]()
    for row in rows:
        borne[evidence.person(row.party)] += row.person_days
    together = sum(borne.values())
    acts = tuple(dict.fromkeys(ref for row in rows for ref in row.acts))
    missions = len({row.mission for row in rows if row.person_days})
    if not together:
        return Found(None, 0, why="nobody with a part in the key bears anything of a mission on record in these days", rests_on=acts)
    parts = tuple(Part(code, borne[code], together) for code in sorted(key))
    notes = ("counted from the deployments on record; one that is not on record counts for nobody",)
    return Found(borne[party] * keyed / (together * key[party]), missions, 0, "", acts, notes=notes, parts=parts)
