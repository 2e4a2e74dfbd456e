"""Lessons: what was seen in exercises and operations, followed from observation to lesson learned.

This room owns: in which state each lesson is, who has to do what next, what is late; the board of all of them.
It does not own: which acts count (procedures, standing), or the exercise in which something was seen (exercises).
Text: docs/explanation/how-lessons-are-learned.md.
"""

from comity.lessons.boards import BOARD_COLUMNS, lesson_board, lesson_strays, lessons_of, observed_through
from comity.lessons.stages import LESSON_KINDS, NEXT_STEPS, Lesson, LessonStage, LessonState
from comity.lessons.tables import lesson_to_plain, lessons_table, states_of

__all__ = [
    "BOARD_COLUMNS",
    "LESSON_KINDS",
    "Lesson",
    "LessonStage",
    "LessonState",
    "NEXT_STEPS",
    "lesson_board",
    "lesson_strays",
    "lesson_to_plain",
    "lessons_of",
    "lessons_table",
    "observed_through",
    "states_of",
]
