"""Acts as rows of CSV, both ways: a row becomes an entry, an entry becomes the same row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date

from comity.acts import BASES, DESTRUCTION, LEVELS, Act, Attachment, Entry, Source, check_detail, kinds, read_signature
from comity.book.decoding import Problem
from comity.book.documents import check_media_type
from comity.terms import BadInput, Label, Moment, parse_day, parse_moment

COLUMNS = (
    "ref",
    "kind",
    "actor",
    "agreement",
    "article",
    "made",
    "received",
    "notified",
    "effect",
    "counterparty",
    "territory",
    "depositary",
    "replies_to",
    "details",
    "on_behalf_of",
    "level",
    "as_named",
    "registration",
    "source",
    "basis",
    "recorded",
    "policy",
    "classification",
    "categories",
    "releasable_to",
    "caveats",
    "originator",
    "nonce",
    "attachments",
    "signature",
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
REQUIRED = ("ref", "kind", "actor", "source")
Row = Mapping[str, str]


def read_rows(file: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with the line it starts on; a broken header or row is a problem, the rest is read."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
    except csv.Error as problem:
        problems.append(Problem(file, 1, f"the header cannot be read ({problem}); quote texts that hold a comma or a quote"))
        return
    header = [name.lstrip("\ufeff") for name in header]
    stray = [name for name in header if name not in COLUMNS]
    twice = sorted({name for name in header if header.count(name) > 1})
    lacking = [name for name in REQUIRED if name not in header]
    if stray or twice or lacking:
        for name in stray:
            problems.append(Problem(file, 1, f"stray column {name!r}; the columns are: {', '.join(COLUMNS)}"))
        for name in twice:
            problems.append(Problem(file, 1, f"column {name!r} stands twice; keep one"))
        for name in lacking:
            problems.append(Problem(file, 1, f"column {name!r} is missing; every act needs it"))
        return
    line = reader.line_num + 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as problem:
            problems.append(Problem(file, line, f"the row cannot be read ({problem}); quote texts that hold a comma or a quote"))
            line = reader.line_num + 1
            continue
        if row is None:
            return
        if row:
            if len(row) != len(header):
                problems.append(Problem(file, line, f"{len(row)} fields where the header has {len(header)}; quote texts that hold a comma"))
            else:
                yield line, dict(zip(header, row, strict=True))
        line = reader.line_num + 1


def entry_of(row: Row, reply: str | None, recorded_default: date | None) -> Entry:
    """The entry of one row; BadInput says which value is wrong. ``reply`` is the hash of the act it replies to.

    ``recorded_default`` None: a blank ``recorded`` is the day the act was received (else made, else notified).
    """
    kind = kinds().get(row["kind"])
    if kind is None:
        raise BadInput(f"kind {row['kind']!r} is not a kind of act; list them with: comity kinds")
    for name in REQUIRED:
        if not row.get(name):
            raise BadInput(f"{name} is blank; every act needs it")
    basis = row.get("basis") or "official"
    if basis not in BASES:
        raise BadInput(f"basis {basis!r}; choose one of {', '.join(BASES)}")
    level = row.get("level") or None
    if level is not None and level not in LEVELS:
        raise BadInput(f"level {level!r}; choose one of {', '.join(LEVELS)}")
    details = _details(row.get("details", ""))
    for name, value in details.items():
        check_detail(kind, name, value)
    act = Act(
        kind=kind.name,
        actor=row["actor"],
        ref=row["ref"],
        agreement=row.get("agreement") or None,
        article=row.get("article") or None,
        on_behalf_of=row.get("on_behalf_of") or None,
        level=level,
        as_named=row.get("as_named") or None,
        counterparty=_codes(row.get("counterparty", "")),
        territory=_codes(row.get("territory", "")),
        made=_moment(row, "made"),
        received=_moment(row, "received"),
        notified=_moment(row, "notified"),
        effect=_moment(row, "effect"),
        depositary=row.get("depositary") or None,
        replies_to=reply,
        details=details,
        attachments=_attachments(row.get("attachments", "")),
        registration=row.get("registration") or None,
        source=Source(row["source"], basis),
        label=_label(row),
        nonce=row.get("nonce") or None,
    )
    for need in kind.needs:
        column, _, detail = need.partition(".")
        if not getattr(act, column) or (detail and not details.get(detail)):
            raise BadInput(f"an act of kind {kind.name!r} needs {f'details {detail}=...' if detail else need}; fill that column")
    if all(m is None for m in (act.made, act.received, act.notified, act.effect)) and kind.group != "record":
        raise BadInput("no date: fill made, received, notified or effect (a partial one such as 1998-xx-xx will do)")
    return Entry(act, _recorded(row, act, recorded_default), signature=_signature(row))


def _recorded(row: Row, act: Act, default: date | None) -> date:
    if row.get("recorded"):
        try:
            return parse_day(row["recorded"])
        except BadInput as problem:
            raise BadInput(f"recorded: {problem}") from None
    moment = act.lodged
    if default is not None or moment is None:
        return default or date.min
    return moment.last


def _signature(row: Row) -> str | None:
    text = row.get("signature") or None
    if text is not None:
        try:
            read_signature(text)
        except BadInput as problem:
            raise BadInput(f"signature: {problem}") from None
    return text


def _moment(row: Row, name: str) -> Moment | None:
    text = row.get(name, "")
    if not text:
        return None
    try:
        return parse_moment(text)
    except BadInput as problem:
        raise BadInput(f"{name}: {problem}") from None


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(";") if code.strip())


def _details(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in text.split(";"):
        if part.strip():
            name, sign, value = part.partition("=")
            if not sign:
                raise BadInput(f"details {part.strip()!r} is not key=value; separate details by semicolons")
            if name.strip() in found:
                raise BadInput(f"detail {name.strip()!r} stands twice; keep one")
            found[name.strip()] = value.strip()
    return found


def _label(row: Row) -> Label:
    return Label(
        row.get("policy") or "PUBLIC",
        row.get("classification") or "UNCLASSIFIED",
        _codes(row.get("categories", "")),
        _codes(row.get("releasable_to", "")),
        _codes(row.get("caveats", "")),
        row.get("originator") or None,
    )


def _attachments(text: str) -> tuple[Attachment, ...]:
    result = []
    for part in text.split(";"):
        if part.strip():
            words = part.strip().split(" ", 3)
            if len(words) < 3 or not _HASH.fullmatch(words[0]):
                raise BadInput(f"attachment {part.strip()!r}; write: sha256:<64 hex digits> <media type> <language> <title>")
            check_media_type(words[1])
            if not _LANGUAGE.fullmatch(words[2]):
                raise BadInput(f"attachment {words[0][:15]}...: language {words[2]!r}; write a code such as en, fr-CA, or und if not known")
            result.append(Attachment(words[0], words[1], words[2], words[3] if len(words) > 3 else ""))
    return tuple(result)


def destroyed_ref(row: Row) -> tuple[str, str] | None:
    """Of the row of an act of destruction that keeps it: the reference of what was destroyed, and its hash; replies still name it so."""
    if row.get("kind") != DESTRUCTION:
        return None
    try:
        details = _details(row.get("details", ""))
    except BadInput:
        return None
    return (details["ref"], details["record"]) if {"ref", "record"} <= details.keys() else None


def row_of(entry: Entry, reply_ref: str | None, recorded: bool = True) -> dict[str, str]:
    """The row that reads back as this entry."""
    act, label = entry.act, entry.act.label
    row = {
        "ref": act.ref,
        "kind": act.kind,
        "actor": act.actor,
        "agreement": act.agreement,
        "article": act.article,
        "made": act.made and act.made.written,
        "received": act.received and act.received.written,
        "notified": act.notified and act.notified.written,
        "effect": act.effect and act.effect.written,
        "counterparty": ";".join(act.counterparty),
        "territory": ";".join(act.territory),
        "depositary": act.depositary,
        "replies_to": reply_ref,
        "details": "; ".join(f"{name}={value}" for name, value in act.details.items()),
        "on_behalf_of": act.on_behalf_of,
        "level": act.level,
        "as_named": act.as_named,
        "registration": act.registration,
        "source": act.source.citation,
        "basis": act.source.basis,
        "recorded": entry.recorded.isoformat() if recorded else "",
        "policy": "" if label.public else label.policy,
        "classification": "" if label.public else label.classification,
        "categories": ";".join(label.categories),
        "releasable_to": ";".join(label.releasable_to),
        "caveats": ";".join(label.caveats),
        "originator": label.originator,
        "nonce": act.nonce,
        "attachments": "; ".join(f"{a.sha256} {a.media_type} {a.language} {a.title}".strip() for a in act.attachments),
        "signature": entry.signature,
    }
    return {name: row[name] or "" for name in COLUMNS}


def write_rows(rows: list[dict[str, str]], *, every: bool = False) -> str:
    """CSV text with the columns that any row uses, or with ``every`` one, in their order."""
    used = [name for name in COLUMNS if every or name in REQUIRED or any(row[name] for row in rows)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([row[name] for name in used] for row in rows)
    return out.getvalue()
