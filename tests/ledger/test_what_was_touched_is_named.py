"""Whatever is changed in a ledger behind its back is named; what no hash covers alone shows beside a checkpoint."""

from __future__ import annotations

import base64
import random
import shutil
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

import comity
from comity import about
from comity.keeping import take_in
from comity.ledger import Ledger, check, create, inclusion_file, make_checkpoint, new_signer, open_ledger, told
from comity.ledger.proving import consistency_proof, subtrees
from comity.ledger.schema import FORMAT, checkpoint, head, leaf, mention, metadata, payload, subtree
from comity.ledger.tree import Frontier, extends, includes, leaf_hash, node_hash
from comity.terms import BadInput, ComityError, NotOnRecord
from tests.ledger.conftest import BOOK, ORIGIN
from tests.ledger.test_a_ledger_holds_a_book import item

HASH = "sha256:" + "0" * 64
TOUCHES: dict[str, sa.sql.dml.UpdateBase | sa.TextClause] = {
    "item 5 (": leaf.update().where(leaf.c.seq == 5).values(logged="2001-01-01T00:00:00.000000Z"),
    "head": leaf.update().where(leaf.c.seq == 5).values(file="acts/other.csv"),
    "item 6 (": leaf.update().where(leaf.c.seq == 6).values(text=b"0" * 32),
    "item 7 (": payload.update().where(payload.c.seq == 7).values(text=b"another text"),
    "item 20 (acts/acts.csv)": payload.update().where(payload.c.seq == 20).values(act=b"another act"),
    "item 21 (acts/acts.csv)": payload.update().where(payload.c.seq == 21).values(act=None),
    "item 3 (": payload.delete().where(payload.c.seq == 3),
    "items: ": payload.insert().values(seq=9999, text=b"of no leaf"),
    "items: 2": leaf.update().where(leaf.c.seq == 5).values(seq=-5),
    "mentions": mention.delete().where(mention.c.word == "pact"),
    "mentions: the": mention.insert().values(word="another", seq=3),
    "head: it speaks": head.update().values(size=3),
    "head: it gives another instant": head.update().values(logged="2001-01-01T00:00:00.000000Z"),
    "head: there are 0": head.delete(),
    "head: it speaks of version": sa.text("UPDATE alembic_version SET version_num = '0001'"),
    "subtree 8/0: its": subtree.update().values(hash=b"0" * 32),
    "subtree 8/9: there": subtree.insert().values(level=8, place=9, hash=b"0" * 32),
    "checkpoint 260: the log had": checkpoint.update().values(note=sa.func.replace(checkpoint.c.note, "=\n\n", "=\n\n")),
}


@pytest.fixture
def long(ledger: Ledger) -> Ledger:
    """A ledger of more than 256 items, with a checkpoint at 260."""
    ledger.append([item(number) for number in range(260 - ledger.head().size)])
    make_checkpoint(ledger, new_signer(ORIGIN))
    ledger.append([item(number) for number in range(1000, 1010)])
    return ledger


def _touch(ledger: Ledger, change: sa.sql.dml.UpdateBase | sa.TextClause) -> list[str]:
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        assert connection.execute(change).rowcount
    return [f"{t.where}: {t.says}" for t in check(ledger).touched]


def test_nothing_is_touched_to_begin_with(long: Ledger) -> None:
    assert check(long).touched == ()


@pytest.mark.parametrize("where", [where for where in TOUCHES if not where.startswith("checkpoint")])
def test_what_is_changed_behind_its_back_is_named(long: Ledger, where: str) -> None:
    found = _touch(long, TOUCHES[where])
    assert any(one.startswith(where) for one in found), found


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["seq", "act", "file", "text", "whole", "logged"])
def test_a_column_whose_name_is_in_other_letters_is_the_same(ledger: Ledger, column: str) -> None:
    """A flipped bit can do that; the database does not mind, and no more do we."""
    acts = [found.act for found in ledger.leaves(20, 30) if found.act]
    before = ledger.numbers_of(acts), ledger.files(), ledger.naming(["alf-bet"]), ledger.latest("")
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.exec_driver_sql(f'ALTER TABLE leaf RENAME COLUMN {column} TO "{column.upper()}"')
    assert (ledger.numbers_of(acts), ledger.files(), ledger.naming(["alf-bet"]), ledger.latest("")) == before
    assert check(ledger).touched == ()


def test_a_checkpoint_of_another_root_is_named(long: Ledger) -> None:
    with long.engine.connect() as connection:
        note = connection.execute(sa.select(checkpoint.c.note)).scalar_one()
    lines = note.split("\n")
    lines[2] = "A" * 43 + "="
    assert _touch(long, checkpoint.update().values(note="\n".join(lines))) == ["checkpoint 260: the log had another root then"]
    assert any("its note is about 9 items" in one for one in _touch(long, checkpoint.update().values(note="\n".join([lines[0], "9", *lines[2:]]))))


def test_a_log_cut_short_shows_beside_its_checkpoint(long: Ledger) -> None:
    with long.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(payload.delete().where(payload.c.seq >= 100))
        connection.execute(leaf.delete().where(leaf.c.seq >= 100))
    says = [f"{t.where}: {t.says}" for t in check(long).touched]
    assert "checkpoint 260: the log has only 100 items" in says


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_bit_is_found_or_changes_nothing(tmp_path: Path, seed: int) -> None:
    """Of a small file on disk: looked over, it is named, or the file is refused; else everything in it is what it was."""
    rng, path = random.Random(seed), tmp_path / "small.db"
    ledger = create(f"sqlite:///{path}", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, ledger)
    make_checkpoint(ledger, new_signer(ORIGIN))
    before, root = ledger.files(), ledger.head()
    ledger.close()
    content = bytearray(path.read_bytes())
    for _ in range(60):
        at, bit = rng.randrange(len(content)), 1 << rng.randrange(8)
        content[at] ^= bit
        flipped = tmp_path / "flipped.db"
        flipped.write_bytes(content)
        content[at] ^= bit
        assert _is_found(flipped) or _is_as_before(flipped, before, root), (at, bit)


