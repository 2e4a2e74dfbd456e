"""Effects: what a treatment of pairs does to an outcome, by every reasonable estimator side by side, and what may not be said of it.

This room owns: the question, when a treatment counts, which rows answer it, the grid, the reading. It does not own: the estimators (estimation), or
tables (panels). No law: conventions, declared in the text. Text: docs/explanation/how-effects-are-read.md.
"""

from comity.effects.answers import (
    ColumnTold,
    Effect,
    EffectCheck,
    EffectCounts,
    EffectFindings,
    EffectGrid,
    EffectSentence,
    ErrorBar,
    EstimatorRow,
    LeftOut,
    Specification,
    SpecificationResult,
)
from comity.effects.asking import effect, layout_of
from comity.effects.efforts import Effort, effort
from comity.effects.laying_out import lay_out
from comity.effects.making_tables import TableMade, of_frame, of_sources
from comity.effects.pair_tables import PairTable, pair_table
from comity.effects.pictures import effect_picture
from comity.effects.plain import effect_to_plain
from comity.effects.questions import BREADTHS, Breadth, EffectRules, Layout
from comity.effects.reading import reading
from comity.effects.wishes import Wishes, is_of_record

__all__ = [
    "BREADTHS", "Breadth", "ColumnTold", "Effect", "EffectCheck", "EffectCounts", "EffectFindings", "EffectGrid", "EffectRules",
    "EffectSentence", "Effort", "ErrorBar", "EstimatorRow", "Layout", "LeftOut", "PairTable", "Specification", "SpecificationResult", "TableMade",
    "Wishes", "effect", "effect_picture", "effect_to_plain", "effort", "is_of_record", "lay_out", "layout_of", "of_frame", "of_sources", "pair_table",
    "reading",
]  # fmt: skip
