"""A book from its folder: every file read, every problem collected with file and line, nothing stopped by the first.

The files' bytes are kept, so that writing a book that was read changes no byte.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from comity.acts import Entry
from comity.agreements import Agreement, Coverage
from comity.agreements.decision_rules import DecisionRule, WeightTable
from comity.book.decoding import Decoder, Problem
from comity.book.documents import unsound_document
from comity.book.soundness import repeated_duties, unknown_codes, unknown_levels, unsound, unsound_ladder, wrong_settlements
from comity.book.soundness_of_decisions import unsound_decisions
from comity.book.tables import destroyed_ref, entry_of, read_rows
from comity.parties import Party, Register, Succession
from comity.standing import Record, find_cycle, needs
from comity.terms import BadInput, Ladder, parse_day

T = TypeVar("T")
_SINGLE = ("book.toml", "parties.toml")
_FOLDERS = (("agreements", ".toml"), ("ladders", ".toml"), ("acts", ".csv"), ("attachments", ""))
LARGEST_FILE = 64 * 1024 * 1024
_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Book:
    """Agreements, acts and parties as read: the record, the problems found, the bytes of the files, and by file and line the entries. ``where``: its
    folder, or the address of its ledger.
    """

    where: str
    record: Record
    problems: tuple[Problem, ...]
    files: dict[str, bytes] = field(repr=False)
    rows: dict[tuple[str, int], Entry] = field(repr=False, default_factory=dict)

    @cached_property
    def lines(self) -> dict[str, tuple[str, int]]:
        """File and line of each act, by its reference."""
        return {entry.act.ref: place for place, entry in self.rows.items()}

    def write(self, folder: Path) -> None:
        """Write the same files, byte for byte, into another folder."""
        write_files(self.files, folder)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a book into a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@dataclass(slots=True)
class _Row:
    file: str
    line: int
    values: dict[str, str]
    entry: Entry | None = None
    busy: bool = False


def read_book(folder: Path) -> Book:
    """Read the book in ``folder``; BadInput only if there is no such folder or it is no book."""
    if not folder.is_dir():
        raise BadInput(f"no folder {str(folder)!r}; give the folder of a book with --book")
    if not (folder / "agreements").is_dir():
        raise BadInput(f"{str(folder)!r} is not a book: it has no folder 'agreements'; see docs/reference/book-format.md")
    files, problems = _load(folder)
    return _Reading(files, str(folder), folder.name, problems).read()


def read_files(files: Mapping[str, bytes], where: str) -> Book:
    """The same from the bytes of the files, by their names in the folder."""
    return _Reading(dict(files), where, where, []).read()


def read_agreement(name: str, content: bytes) -> Agreement | None:
    """The agreement in a file of this name alone; None if the file has problems that ``read_files`` would list."""
    return _Reading({name: content}, name, name, [])._agreement(name)


def _load(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every file of the book; one that can't be read, or is too large, is a problem."""
    files, problems = dict[str, bytes](), list[Problem]()
    paths = [path for name in _SINGLE if (path := folder / name).exists()]
    for sub, ending in _FOLDERS:
        paths += sorted((folder / sub).rglob(f"*{ending}")) if (folder / sub).is_dir() else []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            size = path.stat().st_size
            if size > LARGEST_FILE:
                says = f"the file has {size // 1_000_000} MB, more than {LARGEST_FILE // 1_000_000} MB; split it into several files"
                problems.append(Problem(name, 1, says))
                continue
            files[name] = path.read_bytes()
        except OSError as problem:
            problems.append(Problem(name, 1, f"cannot be read: {problem.strerror}"))
    return files, problems


