"""``python -m tests.web.browser.screenshots``: the pages as they look, in docs/screenshots, of the whole bundled book on one day."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image

import comity
from comity.web.demo_exercise import with_exercise
from comity.web.holding import Held
from tests.web.a_mission import NAME as MISSION
from tests.web.a_mission import a_mission
from tests.web.a_round import CRISIS, MANDATE, a_round
from tests.web.browser.an_office import WHO, an_office, sign_in
from tests.web.browser.driving import USUAL, Variant, Window, browsing, served, window
from tests.web.browser.routes import CONTESTED, FINLAND, RELEASE, WHAT_IF
from tests.web.exercised import exercised

FOLDER = Path(__file__).parents[3] / "docs" / "screenshots"
TODAY, TRAINED = date(2026, 11, 27), date(2025, 11, 15)
COLOURS = 256
RECEIVED = "agreement=nato-treaty&by=FIN&kind=accede&on=2023-04-04&known=2023-04-03&title=other"
DARK, NARROW, RIGHT_TO_LEFT = Variant(True, True, "en"), Variant(False, False, "en"), Variant(False, True, "ar")


class Shot(NamedTuple):
    """One picture: its file, what it shows, the page, what is typed into the finder, how it is shown."""

    name: str
    says: str
    url: str
    finds: str = ""
    variant: Variant = USUAL


SHOTS = (
    Shot("today", "Today, of one party", "/?party=FIN"),
    Shot("today-of-all", "Today, of everyone", "/"),
    Shot("finder", "Finding anything, with the questions that the words may mean", "/", "fin nato-tr"),
    Shot("agreements", "Agreements", "/agreements"),
    Shot("agreement", "One agreement", "/agreements/nato-treaty"),
    Shot("agreement-contested", "An agreement with contested points", "/agreements/gsomia-jpn-kor"),
    Shot("state", "One state", "/parties/FIN"),
    Shot("pair", "What is in force between two", "/parties/FIN/SWE"),
    Shot("answer", "An answer, with its reasons", FINLAND),
    Shot("answer-contested", "A contested answer", CONTESTED),
    Shot("may", "Whether information may be given", RELEASE),
    Shot("may-form", "Asking what one may do", "/may"),
    Shot("must", "What a state owes", "/must?party=NLD"),
    Shot("obliged", "Who is obliged when a state is attacked", "/obliged?attacked=USA&by=non-state&place=own&on=2001-10-05"),
    Shot("what-if", "What if France denounced", WHAT_IF),
    Shot("differences", "What changed between two days", "/differences?agreement=nato-treaty&from=2023-01-01&on=2024-06-01"),
    Shot("upcoming", "What is ahead", "/upcoming?whole=1"),
    Shot("clause", "A clause", "/agreements/nato-treaty/clauses/1"),
    Shot("acts", "Acts", "/acts?agreement=nato-treaty"),
    Shot("act", "One act", "/acts/nato-treaty-FIN-accede"),
    Shot("parties", "Parties", "/parties"),
    Shot("organisation", "An organisation and its members", "/organisations/NATO"),
    Shot("organisations", "Organisations", "/organisations"),
    Shot("cooperation-map", "Who is tied to whom, as a map", "/cooperation?on=1955-07-01"),
    Shot("cooperation-network", "The ties of one state as a network", "/cooperation?view=network&party=JPN"),
    Shot("cooperation-chord", "The ties of one state as chords", "/cooperation?view=chord&party=FRA"),
    Shot("conflicts", "What contradicts what", "/conflicts"),
    Shot("registers", "Registers with which the record can be compared", "/registers"),
    Shot("depositary", "What waits for a depositary", "/depositary?agreement=genocide&on=1989-03-01"),
    Shot("depositary-receive", "Receiving an instrument", f"/depositary/receive?{RECEIVED}"),
    Shot("depositary-act", "One instrument through the procedure", "/depositary/acts/nato-treaty-FIN-accede"),
    Shot("calendar", "A month of what is owed and of what changes", "/calendar?agreement=cwc&party=FRA&on=2024-12-05"),
    Shot("exercises", "Exercises to come, drawn over their days, and those that are over", "/exercises"),
    Shot("exercise", "One exercise, supposed for the picture", "/exercises/steel-heather-28"),
    Shot("findings", "What the law finds odd", "/findings?agreement=nato-treaty"),
    Shot("draft", "A draft of a denunciation", "/draft?kind=denounce&agreement=ottawa&party=EST"),
    Shot("brief", "A brief for a visit", "/brief?party=FIN&other=SWE"),
    Shot("book", "The book", "/book"),
    Shot("api", "The API", "/api"),
    Shot("names", "Whose word stands beside names", "/names"),
    Shot("search", "Results", "/search?q=nato"),
    Shot("rule", "A rule of law", "/rules/consent"),
    Shot("error", "Something that is not on record", "/agreements/nato-traety"),
    Shot("today-dark", "Today, dark", "/?party=FIN", variant=DARK),
    Shot("agreement-dark", "One agreement, dark", "/agreements/nato-treaty", variant=DARK),
    Shot("answer-dark", "A contested answer, dark", CONTESTED, variant=DARK),
    Shot("today-narrow", "Today, 320 pixels wide", "/?party=FIN", variant=NARROW),
    Shot("agreements-narrow", "Agreements, 320 pixels wide", "/agreements", variant=NARROW),
    Shot("answer-narrow", "An answer, 320 pixels wide", FINLAND, variant=NARROW),
    Shot("agreement-right-to-left", "One agreement, in Arabic", "/agreements/nato-treaty", variant=RIGHT_TO_LEFT),
)  # fmt: skip
PROCEDURES = (
    Shot("interoperability", "Who has trained what together, and how much of it is left", "/interoperability?nations=NLD+DEU+BEL+EST"),
    Shot("lessons", "The board of lessons", "/lessons"),
    Shot("training", "Courses, posts, visits, needs and offers", "/training"),
)
"""Of the supposed book of exercises."""
FORCES = (
    Shot("missions", "Missions and pools", "/missions"),
    Shot("mission", "One mission: what is required and who fills it", f"/missions/{MISSION}?shares=FRA+28,+DEU+41,+ITA+21"),
    Shot("pool", "The accounts of a pool", "/pools/flying hours"),
)
"""Of a supposed mission."""
ROUNDS = (
    Shot("decisions", "Proposals, what ends soonest first", "/decisions"),
    Shot("decision", "One decision, under silence", f"/decisions/{CRISIS}"),
    Shot("decision-voting", "One decision, being voted on", f"/decisions/{MANDATE}"),
    Shot("decision-rules", "Rules of decision", "/decision-rules"),
    Shot("decision-rule", "Votes set under a rule", "/decision-rules/un-charter/security-council?rest=yes&no=RUS"),
    Shot("decision-power", "What each vote can do", "/decision-rules/teu/qualified-majority?on=2020-03-01&without=DEU"),
)
"""Of supposed rounds."""
OFFICE = (
    Shot("record", "Recording: what may be recorded", "/record?agreement=nato-treaty&party=FRA"),
    Shot("record-act", "Recording one act", "/record/act?agreement=nato-treaty&kind=denounce&actor=FRA"),
    Shot("record-table", "Recording a table", "/record/table"),
    Shot("me", "One's own account", "/me"),
    Shot("saved", "Saved filters", "/saved"),
    Shot("due", "What falls due, to acknowledge", "/saved/due"),
    Shot("proposals", "Proposals", "/proposals"),
)
"""Where there are accounts and a ledger."""
ADMINISTERED = (
    Shot("people", "Accounts", "/people"),
    Shot("permissions", "Which rule decides", "/permissions?right=record+acts&agreement=nato-treaty&person=nova"),
    Shot("approvals", "What has to be approved", "/approvals"),
)
"""What an administrator sees."""
EVERY = (*SHOTS, *PROCEDURES, *FORCES, *ROUNDS, *OFFICE, *ADMINISTERED)


def whole_book() -> Held:
    """The bundled book with one supposed exercise, of which every agreement is derived before a page shows it."""
    holding = Held(with_exercise(comity.open(comity.bundled_book())), today=lambda: TODAY, patience=1200.0)
    holding.fold(TODAY, None, False).pending(holding.patience)
    return holding


def picture(shown: Window, shot: Shot) -> bytes:
    """The page as a PNG with few colours."""
    shown.open(shot.url)
    if shot.finds:
        shown.page.keyboard.press("Control+k")
        shown.page.keyboard.type(shot.finds)
        shown.page.wait_for_selector("#found a")
        shown.page.wait_for_load_state("networkidle")
    image = (
        Image.open(io.BytesIO(shown.page.screenshot())).convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    )
    kept = io.BytesIO()
    image.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def listing() -> str:
    """The page that lists them."""
    lines = "".join(f"\n## {shot.says}\n\n![{shot.says}]({shot.name}.png)\n" for shot in EVERY)
    return (
        "# How the pages look\n\n"
        f"The bundled book as of {TODAY}; made by `python -m tests.web.browser.screenshots` with the distribution's Chromium.\n{lines}"
    )


def take(held: Held, shots: Sequence[Shot]) -> None:
    """Pictures of what is held, all of one variant."""
    with served(held) as address, browsing() as browser, window(browser, address) as shown:
        for shot in shots:
            (FOLDER / f"{shot.name}.png").write_bytes(picture(shown, shot))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with served(whole_book()) as address, browsing() as browser:
        for variant in dict.fromkeys(shot.variant for shot in SHOTS):
            with window(browser, address, variant) as shown:
                for shot in SHOTS:
                    if shot.variant == variant:
                        (FOLDER / f"{shot.name}.png").write_bytes(picture(shown, shot))
    with TemporaryDirectory() as folder:
        take(Held(exercised(Path(folder)), today=lambda: TRAINED), PROCEDURES)
    take(a_mission(), FORCES)
    with TemporaryDirectory() as folder:
        take(a_round(Path(folder)), ROUNDS)
    with an_office(TODAY, comity.open(comity.bundled_book()).book) as address, browsing() as browser:
        for name, shots in ((WHO, OFFICE), ("root", ADMINISTERED)):
            with window(browser, address) as shown:
                sign_in(shown, name)
                for shot in shots:
                    (FOLDER / f"{shot.name}.png").write_bytes(picture(shown, shot))
    (FOLDER / "README.md").write_text(listing(), encoding="utf-8")


if __name__ == "__main__":
    main()
