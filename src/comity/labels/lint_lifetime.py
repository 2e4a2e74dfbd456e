"""Rules of the linter on a label's time: its making, its review, its successors.

Source: ADatP-4774 edition A (a review is a must where no succession is written); ADatP-4774.1 (2021) 4.3.
"""

from __future__ import annotations

from collections.abc import Iterator

from comity.labels.confidentiality import ConfidentialityLabel, same_policy
from comity.labels.instants import start_of
from comity.labels.lint_case import Case, finding
from comity.terms import Finding


def review(case: Case) -> Iterator[Finding]:
    """Is somebody going to look at the label again, at a time that makes sense?"""
    label = case.label
    if label.review is None and label.succession is None:
        says = "it has neither a review nor a successor, so that it would never be looked at again; add one of the two"
        yield finding("no-review", says, "ReviewDateTime")
    if label.review is not None and label.review.at < label.created.at:
        yield finding("review-before-creation", f"its review {label.review} lies before its creation {label.created}; mend one", "ReviewDateTime")
    elif label.review is not None and label.review.at < start_of(case.today):
        says = f"its review was due at {label.review}; look at it again and write a new label"
        yield finding("review-due", says, "ReviewDateTime")


def succession(case: Case) -> Iterator[Finding]:
    """Does each successor come after the label, downwards, within its policy, and is it still to come?"""
    label = case.label
    while label.succession is not None:
        change, successor = label.succession, label.succession.label
        if change.at.at < label.created.at:
            says = f"its succession {change.at} lies before its creation {label.created}; mend one"
            yield finding("succession-before-creation", says, "SuccessionHandling")
        if change.at.at <= start_of(case.today):
            says = f"since {change.at} its successor counts; write the successor as the label"
            yield finding("succession-in-the-past", says, "SuccessionHandling")
        if not same_policy(label.policy, successor.policy):
            says = f"its successor is under the policy {successor.policy}, not {label.policy}; succeed within one policy, and map beside it"
            yield finding("successor-of-another-policy", says, "SuccessionHandling")
        else:
            yield from _height(case, label, successor)
        label = successor


def _height(case: Case, label: ConfidentialityLabel, successor: ConfidentialityLabel) -> Iterator[Finding]:
    before, after = case.rank(label), case.rank(successor)
    if before is not None and after is not None and after > before:
        says = (
            f"its successor {successor.classification} is higher than {label.classification}; a succession downgrades: write the levels the other way"
        )
        yield finding("successor-higher", says, "SuccessionHandling")
    elif before is not None and after is None:
        says = f"its successor's level {successor.classification!r} is not on the policy's ladder; write a level that is"
        yield finding("successor-unknown-level", says, "SuccessionHandling")


def instants(case: Case) -> Iterator[Finding]:
    """Has each instant a zone, and has the creation come?"""
    label = case.label
    written = [
        ("CreationDateTime", label.created),
        ("ReviewDateTime", label.review),
        ("SuccessionDateTime", None if label.succession is None else label.succession.at),
    ]
    for where, instant in written:
        if instant is not None and not instant.zoned:
            yield finding("instant-without-zone", f"{instant} has no zone and is read as UTC; write the zone", where)
    if label.created.at.date() > case.today:
        yield finding("created-in-the-future", f"it was made at {label.created}, which has not come yet; mend it", "CreationDateTime")
