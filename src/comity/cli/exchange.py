"""Commands about a node: what it holds, who would get it and why, what was given to whom; publishing, calling back.

comity --ledger sqlite:///node.db exchange dry-run warnings.json --into warnings
"""

from __future__ import annotations

import getpass
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from comity import about
from comity.cli.asking import Json
from comity.cli.ledger import opened
from comity.cli.rendering import console, print_json, show, show_table
from comity.exchange import Asked, Caller, Collection, Delivery, LabelKey, Node, Would, make_node, would_get
from comity.terms import BadInput

group = typer.Typer(name="exchange", no_args_is_help=True, help="A node: objects with labels, who may have them and on which basis, what was given.")
collections = typer.Typer(name="collection", no_args_is_help=True, help="Collections: saved filters, with who reads and writes them.")

Into = Annotated[str, typer.Option("--into", metavar="COLLECTION", help="Into which collection: its alias or id.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A STIX bundle or envelope (JSON).")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it (default: who is logged in here).")]
Level = Annotated[str | None, typer.Option("--level", help="The level that the publisher gives beside the markings, such as SECRET.")]
Policy = Annotated[str | None, typer.Option("--policy", help="Under which policy (default: the node's own).")]
Rel = Annotated[str | None, typer.Option("--rel", metavar="CODES", help="Releasable to these alone, such as JPN,NATO.")]
Categories = Annotated[list[str] | None, typer.Option("--category", help="A special category; repeat it for more.")]
Caveats = Annotated[list[str] | None, typer.Option("--caveat", help="A caveat; repeat it for more.")]
Confirmed = Annotated[bool, typer.Option("--yes", help="Also to a partner who was never given anything with these labels.")]


@contextmanager
def node_of(context: typer.Context) -> Iterator[Node]:
    """The node on the ledger that --ledger gives."""
    with opened(context) as ledger:
        yield Node(ledger, about.clock)


def init(
    context: typer.Context, party: Annotated[str, typer.Argument(metavar="PARTY", help="Whose node it is: the code of a state or organisation.")]
) -> None:
    """Make a ledger, which holds a book already, the node of a party."""
    with opened(context) as ledger:
        make_node(ledger, party, about.clock())
        keeper = Node(ledger, about.clock).keeper
    print(f"the ledger is {keeper}'s node now; make a collection with: exchange collection add TITLE --alias NAME --readers CODES")


def add_collection(
    context: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    alias: Annotated[str | None, typer.Option("--alias", metavar="NAME", help="A short name, used in addresses.")] = None,
    readers: Annotated[str, typer.Option("--readers", metavar="CODES", help="Partners that may ask for it; * for all.")] = "",
    writers: Annotated[str, typer.Option("--writers", metavar="CODES", help="Partners that may deliver into it.")] = "",
    description: Annotated[str, typer.Option("--description")] = "",
    four_eyes: Annotated[bool, typer.Option("--four-eyes", help="What is published waits until a second person approves it.")] = False,
) -> None:
    """Make a collection. Who reads it gets of it what agreements allow, and no more."""
    with node_of(context) as node:
        standing = node.gate.standing()
        sets = [frozenset(code if code == "*" else standing.record.party(code) for code in _codes(text)) for text in (readers, writers)]
        made = node.put_collection(Collection(0, str(uuid.uuid4()), title, description, alias, readers=sets[0], writers=sets[1], four_eyes=four_eyes))
    print(f"made {made.alias or made.id}; its id is {made.id}")


def list_collections(context: typer.Context, as_json: Json = False) -> None:
    """The collections of the node."""
    with node_of(context) as node:
        found = node.collections(_keeper(node, None))
    if as_json:
        print_json({"collections": [{"id": c.id, "alias": c.alias, "title": c.title, "description": c.description} for c in found]})
        return
    show_table(("alias", "title", "id"), [(c.alias or "", c.title, c.id) for c in found])


def publish(
    context: typer.Context, file: File, into: Into, level: Level = None, policy: Policy = None, rel: Rel = None, category: Categories = None,
    caveat: Caveats = None, by: By = None, yes: Confirmed = False,
) -> None:  # fmt: skip
    """Publish objects: each goes to whom its labels and the agreements in force allow it, from now on."""
    body = _read(file)
    with node_of(context) as node:
        label = _label(node, level, policy, rel, category, caveat)
        unusual = sorted({one.partner for _, found in _dry_run(node, body, into, label) for one in found if one.unusual})
        if unusual and not yes:
            raise BadInput(
                f"{', '.join(unusual)} would get it, and was never given anything with these labels: "
                "look with exchange dry-run, then publish with --yes"
            )
        if node.has_four_eyes(into):
            number = node.propose(_person(by), into, body, label)
            print(f"it waits under number {number} for a second person: exchange approve {number} --by NAME")
            return
        told = node.add(_keeper(node, by), into, body, by_publisher=label)
        goes = _dry_run(node, body, into, label)
    _tell(told)
    for ids, found in goes:
        to = ", ".join(one.partner for one in found if one.opens)
        print(f"{len(ids)} of them may be read by {to}" if to else f"{len(ids)} of them go to nobody: see why with exchange dry-run")


def approve(context: typer.Context, number: Annotated[int, typer.Argument(metavar="NUMBER")], by: By = None) -> None:
    """Publish what somebody else proposed and waits in the queue."""
    with node_of(context) as node:
        told = node.approve(number, _person(by))
    _tell(told)


def reject(context: typer.Context, number: Annotated[int, typer.Argument(metavar="NUMBER")]) -> None:
    """Take what waits under a number out of the queue; nothing of it is published."""
    with node_of(context) as node:
        node.dismiss(number)
    print(f"number {number} is out of the queue")


def queue(context: typer.Context, as_json: Json = False) -> None:
    """What waits for a second person."""
    with node_of(context) as node:
        waiting = node.proposed()
    if as_json:
        rows = [{"number": w.number, "at": w.at, "by": w.by, "collection": w.collection, "bytes": len(w.body)} for w in waiting]
        print_json({"queue": rows})
        return
    show_table(("number", "since", "by", "bytes"), [(w.number, w.at, w.by, len(w.body)) for w in waiting])


def dry_run(
    context: typer.Context, file: File, into: Into, level: Level = None, policy: Policy = None, rel: Rel = None, category: Categories = None,
    caveat: Caveats = None, why: Annotated[bool, typer.Option("--why", help="With every reason of each refusal.")] = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Who would get it, and on which basis; who not, and the least that would change it. Nothing is published."""
    with node_of(context) as node:
        found = _dry_run(node, _read(file), into, _label(node, level, policy, rel, category, caveat))
    if as_json:
        print_json({"labels": [{"objects": list(ids), "partners": [_plain(one) for one in would]} for ids, would in found]})
        return
    for ids, would in found:
        console().print(f"[bold]{len(ids)} object{'s' if len(ids) > 1 else ''}[/] [dim]{escape(ids[0])}{', ...' if len(ids) > 1 else ''}[/]")
        show_table(("partner", "gets it", "on the basis of, or because", "what would change it"), [_row(one) for one in would])
        if why:
            for one in would:
                for answer in one.answers:
                    show(answer)


def partners(context: typer.Context, as_json: Json = False) -> None:
    """Whom the node deals with: what is vouched for, how often it read, when last."""
    with node_of(context) as node:
        rows = [(code, len(log := node.log(code, 100_000)), log[0].at if log else None, sum(one.count for one in log)) for code in node.partners()]
    if as_json:
        print_json({"partners": [{"partner": p, "reads": n, "last": at, "objects": count} for p, n, at, count in rows]})
        return
    show_table(("partner", "reads", "last", "objects"), [(p, n, at or "never", count) for p, n, at, count in rows])


def log(
    context: typer.Context,
    partner: Annotated[str | None, typer.Option("--partner", metavar="CODE", help="Of this partner alone.")] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="The latest so many.")] = 50,
    as_json: Json = False,
) -> None:
    """The access log: every read, through whichever door, and the release acts that stand in the ledger for it."""
    with node_of(context) as node:
        found = node.log(partner, most)
    if as_json:
        print_json({"reads": [{**{n: getattr(one, n) for n in one.__slots__}, "acts": list(one.acts)} for one in found]})
        return
    show_table(
        ("read", "at", "client", "partner", "door", "objects", "acts"),
        [(o.number, o.at, o.client, o.partner, o.door, o.count, ", ".join(a[7:19] for a in o.acts)) for o in found],
    )


def recall(context: typer.Context, item: Annotated[str, typer.Argument(metavar="ID", help="The object, by its STIX id.")]) -> None:
    """Call an object back: it goes to nobody any more, and those who have it are named."""
    with node_of(context) as node:
        holders = node.recall(item)
    print(f"{item} goes to nobody any more; it was given to: {', '.join(holders) or 'nobody'}")


def reclassify(
    context: typer.Context, item: Annotated[str, typer.Argument(metavar="ID", help="The object, by its STIX id.")], level: Level = None,
    policy: Policy = None, rel: Rel = None, category: Categories = None, caveat: Caveats = None,
) -> None:  # fmt: skip
    """Give an object another label, in all its versions: --level UNCLASSIFIED opens it to every reader of its collection."""
    with node_of(context) as node:
        label = _label(node, level, policy, rel, category, caveat)
        if label is None:
            raise BadInput("which label? give --level, with --rel, --category and --caveat as they are to be")
        node.reclassify(item, frozenset({label}), " ".join([label.level, *label.categories, *label.caveats, *label.releasable_to]))
    print(f"{item} is {label.level} now{f', to {rel} alone' if rel else ''}")


def export(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="For whom.")],
    out: Annotated[Path, typer.Option("-o", metavar="FILE", help="The bundle that is written.")],
    collection: Annotated[str, typer.Option("--from", metavar="COLLECTION", help="Out of which collection.")],
    after: Annotated[int | None, typer.Option("--after", metavar="STAMP", help="Only what was added after this stamp.")] = None,
    by: By = None,
) -> None:
    """Write what a partner may have as a STIX bundle, to be carried there; each page of it stands in the ledger and the log as any other."""
    if out.exists():
        raise BadInput(f"{str(out)!r} is there already; give another name")
    with node_of(context) as node:
        caller = Caller(f"carried by {_person(by)}", node.gate.standing().record.party(partner))
        bodies, cursor, more, last = list[bytes](), None, True, after
        while more:
            page = node.read(caller, collection, Asked(after=after, limit=1000, cursor=cursor, door="export"))
            bodies += [told.body for told in page.objects]
            cursor, more = page.cursor, page.more
            last = page.objects[-1].stamp if page.objects else last
    objects = b',"objects":[' + b",\n".join(bodies) + b"]" if bodies else b""
    out.write_bytes(b'{"type":"bundle","id":"bundle--' + str(uuid.uuid4()).encode() + b'"' + objects + b"}\n")
    print(
        f"{len(bodies)} objects in {out}; the next time go on with: --after {last}"
        if bodies
        else f"nothing new for {partner}; {out} is an empty bundle"
    )


# -- what the commands share


def _keeper(node: Node, by: str | None) -> Caller:
    return Caller(_person(by), node.keeper, writes=True, keeper=True)


def _person(by: str | None) -> str:
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        raise BadInput("who does it? nobody is logged in here by a name: give one with --by NAME") from None


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise BadInput(f"{str(file)!r} cannot be read ({problem.strerror}); give a file of objects") from None


def _label(
    node: Node, level: str | None, policy: str | None, rel: str | None, category: list[str] | None, caveat: list[str] | None
) -> LabelKey | None:
    """The label that the publisher gives; None where nothing of one is given."""
    if not (level or rel or category or caveat):
        return None
    record = node.gate.standing().record
    if level is not None and level.upper() == "UNCLASSIFIED":
        level = None
    if level is not None and policy is None:
        owned = [ladder.policy for ladder in record.ladders if ladder.owner == node.keeper]
        if len(owned) != 1:
            raise BadInput(f"under which policy is {level!r}? {node.keeper} owns {', '.join(owned) or 'none'}: say it with --policy")
        policy = owned[0]
    if level is not None and policy is not None:
        level = record.ladder(policy).level(level).name
    addressees = tuple(record.party(code) for code in _codes(rel or ""))
    return LabelKey(
        originator=node.keeper, policy=policy if level else None, level=level or "UNCLASSIFIED", categories=tuple(category or ()),
        caveats=tuple(caveat or ()), releasable_to=addressees, limited=rel is not None,
    )  # fmt: skip


def _dry_run(node: Node, body: bytes, into: str, label: LabelKey | None) -> list[tuple[tuple[str, ...], list[Would]]]:
    """Objects that bear the same labels, and what each partner of the collection would get of them."""
    alike: dict[frozenset[LabelKey], list[str]] = {}
    for object_id, keys in node.labels_of(into, body, label).items():
        alike.setdefault(keys, []).append(object_id)
    partners = node.partners(into)
    return [(tuple(ids), would_get(node.gate, keys, partners)) for keys, ids in alike.items()]


def _row(one: Would) -> tuple[str, str, str, str]:
    changes = [f"{change.act} {change.by} {change.on}" for answer in one.answers for change in answer.would_change]
    if one.opens:
        return one.partner, "yes, for the first time" if one.unusual else "yes", ", ".join(one.basis) or "it is unclassified, or its own", ""
    return one.partner, "no", one.ground, "; ".join(changes[:3])


def _plain(one: Would) -> dict[str, Any]:
    changes = [{"act": c.act, "by": c.by, "on": c.on} for answer in one.answers for c in answer.would_change]
    return {
        "partner": one.partner,
        "gets": one.opens,
        "basis": list(one.basis),
        "ground": one.ground,
        "unusual": one.unusual,
        "would_change": changes,
    }


def _tell(told: Delivery) -> None:
    for fate in told.refused:
        console().print(f"refused: {escape(fate.id or '?')} {escape(fate.says)}", soft_wrap=True)
    print(f"{len(told.taken)} of {len(told.taken) + len(told.refused)} objects are in; delivery {told.id}")


collections.command("add")(add_collection)
collections.command("list")(list_collections)
group.add_typer(collections)
for command in (init, publish, dry_run, approve, reject, queue, partners, log, recall, reclassify, export):
    group.command(command.__name__.replace("_", "-"))(command)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group)
