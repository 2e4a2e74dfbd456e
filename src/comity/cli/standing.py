"""Commands that look over many agreements or into other worlds: upcoming, what-if, diff, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from comity.cli.asking import Asked, question, read_day
from comity.cli.rendering import print_json, show, show_table
from comity.questions import FINDINGS, UPCOMING
from comity.standing import Coming, Standing, answer_to_plain, difference_to_plain, differences, suppose
from comity.terms import Answer, BadInput, Finding


@question()
def upcoming(
    asked: Asked,
    party: Annotated[str | None, typer.Argument(metavar="[PARTY]", help="Only this party.")] = None,
    within: Annotated[str, typer.Option("--within", metavar="DAYS", help="How far ahead, for instance 365d.")] = "365d",
) -> None:
    """Days ahead on which standing changes, or until which it can be changed."""
    asked.tell(UPCOMING, _show_coming, party=party, within=within)


def _show_coming(coming: Sequence[Coming], standing: Standing) -> None:
    show_table(("on", "agreement", "who", "what", "act"), [(c.on, c.agreement, c.party, c.what, c.act) for c in coming])


@question()
def what_if(
    asked: Asked,
    acts: Annotated[list[str], typer.Option("--act", metavar="ACT", help="'KIND ACTOR AGREEMENT DAY'; may be repeated.")],
    asking: Annotated[list[str], typer.Argument(metavar="-- QUESTION...", help="in-force, bound or between, with its arguments and --on.")],
) -> None:
    """A question, had these acts been done too."""
    words, named = _split(asking)
    asked = replace(
        asked,
        on=named.get("on", asked.on),
        known=named.get("known", asked.known),
        viewer=named.get("as", asked.viewer),
        strict=asked.strict or "strict" in named,
    )
    standing = asked.standing()
    supposed = standing.what_if(suppose(acts, standing))
    before, after = _put(standing, words, named), _put(supposed, words, named)
    if asked.as_json or "json" in named:
        print_json({**answer_to_plain(after), "before": answer_to_plain(before)})
        return
    show(before)
    show(after)


def _split(asking: list[str]) -> tuple[list[str], dict[str, str]]:
    words: list[str] = []
    named: dict[str, str] = {}
    rest = iter(asking)
    for word in rest:
        if word in ("--json", "--strict"):
            named[word[2:]] = "yes"
        elif word.startswith("--"):
            name, sign, value = word[2:].partition("=")
            if name not in ("on", "known", "as", "agreement", "for"):
                raise BadInput(f"{word!r} is no option of a question; it may have --on, --known, --as, --agreement, --for, --strict, --json")
            named[name] = value if sign else next(rest, "")
            if not named[name]:
                raise BadInput(f"{word!r} needs a value")
        else:
            words.append(word)
    return words, named


def _put(standing: Standing, words: list[str], named: dict[str, str]) -> Answer:
    match words:
        case ["in-force", agreement]:
            return standing.in_force(agreement)
        case ["bound", party, agreement]:
            return standing.bound(party, agreement, territory=named.get("for"))
        case ["between", a, b] if "agreement" in named:
            return standing.between(a, b, named["agreement"])
    raise BadInput(f"what-if asks one of: in-force ID, bound PARTY ID, between A B --agreement ID; not {' '.join(words)!r}")


@question(without=("on", "known"))
def diff(
    asked: Asked,
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="The earlier day.")],
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="The later day.")],
    known: Annotated[tuple[str, str] | None, typer.Option("--known", metavar="K1 K2", help="As known on K1 and on K2.")] = None,
) -> None:
    """What changed in law between two days, and what only in our knowledge."""
    first, last = read_day("--from", start), read_day("--to", end)
    knew, know = (read_day("--known", k) for k in known or (None, None))
    found = differences(asked.standing(first, knew), asked.standing(last, know))
    if asked.as_json:
        print_json({"differences": [difference_to_plain(d) for d in found]})
        return
    rows = [
        (d.agreement, d.party or "the agreement", d.before, d.now, " and ".join(w for w, yes in (("law", d.law), ("knowledge", d.knowledge)) if yes))
        for d in found
    ]
    show_table(("agreement", "who", "before", "now", "changed in"), rows)


@question()
def findings(
    asked: Asked,
    agreement: Annotated[str | None, typer.Option("--agreement", metavar="ID", help="Only under this agreement.")] = None,
) -> None:
    """What the law finds odd in the acts on record: recorded all the same."""
    asked.tell(FINDINGS, _show_findings, agreement=agreement)


def _show_findings(found: Sequence[Finding], standing: Standing) -> None:
    show_table(("agreement", "act", "finding", "citation"), [(f.agreement, f.where, f.says, f.citation) for f in found])


def add_to(app: typer.Typer) -> None:
    app.command("upcoming")(upcoming)
    app.command("what-if", context_settings={"ignore_unknown_options": True})(what_if)  # the question's own options are read with it
    app.command("diff")(diff)
    app.command("findings")(findings)
