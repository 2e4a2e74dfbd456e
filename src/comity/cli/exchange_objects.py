"""What is to be published: a file of objects (a STIX bundle, events of MISP, a table of indicators), and the label that its publisher gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from comity.exchange import IMPORT_FORMATS, Imported, LabelKey, Node, Problem, import_objects
from comity.terms import PUBLIC, BadInput

File = Annotated[Path, typer.Argument(metavar="FILE", help="A STIX bundle or envelope, events of MISP (both JSON), or a table of indicators (CSV).")]
Format = Annotated[str | None, typer.Option("--format", metavar="NAME", help="stix, misp or csv (default: told by how the file begins).")]
Level = Annotated[str | None, typer.Option("--level", metavar="LEVEL", help="The level that its publisher gives it, beside the markings.")]
Policy = Annotated[str | None, typer.Option("--policy", metavar="POLICY", help="Under which policy (default: the node's own).")]
Rel = Annotated[str | None, typer.Option("--rel", metavar="X,Y", help="Releasable to these only: parties or organisations.")]
Categories = Annotated[list[str] | None, typer.Option("--category", metavar="NAME", help="A special category; may be repeated.")]
Caveats = Annotated[list[str] | None, typer.Option("--caveat", metavar="NAME", help="A caveat; may be repeated.")]


def read_objects(file: Path, of: str | None, by: str) -> Imported:
    """The objects of a file. ``by``: who made those of a table, and of an event that does not say. BadInput where anything is wrong, each told."""
    form = next((one for one in IMPORT_FORMATS if one == of), None)
    if of is not None and form is None:
        raise BadInput(f"--format {of!r}; choose one of {', '.join(IMPORT_FORMATS)}")
    try:
        body = file.read_bytes()
    except OSError as problem:
        raise BadInput(f"{str(file)!r} cannot be read ({problem.strerror}); give a file of objects") from None
    if not body.strip():
        raise BadInput(f"{str(file)!r} is empty; give a file of objects")
    found = import_objects(body, by=by, of=form)
    if found.wrong:
        raise BadInput(f"nothing of {str(file)!r} is taken: {'; '.join(map(_problem, found.wrong))}")
    if not found.objects:
        raise BadInput(f"{str(file)!r} has no objects{''.join(f'; {one}' for one in found.left_out)}")
    return found


def _problem(one: Problem) -> str:
    return one.says if one.where in ("the file", "the table") else str(one)


def envelope(found: Imported) -> bytes:
    """The objects as one delivery, each with its very bytes."""
    return b'{"objects":[' + b",\n".join(one.body for one in found.objects) + b"]}"


def codes(text: str) -> list[str]:
    """What stands between commas."""
    return [code.strip() for code in text.split(",") if code.strip()]


def given_label(
    node: Node, level: str | None, policy: str | None, rel: str | None, categories: Sequence[str] | None, caveats: Sequence[str] | None
) -> LabelKey | None:
    """The label that the publisher gives; None where nothing of one is given."""
    record = node.gate.standing().record
    if policy is not None and level is None:
        raise BadInput(f"which level of {policy}? say it with --level")
    if rel is not None and not codes(rel):
        raise BadInput(f"--rel {rel!r} names nobody; write codes with commas between them, such as FRA,NATO")
    if not (level or rel or categories or caveats):
        return None
    if level is None or level.upper() == PUBLIC.classification:
        policy = level = None
    else:
        owned = [ladder.policy for ladder in record.ladders if ladder.owner == node.keeper]
        if policy is None and len(owned) != 1:
            raise BadInput(f"under which policy is {level!r}? {node.keeper} owns {', '.join(owned) or 'none'}: say it with --policy")
        policy = policy or owned[0]
        level = record.ladder(policy).level(level).name
    return LabelKey(
        originator=node.keeper, policy=policy, level=level or PUBLIC.classification, categories=tuple(categories or ()),
        caveats=tuple(caveats or ()), releasable_to=tuple(record.party(code) for code in codes(rel or "")), limited=rel is not None,
    )  # fmt: skip
