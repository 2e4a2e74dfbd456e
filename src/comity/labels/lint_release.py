"""Rules of the linter on who may see: two things said that cannot both be meant.

Source: ADatP-4774 edition A, table 7 (types), table 3 (PUBLIC), appendix 2 (the NATO policy's Context).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from comity.labels.confidentiality import CategoryType, plain_word
from comity.labels.lint_case import Case, finding
from comity.labels.marking_text import RELEASABLE_TO
from comity.terms import Finding

_EYES_ONLY = re.compile(r"(?i)\b(?:(?P<who>[a-z]{2,3}(?:[/ ,&]+[a-z]{2,3})*)\s+eyes\s+only|national\s+eyes\s+only|noforn|eyes\s+only)\b")


def types(case: Case) -> Iterator[Finding]:
    """Is each tag of one type?"""
    types: dict[str, set[CategoryType]] = {}
    for category in case.label.categories:
        types.setdefault(plain_word(category.tag), set()).add(category.type)
    for tag, found in types.items():
        if len(found) > 1:
            yield finding("contradicting-types", f"{tag} is {' and '.join(sorted(found))} at once; keep the type that its policy gives", tag)


def nobody(case: Case) -> Iterator[Finding]:
    """Does a permissive category leave anybody at all?"""
    for category in case.label.categories:
        if category.type == CategoryType.PERMISSIVE and not [value for value in category.values if value.strip()]:
            says = f"{category.tag} is permissive and has no value, so that nobody may see it; name somebody, or take it out if that is not meant"
            yield finding("released-to-nobody", says, category.tag)
    restrictive = {plain_word(value) for _, value in case.label.values(CategoryType.RESTRICTIVE)}
    permissive = [value for _, value in case.label.values(CategoryType.PERMISSIVE)]
    if permissive and all(plain_word(value) in restrictive for value in permissive):
        says = f"all of {', '.join(permissive)} is asked of everybody and granted to any: the permissive part adds nothing; take one of the two out"
        yield finding("permissive-is-restrictive", says, permissive[0])


def eyes_only(case: Case) -> Iterator[Finding]:
    """Does "eyes only", or another mark for nationals, stand beside a release to others?"""
    released = case.released or ()
    for category in case.label.categories:
        for value in category.values:
            named = None if plain_word(category.tag) == plain_word(RELEASABLE_TO) else _nationals(case, value)
            others = [] if named is None else sorted({party for party in released if party.upper() not in named})
            if others:
                says = f"{value} closes what REL TO {', '.join(others)} opens; keep the one that is meant"
                yield finding("eyes-only-yet-released", says, category.tag)


def _nationals(case: Case, value: str) -> Collection[str] | None:
    """Whose nationals alone a mark lets read; None: it is no such mark."""
    match = _EYES_ONLY.search(value)
    if match is not None and match["who"]:
        return re.split(r"[/ ,&]+", match["who"].upper())
    caveat = None if case.ladder is None else case.ladder.caveat(value)
    if match is None and (caveat is None or caveat.effect != "national"):
        return None
    return () if case.originator is None else (case.originator.upper(),)


def originator_only(case: Case) -> Iterator[Finding]:
    """Is it released to its originator and nobody else?"""
    released = case.released
    if released and case.originator is not None and {plain_word(party) for party in released} == {plain_word(case.originator)}:
        says = f"it may be released to {case.originator} only, whose it is; name the others, or write it as national eyes only"
        yield finding("released-to-originator-only", says, RELEASABLE_TO)


def communities(case: Case) -> Iterator[Finding]:
    """Are the members of a community among those it may be released to?"""
    released = case.released
    for category in case.label.categories:
        for value in category.values:
            members = case.communities.get(value)
            if members is None or released is None or value in released:
                continue
            outside = sorted(set(members) - set(released))
            if outside and category.type != CategoryType.INFORMATIVE:
                says = f"the community {value} has members outside REL TO: {', '.join(outside)}; name them too, or narrow the community"
                yield finding("community-outside-release", says, category.tag)


def nato_context(case: Case) -> Iterator[Finding]:
    """Does a NATO label say its Context, and does that agree with Releasable To?"""
    if plain_word(case.label.policy.name) != "nato":
        return
    context = [value for tag, value in case.label.values(CategoryType.PERMISSIVE) if plain_word(tag) == "context"]
    says_so = any(plain_word(value) == "releasable" for value in context)
    if not [value for value in context if plain_word(value) != "releasable"]:
        yield finding("missing-context", "a NATO label has a Context with one value, for instance NATO; add it", "Context")
    if says_so and not case.released:
        yield finding("missing-release", "the Context says Releasable, but no Releasable To says to whom; add it", RELEASABLE_TO)
    if case.released and not says_so:
        yield finding("release-without-context", "it may be released to others, but the Context does not say Releasable; add it", "Context")


def public(case: Case) -> Iterator[Finding]:
    """Is what is public really open?"""
    label = case.label
    if plain_word(label.policy.name) != "public":
        return
    if plain_word(label.classification) != "unmarked":
        says = f"under the policy PUBLIC there is only UNMARKED, not {label.classification!r}; write that, or the policy that is meant"
        yield finding("public-yet-marked", says, "classification")
    for category in label.categories:
        if category.type != CategoryType.INFORMATIVE:
            yield finding("public-yet-closed", f"{category.tag} closes what is public; take it out, or write the policy that is meant", category.tag)
