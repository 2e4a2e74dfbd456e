"""Rules of the linter on how a label is written: levels in use, doubles, blanks, characters, identifiers.

Source: ADatP-4774 edition A (identifiers are object identifiers); XML SPIF 2.1 through ``validate``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from comity.labels.characters import odd_characters
from comity.labels.confidentiality import CategoryType, plain_word, successors
from comity.labels.lint_case import Case, finding
from comity.labels.validating import validate
from comity.terms import Finding, NotOnRecord


def policy(case: Case) -> Iterator[Finding]:
    """Whatever the policy itself finds wrong."""
    if case.policy is not None:
        yield from validate(case.label, case.policy, case.today)


def level(case: Case) -> Iterator[Finding]:
    """Is the level on the ladder, and was it in use when the label was made?"""
    if case.ladder is None or case.policy is not None:
        return
    try:
        level = case.ladder.level(case.label.classification)
    except NotOnRecord as problem:
        yield finding("unknown-level", f"{problem}; write one of them", "classification")
        return
    if not level.used_on(case.label.created.at.date()):
        says = f"{level.name} was not in use on {case.label.created.at.date()}, when the label was made; write the level that was"
        yield finding("obsolete-level", says, "classification")


def duplicates(case: Case) -> Iterator[Finding]:
    """Does something stand there twice?"""
    for (tag, _), count in Counter((plain_word(c.tag), c.type) for c in case.label.categories).items():
        if count > 1:
            yield finding("duplicate-category", f"the category {tag} stands {count} times, and readers differ on what that means; make it one", tag)
    for category in case.label.categories:
        for value, count in Counter(plain_word(value) for value in category.values).items():
            if count > 1:
                yield finding("duplicate-value", f"{value!r} stands {count} times in {category.tag}; write it once", category.tag)


def empty(case: Case) -> Iterator[Finding]:
    """Is there a category or a value that says nothing?"""
    for category in case.label.categories:
        if category.type != CategoryType.PERMISSIVE and not category.values:
            yield finding("empty-category", f"{category.tag} has no value and says nothing; give it one or take it out", category.tag)
        if any(not value.strip() for value in category.values):
            yield finding("empty-value", f"{category.tag} has an empty value; take it out", category.tag)


def characters(case: Case) -> Iterator[Finding]:
    """Is a value written with characters that are not seen, or look like others?"""
    for label in (case.label, *successors(case.label)):
        texts = [("policy", label.policy.name), ("classification", label.classification), ("privacy mark", label.privacy_mark or "")]
        texts += [(c.tag, text) for c in label.categories for text in (c.tag, *c.values)]
        for where, text in texts:
            odd = odd_characters(text)
            if odd is not None:
                says = f"{ascii(text)[1:-1]} has {odd}: it looks like another value and is none; type it anew"
                yield finding("odd-characters", says, where)
            elif text.strip() and text != " ".join(text.split()):
                yield finding("stray-blanks", f"{text!r} has blanks around it or doubled; take them out", where)


def identifiers(case: Case) -> Iterator[Finding]:
    """Are the identifiers object identifiers?"""
    named = [("policy", case.label.policy.uri), *((c.tag, c.uri) for c in case.label.categories)]
    for where, uri in named:
        if uri is not None and not re.fullmatch(r"urn:oid:[0-2](\.(0|[1-9][0-9]*))+", uri):
            yield finding("not-an-object-identifier", f"the identifier {uri!r} is not of the form urn:oid:1.2.3; write it so", where)
