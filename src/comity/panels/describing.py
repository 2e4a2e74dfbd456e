"""What goes with a panel: its codebook, with what each column is and what each join did, and the works to cite.

Source: docs/explanation/how-panels-are-made.md, sections 5 and 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import polars as pl

from comity.panels.columns import Join, Made
from comity.panels.panel import OWN, Panel
from comity.sources import Source, as_bibtex, as_text, source
from comity.terms import BadInput

RECORD = "record"
FORMATS = (".parquet", ".csv", ".csv.gz", ".arrow")
_MOST = 40


def write(panel: Panel, path: Path) -> tuple[Path, ...]:
    """The data at ``path``, by what its name ends in; beside them the codebook and the bibliography. The files that were written.

    BadInput for another ending, or if they cannot be written; then none is left.
    """
    end = next((e for e in FORMATS if path.name.endswith(e)), None)
    if end is None:
        raise BadInput(f"a panel is written as {', '.join(FORMATS)}; {path.name!r} ends in none of these")
    name = path.name.removesuffix(end)
    texts = {path.with_name(f"{name}.codebook.md"): codebook(panel), path.with_name(f"{name}.bib"): bibliography(panel)}
    new = path.with_name(f"{name}.new{end}")
    try:
        _write_data(panel.frame, new, end)
        for place, text in texts.items():
            place.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as problem:
        for place in (new, *texts):
            with suppress(OSError):
                place.unlink()
        says = problem.strerror or "no such folder"
        raise BadInput(f"{str(path)!r} cannot be written ({says}); choose another place, or make room") from None
    return (path, *texts)


def _write_data(frame: pl.DataFrame, path: Path, end: str) -> None:
    if end == ".parquet":
        frame.write_parquet(path)
    elif end == ".arrow":
        frame.write_ipc(path)
    else:
        frame.write_csv(path, compression="gzip" if end == ".csv.gz" else "uncompressed")


def bibliography(panel: Panel) -> str:
    """BibTeX entries of every source that a column comes of."""
    return "\n".join(as_bibtex(one) for one in _sources(panel))


def codebook(panel: Panel) -> str:
    """The codebook, in Markdown."""
    time, whole = panel.rows.periods, panel.frame
    lines = [
        "# Codebook",
        "",
        f"{len(whole):,} rows: one for each {_row(panel)}, {time.since} to {time.until}. States by the {_SYSTEMS[panel.system]}.",
    ]
    if panel.carried is not None and panel.carried < time.until:
        lines += [f"The list of states ends on {panel.carried}: those in it then are taken to be in it until the end."]
    lines += [f"{cut}." for cut in panel.cuts]
    lines += [
        "",
        "Outside what a source covers a value is null, never 0.",
        "",
        "| column | what it is | unit | source | covers | rule | null |",
        "|---|---|---|---|---|---|---|",
    ]
    keys = [c for c in whole.columns if c not in {m.name for m in panel.columns}]
    lines += [f"| {name} | {_KEYS[name.rstrip('12')]}{_side(panel, name)} | | | | | 0 |" for name in keys]
    lines += [_line(made, whole[made.name].null_count()) for made in panel.columns]
    lines += ["", "## What was joined", "", *(_told(step) for step in panel.steps)]
    lines += ["", "## Sources", "", *(_cited(one) for one in _sources(panel))]
    return "\n".join(lines).rstrip() + "\n"


_SYSTEMS = {"cow": "Correlates of War", "gw": "list of Gleditsch and Ward"}
_KEYS = {
    "ccode": "the Correlates of War code of the state",
    "gwcode": "Gleditsch and Ward's code of the state",
    "year": "year",
    "month": "month",
    "day": "day",
}


def _side(panel: Panel, name: str) -> str:
    return {"1": ", the first", "2": ", the second"}.get(name[-1], "") if panel.rows.second is not None else ""


def _row(panel: Panel) -> str:
    of = "state" if panel.rows.second is None else "pair of states both ways" if panel.rows.directed else "pair of states, the lower code first"
    return f"{of} and {panel.rows.periods.unit}"


def _line(made: Made, nulls: int) -> str:
    of = "" if made.source in (OWN, RECORD) else made.source
    covers = "" if made.source in (OWN, RECORD) else f"{made.covers[0]}-{made.covers[1]}"
    return f"| {made.name} | {made.column.means} | {made.column.unit} | {of or made.source} | {covers} | {made.rule} | {nulls:,} |"


def _told(step: Join) -> str:
    """One join, and what of the source is in no row of the panel."""
    left = step.unmatched.height
    told = f"- {step.family}: {step.matched:,} rows of its table stand in the panel's {step.rows:,}; {left:,} in none of them"
    if 0 < left <= _MOST:
        keys = [c for c in ("state", "other", "period") if c in step.unmatched.columns]
        told += ": " + ", ".join("-".join(str(v) for v in row) for row in step.unmatched.select(keys).rows())
    return told + "."


def _cited(one: Source) -> str:
    return f"- **{one.id}**, {one.title}, version {one.version}, {one.publisher} ({one.licence}). " + " ".join(as_text(c) for c in one.citations)


def _sources(panel: Panel) -> Sequence[Source]:
    return [source(name) for name in dict.fromkeys(m.source for m in panel.columns) if name not in (OWN, RECORD)]
