"""Commands about confidentiality labels: label show, label convert, label lint, label join."""

from __future__ import annotations

import hashlib
import mimetypes
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from comity.cli.asking import Json, opened, read_day
from comity.cli.rendering import console, print_json, show_table
from comity.labels import (
    FIXED_LADDERS,
    FORMATS,
    ConfidentialityLabel,
    DataReference,
    LabelDocument,
    PolicyName,
    SecurityPolicy,
    SignatureCheck,
    check_signature,
    label_on,
    label_to_plain,
    lint,
    lost_in,
    map_label,
    marking_of,
    read_labels,
    read_spif,
    same_policy,
    sign_binding,
    write_labels,
)
from comity.labels import join as join_labels
from comity.terms import BadInput, Ladder, NotOnRecord

MOST_BYTES = 16_000_001
"""No label and no policy is larger; of a larger file no more is read."""

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files with labels: 4774 XML, a sidecar (bdo), TOML, JSON or STIX.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The label that counts on this day, by its succession.")]
Spif = Annotated[list[str] | None, typer.Option("--spif", metavar="FILE", help="A security policy (XML SPIF 2.1); may be repeated.")]
Into = Annotated[str | None, typer.Option("--into", metavar="POLICY", help="Under this policy, as the labels' own policies say (needs both SPIFs).")]


def show(
    files: Files,
    on: On = None,
    trust: Annotated[
        list[str] | None, typer.Option("--trust", metavar="FILE", help="A certificate (PEM) whose holder's signature is believed; may be repeated.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What labels say, and what the signature of a sidecar is worth."""
    day = None if on is None else read_day("--on", on)
    trusted = [_read(name) for name in trust or ()]
    told = [_told(name, day, trusted) for name in files]
    if as_json:
        print_json({"files": told})
        return
    for file in told:
        _show(file)


def convert(
    context: typer.Context,
    files: Files,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="xml, toml, json, stix, bdo or marking.")],
    on: On = None,
    spif: Spif = None,
    into: Into = None,
    about: Annotated[str | None, typer.Option("--about", metavar="FILE", help="The file that a sidecar (bdo) is about.")] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="FILE", help="Sign the sidecar with this private key (PEM).")] = None,
    certificate: Annotated[str | None, typer.Option("--certificate", metavar="FILE", help="The certificate of the key (PEM).")] = None,
    as_json: Json = False,
) -> None:
    """Write labels in another format, on stdout; what the format cannot carry is told on stderr."""
    target = next((known for known in FORMATS if known == to), None)
    if target is None:
        raise BadInput(f"--to {to!r}: there is {', '.join(FORMATS)}")
    if (key is None) != (certificate is None) or (key is not None and target != "bdo"):
        raise BadInput("--key and --certificate go together, with --to bdo: only a sidecar is signed")
    documents = [(name, read_labels(_read(name), name)) for name in files]
    lost = [f"{name}: {what}" for name, document in documents for what in lost_in(document, target)]
    labels = [label for _, document in documents for label in document.labels]
    if not labels:
        raise BadInput(f"{', '.join(files)}: no label in it, only markings that their authors define; give a file with a label")
    if on is not None:
        labels, gone = _as_on(labels, read_day("--on", on))
        lost += gone
    if into is not None:
        labels = _mapped(labels, into, _policies(spif), keep=target == "bdo")
    data = _data(about, documents) if target == "bdo" else ()
    written = write_labels(labels, target, data)
    if key is not None and certificate is not None:
        written = sign_binding(written, _read(key), _read(certificate))
    for what in lost:
        print(f"warning: not carried: {what}", file=sys.stderr)
    if as_json:
        print_json({"format": target, "content": written.decode(), "lost": lost})
    else:
        sys.stdout.write(written.decode())


def lint_files(
    context: typer.Context,
    files: Files,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="As seen on this day (default: today, UTC).")] = None,
    spif: Spif = None,
    community: Annotated[
        list[str] | None, typer.Option("--community", metavar="NAME=XAA,XBB", help="Who belongs to a community; may be repeated.")
    ] = None,
    as_json: Json = False,
) -> None:
    """What is incoherent about labels, by the SPIF of their policy or its ladder on record. Exit 1 if there is anything."""
    policies, day, communities = _policies(spif), read_day("--on", on), _communities(community or ())
    found = []
    for name in files:
        for label in _labels(name):
            against = _policy(label.policy, policies) or _ladder(context, label.policy)
            found += [(name, label, finding) for finding in lint(label, against, day, communities)]
    if as_json:
        print_json({"findings": [{"file": name, "code": f.code, "where": f.where, "says": f.says} for name, _, f in found]})
    elif found:
        show_table(("file", "code", "where", "what"), [(name, f.code, f.where, f.says) for name, _, f in found])
    else:
        console().print("no findings")
    raise typer.Exit(1 if found else 0)


