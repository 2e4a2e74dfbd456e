"""docs/reference/sources.md out of the records: ``python -m tests.sources.sources_page`` writes it, a test compares it."""

from __future__ import annotations

from pathlib import Path

from comity.sources import Coverage, Source, Table, all_sources, as_text

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "sources.md"
HEAD = """# Sources

Generated from `src/comity/sources/records/` by `python -m tests.sources.sources_page`; a test keeps it current. `comity sources list` and
`comity sources show ID` print the same, with every column. How to get them: [get research data](../how-to/get-research-data.md).

No data come with Comity. Each source is its publisher's, under the publisher's terms: cite it (`comity sources cite ID --bibtex`).
*Not listed* says what it means that a state or pair is not in a table, for a year that the source covers. Outside what it covers nothing is known.
An address below a form is where that very file is; a form without one is found with `--from DIR`.

| id | title | covers | tables |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    found = list(all_sources().values())
    rows = [f"| [`{s.id}`](#{s.id}) | {s.title} | {_years(s.coverage[0])} | {', '.join(f'`{t.name}`' for t in s.tables)} |\n" for s in found]
    return HEAD + "".join(rows) + "".join(_source(s) for s in found)


def _years(covers: Coverage) -> str:
    return f"{covers.since.year}-{covers.through.year}"


def _source(one: Source) -> str:
    lines = [f"\n## {one.id}\n", f"{one.title}, {one.version}. {one.publisher}, <{one.address}>. Licence: {one.licence}.\n"]
    if one.note:
        lines.append(f"{one.note}\n")
    if one.codebook:
        lines.append(f"Codebook: <{one.codebook}>\n")
    lines += [f"- Covers {_covers(c)}." for c in one.coverage]
    lines += [f"- Cite: {as_text(c)}" for c in one.citations]
    lines += ["", "| table | a row is | key | rows | not listed | form |", "|---|---|---|---|---|---|"]
    lines += [_table(t) for t in one.tables]
    addresses = [f for t in one.tables for f in t.forms if f.address]
    if addresses:
        lines.append("")
        lines += [f"- `{f.file}`: <{f.address}>" for f in addresses]
    return "\n".join(lines) + "\n"


def _covers(covers: Coverage) -> str:
    named = ", ".join(f"`{n}`" for n in covers.columns or covers.tables)
    return f"{_years(covers)}: {covers.parties}{f' ({named})' if named else ''}{f'; {covers.note}' if covers.note else ''}"


def _table(table: Table) -> str:
    forms = ", ".join(f"`{f.file}`" for f in table.forms)
    return f"| `{table.name}` | {table.row} | {', '.join(f'`{k}`' for k in table.key)} | {table.rows:,} | {table.absent} | {forms} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
