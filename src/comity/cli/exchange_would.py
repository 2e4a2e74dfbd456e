"""A dry run told: of what bears the same labels who would get it and on which basis, who not and why, and the least that would change it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich.markup import escape

from comity.cli.rendering import console, show, show_table
from comity.exchange import Alike, Node, Would, changes, label_in_words, why_not

_FEW = 2


def tell(node: Node, found: list[Alike], *, why: bool) -> None:
    """A table for each kind of label; ``why``: with the reasons of each refusal."""
    for one in found:
        kinds = Counter(object_id.partition("--")[0] for object_id in one.ids)
        some = ", ".join(kind if count == 1 else f"{count} {kind}" for kind, count in kinds.items())
        ids = "".join(f"  {object_id}\n" for object_id in one.ids[:_FEW]) + (f"  and {len(one.ids) - _FEW} more\n" if len(one.ids) > _FEW else "")
        console().print(f"[bold]{escape(some)}[/]: {escape('; '.join(map(label_in_words, one.labels)))}\n[dim]{escape(ids)}[/]", end="")
        if not one.partners:
            print("  nobody reads this collection")
        else:
            show_table(("partner", "gets it", "on which basis, or why not", "what would change it"), [_row(node, would) for would in one.partners])
        for answer in (answer for would in one.partners for answer in would.answers if why):
            show(answer, brief=True)


def plain(node: Node, found: list[Alike]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "objects": list(one.ids),
            "labels": [label_in_words(key) for key in one.labels],
            "partners": [
                {
                    "partner": would.partner, "gets": would.opens, "first_time": would.unusual, "basis": list(would.basis),
                    "ground": would.ground or None, "why": why_not(would) or None, "would_change": changes(node, would),
                }
                for would in one.partners
            ],
        }
        for one in found
    ]  # fmt: skip


def _row(node: Node, would: Would) -> tuple[str, str, str, str]:
    if not would.opens:
        return would.partner, "no", why_not(would), "; ".join(changes(node, would))
    return would.partner, "yes, new" if would.unusual else "yes", ", ".join(would.basis) or ("its own" if would.own else "unclassified"), ""