def join(context: typer.Context, files: Files, on: On = None, spif: Spif = None, into: Into = None, as_json: Json = False) -> None:
    """The label of a whole whose parts carry these: the least that protects them all."""
    policies = _policies(spif)
    labels = [label for name in files for label in _labels(name)]
    if on is not None:
        labels, _ = _as_on(labels, read_day("--on", on))
    target = None if into is None else _named(into, labels, policies)
    names = [*(label.policy for label in labels), *(() if target is None else (target,))]
    ladders = [ladder for name in names if _policy(name, policies) is None and (ladder := _ladder(context, name))]
    joined = join_labels(labels, ladders, policies, target)
    if as_json:
        print_json({"label": None if joined.label is None else label_to_plain(joined.label), "why": list(joined.why)})
        return
    console().print("NO common label" if joined.label is None else marking_of(joined.label), markup=False)
    for why in joined.why:
        console().print(f"  {why}", markup=False)


def _read(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(MOST_BYTES)


def _labels(name: str) -> tuple[ConfidentialityLabel, ...]:
    labels = read_labels(_read(name), name).labels
    if not labels:
        raise BadInput(f"{name}: no label in it, only markings that their authors define; give a file with a label")
    return labels


def _policies(names: Sequence[str] | None) -> list[SecurityPolicy]:
    return [read_spif(_read(name), name) for name in names or ()]


def _communities(options: Sequence[str]) -> dict[str, list[str]]:
    found = {}
    for option in options:
        name, equals, members = option.partition("=")
        if not equals or not name.strip() or not members.strip():
            raise BadInput(f"--community {option!r}; write it as NAME=XAA,XBB")
        found[name.strip()] = [member.strip() for member in members.split(",")]
    return found


def _policy(name: PolicyName, policies: Sequence[SecurityPolicy]) -> SecurityPolicy | None:
    return next((policy for policy in policies if same_policy(policy.identifier, name)), None)


def _ladder(context: typer.Context, policy: PolicyName) -> Ladder:
    """The ladder of a policy: one that is part of a standard, or one on record."""
    fixed = next((ladder for ladder in FIXED_LADDERS if ladder.policy.casefold() == policy.name.casefold()), None)
    if fixed is not None:
        return fixed
    try:
        return opened(context).record.ladder(policy.name)
    except NotOnRecord:
        raise NotOnRecord(f"the policy {policy.name} has no ladder on record (comity ladders lists them); give its SPIF with --spif") from None


def _named(into: str, labels: Sequence[ConfidentialityLabel], policies: Sequence[SecurityPolicy]) -> PolicyName:
    """The policy that --into names: one of the SPIFs, or that of a label."""
    known = [*(policy.identifier for policy in policies), *(label.policy for label in labels)]
    found = next((name for name in known if name.name.casefold() == into.casefold()), None)
    if found is None:
        raise BadInput(f"--into {into!r}: neither a SPIF given nor a label is of that policy; give its SPIF with --spif")
    return found


def _as_on(labels: Sequence[ConfidentialityLabel], day: date) -> tuple[list[ConfidentialityLabel], list[str]]:
    """The labels that count on the day, and what of those given is no longer said."""
    counting = [label_on(label, day) for label in labels]
    return counting, [
        f"{marking_of(before)}: its successor counts on {day}" for before, after in zip(labels, counting, strict=True) if before != after
    ]


def _mapped(labels: Sequence[ConfidentialityLabel], into: str, policies: Sequence[SecurityPolicy], keep: bool) -> list[ConfidentialityLabel]:
    """The labels under another policy; ``keep``: beside those of the originators."""
    target = _policy(_named(into, (), policies), policies)
    found: list[ConfidentialityLabel] = []
    for label in labels:
        own = _policy(label.policy, policies)
        if own is None or target is None:
            raise NotOnRecord(f"nothing says how labels of {label.policy} are mapped; give its SPIF with --spif")
        mapped = map_label(label, own, target)
        if mapped.label is None:
            raise BadInput(f"{marking_of(label)} has no equivalent under {target.name}: {mapped.why[-1]}")
        for why in mapped.why:
            print(f"note: {why}", file=sys.stderr)
        found += [label, mapped.label] if keep else [mapped.label]
    return found


def _data(about: str | None, documents: Sequence[tuple[str, LabelDocument]]) -> tuple[DataReference, ...]:
    if about is None:
        bound = tuple(reference for _, document in documents if document.binding is not None for reference in document.binding.data)
        if not bound:
            raise BadInput("--to bdo: name the file that the sidecar is about with --about")
        return bound
    return (DataReference(Path(about).name, mimetypes.guess_type(about)[0], _digest(Path(about))),)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha384").digest()


def _told(name: str, day: date | None, trusted: Sequence[bytes]) -> dict[str, Any]:
    """One file as plain data."""
    content = _read(name)
    document = read_labels(content, name)
    labels = document.labels if day is None else tuple(label_on(label, day) for label in document.labels)
    told: dict[str, Any] = {
        "file": name,
        "format": document.format,
        "labels": [{"marking": marking_of(label), "label": label_to_plain(label)} for label in labels],
        "statements": [{"id": marking.id, "says": marking.says} for marking in document.markings if marking.label is None],
        "data": [],
        "signature": None,
    }
    if document.binding is not None:
        told["data"] = [{"uri": reference.uri, "digest": reference.sha384 is not None} for reference in document.binding.data]
        check = _checked(Path(name), content, document, trusted)
        told["signature"] = {"verdict": check.verdict, "why": check.why, "signer": check.signer}
    return told


def _checked(path: Path, content: bytes, document: LabelDocument, trusted: Sequence[bytes]) -> SignatureCheck:
    """The signature against the certificates, and against the files that lie beside the sidecar."""
    assert document.binding is not None
    names = [reference.uri for reference in document.binding.data if Path(reference.uri).name == reference.uri]
    beside = {name: _digest(path.parent / name) for name in names if (path.parent / name).is_file()}
    return check_signature(content, trusted, _now(), beside)


def _now() -> datetime:
    return datetime.now().astimezone()


def _show(file: dict[str, Any]) -> None:
    out = console()
    out.print(f"{file['file']} ({file['format']})", style="bold", markup=False)
    for entry in file["labels"]:
        out.print(f"  {entry['marking']}", markup=False)
        for name, text in _rows(entry["label"]):
            out.print(f"    {name}: {text}", markup=False)
    for statement in file["statements"]:
        out.print(f"  {statement['id']}: {statement['says']}", markup=False)
    for reference in file["data"]:
        out.print(f"  about: {reference['uri']}{', with its digest' if reference['digest'] else ''}", markup=False)
    if file["signature"] is not None:
        check = file["signature"]
        signer = f" ({check['signer']})" if check["signer"] else ""
        out.print(f"  signature: {check['verdict']}: {check['why']}{signer}", markup=False)


def _rows(label: dict[str, Any]) -> list[tuple[str, str]]:
    """What the marking line does not say, a line each."""
    rows = [("role", label["role"])] if label["role"] != "originator" else []
    rows += [("policy", f"{label['policy']['name']} {label['policy']['uri'] or ''}".strip())]
    rows += [(f"{c['type'].lower()} {c['tag']}", ", ".join(c["values"]) or "(no value)") for c in label["categories"]]
    if label["originator"]:
        rows.append(("originator", f"{label['originator']['id']} ({label['originator']['type']})"))
    rows += [(name, label[key]) for name, key in (("created", "created"), ("review", "review")) if label[key]]
    while label["succession"]:
        at, label = label["succession"]["at"], label["succession"]["label"]
        rows.append((f"from {at}", f"{label['policy']['name']} {label['classification']}"))
    return rows


def add_to(app: typer.Typer) -> None:
    label = typer.Typer(name="label", no_args_is_help=True, help="Confidentiality labels: shown, converted, looked over, joined.")
    for name, command in (("show", show), ("convert", convert), ("lint", lint_files), ("join", join)):
        label.command(name)(command)
    app.add_typer(label)
