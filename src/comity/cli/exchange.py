"""Commands about a node: what it holds, who would get it and why, what was given to whom; publishing, calling back.

comity --ledger sqlite:///node.db exchange dry-run warnings.json --into warnings
"""

from __future__ import annotations

import getpass
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from comity import about
from comity.cli.asking import Json
from comity.cli.exchange_objects import (
    Categories,
    Caveats,
    File,
    Format,
    Level,
    Policy,
    Rel,
    codes,
    envelope,
    given_label,
    read_objects,
)
from comity.cli.exchange_would import plain, tell
from comity.cli.ledger import opened
from comity.cli.rendering import console, print_json, show_table
from comity.exchange import (
    Asked,
    Caller,
    Collection,
    Delivery,
    Desk,
    Gate,
    Imported,
    Node,
    Shown,
    dry_run_of,
    label_in_words,
    make_node,
    vouched,
)
from comity.exchange.between import recall as recall_and_tell
from comity.terms import BadInput, NotOnRecord

group = typer.Typer(name="exchange", no_args_is_help=True, help="A node: objects with labels, who may have them and on which basis, what was given.")
collections = typer.Typer(name="collection", no_args_is_help=True, help="Collections: saved filters, with who reads and writes them.")

Into = Annotated[str, typer.Option("--into", metavar="COLLECTION", help="Into which collection: its alias or id.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does it (default: who is logged in here).")]
Confirmed = Annotated[bool, typer.Option("--yes", help="Also to a partner who was never given anything with these labels.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Its number in the queue.")]
Item = Annotated[str, typer.Argument(metavar="ID", help="The object, by its STIX id.")]

_ALIAS = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}").fullmatch
_MOST_READS = 100_000


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
        keeper = Gate(ledger, party, about.clock).standing().record.party(party)
        make_node(ledger, keeper, about.clock())
    print(f"the ledger is {keeper}'s node now; make a collection with: exchange collection add TITLE --alias NAME --readers CODES")


def add_collection(
    context: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is in it, in a few words.")],
    alias: Annotated[str | None, typer.Option("--alias", metavar="NAME", help="A short name, used in commands and addresses.")] = None,
    readers: Annotated[str, typer.Option("--readers", metavar="CODES", help="Partners that may ask for it; * for all.")] = "",
    writers: Annotated[str, typer.Option("--writers", metavar="CODES", help="Partners that may deliver into it; * for all.")] = "",
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What is in it, at length.")] = "",
    four_eyes: Annotated[bool, typer.Option("--four-eyes", help="What is published waits until a second person approves it.")] = False,
) -> None:
    """Make a collection. Who reads it gets of it what agreements allow, and no more."""
    if not title.strip():
        raise BadInput("a collection needs a title; write a few words")
    if alias is not None and not _ALIAS(alias):
        raise BadInput(f"--alias {alias!r}; it is made of up to 64 small letters, digits and . _ -, and begins with a letter or a digit")
    with node_of(context) as node:
        if alias is not None and any(alias in (one.alias, one.id) for one in all_collections(node)):
            raise BadInput(f"there is a collection {alias!r} already; give another --alias")
        sets = [_parties(node, text) for text in (readers, writers)]
        made = node.put_collection(Collection(0, str(uuid.uuid4()), title, description, alias, readers=sets[0], writers=sets[1], four_eyes=four_eyes))
    print(f"made {made.alias or made.id}; its id is {made.id}")


def list_collections(context: typer.Context, as_json: Json = False) -> None:
    """The collections of the node, with the partners that read them."""
    with node_of(context) as node:
        found = [(one, node.partners(one.id), Desk(node).has_four_eyes(one.id)) for one in all_collections(node)]
    if as_json:
        rows = [
            {"id": c.id, "alias": c.alias, "title": c.title, "description": c.description, "read_by": list(readers), "four_eyes": eyes}
            for c, readers, eyes in found
        ]
        print_json({"collections": rows})
        return
    show_table(
        ("alias", "title", "read by", "published by", "id"),
        [(c.alias, c.title, ", ".join(readers) or "nobody", "two persons" if eyes else "one person", c.id) for c, readers, eyes in found],
    )


