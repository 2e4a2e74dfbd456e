"""Commands that look over many agreements or into other worlds: upcoming, what-if, diff, findings."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Annotated

import typer

from comity.acts import Act, Entry, Source, check_detail, kinds
from comity.cli.asking import Json, Known, On, Strict, Viewer, ask, today
from comity.cli.rendering import print_json, show, show_table
from comity.standing import Standing, answer_to_plain, coming_to_plain, difference_to_plain, differences, finding_to_plain
from comity.terms import Answer, BadInput, parse_day, parse_moment


def upcoming(
    context: typer.Context,
    party: Annotated[str, typer.Argument(metavar="[PARTY]", help="Only this party.")] = "",
    within: Annotated[str, typer.Option("--within", metavar="DAYS", help="How far ahead, for instance 365d.")] = "365d",
    on: On = "",
    known: Known = "",
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Days ahead on which standing changes, or until which it can be changed."""
    match = re.fullmatch(r"(\d{1,5})d?", within)
    if not match:
        raise BadInput(f"--within {within!r}; write a number of days, for instance 365d")
    coming = ask(context, on, known, viewer, strict).upcoming(party or None, timedelta(days=int(match[1])))
    if as_json:
        print_json({"upcoming": [coming_to_plain(c) for c in coming]})
        return
    show_table(("on", "agreement", "who", "what", "act"), [(c.on, c.agreement, c.party, c.what, c.act) for c in coming])


def parse_act(text: str, standing: Standing) -> Entry:
    """A hypothetical act: 'KIND ACTOR AGREEMENT DAY [key=value ...]'."""
    words = text.split()
    if len(words) < 4:
        raise BadInput(f"--act {text!r}; write: KIND ACTOR AGREEMENT DAY, for instance 'ratify USA ctbt 2027-01-01'")
    kind, actor, agreement, day, *details = words
    if kind not in kinds():
        raise BadInput(f"--act {text!r}: {kind!r} is not a kind of act; list them with: comity kinds")
    standing.record.party(actor)
    standing.record.agreement(agreement)
    found: dict[str, str] = {}
    for detail in details:
        name, sign, value = detail.partition("=")
        if not sign:
            raise BadInput(f"--act {text!r}: {detail!r} is not key=value")
        found[name] = value
    whom = tuple(standing.record.party(code) for code in found.pop("counterparty", "").split(",") if code)
    lacking = [need for need in kinds()[kind].needs if need != "agreement" and not (need == "counterparty" and whom)]
    if lacking:
        raise BadInput(f"--act {text!r}: an act of kind {kind!r} needs {', '.join(lacking)}, which can't be given here")
    effect = parse_moment(found.pop("effect")) if "effect" in found else None
    for name, value in found.items():
        check_detail(kinds()[kind], name, value)
    act = Act(
        kind=kind,
        actor=actor,
        ref=f"what-if-{secrets.token_hex(4)}",
        agreement=agreement,
        made=parse_moment(day),
        details=found,
        counterparty=whom,
        effect=effect,
        source=Source("hypothetical"),
    )
    return Entry(act, standing.known)


def what_if(
    context: typer.Context,
    acts: Annotated[list[str], typer.Option("--act", metavar="ACT", help="'KIND ACTOR AGREEMENT DAY'; may be repeated.")],
    question: Annotated[list[str], typer.Argument(metavar="-- QUESTION...", help="in-force, bound or between, with its arguments and --on.")],
    known: Known = "",
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """A question, had these acts been done too."""
    words, named = _split(question)
    as_json = as_json or "json" in named
    standing = ask(context, named.get("on", ""), named.get("known", known), named.get("as", viewer), strict or "strict" in named)
    supposed = standing.what_if([parse_act(text, standing) for text in acts])
    before, after = _put(standing, words, named), _put(supposed, words, named)
    if as_json:
        print_json({**answer_to_plain(after), "before": answer_to_plain(before)})
        return
    show(before)
    show(after)


def _split(question: list[str]) -> tuple[list[str], dict[str, str]]:
    words: list[str] = []
    named: dict[str, str] = {}
    rest = iter(question)
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


def diff(
    context: typer.Context,
    start: Annotated[str, typer.Option("--from", metavar="DAY", help="The earlier day.")],
    end: Annotated[str, typer.Option("--to", metavar="DAY", help="The later day.")],
    known: Annotated[tuple[str, str], typer.Option("--known", metavar="K1 K2", help="As known on K1 and on K2.")] = ("", ""),
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """What changed in law between two days, and what only in our knowledge."""
    first, last = (parse_day(k) if k else today() for k in known)
    before = ask(context, start, first.isoformat(), viewer, strict)
    after = Standing(before.record, on=parse_day(end), known=last, viewer=viewer or None, strict=strict)
    found = differences(before, after)
    if as_json:
        print_json({"differences": [difference_to_plain(d) for d in found]})
        return
    rows = [
        (d.agreement, d.party or "the agreement", d.before, d.now, " and ".join(w for w, yes in (("law", d.law), ("knowledge", d.knowledge)) if yes))
        for d in found
    ]
    show_table(("agreement", "who", "before", "now", "changed in"), rows)


def findings(
    context: typer.Context,
    agreement: Annotated[str, typer.Option("--agreement", metavar="ID", help="Only under this agreement.")] = "",
    on: On = "",
    known: Known = "",
    viewer: Viewer = "",
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """What the law finds odd in the acts on record: recorded all the same."""
    found = ask(context, on, known, viewer, strict).findings(agreement or None)
    if as_json:
        print_json({"findings": [finding_to_plain(f) for f in found]})
        return
    show_table(("agreement", "act", "finding", "citation"), [(f.agreement, f.where, f.says, f.citation) for f in found])


def add_to(app: typer.Typer) -> None:
    app.command("upcoming")(upcoming)
    app.command("what-if")(what_if)
    app.command("diff")(diff)
    app.command("findings")(findings)
