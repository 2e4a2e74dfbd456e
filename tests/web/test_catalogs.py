"""The catalogs of words: each has every message of the source, translated, with its places and its markup; what is compiled is what is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from babel.messages.catalog import Message
from django.utils.translation import override

from comity.acts import BASES, kinds
from comity.agreements import Agreement
from comity.agreements.allowances import Topic
from comity.agreements.clauses import AnyClause
from comity.agreements.course import CONTRACTING, FORMER, NONE, PARTY, PROVISIONAL, SIGNATORY, SUSPENDED
from comity.agreements.decision_rules import Without
from comity.agreements.obligations import Obligation
from comity.agreements.settlements import SettlementStep
from comity.allocations import SOURCES
from comity.awaited import PROCEDURES
from comity.book.documents import MEDIA_TYPES
from comity.decisions import DecisionState
from comity.dialogue import MeetingState
from comity.disputes import DisputeState, MeansState
from comity.domestic import HomeState, ReportState
from comity.duties import State
from comity.early_warning import GROUPS, PEERS
from comity.effects.answers import CHECKS, Errors, Scale
from comity.effects.estimating import ESTIMATORS
from comity.effects.specifications import BOTH, TIME
from comity.exercises import Design, DesignDay, LimitState, StepState
from comity.indicators import INDICATORS, Better
from comity.interoperability import ANY_CAPABILITY, CAPABILITIES, Edition, Training
from comity.lessons import BOARD_COLUMNS, NEXT_STEPS, LessonState
from comity.mediators import BARS, MERITS
from comity.parties import PartyKind, Succession
from comity.permissions import Outcome, Support
from comity.strategies import ReviewChange, TargetState
from comity.terms import Verdict
from comity.trust import Observation
from comity.votes import VOTES
from comity.web.acts import ENVELOPE
from comity.web.depositary.instruments import Outcome as Checked
from comity.web.depositary.powers import TITLES
from comity.web.depositary.procedure import State as Progress
from comity.web.depositary.series import SERIES
from comity.web.depositary.waiting import WHAT
from comity.web.permissions import BESIDE
from comity.web.readers import DONE, ROLES, Right, Role
from comity.web.wording import TABLES
from tests.web.catalogs import PLURALS, WEB, compiled, forms_of, messages, place, read, updated, written

PLACE = re.compile(r"%\((\w+)\)s")
MARKUP = re.compile(r"</?[a-z][^>]*>")
COUNTING = {"number", "days", "more"}
"""What a form for none, for one and for two may say in a word instead of a figure."""
SHORT = {"JSON", "R / D", "?", "; "}


def forms(message: Message) -> tuple[str, ...]:
    """The translation, in each form that it has."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def texts(message: Message) -> list[tuple[str, str]]:
    """The message and its translation; of more than one form each translation with the message that it stands for."""
    found = forms(message)
    if isinstance(message.id, str):
        return [(message.id, found[0])]
    return [(message.id[0 if number == 0 and len(found) == 2 else 1], form) for number, form in enumerate(found)]


def translated(language: str) -> Iterator[tuple[Message, str, str]]:
    for message in read(language):
        if message.id:
            yield from ((message, source, translation) for source, translation in texts(message))


@pytest.mark.parametrize("language", PLURALS)
def test_a_catalog_has_every_message_of_the_source_and_no_other(language: str) -> None:
    catalog = read(language)
    held = {(m.context, *((m.id, "") if isinstance(m.id, str) else m.id)) for m in catalog if m.id}
    assert held == {tuple(said) for said in messages()}
    assert not catalog.obsolete
    assert not [m.id for m in catalog if m.fuzzy and m.id]


@pytest.mark.parametrize("language", PLURALS)
def test_every_message_is_translated_in_every_form_of_the_language(language: str) -> None:
    assert [source for _, source, translation in translated(language) if not translation.strip() and source.strip()] == []
    numbers = {len(forms(message)) for message, _, _ in translated(language) if not isinstance(message.id, str)}
    assert numbers == {forms_of(language)}


@pytest.mark.parametrize("language", PLURALS)
def test_a_translation_has_the_places_and_the_markup_of_its_message(language: str) -> None:
    wrong = []
    for message, source, translation in translated(language):
        counting = COUNTING if not isinstance(message.id, str) else set()
        here, there = Counter(PLACE.findall(source)), Counter(PLACE.findall(translation))
        if here != there and (there - here or set(here - there) - counting):
            wrong.append(translation)
        if Counter(MARKUP.findall(source)) != Counter(MARKUP.findall(translation)) or translation.count('"') != source.count('"'):
            wrong.append(translation)
        if "%" in PLACE.sub("", translation):
            wrong.append(translation)
    assert wrong == []


