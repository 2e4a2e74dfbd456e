"""The rules that an answer about a permission can rest on, with their sources: each has a page of its own under docs/rules."""

RULES: dict[str, str] = {
    "own-information": "the originator's control of what it originated",
    "releasability": "ADatP-4774, PERMISSIVE categories",
    "release-caveat": "the policy's own marks",
    "third-party-rule": "the security agreement, on third parties",
    "security-agreement": "the security agreement",
    "level-equivalence": "the security agreement, table of equivalence",
    "unclassified-information": "the policy's own levels",
    "protection-outlives": "the security agreement, on its end; VCLT 70(1)(b)",
    "entry-of-forces": "the stationing agreement; North Atlantic Treaty SOFA, preamble",
    "status-of-forces": "the status of forces agreement",
    "counterpart-consent": "Definition of Aggression (resolution 3314), 3(e); Articles on State Responsibility, 20",
    "allowance": "the clause that allows it",
    "excluded-thing": "the clause that excludes it",
    "what-follows": "the agreements in force between the two",
}
