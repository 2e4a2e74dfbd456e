"""What the questions, and the words that they take, mean; for whoever reads the description of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """In plain words, and an example of it (blank: none)."""

    means: str
    example: str = ""


WORDS: Mapping[str, Meaning] = {
    # the questions
    "in-force": Meaning("Is the agreement in force on the day, since when, and why?"),
    "bound": Meaning("Is the party bound by the agreement on the day, since when, and why?"),
    "between": Meaning("What is in force between two parties: one agreement, or each that binds the two?"),
    "timeline": Meaning("Every change of standing under the agreement, of everyone or of one party."),
    "upcoming": Meaning("Days ahead on which standing changes, or until which it can be changed."),
    "findings": Meaning("What does the law find odd in the acts on record?"),
    "may release": Meaning("May the giver give the taker information so marked?"),
    "may station": Meaning("May the guest station forces in the host's territory, and by which rules are they there?"),
    "may supply": Meaning("May the one supply the other?"),
    "may transfer": Meaning("May the one transfer technology or things to the other?"),
    "may train": Meaning("May the one train with or at the other?"),
    "may overfly": Meaning("May the one fly over the other?"),
    "jurisdiction": Meaning("Who may try a member of a visiting force?"),
    "claim": Meaning("Who pays which part of a claim for damage done by visiting forces?"),
    "must": Meaning("Who owes what, to whom, by when, and which act discharged it?"),
    "obliged": Meaning("Who is obliged to what when a state is attacked, by which clause, on which conditions, and who has answered?"),
    # their words
    "a": Meaning("One party, by its code.", "FIN"),
    "b": Meaning("The other party, by its code.", "SWE"),
    "agreement": Meaning("The agreement, by its id.", "nato-treaty"),
    "party": Meaning("The party, by its code.", "FIN"),
    "territory": Meaning("For which of its territories, by its code.", "GRL"),
    "within": Meaning("How many days ahead.", "90d"),
    "past": Meaning("How many days back.", "365d"),
    "everything": Meaning("Also what is done with.", "1"),
    "giver": Meaning("Who would give it, by its code.", "NLD"),
    "taker": Meaning("Who would get it, by its code.", "BEL"),
    "level": Meaning("How it is classified, as its policy names the level.", "UNCLASSIFIED"),
    "policy": Meaning("Under which classification policy; the giver's own if left out.", "NATO"),
    "category": Meaning("Special categories with which it is marked.", "ATOMAL"),
    "caveat": Meaning("Caveats with which it is marked.", "NOFORN"),
    "rel": Meaning("To whom its marking limits it: codes with commas between.", "BEL,NLD"),
    "originator": Meaning("Who made it, by its code; the policy's owner if left out.", "NLD"),
    "purpose": Meaning("What for.", "defence"),
    "item": Meaning("Which item, where an originator's consent is for one only.", "report-7"),
    "guest": Meaning("Whose forces, by its code.", "NLD"),
    "host": Meaning("Where, by the code of the host state.", "DEU"),
    "doer": Meaning("Who does it, by its code.", "USA"),
    "other": Meaning("To, with or over whom, by its code.", "JPN"),
    "until": Meaning("Until which day it lasts.", "2027-01-01"),
    "thing": Meaning("Things that it is about.", "fuel"),
    "sending": Meaning("The sending state, by its code; of a claim several, with commas between.", "NLD"),
    "person": Meaning("Who is accused: force, civilian or dependent.", "force"),
    "punishable": Meaning("Whose law punishes it: sending, host or both.", "both"),
    "military_law": Meaning("Is the person subject to the sending state's military law?", "1"),
    "of_host": Meaning("Is the person a national of the host state, or resident there?", "1"),
    "against_own": Meaning("Was it done only against the sending state, its people or its property?", "1"),
    "on_duty": Meaning("Was it done on duty?", "1"),
    "host_responsible": Meaning("Is the host state responsible too?", "1"),
    "unattributable": Meaning("Can it not be attributed to one of the forces?", "1"),
    "attacked": Meaning("Who is attacked, by its code.", "EST"),
    "by": Meaning("By whom: codes of states, or non-state, or cyber, with commas between; not told if left out.", "RUS"),
    "place": Meaning("Where: a state or territory by its code, own, or a region, with commas between; not told if left out.", "own"),
    "provoked": Meaning("Did the one attacked provoke it: yes or no; not told if left out.", "no"),
    "off_duty": Meaning("Was it done off duty?", "1"),
}  # fmt: skip
"""Of every question, and of every word that a question takes."""
