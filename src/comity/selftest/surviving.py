"""What is left of a ledger after its disk failed: is everything there that was acknowledged, whole, and nothing touched?"""

from __future__ import annotations

from contextlib import closing
from enum import StrEnum
from pathlib import Path

from comity.ledger import Ledger, check, create, latest_checkpoint, open_ledger, told
from comity.selftest.crashing import now
from comity.selftest.scenario import ORIGIN, Held, held_after
from comity.terms import BadInput, NotOnRecord


class Outcome(StrEnum):
    """How a ledger came through."""

    SOUND = "sound"
    LOST = "lost"
    HALF_APPLIED = "half applied"
    CORRUPT = "corrupt"


def judge(file: Path, acknowledged: int) -> tuple[Outcome, str]:
    """How the scenario's ledger came through, of which the steps up to this one were acknowledged (-1: none); and what is wrong.

    It holds what it held after the last step that was acknowledged, or after the one that was being taken. Where its making was not
    acknowledged there may be none; then it can be made.
    """
    url = f"sqlite:///{file}"
    try:
        ledger = open_ledger(url, now)
    except BadInput as problem:
        return _none(file, acknowledged, str(problem))
    try:
        with closing(ledger), told(url):
            return _judged(ledger, acknowledged)
    except BadInput as problem:
        return Outcome.CORRUPT, str(problem)


def _none(file: Path, acknowledged: int, says: str) -> tuple[Outcome, str]:
    if acknowledged >= 0:
        return (Outcome.CORRUPT if file.exists() and file.stat().st_size else Outcome.LOST), says
    try:
        create(f"sqlite:///{file}", ORIGIN, now).close()
    except BadInput as problem:
        return Outcome.CORRUPT, f"{says}; and: {problem}"
    return Outcome.SOUND, ""


def _judged(ledger: Ledger, acknowledged: int) -> tuple[Outcome, str]:
    with ledger.engine.connect() as connection:
        pages = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    if pages != "ok":
        return Outcome.CORRUPT, pages
    for one in check(ledger).touched:
        return Outcome.CORRUPT, f"{one.where}: {one.says}"
    held = held_by(ledger)
    least, most = held_after(acknowledged), held_after(acknowledged + 1)
    if held in (least, most):
        return Outcome.SOUND, ""
    says = f"{len(held.texts)} items, the latest checkpoint at {held.checkpoint}, where step {acknowledged} was acknowledged"
    if held.texts != most.texts[: len(held.texts)]:
        return Outcome.CORRUPT, f"other items than were appended: {says}"
    return (Outcome.LOST if len(held.texts) < len(least.texts) or held.checkpoint < least.checkpoint else Outcome.HALF_APPLIED), says


def held_by(ledger: Ledger) -> Held:
    """What a ledger holds."""
    try:
        checkpoint, _ = latest_checkpoint(ledger)
    except NotOnRecord:
        checkpoint = -1
    return Held(tuple(text or b"" for _, _, text in ledger.items()), checkpoint)