@pytest.mark.parametrize("language", PLURALS)
def test_long_messages_are_not_left_as_they_are(language: str) -> None:
    """A word may be the same in two languages; a sentence isn't."""
    assert [s for _, s, translation in translated(language) if s == translation and len(PLACE.sub("", s).split()) > 2 and s not in SHORT] == []


@pytest.mark.parametrize("language", PLURALS)
def test_the_files_are_what_the_command_writes(language: str) -> None:
    assert place(language, "po").read_bytes() == written(updated(language)), "run: python -m tests.web.catalogs"
    assert place(language, "mo").read_bytes() == compiled(language), "run: python -m tests.web.catalogs --compile"
    assert b"POT-Creation-Date" not in place(language, "mo").read_bytes()


TAGS = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}", re.DOTALL)
OURS = {
    "Comity", "Ctrl", "K", "R", "D", "Z", "g", "SECRET", "UNCLASSIFIED", "npt",
    "FIN", "EST", "FRA", "DEU", "NATO", "YYYY", "MM", "UTC", "SHA", "JSON", "PDF", "en",
    "OpenAPI", "https", "name", "example", "org", "comity", "sha", "T",
}  # fmt: skip
"""Our name, keys, letters of a status table, the zone of an instant, and what is typed into a field for instance."""


