"""What is incoherent about a label, though it can be read: each rule with a code, what is wrong and what to do.

A label that says two things that cannot both be meant is refused where it should not be, or read where it should not be: in a
published coalition pilot 12% of the refusals came from such labels. docs/reference/labels.md has every code with its reason.

Source: ADatP-4774 edition A (review, types, PUBLIC, NATO's Context); ADatP-4774.1 (2021) 3.1, 4.3; XML SPIF 2.1 through
``validate``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

from comity.labels import lint_lifetime, lint_release, lint_wording
from comity.labels.confidentiality import ConfidentialityLabel
from comity.labels.ladders import ladder_of
from comity.labels.lint_case import Case
from comity.labels.policies import SecurityPolicy
from comity.terms import Finding, Ladder


def lint(
    label: ConfidentialityLabel,
    against: SecurityPolicy | Ladder | None,
    today: date,
    communities: Mapping[str, Collection[str]] | None = None,
) -> tuple[Finding, ...]:
    """Everything incoherent about the label, as seen today, against its policy or its ladder where one is given."""
    policy = against if isinstance(against, SecurityPolicy) else None
    ladder = ladder_of(policy) if policy is not None else against if isinstance(against, Ladder) else None
    case = Case(label, policy, ladder, today, communities or {})
    return tuple(finding for rule in RULES for finding in rule(case))


RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    lint_wording.policy,
    lint_wording.level,
    lint_release.types,
    lint_release.nobody,
    lint_release.eyes_only,
    lint_release.originator_only,
    lint_release.communities,
    lint_release.nato_context,
    lint_lifetime.review,
    lint_lifetime.succession,
    lint_release.public,
    lint_wording.duplicates,
    lint_wording.empty,
    lint_wording.characters,
    lint_lifetime.instants,
    lint_wording.identifiers,
)

CODES = (
    "wrong-policy",
    "policy-not-valid",
    "unknown-level",
    "obsolete-level",
    "unknown-tag",
    "wrong-tag-type",
    "unknown-value",
    "obsolete-value",
    "value-not-valid",
    "too-many-values",
    "too-few-values",
    "missing-category",
    "excluded-level",
    "required-level",
    "excluded-category",
    "unknown-privacy-mark",
    "obsolete-privacy-mark",
    "contradicting-types",
    "released-to-nobody",
    "permissive-is-restrictive",
    "eyes-only-yet-released",
    "released-to-originator-only",
    "community-outside-release",
    "missing-context",
    "missing-release",
    "release-without-context",
    "no-review",
    "review-before-creation",
    "review-due",
    "succession-before-creation",
    "succession-in-the-past",
    "successor-of-another-policy",
    "successor-higher",
    "successor-unknown-level",
    "public-yet-marked",
    "public-yet-closed",
    "duplicate-category",
    "duplicate-value",
    "empty-category",
    "empty-value",
    "odd-characters",
    "stray-blanks",
    "instant-without-zone",
    "created-in-the-future",
    "not-an-object-identifier",
)
"""Every code that a finding about a label can have; docs/reference/labels.md tells each."""
