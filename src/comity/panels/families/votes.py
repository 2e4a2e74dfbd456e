"""How two states voted in the General Assembly of the United Nations.

Source: docs/explanation/how-panels-are-made.md, section 5; Voeten, Strezhnev and Bailey 2009; Bailey, Strezhnev and Voeten 2017.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from comity.panels.columns import Add, Column, Family, Shelf
from comity.panels.tables import Yearly

NAMED = {"Eswatini": 572, "North Macedonia": 343, "Federal Republic of Germany": 260, "Zanzibar": 511}
"""Names of the voting record that the list of ideal points does not have; all others mean there what they mean in that session."""


def _votes(shelf: Shelf, add: Add) -> Yearly:
    """By session, of the year in whose autumn it opens: on how many roll calls both voted, and on what share of them alike."""
    names = shelf.table("ideal-points").select("country", "session", "ccode")
    calls = shelf.table("unga", "roll-calls").select("rcid", "session")
    votes = shelf.table("unga", "votes").join(calls, on="rcid").join(names, on=["country", "session"], how="left")
    named = pl.col("ccode").fill_null(pl.col("country").replace_strict(NAMED, default=None, return_dtype=pl.Int32))
    cast = (
        votes.select("session", "rcid", named.alias("state"), "vote")
        .drop_nulls()
        .unique(["rcid", "state"], maintain_order=True)
        .sort("session")
        .collect()
    )
    return Yearly(pl.concat(_alike(of_session) for of_session in cast.partition_by("session", maintain_order=True)))


def _alike(cast: pl.DataFrame) -> pl.DataFrame:
    """Every two states of one session, the lower code first."""
    states, state = np.unique(cast["state"].to_numpy(), return_inverse=True)
    calls, call = np.unique(cast["rcid"].to_numpy(), return_inverse=True)
    alike = np.zeros((len(states), len(states)), np.float32)
    present = np.zeros((len(states), len(calls)), np.float32)
    for vote in ("yes", "no", "abstain"):
        voted = np.zeros_like(present)
        mine = (cast["vote"] == vote).to_numpy()
        voted[state[mine], call[mine]] = 1
        alike += np.dot(voted, voted.T)
        present += voted
    both = np.dot(present, present.T)
    a, b = np.nonzero(np.triu(both, 1))
    together = both[a, b].astype(np.int32)
    return pl.DataFrame({
        "state": states[a].astype(np.int32),
        "other": states[b].astype(np.int32),
        "year": np.full(len(a), int(cast["session"][0]) + 1945, np.int32),
        "un_votes": together,
        "un_alike": alike[a, b] / together,
    })  # fmt: skip


VOTES = Family(
    "un-votes",
    "unga",
    "pair",
    _votes,
    "votes",
    made=(
        Column("un_votes", "roll calls of the session on which both voted yes, no or abstained", "roll calls"),
        Column("un_alike", "of these, those on which they voted alike", "share"),
    ),
    counts=True,
)
