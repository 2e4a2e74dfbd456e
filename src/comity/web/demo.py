"""``python -m comity.web.demo`` (``make run``): three worked answers from the book that ships, then its pages.

An optional argument is the port (default 8000).
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

from comity.about import Opened, bundled_book, open  # noqa: A004
from comity.questions import show
from comity.standing import Standing
from comity.terms import Answer, BadInput, ComityError, NotOnRecord, Reason
from comity.web.demo_exercise import with_exercise
from comity.web.serving import serve

LINES = 3
EXAMPLES: tuple[tuple[str, str, date | None, Callable[[Standing], Answer]], ...] = (
    (
        "Was Finland bound by the North Atlantic Treaty on 2023-04-04?",
        "comity bound FIN nato-treaty --on 2023-04-04",
        date(2023, 4, 4),
        lambda s: show(s.bound("FIN", "nato-treaty"), s.viewer),
    ),
    (
        "Was the Japan-Korea agreement on military information in force on 2019-11-24, after a notice had been suspended?",
        "comity between JPN KOR --agreement gsomia-jpn-kor --on 2019-11-24",
        date(2019, 11, 24),
        lambda s: show(s.between("JPN", "KOR", "gsomia-jpn-kor"), s.viewer),
    ),
    ("Is the Comprehensive Nuclear-Test-Ban Treaty in force today?", "comity in-force ctbt", None, lambda s: show(s.in_force("ctbt"), s.viewer)),
)


def tell(answer: Answer) -> Iterator[str]:
    """An answer in about six lines of plain text."""
    parts = [answer.verdict.upper()]
    parts += [f"as {answer.mode}"] if answer.mode else []
    parts += [f"since {answer.since}"] if answer.since else []
    parts += [f"until {answer.until}"] if answer.until else []
    parts += [f"record complete to {answer.reach}"] if answer.reach else []
    yield "  " + " · ".join(parts)
    for reading in answer.readings:
        yield from _wrapped(f"reading: {reading.value} ({reading.by}; {reading.source})", "    ")
    reasons = [r for r in answer.because if r.rule != "contested"]
    for depth, reason in list(_steps(reasons, 0))[:LINES]:
        yield from _wrapped(_line(reason), "    " + "  " * depth)
    for change in answer.would_change[:1]:
        more = f" (and {len(answer.would_change) - 1} more)" if len(answer.would_change) > 1 else ""
        when = f", effect from {change.from_}" if change.from_ else ""
        yield from _wrapped(f"would change it: {change.act} by {change.by}, {change.on}{when}{more}", "    ")


def _steps(reasons: list[Reason], depth: int) -> Iterator[tuple[int, Reason]]:
    """The reasons in the order in which they are read, not deeper than the acts that one first looks for."""
    for reason in reasons:
        yield depth, reason
        if depth < 2 and len(reason.because) <= 3:
            yield from _steps(list(reason.because), depth + 1)


def _line(reason: Reason) -> str:
    mark = "because" if reason.holds else "missing"
    return f"{mark}: {reason.says}" + (f" [{reason.article}]" if reason.article else "")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(textwrap.shorten(text, 205, placeholder=" ..."), 110, initial_indent=indent, subsequent_indent=indent + "  ")


def show_examples(opened: Opened) -> None:
    """Print the worked answers; one that the record cannot answer says so and the others follow."""
    today = datetime.now(UTC).date()
    for question, command, on, put in EXAMPLES:
        standing = opened.standing(on=on or today, known=today)
        print(f"\n{question}\n  $ {command}")
        try:
            for line in tell(put(standing)):
                print(line)
        except NotOnRecord as problem:
            print(f"  {problem}")
    print(flush=True)


def main(arguments: list[str]) -> int:
    try:
        port = int(arguments[0]) if arguments else 8000
    except ValueError:
        print(f"comity: {arguments[0]!r} is not a port; write a number, for instance 8000", file=sys.stderr)
        return 2
    try:
        if not 0 <= port < 65536:
            raise BadInput(f"port {port}; choose one between 1 and 65535")
        opened = open(bundled_book())
        record = opened.book.record
        print(f"Comity: {len(record.ids)} agreements, {len(record.entries)} acts, {len(record.register.parties)} parties.")
        print("Acts go in, standing comes out, every answer says why.")
        show_examples(opened)
        print("Beside the record stands one supposed exercise, Steel Heather 28: see Exercises.")
        serve(with_exercise(opened), port)
    except ComityError as problem:
        print(f"comity: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nstopped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
