"""Dialogue: standing meetings with their agenda, papers, minutes and actions; who has not met for how long.

This room owns: meetings folded from acts. It does not own: which meetings an agreement requires (duties).
Text: docs/explanation/how-dialogue-is-followed.md.
"""

from comity.dialogue.actions import ActionState, AgreedAction, actions_of
from comity.dialogue.acts import DIALOGUE_KINDS, dialogue_strays
from comity.dialogue.bodies import MeetingBody, bodies_of
from comity.dialogue.feeds import meetings_feed
from comity.dialogue.meetings import Meeting, MeetingState, meetings_of
from comity.dialogue.plain import action_to_plain, body_to_plain, meeting_to_plain, silence_to_plain, strays_to_plain
from comity.dialogue.silences import Silence, met_on_record, silences_of

__all__ = [
    "ActionState",
    "AgreedAction",
    "DIALOGUE_KINDS",
    "Meeting",
    "MeetingBody",
    "MeetingState",
    "Silence",
    "action_to_plain",
    "actions_of",
    "bodies_of",
    "body_to_plain",
    "dialogue_strays",
    "meeting_to_plain",
    "meetings_feed",
    "meetings_of",
    "met_on_record",
    "silence_to_plain",
    "silences_of",
    "strays_to_plain",
]