def publish(
    context: typer.Context, file: File, into: Into, level: Level = None, policy: Policy = None, rel: Rel = None, category: Categories = None,
    caveat: Caveats = None, of: Format = None, by: By = None, yes: Confirmed = False,
) -> None:  # fmt: skip
    """Publish objects: each goes to whom its labels and the agreements in force allow it, from now on. Exit 1 if one of them was refused."""
    with node_of(context) as node:
        collection, objects = _collection(node, into), read_objects(file, of, node.keeper)
        label, body = given_label(node, level, policy, rel, category, caveat), envelope(objects)
        found = dry_run_of(node, collection.id, body, label)
        unusual = sorted({would.partner for one in found for would in one.partners if would.unusual})
        if unusual and not yes:
            raise BadInput(
                f"{', '.join(unusual)} would get it, and was never given anything with these labels: "
                "look with exchange dry-run, then publish with --yes"
            )
        _say_what_was_left_out(objects)
        if Desk(node).has_four_eyes(collection.id):
            number = Desk(node).propose(_person(by), collection.id, body, label)
            print(f"it waits under number {number} for a second person: exchange approve {number} --by NAME")
            return
        told = node.add(_keeper(node, _person(by)), collection.id, body, by_publisher=label)
    taken = {fate.id for fate in told.taken}
    for one in found:
        to, count = ", ".join(would.partner for would in one.partners if would.opens), sum(object_id in taken for object_id in one.ids)
        if count:
            print(f"{_count(count)}: {f'to {to}' if to else 'to nobody yet; see why with: exchange dry-run'}")
    _tell(told)


def approve(context: typer.Context, number: Number, by: By = None) -> None:
    """Publish what somebody else proposed and waits in the queue. Exit 1 if one of the objects was refused."""
    with node_of(context) as node:
        told = Desk(node).approve(number, _person(by))
    _tell(told)


def reject(context: typer.Context, number: Number) -> None:
    """Take what waits under a number out of the queue; nothing of it is published."""
    with node_of(context) as node:
        Desk(node).dismiss(number)
    print(f"number {number} is out of the queue")


def queue(context: typer.Context, as_json: Json = False) -> None:
    """What waits for a second person."""
    with node_of(context) as node:
        called = {one.id: one.alias or one.id for one in all_collections(node)}
        waiting = [(w, len(node.labels_of(w.collection, w.body, w.label))) for w in Desk(node).proposed()]
    rows = [
        {
            "number": w.number, "at": w.at, "by": w.by, "collection": called[w.collection], "objects": count,
            "label": None if w.label is None else label_in_words(w.label),
        }
        for w, count in waiting
    ]  # fmt: skip
    if as_json:
        print_json({"queue": rows})
    elif not rows:
        print("nothing waits")
    else:
        show_table(("number", "since", "by", "into", "objects", "label given"), [tuple(row.values()) for row in rows])


