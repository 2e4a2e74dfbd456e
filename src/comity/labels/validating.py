"""Is a label one that its policy allows? Every way in which it is not is a finding; none stops the reading.

Source: XML SPIF 2.1 (obsolete, validity, requiredCategory, excludedClass, requiredClass, excludedCategory, selections);
ADatP-4774.1 (2021) 3.1. Obsolete means: not for labels made after the file that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from comity.labels.choosing import Chosen, chosen, describe_groups, is_in, is_met, tag_set_of
from comity.labels.confidentiality import ConfidentialityLabel, plain_word, same_policy
from comity.labels.instants import Instant, start_of
from comity.labels.policies import Level, SecurityPolicy
from comity.terms import Finding


@dataclass(frozen=True, slots=True)
class _Case:
    label: ConfidentialityLabel
    policy: SecurityPolicy
    at: datetime
    level: Level | None
    chosen: tuple[Chosen, ...]

    @property
    def new(self) -> bool:
        return self.label.created.at.date() > self.policy.issued


def validate(label: ConfidentialityLabel, policy: SecurityPolicy, on: date) -> tuple[Finding, ...]:
    """What the policy finds wrong with the label on a day; nothing: it is valid."""
    if not same_policy(label.policy, policy.identifier):
        return (
            _finding("wrong-policy", f"the label's policy is {label.policy}, not {policy.name}; look at it with the policy that it names", "policy"),
        )
    case = _Case(label, policy, start_of(on), policy.level(label.classification), chosen(label, policy))
    return tuple(finding for rule in RULES for finding in rule(case))


def _policy_in_force(case: _Case) -> Iterator[Finding]:
    if not _valid(case.policy.not_before, case.policy.not_after, case.at):
        yield _finding("policy-not-valid", f"{case.policy.name} is not valid on {case.at.date()}; get the file that is", "policy")


def _level(case: _Case) -> Iterator[Finding]:
    name, level = case.label.classification, case.level
    if level is None:
        known = ", ".join(known.name for known in sorted(case.policy.levels, key=lambda known: known.hierarchy))
        yield _finding("unknown-level", f"{case.policy.name} has no level {name!r}; write one of: {known}", "classification")
    elif level.obsolete and case.new:
        yield _finding("obsolete-level", f"{level.name} is no longer for new labels; write a level in use", "classification")


def _categories(case: _Case) -> Iterator[Finding]:
    for category in case.label.categories:
        found = tag_set_of(category, case.policy)
        if found is None:
            yield _finding("unknown-tag", f"{case.policy.name} has no tag set {category.uri or category.tag!r}; write one that it has", category.tag)
        elif plain_word(found.name) != plain_word(category.tag):
            yield _finding("unknown-tag", f"the tag set {found.id} is called {found.name}, not {category.tag}; make name and URI agree", category.tag)
        elif category.type not in {tag.type for tag in found.tags}:
            yield _finding(
                "wrong-tag-type", f"{category.tag} has no tag of the type {category.type}; write the type that the policy gives", category.tag
            )


def _values(case: _Case) -> Iterator[Finding]:
    for one in case.chosen:
        if one.tag_set is None or one.category.type not in {tag.type for tag in one.tag_set.tags}:
            continue
        if one.value is None:
            yield _finding("unknown-value", f"{one.tag_set.name} has no value {one.text!r}; write one that it has", one.category.tag)
        elif one.value.obsolete and case.new:
            yield _finding("obsolete-value", f"{one.text} is no longer for new labels; take it out or write its successor", one.category.tag)
        elif not _valid(one.value.not_before, one.value.not_after, case.at):
            yield _finding("value-not-valid", f"{one.text} is not valid on {case.at.date()}; take it out or write its successor", one.category.tag)


def _selections(case: _Case) -> Iterator[Finding]:
    for found in case.policy.tag_sets:
        for tag in found.tags:
            count = sum(one.tag is tag for one in case.chosen)
            used = any(one.tag_set is found for one in case.chosen)
            most = 1 if tag.single else tag.most
            if most is not None and count > most:
                yield _finding("too-many-values", f"{found.name} has {count} values; at most {most} may stand together", found.name)
            if used and tag.least is not None and count < tag.least:
                yield _finding("too-few-values", f"{found.name} has {count} values; at least {tag.least} must stand together", found.name)


def _required(case: _Case) -> Iterator[Finding]:
    owners = [(case.level.name, case.level.requires)] if case.level is not None else []
    owners += [(one.text, one.value.requires) for one in case.chosen if one.value is not None]
    for name, requires in owners:
        for required in requires:
            if not is_met(required, case.chosen):
                wanted = {"all": "all of", "oneOrMore": "one or more of", "onlyOne": "exactly one of"}[required.operation]
                says = f"{name} needs {wanted}: {', '.join(describe_groups(required.groups, case.policy))}; add what is missing"
                yield _finding("missing-category", says, name)


def _excluded(case: _Case) -> Iterator[Finding]:
    for one in case.chosen:
        value = one.value
        if value is None:
            continue
        level = case.label.classification
        if plain_word(level) in {plain_word(name) for name in value.excluded_classes}:
            yield _finding("excluded-level", f"{one.text} does not go with {level}; change one of the two", one.category.tag)
        if value.required_class is not None and plain_word(level) != plain_word(value.required_class):
            yield _finding(
                "required-level", f"{one.text} goes with {value.required_class} only, not {level}; change one of the two", one.category.tag
            )
        others = [other for other in case.chosen if other is not one]
        for group in value.excludes:
            if is_in(group, others):
                (name,) = describe_groups((group,), case.policy)
                yield _finding("excluded-category", f"{one.text} does not go with {name}; take one of the two out", one.category.tag)


def _privacy_mark(case: _Case) -> Iterator[Finding]:
    mark = case.label.privacy_mark
    known = next((m for m in case.policy.privacy_marks if plain_word(m.name) == plain_word(mark or "")), None)
    if mark is not None and case.policy.privacy_marks and known is None:
        yield _finding("unknown-privacy-mark", f"{case.policy.name} has no privacy mark {mark!r}; write one that it has", "privacy mark")
    elif known is not None and known.obsolete and case.new:
        yield _finding("obsolete-privacy-mark", f"{known.name} is no longer for new labels; take it out", "privacy mark")


RULES: tuple[Callable[[_Case], Iterator[Finding]], ...] = (
    _policy_in_force,
    _level,
    _categories,
    _values,
    _selections,
    _required,
    _excluded,
    _privacy_mark,
)


def _valid(not_before: Instant | None, not_after: Instant | None, at: datetime) -> bool:
    return (not_before is None or not_before.at <= at) and (not_after is None or at <= not_after.at)


def _finding(code: str, says: str, where: str) -> Finding:
    return Finding(code, says, where, citation="XML SPIF 2.1; ADatP-4774.1 3.1")