def _is_found(path: Path) -> bool:
    try:
        with told(f"sqlite:///{path}"):
            return bool(check(open_ledger(f"sqlite:///{path}", about.clock)).touched)
    except ComityError:
        return True


def _is_as_before(path: Path, files: dict[str, bytes], root: object) -> bool:
    ledger = open_ledger(f"sqlite:///{path}", about.clock)
    return ledger.files() == files and ledger.head() == root


def test_what_others_append_meanwhile_is_no_tampering(long: Ledger) -> None:
    """Another appends as soon as the first item is looked at; on SQLite it is done when the looking is."""
    other = threading.Thread(target=lambda: open_ledger(long.url, about.clock).append([item(2000)]))

    def append(done: int) -> None:
        if done == 1:
            other.start()
            other.join(0.2)

    assert (check(long, append).touched, check(long).touched) == ((), ())
    other.join()
    assert (check(long).touched, check(long).size) == ((), 271)


# -- proofs


def test_an_act_is_proved_to_be_in_the_log_up_to_a_checkpoint(long: Ledger) -> None:
    act = next(found.act for found in long.leaves(200, 260) if found.act)
    lines = inclusion_file(long, act).split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    proof = [bytes.fromhex(_hex(line)) for line in lines[3 : lines.index("")]]
    number, root = int(lines[2].removeprefix("index ")), bytes.fromhex(_hex(lines[lines.index("") + 3]))
    said = bytes.fromhex(_hex(lines[1].removeprefix("extra ")))
    assert act.encode() in said
    assert includes(leaf_hash(said), number, 260, proof, root)
    assert not includes(leaf_hash(said + b" "), number, 260, proof, root)


def test_what_is_later_than_the_checkpoint_or_nowhere_is_not_proved(long: Ledger) -> None:
    later = next(found.act for found in long.leaves(265, 270) if found.act)
    with pytest.raises(NotOnRecord, match="after the latest checkpoint, of 260 items; make a new one first"):
        inclusion_file(long, later)
    with pytest.raises(NotOnRecord, match="no act sha256:0"):
        inclusion_file(long, HASH)


def test_a_longer_log_is_proved_to_go_on_from_a_shorter_one(long: Ledger) -> None:
    leaves = [leaf_hash(found.to_bytes()) for found, _, _ in long.items()]
    last = long.head().root()
    frontier, roots = Frontier(), []
    for one in leaves:
        roots.append(frontier.root())
        frontier = frontier.append(one)
    for first in (1, 7, 256, 257, 260, len(leaves)):
        proof = consistency_proof(long, first, len(leaves))
        assert extends(first, len(leaves), [*roots, last][first], last, proof), first


def test_a_subtree_that_is_kept_is_what_its_halves_make(long: Ledger) -> None:
    of = subtrees(long)
    assert of(8, 0) == node_hash(of(7, 0), of(7, 1))


def test_a_checkpoint_of_the_same_size_is_signed_once(long: Ledger) -> None:
    first = make_checkpoint(long, new_signer(ORIGIN))
    assert make_checkpoint(long, new_signer(ORIGIN)) == first


# -- what is no ledger


def test_a_ledger_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    ledger = create(f"sqlite:///{tmp_path}/x.db", ORIGIN, about.clock)
    with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(head.update().values(format=FORMAT + 1))
    with pytest.raises(BadInput, match=f"is of version {FORMAT + 1}, this program knows {FORMAT}; use a newer Comity"):
        open_ledger(ledger.url, about.clock)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://x/y", "write sqlite:///FILE or postgresql://USER@HOST/NAME"),
        ("sqlite://", "write sqlite:///FILE"),
        ("sqlite:////no/such/place/x.db", "there is no ledger at"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_in_one_line(url: str, says: str) -> None:
    with pytest.raises(BadInput, match=says) as refused:
        open_ledger(url, about.clock)
    assert "\n" not in str(refused.value)


def test_half_a_file_and_another_file_are_refused(tmp_path: Path) -> None:
    ledger = create(f"sqlite:///{tmp_path}/x.db", ORIGIN, about.clock)
    take_in(comity.open(BOOK).book, ledger)
    ledger.close()
    whole = (tmp_path / "x.db").read_bytes()
    (tmp_path / "half.db").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "other.db").write_bytes(b"not a database at all, but some text that is long enough" * 40)
    shutil.copy(BOOK / "book.toml", tmp_path / "toml.db")
    for name in ("half.db", "other.db", "toml.db"):
        with pytest.raises(BadInput), told(name):
            check(open_ledger(f"sqlite:///{tmp_path}/{name}", about.clock))
        with pytest.raises(BadInput):
            comity.open(f"sqlite:///{tmp_path}/{name}")


def test_a_ledger_is_not_made_where_something_is(tmp_path: Path) -> None:
    create(f"sqlite:///{tmp_path}/x.db", ORIGIN, about.clock)
    with pytest.raises(BadInput, match="the file is there already"):
        create(f"sqlite:///{tmp_path}/x.db", ORIGIN, about.clock)
    with pytest.raises(BadInput, match="give a name without blanks or plus signs"):
        create(f"sqlite:///{tmp_path}/y.db", "a name", about.clock)


def test_the_migrations_make_the_tables_that_the_program_uses(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with ledger.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert found == []


def _hex(written: str) -> str:
    return base64.b64decode(written).hex()
