"""Agreements that depend on one another in a ring: their standing can't be worked out one after the other."""

from __future__ import annotations

from comity.standing.record import Record, needs


def find_cycle(record: Record) -> list[str] | None:
    """A chain of agreements each depending on the next that comes back to its start, or None."""
    edges = {a: sorted(needs(record.agreement(a), (later for later, _ in record.superseding(a)))) for a in record.ids}
    done: set[str] = set()
    for start in record.ids:
        trail: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            node, depth = stack.pop()
            del trail[depth:]
            if node in trail:
                return [*trail[trail.index(node) :], node]
            if node in done or node not in edges:
                continue
            trail.append(node)
            following = [(other, depth + 1) for other in edges[node] if other not in done]
            if not following:
                done.add(node)
            stack.extend(following)
        done.update(trail)
    return None
