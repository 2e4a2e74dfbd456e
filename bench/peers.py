"""What Comity is measured beside: its own slow oracle, and the solution in pandas that an analyst would write first."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np

from comity.agreements.clauses import EntryIntoForce, LaterParties, Withdrawal
from comity.agreements.conditions import Consents
from comity.ledger.tree import Frontier, inclusion, leaf_hash, subtrees_of
from comity.standing.columns import ColumnRecord
from comity.standing.folding import Fold
from oracles import standing as oracle

PEER = Path(__file__).parents[1] / ".peers" / "pandas" / "bin" / "python"


def oracle_fold(record: ColumnRecord, agreements: int) -> int:
    """The oracle asked who is bound on one day, for every party that acted, under so many agreements."""
    ids = record.ids[:agreements]
    entries = [e for a in ids for e in record.entries_of(a)]
    slow = oracle.Record([record.agreement(a) for a in ids], entries, record.register)
    count = 0
    for agreement in ids:
        for party in sorted({e.act.actor for e in record.entries_of(agreement)}):
            oracle.bound(slow, party, agreement, date(2020, 1, 1), date(2025, 1, 1), None)
            count += 1
    return count


_PANDAS = """
import sys, time, json, numpy as np, pandas as pd
acts = pd.read_pickle(sys.argv[1]); rules = pd.read_pickle(sys.argv[2])
start = time.perf_counter()
consent = acts[acts.kind.isin(["ratify", "accede", "accept", "notify-completion"])].groupby(["agreement", "actor"]).day.min().reset_index()
consent["rank"] = consent.groupby("agreement").day.rank(method="first")
consent = consent.merge(rules, on="agreement")
nth = consent[consent["rank"] == consent.needed].assign(entry=lambda f: f.day + f.delay)[["agreement", "entry"]]
spans = consent.merge(nth, on="agreement")
spans["start"] = np.where(spans.day <= spans.entry, spans.entry, spans.day + spans.later)
exits = acts[acts.kind == "denounce"].merge(spans[["agreement", "actor", "start", "notice"]], on=["agreement", "actor"])
exits = exits[exits.day >= exits.start].assign(end=lambda f: f.day + f.notice).groupby(["agreement", "actor"]).end.min().reset_index()
spans = spans.merge(exits, on=["agreement", "actor"], how="left").fillna({"end": 3652059})
took = time.perf_counter() - start
spans[["agreement", "actor", "start", "end"]].to_csv(sys.argv[3], index=False)
print(json.dumps({"seconds": took}))
"""


def pandas_fold(record: ColumnRecord, known: date) -> tuple[float, float] | None:
    """Seconds that pandas takes, and the share of (agreement, party) for which it says bound or not as Comity on one day."""
    if not PEER.exists():
        return None
    columns = record.columns
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        acts = {"agreement": columns.agreement.tolist(), "actor": columns.actor.tolist(), "day": columns.made.tolist(),
                "kind": [columns.kinds[k] for k in columns.kind]}  # fmt: skip
        rules = [_rule(record, index) for index in range(len(record.ids))]
        (folder / "in.json").write_text(json.dumps({"acts": acts, "rules": rules}))
        load = "import json,sys,pandas as pd; d=json.load(open(sys.argv[1])); pd.DataFrame(d['acts']).to_pickle(sys.argv[2]); pd.DataFrame(d['rules']).to_pickle(sys.argv[3])"
        subprocess.run([PEER, "-c", load, folder / "in.json", folder / "acts", folder / "rules"], check=True)
        done = subprocess.run(
            [PEER, "-c", _PANDAS, folder / "acts", folder / "rules", folder / "out.csv"], check=True, capture_output=True, text=True
        )
        table = np.loadtxt(folder / "out.csv", delimiter=",", skiprows=1, dtype=np.float64)
    day = date(2015, 1, 1).toordinal()
    fold = Fold(record, known)
    fold.run(1)
    party = np.array([fold.party_index[columns.actors[int(a)]] for a in table[:, 1]], dtype=np.int32)
    ours = fold.bound(table[:, 0].astype(np.int32), party, np.full(len(table), day, dtype=np.int32)) == 1
    theirs = (table[:, 2] <= day) & (day < table[:, 3])
    return float(json.loads(done.stdout)["seconds"]), float((ours == theirs).mean())


def _rule(record: ColumnRecord, index: int) -> dict[str, int]:
    agreement = record.agreements[index]
    entry = next(c for c in agreement.clauses if isinstance(c, EntryIntoForce))
    later = next((c for c in agreement.clauses if isinstance(c, LaterParties)), None)
    leave = next((c for c in agreement.clauses if isinstance(c, Withdrawal)), None)
    needed = entry.when.number if isinstance(entry.when, Consents) and isinstance(entry.when.number, int) else 2
    months = sum((s.months or 0) + 12 * (s.years or 0) for s in leave.notice) if leave else 1200
    return {"agreement": index, "needed": needed, "delay": sum(s.days or 0 for s in entry.delay),
            "later": sum(s.days or 0 for s in later.delay) if later else 0, "notice": round(months * 30.4)}  # fmt: skip


MERKLE = Path(__file__).parents[1] / ".peers" / "merkle" / "bin" / "python"
LEAVES, PROOFS = 50_000, 500
_PYMERKLE = """
import sys, time, json
from pymerkle import InmemoryTree
leaves, proofs = int(sys.argv[1]), int(sys.argv[2])
tree = InmemoryTree(algorithm="sha256")
start = time.perf_counter()
for n in range(leaves):
    tree.append_entry(b"leaf %d" % n)