@pytest.mark.parametrize("template", sorted(WEB.rglob("*.html")), ids=lambda path: path.name)
def test_no_template_says_a_word_without_a_translation(template: Path) -> None:
    """Also in what no test shows: outside of tags, and in what is read out of attributes, there are no letters."""
    text = re.sub(r"<code>.*?</code>", " ", TAGS.sub(" ", template.read_text(encoding="utf-8")), flags=re.DOTALL)
    text = text if "<" in text else f"<input {text}>"
    read_out = " ".join(re.findall(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"', text))
    shown = re.sub(r"<[^<>]*>|&\w+;", " ", text)
    assert set(re.findall(r"[A-Za-z]+", f"{shown} {read_out}")) - OURS == set()


def allowed(of: type, field: str) -> set[str]:
    """Every value that a field allows."""
    return set(get_args(get_type_hints(of)[field]))


WANTED: dict[str, set[str]] = {
    "verdict": set(Verdict),
    "state": {"in force", "not in force", "ended", Verdict.CONTESTED, Verdict.UNKNOWN},
    "mode": {PARTY, PROVISIONAL, SUSPENDED, CONTRACTING, SIGNATORY, FORMER, NONE, "in force", Verdict.CONTESTED, Verdict.UNKNOWN},
    "outcome": {*Outcome, *Verdict, "by another agreement"},
    "duty": set(State),
    "form": allowed(Agreement, "form"),
    "party": set(get_args(PartyKind)),
    "succession": allowed(Succession, "how"),
    "basis": set(BASES),
    "clause": {kind for clause in get_args(AnyClause) for kind in allowed(clause, "kind")},
    "obligation": allowed(Obligation, "type"),
    "topic": {*get_args(Topic), BESIDE},
    "envelope": {name.replace("_", " ") for name in ENVELOPE},
    "act": set(kinds()),
    "waiting": set(WHAT),
    "check": {
        *(
            "depositary",
            "authority",
            "form",
            "signed",
            "once",
            "open to",
            "bound",
            "party",
            "time",
            "permitted",
            "when reserved",
            "confirmed",
            "effect",
        ),
    },
    "checked": set(Checked),
    "step": {"received", "checked", "numbered", "recorded", "circulated", "clocks", "in force", "registered"},
    "progress": set(Progress),
    "office": set(TITLES),
    "series": {name for name, _ in SERIES},
    "media": set(MEDIA_TYPES),
    "capability": {ANY_CAPABILITY, *CAPABILITIES},
    "procedure": set(PROCEDURES),
    "waits": {
        *(says for says in NEXT_STEPS.values() if says),
        *("break silence", "take back its objection", "is asked to vote", "answer the request for", "appoint a member for", "bring to an end:"),
        *("acknowledge it", "answer it", "meet", "meet in", "approve", "lay it again, or leave it", "express consent to be bound"),
        *("wait until the last day of the scrutiny has passed", "state why the state should be bound nevertheless, or leave it"),
    },
    "training": {kind for one in get_args(get_type_hints(Training)["kind"]) for kind in get_args(one)},
    "edition": allowed(Edition, "status"),
    "lesson column": {name for name, _states in BOARD_COLUMNS},
    "lesson": set(LessonState),
    "post": set(kinds()["fill-post"].details["role"].choices),
    "visit": set(kinds()["request-visit"].details["visit"].choices),
    "leave": {"requested", "granted", "refused", "not requested", Verdict.CONTESTED, Verdict.UNKNOWN},
    "answered": {*Verdict, "open"},
    "language": {"ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pt", "ru", "zh"},
    "dispute": set(DisputeState),
    "means": allowed(SettlementStep, "means"),
    "means state": set(MeansState),
    "meeting": set(MeetingState),
    "body that meets": {"the parties"},
    "bar": set(BARS),
    "ground": set(GROUPS),
    "forecaster": {"ours", *PEERS},
    "score": {"Brier", "log"},
    "merit": set(MERITS),
    "barred": {str(one) for one in Verdict if one is not Verdict.CONTESTED},
    "indicator": {one.id for one in INDICATORS},
    "unit": {one.unit for one in INDICATORS},
    "better": set(get_args(Better)),
    "came-out": set(get_args(get_type_hints(Observation)["came_out"])),
    "home": set(HomeState),
    "report": set(ReportState),
    "exercise-step": set(StepState),
    "limit": set(LimitState),
    "exercise-day": {*get_args(get_type_hints(DesignDay)["sort"]), "planned"},
    "exercise": {"designed", "planned", "notified", "held"},
    "exercise-kind": {*get_args(get_args(get_type_hints(Design)["scenarios"])[0]), *get_args(get_type_hints(Design)["form"]), *CAPABILITIES},
    "decision": set(DecisionState),
    "vote": set(VOTES),
    "to answer": {"may break silence", "may take back its objection", "is asked to vote"},
    "statement": set(kinds()["state-position"].details["as"].choices),
    "left out": set(get_args(Without)),
    "legal-basis": {"entry", "status", "release", *get_args(get_type_hints(Support)["activity"])},
    "target-progress": {str(one) for one in TargetState},
    "strategy-part": {*get_args(get_type_hints(ReviewChange)["part"]), "output"},
    "strategy-change": set(get_args(get_type_hints(ReviewChange)["done"])),
    "effect-source": set(SOURCES),
    "estimator": {one.name for one in ESTIMATORS},
    "errors of an estimate": set(get_args(Errors)),
    "scale of an estimate": set(get_args(Scale)),
    "check of an effect": set(CHECKS),
    "verdict of a check": {"fails", "does not fail", "not made"},
    "varied in a grid": {"estimator", "lag", "controls", "rows under way", "pairs", "periods"},
    "value in a grid": {"none", TIME, "all", *BOTH, "relevant"},
    "rule of the reading": {
        *("numbers", "signs", "sizes", "errors", "scales", "samples", "switching", "few states", "few events", "pre-trends", "placebo"),
        *("sensitivity", "timing", "unknown", "coverage", "grid", "conclusion"),
    },
    "report-section": {
        *("What it concluded", "Duties", "Commitments", "Exercises and training", "Exchange of information", "Decisions", "Disputes", "Burden"),
        *("Trust", "Stability", "How far it is", "Indicators of outcomes and outputs", "Risks", "Acts of the period", "Indicators and targets"),
    },
    "report-figure": {"signed", "consented", "left", "reserved", "trust"},
    "report-unit": {"acts", "disputes", *(one.unit for one in INDICATORS)},
    "report-head": {
        *("made", "what", "agreement", "act", "indicator", "unit", "baseline", "now", "target", "by", "how far", "why"),
        *("kind", "likely", "grave", "what is done", "who"),
    },
}
CODES = {
    "check", "checked", "office", "media", "language", "post", "visit", "exercise-day", "means", "decision", "vote", "statement", "left out",
    "barred", "indicator", "better", "came-out", "errors of an estimate", "report-figure",
}  # fmt: skip
"""Tables of what is said in other words also in English: of checks, media types, codes of languages, sorts of posts, visits, days, means, indicators,
and figures of reports."""


def test_every_value_that_a_page_shows_has_its_word() -> None:
    assert WANTED.keys() == TABLES.keys()
    for table, values in WANTED.items():
        assert {str(value) for value in values} == set(TABLES[table]), table
    assert set(ROLES) == set(Role)
    assert set(DONE) == set(Right)


def test_a_word_in_english_is_the_value_itself() -> None:
    with override("en"):
        said = ((value, word) for name, table in TABLES.items() if name not in CODES for value, word in table.items())
        assert [value for value, word in said if str(word) != value] == []
