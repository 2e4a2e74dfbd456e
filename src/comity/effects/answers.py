"""What comes out: each estimator's number with three errors, the checks, the grid, what may be said. Types only.

Source: docs/explanation/how-effects-are-read.md, sections 3 to 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from comity.effects.questions import EffectRules, Layout

Scale = Literal["log odds", "probability", "units of the outcome"]
Errors = Literal["naive", "pair", "dyadic"]
"""Which rows may go together: as estimation has it."""
CheckName = Literal["pre-trends", "placebo", "sensitivity"]
CHECKS: tuple[CheckName, ...] = ("pre-trends", "placebo", "sensitivity")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """So many rows left out for one reason; ``column``: whose value is not known, where that is the reason."""

    why: str
    rows: int
    column: str | None = None


@dataclass(frozen=True, slots=True)
class EffectCounts:
    """Rows and pairs of a layout. Source: section 3.

    ``asked``: rows of the periods asked about.   ``left_out``: rows of these that are left out, each in one reason.   ``unknown``: of those
    left out as not known, how many lack each column; a row may lack several.   ``rows``: those that are whole.
    ``treated``, ``events``: of these with the treatment; with the outcome other than zero.   ``always``, ``never``, ``switching``: pairs whose
    rows all have the treatment, none, or some.   ``changing``: pairs whose outcome is not the same in all rows.
    """

    asked: int
    left_out: tuple[LeftOut, ...]
    unknown: tuple[LeftOut, ...]
    rows: int
    treated: int
    events: int
    pairs: int
    states: int
    always: int
    never: int
    switching: int
    changing: int
    first_period: int | None
    last_period: int | None

    @property
    def treated_pairs(self) -> int:
        """Pairs with the treatment in some row."""
        return self.always + self.switching


@dataclass(frozen=True, slots=True)
class ColumnTold:
    """What is known of one column: what it means, its source, and the first and the last year that the source covers, where that is known."""

    name: str
    means: str = ""
    source: str = ""
    covers: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ErrorBar:
    """One kind of standard error and its 95% interval; ``why``: where there is none, why, and then all three are None."""

    errors: Errors
    error: float | None
    low: float | None
    high: float | None
    clusters: int
    why: str = ""

    @property
    def excludes_zero(self) -> bool:
        """Is zero outside the interval? No where there is none."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class EstimatorRow:
    """What one estimator says of the treatment; ``value`` is None where it refuses, and ``refusal`` says why.

    ``estimand``: what its number is, in words.   ``assumes``: what must hold for it to be an effect.   ``rows``, ``pairs``: those it rests on.
    """

    estimator: str
    estimand: str
    assumes: str
    scale: Scale
    value: float | None
    bars: tuple[ErrorBar, ...] = ()
    rows: int = 0
    pairs: int = 0
    log_likelihood: float | None = None
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""

    def bar(self, errors: Errors) -> ErrorBar | None:
        """The error of this kind; None where the estimator refuses."""
        return next((bar for bar in self.bars if bar.errors == errors), None)


@dataclass(frozen=True, slots=True)
class EffectCheck:
    """One check of what an estimator assumes. ``fails``: None where it could not be made, and ``why`` says why not.

    ``says``: in words.   ``figures``: its numbers by name.   ``errors``: by which kind of error it was made: the dyadic one where that can be.
    """

    name: CheckName
    says: str
    fails: bool | None
    figures: tuple[tuple[str, float], ...] = ()
    why: str = ""
    errors: Errors | None = None


@dataclass(frozen=True, slots=True)
class Specification:
    """One cell of the grid: an estimator on a layout; ``controls``: which set of them, in words."""

    estimator: str
    layout: Layout
    controls: str


@dataclass(frozen=True, slots=True)
class SpecificationResult:
    """What one cell came to: a number and its dyadic interval, or why there is none."""

    specification: Specification
    scale: Scale
    value: float | None
    low: float | None = None
    high: float | None = None
    rows: int = 0
    why: str = ""

    @property
    def excludes_zero(self) -> bool:
        """Is zero outside its interval?"""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True)
class EffectGrid:
    """Every cell of the grid, estimated or not; ``varied``: what was varied, and over which values, in words."""

    varied: tuple[tuple[str, tuple[str, ...]], ...]
    cells: tuple[SpecificationResult, ...]

    @property
    def estimated(self) -> tuple[SpecificationResult, ...]:
        """The cells with a number."""
        return tuple(cell for cell in self.cells if cell.value is not None)


@dataclass(frozen=True, slots=True)
class EffectFindings:
    """All that the reading is made from, and nothing else is."""

    layout: Layout
    counts: EffectCounts
    columns: tuple[ColumnTold, ...]
    rows: tuple[EstimatorRow, ...]
    checks: tuple[EffectCheck, ...]
    grid: EffectGrid
    rules: EffectRules


Figure = float | int | str
"""A number, or a name, that a sentence rests on."""


@dataclass(frozen=True, slots=True)
class EffectSentence:
    """One sentence of the reading: by which rule, and the figures that it rests on."""

    rule: str
    says: str
    figures: tuple[tuple[str, Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """The whole answer. ``timing``: when a treatment counts, in words."""

    findings: EffectFindings
    timing: str
    reading: tuple[EffectSentence, ...]
    notes: tuple[str, ...] = ()