class _Reading:
    def __init__(self, files: dict[str, bytes], where: str, name: str, problems: list[Problem]) -> None:
        self.files, self.where, self.name, self.problems = files, where, name, problems
        self._unread = {problem.file for problem in problems}

    def read(self) -> Book:
        title, recorded, general = self._settings()
        register = self._parties()
        agreements = tuple(a for path in self._paths("agreements", ".toml") if (a := self._agreement(path)) is not None)
        ladders = tuple(found for path in self._paths("ladders", ".toml") if (found := self._ladder(path, register)) is not None)
        rows = [row for path in self._paths("acts", ".csv") for row in self._rows(path)]
        entries = self._entries(rows, recorded)
        record = Record(agreements, tuple(entries), register, general, title, ladders)
        self._check(record, rows)
        for name in self._paths("attachments", ""):
            if says := unsound_document(name, self.files[name]):
                self._problem(name, 1, says)
        problems = tuple(sorted(set(self.problems), key=lambda p: (p.file, p.line, p.says)))
        return Book(self.where, record, problems, self.files, {(row.file, row.line): row.entry for row in rows if row.entry is not None})

    # -- files

    def _paths(self, sub: str, ending: str) -> list[str]:
        return sorted(name for name in self.files if name.startswith(f"{sub}/") and name.endswith(ending))

    def _text(self, name: str) -> str | None:
        content = self.files[name]
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = content[: problem.start].count(b"\n") + 1
            self._problem(name, line, f"byte {problem.start} is not UTF-8; save the file as UTF-8")
            return None

    def _problem(self, file: str, line: int, says: str) -> None:
        self.problems.append(Problem(file, line, says))

    def _toml(self, name: str) -> tuple[dict[str, object], Decoder] | None:
        text = self._text(name)
        if text is None:
            return None
        try:
            return tomllib.loads(text.replace("\r\n", "\n")), Decoder(name, text)
        except tomllib.TOMLDecodeError as problem:
            match = _LINE.search(str(problem))
            says = _LINE.sub("", str(problem)).strip()
            self._problem(name, int(match[1]) if match else text.count("\n") + 1, f"not TOML: {says}; put the line right")
            return None

    # -- book.toml and parties.toml

    def _settings(self) -> tuple[str, date | None, tuple[Coverage, ...]]:
        found = self._toml("book.toml") if "book.toml" in self.files else None
        if found is None:
            return self.name, None, ()
        data, decoder = found
        for key in data:
            if key not in ("title", "recorded", "coverage"):
                self._problem("book.toml", decoder.line((key,)), f"stray key {key!r}; it may have: title, recorded, coverage")
        recorded = data.get("recorded", "as made")
        day: date | None = None
        if isinstance(recorded, date):
            day = recorded
        elif recorded != "as made":
            try:
                day = parse_day(str(recorded))
            except BadInput as problem:
                self._problem("book.toml", decoder.line(("recorded",)), f'recorded: {problem}, or "as made"')
        coverage = self._coverage(data.get("coverage", []), decoder)
        return str(data.get("title", self.name)), day, coverage

    def _coverage(self, tables: object, decoder: Decoder) -> tuple[Coverage, ...]:
        found = [decoder.decode(Coverage, t, ("coverage", i)) for i, t in enumerate(tables if isinstance(tables, list) else [])]
        for index, coverage in enumerate(found):
            if coverage is not None and coverage.from_ is not None and coverage.through < coverage.from_:
                decoder.problem(("coverage", index), f"coverage ends on {coverage.through}, before it begins on {coverage.from_}; put the days right")
        self.problems += decoder.problems
        return tuple(c for c in found if c is not None)

    def _parties(self) -> Register:
        found = self._toml("parties.toml") if "parties.toml" in self.files else None
        if found is None:
            if "parties.toml" not in self.files and "parties.toml" not in self._unread:
                self._problem("parties.toml", 1, "the book has no parties.toml; add one with every party that acts")
            return Register()
        data, decoder = found
        parties: dict[str, Party] = {}
        for key in data:
            if key not in ("party", "succession"):
                decoder.problem((key,), f"stray key {key!r}; it may have: [[party]], [[succession]]")
        for index, table in enumerate(_tables(data.get("party"))):
            party = decoder.decode(Party, table, ("party", index))
            if party is None:
                continue
            if not party.names:
                decoder.problem(("party", index), f'party {party.code!r} has no name; give names = [{{ name = "..." }}]')
                continue
            if party.code in parties:
                decoder.problem(("party", index), f"party {party.code!r} stands twice; keep one")
            parties[party.code] = party
        successions = [decoder.decode(Succession, t, ("succession", i)) for i, t in enumerate(_tables(data.get("succession")))]
        for index, succession in enumerate(successions):
            for code in (succession.successor, succession.predecessor) if succession else ():
                if code not in parties:
                    decoder.problem(("succession", index), f"party {code!r} is not among the parties; add a [[party]]")
        for index, party in enumerate(parties.values()):
            if party.part_of is not None and party.part_of not in parties:
                decoder.problem(("party", index), f"{party.code!r} is part of {party.part_of!r}, which is not among the parties")
        kept = tuple(s for s in successions if s is not None)
        for succession in _in_a_circle(kept):
            decoder.problem(
                ("succession", kept.index(succession)),
                f"{succession.successor!r} continues {succession.predecessor!r} in a circle; a person can't continue itself: take one out",
            )
            kept = tuple(s for s in kept if s is not succession)
        self.problems += decoder.problems
        return Register(parties, kept)

    # -- agreements

    def _decoded(self, name: str, cls: type[T], **fields: str) -> tuple[T | None, Decoder] | None:
        """The file as ``cls``; each of ``fields`` is the name of its tables, which are the items of that field of ``cls``."""
        found = self._toml(name)
        if found is None:
            return None
        data, decoder = found
        for written, meant in fields.items():
            decoder.rename(written, meant)
        value = decoder.decode(cls, {fields.get(key, key): value for key, value in data.items()})
        self.problems += decoder.problems
        return value, decoder

    def _agreement(self, name: str) -> Agreement | None:
        found = self._decoded(name, Agreement, clause="clauses")
        if found is None or found[0] is None:
            return None
        agreement, decoder = found[0], found[1]
        stem = Path(name).stem.partition("@")[0]
        for path, says in unsound(agreement):
            self._problem(name, decoder.line(path), says)
        if agreement.id != stem:
            self._problem(name, decoder.line(("id",)), f"id {agreement.id!r} differs from the file's name {stem!r}; make them the same")
        return replace(agreement, sha256="sha256:" + hashlib.sha256(self.files[name]).hexdigest())

    # -- ladders

    def _ladder(self, name: str, register: Register) -> Ladder | None:
        found = self._decoded(name, Ladder, level="levels", caveat="caveats", category="categories")
        if found is None or found[0] is None:
            return None
        ladder, decoder = found[0], found[1]
        for path, says in unsound_ladder(ladder, Path(name).stem, register):
            self._problem(name, decoder.line(path), says)
        return ladder

    # -- acts

    def _rows(self, name: str) -> Iterable[_Row]:
        text = self._text(name)
        if text is None:
            return []
        return [_Row(name, line, values) for line, values in read_rows(name, text, self.problems)]

    def _entries(self, rows: list[_Row], recorded: date | None) -> list[Entry]:
        by_ref: dict[str, _Row] = {}
        for row in rows:
            by_ref.setdefault(row.values.get("ref", ""), row)
        destroyed = dict(found for row in rows if (found := destroyed_ref(row.values)) is not None)
        return [row.entry for row in rows if self._resolve(row, by_ref, destroyed, recorded) and row.entry is not None]

    def _resolve(self, row: _Row, by_ref: dict[str, _Row], destroyed: Mapping[str, str], recorded: date | None) -> bool:
        """Read a row after the row it replies to, whose hash it needs."""
        if row.entry is not None:
            return True
        if row.busy:
            return False
        row.busy = True
        reply, wanted = None, row.values.get("replies_to", "")
        try:
            if wanted.startswith("sha256:"):
                reply = wanted
            elif wanted in destroyed and wanted not in by_ref:
                reply = destroyed[wanted]
            elif wanted:
                target = by_ref.get(wanted)
                if target is None:
                    raise BadInput(f"replies_to {wanted!r}: no act with this ref in the book")
                if target is row or (target.entry is None and target.busy and not self._failed(target)):
                    raise BadInput(f"replies_to {wanted!r}: acts that reply to one another in a circle; break it")
                if not self._resolve(target, by_ref, destroyed, recorded) or target.entry is None:
                    raise BadInput(f"replies_to {wanted!r}: that act could not be read")
                reply = target.entry.act.hash
            row.entry = entry_of(row.values, reply, recorded)
        except BadInput as problem:
            self._problem(row.file, row.line, str(problem))
            return False
        return True

    def _failed(self, row: _Row) -> bool:
        return any(p.file == row.file and p.line == row.line for p in self.problems)

    # -- across files

    def _check(self, record: Record, rows: list[_Row]) -> None:
        seen: dict[str, _Row] = {}
        for row in rows:
            if row.entry is None:
                continue
            act = row.entry.act
            for column, codes in (
                ("actor", (act.actor,)),
                ("counterparty", act.counterparty),
                ("territory", act.territory),
                ("on_behalf_of", (act.on_behalf_of,)),
                ("depositary", (act.depositary,)),
            ):
                for code in codes:
                    if code is not None and code not in record.register.parties:
                        self._problem(row.file, row.line, f"{column} {code!r} is not among the parties; add it to parties.toml or correct the code")
            if act.agreement is not None and not record.holds(act.agreement):
                self._problem(row.file, row.line, f"agreement {act.agreement!r} has no file in agreements/; add one or correct the id")
            first = seen.setdefault(act.ref, row)
            if first is not row and first.entry is not None and first.entry.act.hash == act.hash:
                self._problem(row.file, row.line, f"the act {act.ref!r} stands twice, word for word (also {first.file}:{first.line}); keep one")
        for agreement in record.agreements:
            self._check_agreement(record, agreement)
        cycle = find_cycle(record)
        if cycle is not None:
            self._problem(
                f"agreements/{cycle[0]}.toml", 1, f"agreements depend on one another in a circle: {' -> '.join(cycle)}; take one dependence out"
            )

    def _check_agreement(self, record: Record, agreement: Agreement) -> None:
        name = f"agreements/{agreement.id}.toml"
        for other in sorted(needs(agreement) | {r for r in (agreement.parent, agreement.protocol_to) if r}):
            if not record.holds(other):
                self._problem(name, 1, f"names the agreement {other!r}, which has no file in agreements/")
        wrong = (*unknown_codes(agreement, record.register), *repeated_duties(agreement), *wrong_settlements(agreement))
        decides = any(isinstance(clause, DecisionRule | WeightTable) for clause in agreement.clauses)
        for says in (*unknown_levels(agreement, record), *wrong, *(unsound_decisions(agreement, record) if decides else ())):
            self._problem(name, 1, says)
        for code in (*agreement.negotiating, *agreement.depositary):
            if code not in record.register.parties:
                self._problem(name, 1, f"party {code!r} is not among the parties; add it to parties.toml or correct the code")


def _in_a_circle(successions: tuple[Succession, ...]) -> list[Succession]:
    """Continuations whose chain of predecessors comes back to where it began."""
    before = {s.successor: s for s in successions if s.how == "continues"}
    found = []
    for start in before.values():
        seen, at = {start.successor}, start.predecessor
        while at in before and at not in seen:
            seen.add(at)
            at = before[at].predecessor
        if at == start.successor:
            found.append(start)
    return found


def _tables(value: object) -> list[dict[str, object]]:
    return [t for t in value if isinstance(t, dict)] if isinstance(value, list) else []
