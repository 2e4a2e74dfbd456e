"""The figures of the model card, out of docs/verified.json: ``python -m tests.early_warning.model_card`` writes them between their markers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "warnings-model-card.md"
PICTURE = PAGE.with_name("warnings-calibration.svg")
FIRST, LAST = "<!-- figures: begin -->", "<!-- figures: end -->"


def verified() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "verified.json").read_text(encoding="utf-8"))["early-warning"]
    return found


def figures(of: dict[str, Any]) -> str:
    """The tables of a record, as the page has them."""
    lines = [
        f"Every year from {of['since']} to {of['until']} was forecast from the years before it: "
        f"{of['forecasts']:,} forecasts, {of['began']} disputes began.",
        "",
        "| | Brier | log | average precision | slope | intercept |",
        "|---|---|---|---|---|---|",
    ]
    for one in of["scores"]:
        fitted = one["calibration"]
        told = ("", "") if fitted is None else (f"{fitted['slope']:.2f}", f"{fitted['intercept']:z.2f}")
        lines.append(f"| {one['name']} | {one['brier']:.5f} | {one['log']:.5f} | {one['average_precision']:.3f} | {told[0]} | {told[1]} |")
    lines += [
        "",
        "How much lower our loss is, with the 95 per cent interval when whole years, or whole pairs, are drawn again:",
        "",
        "| than that of | score | mean | by year | by pair |",
        "|---|---|---|---|---|",
    ]
    for one in of["leads"]:
        year, pair = (f"{one[by]['low']:.5f} to {one[by]['high']:.5f}" for by in ("by_year", "by_pair"))
        lines.append(f"| {one['peer']} | {one['score']} | {one['by_year']['mean']:.5f} | {year} | {pair} |")
    lines += ["", "Calibration, by tenths of the forecasts:", "", "| mean forecast | members | came true | |", "|---|---|---|---|"]
    for one in of["tenths"]:
        members, share = f"{one['low']:.4f} to {one['high']:.4f}", one["came"] / one["forecasts"]
        lines.append(f"| {one['mean']:.4f} | {members} | {share:.4f} | {one['came']} of {one['forecasts']:,} |")
    inside = sum(one["low"] <= one["came"] / one["forecasts"] <= one["high"] for one in of["tenths"])
    lines += [
        "",
        f"In {inside} of {len(of['tenths'])} tenths the share that came true lies between the means of the lowest and the highest members.",
        "",
    ]
    lines += [f"- {'**met**' if aim['met'] else '**MISSED**'}: {aim['says']};" for aim in of["aims"]]
    out = of["outside"]
    lines += ["", f"Not forecast, since not politically relevant: {out['pairs']:,} pairs and years, in {out['began']} of which a dispute began."]
    return "\n".join(lines)


def page() -> str:
    """The page as it should be."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(FIRST)
    return f"{before}{FIRST}\n{figures(verified())}\n{LAST}{rest.partition(LAST)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
