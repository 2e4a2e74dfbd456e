"""The steps of one instrument drawn as a line: what each says is in the table beside it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comity.web.depositary.procedure import State, Step
from comity.web.telling import english, plain
from comity.web.wording import word

EACH, HEIGHT, MIDDLE, RADIUS = 128, 104, 46, 13
SHAPES = {State.DONE: "v-yes", State.RUNS: "f-old", State.WAITS: "f-none", State.WRONG: "v-no", State.OPEN: "v-contested", State.NONE: "m-no"}
"""The shape of each state, beside its word."""


def line_of(steps: Sequence[Step], title: str, table: str) -> SafeString:
    """The steps from left to right in every language; ``table``: the id of the table that says the same."""
    width = EACH * len(steps)
    links = format_html_join("", '<line class="way w-{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', _ways(steps))
    return format_html(
        '<div class="scroll" tabindex="0" role="region" dir="ltr" aria-label="{0}">'
        '<svg class="steps" direction="ltr" viewBox="0 0 {1} {2}" role="img" aria-label="{0}" aria-details="{3}">{4}{5}</svg></div>',
        title,
        width,
        HEIGHT,
        table,
        links,
        format_html_join("", "{}", ((_step(step, n),) for n, step in enumerate(steps))),
    )


def _ways(steps: Sequence[Step]) -> list[tuple[str, int, int, int, int]]:
    """From each step to the next: drawn through where both are done with."""
    past = [step.state in (State.DONE, State.NONE) for step in steps]
    ends = [(EACH * n + EACH // 2 + RADIUS + 4, EACH * (n + 1) + EACH // 2 - RADIUS - 4) for n in range(len(steps) - 1)]
    return [("done" if past[n] and past[n + 1] else "open", start, end, MIDDLE, MIDDLE) for n, (start, end) in enumerate(ends)]


def _step(step: Step, index: int) -> SafeString:
    x = EACH * index + EACH // 2
    return format_html(
        '<g class="step s-{0}"><title{10}>{1}</title><text class="name" x="{2}" y="20">{3}</text>'
        '<use href="#{4}" x="{5}" y="{6}" width="{7}" height="{7}"/><text class="day" x="{2}" y="80">{8}</text>'
        '<text class="state" x="{2}" y="97">{9}</text></g>',
        step.state.replace(" ", "-"),
        step.says,
        x,
        word(step.name, "step"),
        SHAPES[step.state],
        x - RADIUS,
        MIDDLE - RADIUS,
        2 * RADIUS,
        plain(step.on) if step.on else "–",
        word(step.state, "progress"),
        english(turned=False),
    )
