"""The figures of the model card, out of docs/verified.json: ``python -m tests.early_warning.model_card`` writes them between their markers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "warnings-model-card.md"
PICTURE = PAGE.with_name("warnings-calibration.svg")
PICTURE_OF_MONTHS = PAGE.with_name("warnings-calibration-by-month.svg")
MARKS = {step: (f"<!-- figures by {step}: begin -->", f"<!-- figures by {step}: end -->") for step in ("year", "month")}


def verified() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "docs" / "verified.json").read_text(encoding="utf-8"))["early-warning"]
    return found


def figures(of: dict[str, Any]) -> str:
    """The tables of a record, as the page has them; by month with a digit more."""
    step, d = of["by"], 5 if of["by"] == "year" else 6
    lines = [
        f"Every {step} from {of['since']} to {of['until']} was forecast from what was known before it: "
        f"{of['forecasts']:,} forecasts, {of['began']} disputes began.",
        "",
        "| | Brier | log | average precision | slope | intercept |",
        "|---|---|---|---|---|---|",
    ]
    for one in of["scores"]:
        fitted = one["calibration"]
        told = ("", "") if fitted is None else (f"{fitted['slope']:.2f}", f"{fitted['intercept']:z.2f}")
        lines.append(f"| {one['name']} | {one['brier']:.{d}f} | {one['log']:.{d}f} | {one['average_precision']:.3f} | {told[0]} | {told[1]} |")
    lines += [
        "",
        "How much lower our loss is, with the 95 per cent interval when whole years, or whole pairs, are drawn again:",
        "",
        "| than that of | score | mean | by year | by pair |",
        "|---|---|---|---|---|",
    ]
    for one in of["leads"]:
        year, pair = (f"{one[by]['low']:.{d}f} to {one[by]['high']:.{d}f}" for by in ("by_year", "by_pair"))
        lines.append(f"| {one['peer']} | {one['score']} | {one['by_year']['mean']:.{d}f} | {year} | {pair} |")
    lines += ["", "Calibration, by tenths of the forecasts:", "", "| mean forecast | members | came true | |", "|---|---|---|---|"]
    for one in of["tenths"]:
        members, share = f"{one['low']:.{d - 1}f} to {one['high']:.{d - 1}f}", one["came"] / one["forecasts"]
        lines.append(f"| {one['mean']:.{d - 1}f} | {members} | {share:.{d - 1}f} | {one['came']} of {one['forecasts']:,} |")
    inside = sum(one["low"] <= one["came"] / one["forecasts"] <= one["high"] for one in of["tenths"])
    lines += [
        "",
        f"In {inside} of {len(of['tenths'])} tenths the share that came true lies between the means of the lowest and the highest members.",
        "",
    ]
    lines += [f"- {'**met**' if aim['met'] else '**MISSED**'}: {aim['says']};" for aim in of["aims"]]
    out = of["outside"]
    lines += ["", f"Not forecast, since not politically relevant: {out['pairs']:,} pairs and {step}s, in {out['began']} of which a dispute began."]
    if of["undated"]:
        lines += ["", f"Forecast and not scored, since a dispute may have begun in their month or in another: {of['undated']}."]
    return "\n".join(lines)


def beside_years(of: dict[str, Any]) -> str:
    """What forecasts by month are worth beside those by year."""
    told, ours = of["beside_years"], of["scores"][0]
    lines = [
        f"Beside {told['than']}, on the same {told['forecasts']:,} rows:",
        "",
        "| score | by month | year spread | how much lower | by year | by pair |",
        "|---|---|---|---|---|---|",
    ]
    for score, lead in told["leads"].items():
        year, pair = (f"{lead[by]['low']:.7f} to {lead[by]['high']:.7f}" for by in ("by_year", "by_pair"))
        name = score.lower()
        lines.append(f"| {score} | {ours[name]:.6f} | {told[name]:.6f} | {lead['by_year']['mean']:.7f} | {year} | {pair} |")
    return "\n".join(lines)


def page() -> str:
    """The page as it should be."""
    found, months = PAGE.read_text(encoding="utf-8"), verified()["months"]
    for step, told in (("year", figures(verified())), ("month", f"{figures(months)}\n\n{beside_years(months)}")):
        first, last = MARKS[step]
        before, _, rest = found.partition(first)
        found = f"{before}{first}\n{told}\n{last}{rest.partition(last)[2]}"
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