appended = time.perf_counter() - start
root = tree.get_state().hex()
start = time.perf_counter()
for n in range(proofs):
    tree.prove_inclusion(1 + n * (leaves // proofs))
print(json.dumps({"appended": appended, "proved": time.perf_counter() - start, "root": root}))
"""


def of_tree() -> list[str]:
    """The tree over so many leaves in memory, and proofs of some, beside pymerkle's: the same root."""
    start = time.perf_counter()
    frontier, hashes = Frontier(), list[bytes]()
    for n in range(LEAVES):
        hashes.append(leaf_hash(b"leaf %d" % n))
        frontier = frontier.append(hashes[-1])
    appended = time.perf_counter() - start
    of, took = subtrees_of(hashes), list[float]()
    for _ in range(2):
        start = time.perf_counter()
        for n in range(PROOFS):
            inclusion(n * (LEAVES // PROOFS), LEAVES, of)
        took.append(time.perf_counter() - start)
    first, proved = took
    rows = [
        f"The tree alone, in memory, {LEAVES:,} leaves, beside pymerkle (GPL: a peer, never shipped).",
        "",
        "| what | Comity | pymerkle | ratio |",
        "|---|---|---|---|",
    ]
    if not MERKLE.exists():
        return [*rows, f"| leaves appended a second | {LEAVES / appended:,.0f} | not installed: make peers | |"]
    done = subprocess.run([str(MERKLE), "-c", _PYMERKLE, str(LEAVES), str(PROOFS)], capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    same = "the same root" if theirs["root"] == frontier.root().hex() else "another root"
    return [
        *rows,
        f"| leaves appended a second ({same}) | {LEAVES / appended:,.0f} | {LEAVES / theirs['appended']:,.0f} | {theirs['appended'] / appended:.1f} |",
        f"| inclusion proofs a second, subtrees hashed before (pymerkle does so while appending) | {PROOFS / proved:,.0f} | {PROOFS / theirs['proved']:,.0f} | {theirs['proved'] / proved:.1f} |",
        f"| the same, hashing them on the way | {PROOFS / first:,.0f} | {PROOFS / theirs['proved']:,.0f} | {theirs['proved'] / first:.1f} |",
    ]
