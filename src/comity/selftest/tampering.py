"""Is everything found that somebody can do to a ledger, or to its backup, behind its back; or is it without effect?

1. the bits of the files of a small ledger and of its backup, flipped one at a time   2. the pages of the file damaged   3. its rows rewritten in
every way that the rules list   4. histories that fit themselves: only a note that somebody else holds tells; no other finding counts for these

3 and 4 on the database at the address; 1 and 2 are about files, and so about SQLite.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import sqlalchemy as sa

from comity.ledger import Ledger, create, open_ledger
from comity.selftest.crashing import now
from comity.selftest.damaging import MEMORY, damaged, flipped
from comity.selftest.histories import histories
from comity.selftest.judging import MISSED, NOTE, Judge, Mutations, Verdict
from comity.selftest.rewriting import RULES_ON_ITEMS, RULES_ON_ROWS, Rewritten, Rows, Rule
from comity.selftest.specimens import ORIGIN, book_of, keep, signer_of, small
from comity.selftest.tables import rows_of, unguard, write_rows

_ACTS_OF_A_SUBTREE = 256
_DATABASE = "the database itself"


def tamper(
    url: str | None,
    flips: int | None,
    seed: int,
    progress: Callable[[int, int], None] = lambda done, of: None,
    rules: Sequence[Rule] = (*RULES_ON_ROWS, *RULES_ON_ITEMS),
) -> Mutations:
    """Flip so many bits (None: every one), damage the pages, and rewrite a ledger in a file; or rewrite one at ``url``, where nothing is yet."""
    score = Mutations()
    with tempfile.TemporaryDirectory(prefix="comity-selftest-", dir=MEMORY) as name:
        folder = Path(name)
        specimen = small(folder)
        if url is None:
            score.add([flipped(specimen, flips, seed, progress), damaged(specimen)])
        _rewrite(score, url or f"sqlite:///{folder}/rewritten.db", folder, specimen.held, rules)
    return score


def _rewrite(score: Mutations, url: str, folder: Path, held: tuple[str, ...], rules: Sequence[Rule]) -> None:
    """Write one state after the other into tables that nothing guards, and see what becomes of each."""
    ledger = create(url, ORIGIN, now)
    unguard(ledger)
    rows = _rows_in(folder / "ledger.db")
    rewritten = try_each(ledger, held, rows, [one for rule in rules for one in rule(rows)])
    pasts = try_each(ledger, held, rows, histories(folder), only_by_note=True)
    # subtrees are kept from 256 items on
    notes = keep(f"sqlite:///{folder}/grown.db", [book_of(_ACTS_OF_A_SUBTREE)], [signer_of("own")])
    rows = _rows_in(folder / "grown.db")
    subtrees = [one for rule in rules if rule in RULES_ON_ROWS for one in rule({"subtree": rows["subtree"]})]
    score.add([rewritten, pasts, try_each(ledger, notes, rows, subtrees)])
    ledger.close()


def try_each(ledger: Ledger, held: Iterable[str], rows: Rows, changes: Iterable[Rewritten], only_by_note: bool = False) -> Mutations:
    """Put each change in the place of the rows of a ledger that nothing guards; what becomes of each."""
    score = Mutations()
    write_rows(ledger, rows)
    judge, there = Judge(ledger.url, held), rows
    for change in changes:
        try:
            write_rows(ledger, {table: held for table, held in change.rows.items() if held is not there[table]})
            there = there | change.rows
            verdict = judge.verdict()
        except sa.exc.DBAPIError as refused:
            verdict = Verdict(_DATABASE, str(refused.orig))
        if only_by_note and verdict.by != NOTE:
            verdict = Verdict(MISSED, f"a note held elsewhere ought to tell; what did: {verdict.by} ({verdict.says})")
        score.count(change.kind, change.what, verdict)
    return score


def _rows_in(file: Path) -> Rows:
    ledger = open_ledger(f"sqlite:///{file}", now)
    rows = rows_of(ledger)
    ledger.close()
    return rows