def dry_run(
    context: typer.Context, file: File, into: Into, level: Level = None, policy: Policy = None, rel: Rel = None, category: Categories = None,
    caveat: Caveats = None, of: Format = None, why: Annotated[bool, typer.Option("--why", help="With the reasons of each refusal.")] = False,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Who would get it, and on which basis; who not, and the least that would change it. Nothing is published."""
    with node_of(context) as node:
        collection, objects = _collection(node, into), read_objects(file, of, node.keeper)
        found = dry_run_of(node, collection.id, envelope(objects), given_label(node, level, policy, rel, category, caveat))
        if as_json:
            left_out = [{"where": one.where, "says": one.says} for one in objects.left_out]
            print_json({"alike": plain(node, found), "left_out": left_out})
            return
        _say_what_was_left_out(objects)
        tell(node, found, why=why)


def partners(context: typer.Context, as_json: Json = False) -> None:
    """Whom the node deals with: what is vouched for, how often it read, when last."""
    with node_of(context) as node:
        standing = node.gate.standing()
        found = [(code, vouched(standing, node.keeper, code), Desk(node).log(code, _MOST_READS)) for code in node.partners()]
    rows = [
        {
            "partner": code, "reads": len(log), "last": log[0].at if log else None, "objects": sum(one.count for one in log),
            "cleared": [":".join(one) for one in said.cleared], "purposes": list(said.purposes), "briefed": list(said.briefed),
        }
        for code, said, log in found
    ]  # fmt: skip
    if as_json:
        print_json({"partners": rows})
        return
    show_table(
        ("partner", "reads", "last", "objects", "cleared up to", "purposes", "briefed into"),
        [[", ".join(cell) if isinstance(cell, list) else "never" if cell is None else cell for cell in row.values()] for row in rows],
    )


def recall(context: typer.Context, item: Item) -> None:
    """Call an object back: it goes to nobody any more, and those who have it are told, each by an act that they are to acknowledge."""
    with node_of(context) as node:
        holders = recall_and_tell(node, item, _person(None))
    print(f"{item} goes to nobody any more; it was given to: {', '.join(holders) or 'nobody'}")


def recalls(context: typer.Context) -> None:
    """What was called back from whom, and who has not acknowledged it yet."""
    with node_of(context) as node:
        rows = [(one.partner, one.item, one.act.made.written if one.act.made else "", one.acknowledged or "owed") for one in Desk(node).recalls()]
    show_table(("partner", "object", "recalled", "acknowledged"), rows)


def reclassify(
    context: typer.Context, item: Item, level: Level = None, policy: Policy = None, rel: Rel = None, category: Categories = None,
    caveat: Caveats = None,
) -> None:  # fmt: skip
    """Give an object another label, in all its versions: --level UNCLASSIFIED opens it to every reader of its collection."""
    with node_of(context) as node:
        label = given_label(node, level, policy, rel, category, caveat)
        if label is None:
            raise BadInput("which label? give --level, with --rel, --category and --caveat as they are to be")
        node.reclassify(item, frozenset({label}), " ".join([label.level, *label.categories, *label.caveats, *label.releasable_to]))
    print(f"{item} is from now on: {label_in_words(label)}")


def export(
    context: typer.Context,
    partner: Annotated[str, typer.Argument(metavar="PARTNER", help="For whom.")],
    out: Annotated[Path, typer.Option("-o", metavar="FILE", help="The bundle that is written; a new file.")],
    collection: Annotated[str, typer.Option("--from", metavar="COLLECTION", help="Out of which collection: its alias or id.")],
    after: Annotated[int | None, typer.Option("--after", metavar="STAMP", help="Only what was added after this stamp.")] = None,
    by: By = None,
) -> None:
    """Write what a partner may have as a STIX bundle, to be carried there; each page of it stands in the ledger and the log as any other."""
    with node_of(context) as node:
        shown, code = _collection(node, collection), node.gate.standing().record.party(partner)
        caller = Caller(f"carried by {_person(by)}", code)
        if code == node.keeper or shown.id not in {one.id for one in node.collections(caller)}:
            raise BadInput(f"{code} is not among the readers of {collection}; these are: {', '.join(node.partners(shown.id)) or 'nobody'}")
        with _new_file(out) as name:  # before anything is released
            bodies, last = _pages(node, caller, shown.id, after)
            objects = b',"objects":[' + b",\n".join(bodies) + b"]" if bodies else b""
            name.write_bytes(b'{"type":"bundle","id":"bundle--' + str(uuid.uuid4()).encode() + b'"' + objects + b"}\n")
    goes_on = f"; the next time go on with: --after {last}" if bodies else f": nothing new for {code}"
    print(f"{_count(len(bodies))} in {out}{goes_on}")


# -- what the commands share


def _pages(node: Node, caller: Caller, collection: str, after: int | None) -> tuple[list[bytes], int | None]:
    """The bytes of everything in a collection that a caller may have, and the last stamp."""
    bodies, cursor, more, last = list[bytes](), None, True, after
    while more:
        page = node.read(caller, collection, Asked(after=after, limit=1000, cursor=cursor, door="export"))
        bodies += [told.body for told in page.objects]
        cursor, more = page.cursor, page.more
        last = page.objects[-1].stamp if page.objects else last
    return bodies, last


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file that was not there; it is there no more if what is to be written into it does not come."""
    try:
        path.open("xb").close()
    except FileExistsError:
        raise BadInput(f"{str(path)!r} is there already; give another name") from None
    except OSError as problem:
        raise BadInput(f"{str(path)!r} cannot be written ({problem.strerror}); give another name") from None
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _keeper(node: Node, person: str) -> Caller:
    return Caller(person, node.keeper, writes=True, keeper=True)


def _person(by: str | None) -> str:
    try:
        return by or getpass.getuser()
    except (KeyError, OSError):
        raise BadInput("who does it? nobody is logged in here by a name: give one with --by NAME") from None


def all_collections(node: Node) -> tuple[Shown, ...]:
    return node.collections(_keeper(node, "the keeper"))


def _collection(node: Node, name: str) -> Shown:
    """The collection of an alias or id; NotOnRecord names those that there are."""
    found = all_collections(node)
    one = next((one for one in found if name in (one.id, one.alias)), None)
    if one is None:
        there = ", ".join(sorted(one.alias or one.id for one in found))
        raise NotOnRecord(f"there is no collection {name!r}; {f'there are: {there}' if there else 'make one with: exchange collection add'}")
    return one


def _parties(node: Node, text: str) -> frozenset[str]:
    """Parties by their codes; ``*`` stands for every partner."""
    record = node.gate.standing().record
    return frozenset(code if code == "*" else record.party(code) for code in codes(text))


def _count(number: int) -> str:
    return f"{number} object{'' if number == 1 else 's'}"


def _say_what_was_left_out(objects: Imported) -> None:
    for one in objects.left_out:
        console().print(f"left out: {escape(str(one))}", soft_wrap=True)


def _tell(told: Delivery) -> None:
    for fate in told.refused:
        console().print(f"refused: {escape(fate.id or '?')}: {escape(fate.says)}", soft_wrap=True)
    print(f"{len(told.taken)} of {_count(len(told.taken) + len(told.refused))} published; delivery {told.id}")
    if told.refused:
        raise typer.Exit(1)


collections.command("add")(add_collection)
collections.command("list")(list_collections)
group.add_typer(collections)
for command in (init, publish, dry_run, approve, reject, queue, partners, recall, recalls, reclassify, export):
    group.command(command.__name__.replace("_", "-"))(command)


def add_to(app: typer.Typer) -> None:
    app.add_typer(group)
