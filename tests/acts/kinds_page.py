"""docs/reference/kinds.md out of the kind files: ``python -m tests.acts.kinds_page`` writes it, a test compares it."""

from __future__ import annotations

from pathlib import Path

from comity.acts import Kind, kinds

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "kinds.md"
GROUPS = {
    "signature": "Signature",
    "signature-end": "Signature taken back",
    "provisional": "Provisional application",
    "consent": "Consent to be bound",
    "consent-end": "Consent taken back",
    "reservation": "Reservations and objections",
    "declaration": "Declarations",
    "territory": "Territories",
    "exit": "Leaving",
    "suspension": "Suspension",
    "duration": "Duration",
    "amendment": "Amendment",
    "membership": "Membership",
    "conclusion": "Conclusion of an agreement",
    "depositary": "The depositary's own acts",
    "status": "Recognition and treaty relations",
    "notice": "Notices",
    "decision": "Decisions",
    "dispute": "Disputes",
    "dialogue": "Dialogue",
    "domestic": "Procedure at home",
    "exercise": "Exercises",
    "lesson": "Lessons",
    "training": "Training",
    "standard": "Standards",
    "mission": "Missions",
    "force": "Forces",
    "information": "Information",
    "claim": "Claims and facts",
    "key": "Keys",
    "record": "Corrections of the record",
}
HEAD = """# Kinds of act

Generated from `src/comity/acts/kinds/` by `python -m tests.acts.kinds_page`; a test keeps it current. `comity kinds` prints the same.

An act is one dated thing that one actor did. Its kind says what it is called, what it must name (beside `ref`, `kind`, `actor` and `source`), and
which details it may carry. A kind that no rule of law gives an effect is recorded all the same.

Types of detail: *text*; *day* (`2024-03-07`); *moment* (also `1980-01-xx`, `1998~`, an instant); *number* (whole); *flag* (`yes` or `no`);
*list* (separated by commas); *choice* (one of those named); *key* (a public key or its thumbprint: 32 bytes in base64url, 43 characters).
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    found = list(kinds().values())
    for group, title in GROUPS.items():
        members = [k for k in found if k.group == group]
        parts.append(f"\n## {title}\n")
        parts += [_kind(k) for k in members]
    return "".join(parts)


def _kind(kind: Kind) -> str:
    lines = [f"\n### `{kind.name}`\n", kind.gloss, "", f"Source: {kind.source}. Must name: {', '.join(kind.needs) or 'nothing more'}."]
    if kind.details:
        lines += ["", "| detail | type | what |", "|---|---|---|"]
        for detail in kind.details.values():
            what = f"{', '.join(detail.choices)}" if detail.choices else detail.type
            lines.append(f"| `{detail.name}` | {what} | {detail.gloss} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
