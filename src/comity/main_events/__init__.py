"""Main events: the main events list of an exercise: what is played to whom, when, by which cell, to train what; read, checked, drawn, written.

This room owns: the list as types, its rules and their plain checker, its time line, its files. It does not own: the exercise's design (exercises).
Text: docs/explanation/how-events-lists-are-checked.md.
"""

from comity.main_events.checking import EVENT_RULES, check_events
from comity.main_events.drawing import TimeLine, draw_time_line, time_line
from comity.main_events.files import events_file, events_in
from comity.main_events.frames import frame_between, read_frame, read_zone
from comity.main_events.injects import EventsList, Frame, Inject, WhenPlayed

__all__ = [
    "EVENT_RULES",
    "EventsList",
    "Frame",
    "Inject",
    "TimeLine",
    "WhenPlayed",
    "check_events",
    "draw_time_line",
    "events_file",
    "events_in",
    "frame_between",
    "read_frame",
    "read_zone",
    "time_line",
]
