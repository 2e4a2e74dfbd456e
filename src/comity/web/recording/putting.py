"""Putting acts on record: what was looked at, and nothing else; once for each form, however often it is sent; all, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from comity.keeping import Document, Moved, Previewed, add_previewed
from comity.ledger import told
from comity.terms import BadInput
from comity.web.recording.approvals import Proposed, Wanted
from comity.web.recording.ground import Ground

_TOKEN = re.compile(r"[0-9a-f]{32}")
_TRIES = 20
Look = Callable[[Ground], Sequence[Previewed]]
"""Looks at what is to be recorded on the ledger as it is: the rows; or raises what is wrong, or that it is no longer as it was shown."""


class Recorded(Exception):
    """The form was recorded before, under these acts."""

    def __init__(self, acts: Sequence[str]) -> None:
        super().__init__(*acts)
        self.acts = acts


def token_in(text: str) -> str:
    """The token of a form; BadInput if it has none."""
    if not _TOKEN.fullmatch(text):
        raise BadInput("this form has lost its number; open it again")
    return text


def recorded_before(ground: Ground, token: str) -> Sequence[str]:
    """The hashes of the acts under which the form came on record; none if it did not."""
    draft = ground.drafts.get(ground.reader.name, token)
    return draft.acts if draft is not None and draft.acts and ground.ledger.numbers_of(draft.acts[:1]) else ()


def put_on_record(ground: Ground, token: str, look: Look, documents: Sequence[Document] = ()) -> str:
    """Record what ``look`` finds: the hash of its first act. Recorded if the same form was recorded before, whatever stood in it; Proposed if
    others have to approve it first.

    Between the look and the ledger's lock somebody else may record: then it is looked at again.
    """
    with told(ground.ledger.url):
        for _ in range(_TRIES):
            if before := recorded_before(ground, token):
                raise Recorded(before)
            chosen = _looked(ground, token, look)
            acts = _acts(chosen)
            _propose(ground, token, chosen, documents)
            try:
                _put(ground, token, acts, chosen, documents)
            except Moved:
                ground = ground.again()
                continue
            return acts[0]
    raise BadInput("others record so much at this moment that it did not come on record; send it again")


def _propose(ground: Ground, token: str, chosen: Sequence[Previewed], documents: Sequence[Document]) -> None:
    """Proposed, if others have to approve it."""
    approvals = ground.approvals
    if approvals is None:
        return
    if (before := approvals.proposed_before(token)) is not None:
        raise Proposed(before)
    if approvals.needed(chosen, answered := ground.answered(chosen)):
        number = approvals.propose(Wanted(token, chosen, documents, answered))
        ground.drafts.drop(ground.reader.name, token)
        raise Proposed(number)


def _put(ground: Ground, token: str, acts: Sequence[str], chosen: Sequence[Previewed], documents: Sequence[Document]) -> None:
    name, claimed = ground.reader.name, False

    def first(numbers: Callable[[Sequence[str]], object]) -> None:
        nonlocal claimed
        draft = ground.drafts.get(name, token)
        if draft is not None and draft.acts and numbers(draft.acts[:1]):
            raise Recorded(draft.acts)
        ground.drafts.claim(name, token, acts)
        claimed = True

    try:
        add_previewed(ground.ledger, chosen, ground.size, documents, first)
    except BaseException:
        if claimed:
            ground.drafts.claim(name, token, ())
        raise
    ground.drafts.settle(name, token)


def _looked(ground: Ground, token: str, look: Look) -> Sequence[Previewed]:
    """What is to be recorded. Recorded, whatever is wrong with it, if the same form was sent again and came on record meanwhile."""
    try:
        return look(ground)
    finally:
        if before := recorded_before(ground, token):
            raise Recorded(before) from None


def _acts(chosen: Sequence[Previewed]) -> Sequence[str]:
    """Their hashes."""
    acts = [one.entry.act.hash for one in chosen if one.entry is not None]
    if not acts:
        raise BadInput("there is nothing to record: every act is on record already, or cannot be read")
    return acts
