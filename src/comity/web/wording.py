"""The pages' word for each value that a room below names: verdicts, standings, duties, forms, kinds of act and of clause, and so on.

Keyed by the value; in English the word is the value itself. What is not in a table is shown as the record says it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _of

from comity.web.exercises import words as exercises
from comity.web.telling import told
from comity.web.words_of_acts import ACTS
from comity.web.words_of_awaited import TABLES_OF_AWAITED
from comity.web.words_of_decisions import TABLES_OF_DECISIONS
from comity.web.words_of_effects import TABLES_OF_EFFECTS
from comity.web.words_of_exercises import TABLES_OF_EXERCISES
from comity.web.words_of_indicators import TABLES_OF_INDICATORS
from comity.web.words_of_mediators import TABLES_OF_MEDIATORS
from comity.web.words_of_reports import TABLES_OF_REPORTS
from comity.web.words_of_strategies import TABLES_OF_STRATEGIES
from comity.web.words_of_talks import TABLES_OF_TALKS
from comity.web.words_of_warnings import TABLES_OF_WARNINGS

Table = Mapping[str, str | Promise]

VERDICTS: Table = {
    "yes": _of("verdict", "yes"),
    "no": _of("verdict", "no"),
    "contested": _of("verdict", "contested"),
    "unknown": _of("verdict", "unknown"),
}
STATES: Table = {
    "in force": _of("state", "in force"),
    "not in force": _of("state", "not in force"),
    "ended": _of("state", "ended"),
    "contested": _of("verdict", "contested"),
    "unknown": _of("verdict", "unknown"),
}
MODES: Table = {
    "party": _of("standing", "party"),
    "provisional": _of("standing", "provisional"),
    "suspended": _of("standing", "suspended"),
    "contracting": _of("standing", "contracting"),
    "signatory": _of("standing", "signatory"),
    "former": _of("standing", "former"),
    "none": _of("standing", "none"),
    "in force": _of("state", "in force"),
    "contested": _of("verdict", "contested"),
    "unknown": _of("verdict", "unknown"),
}
OUTCOMES: Table = {
    "allowed": _of("outcome", "allowed"),
    "forbidden": _of("outcome", "forbidden"),
    "not provided for": _of("outcome", "not provided for"),
    "by another agreement": _of("outcome", "by another agreement"),
    "yes": _of("verdict", "yes"),
    "no": _of("verdict", "no"),
    "contested": _of("verdict", "contested"),
    "unknown": _of("verdict", "unknown"),
}
DUTIES: Table = {
    "open": _of("duty", "open"),
    "done": _of("duty", "done"),
    "done late": _of("duty", "done late"),
    "overdue": _of("duty", "overdue"),
    "not known": _of("duty", "not known"),
    "contested": _of("verdict", "contested"),
    "lapsed": _of("duty", "lapsed"),
    "accepted": _of("duty", "accepted"),
    "kept": _of("duty", "kept"),
    "exceeded": _of("duty", "exceeded"),
}
FORMS: Table = {
    "treaty": _of("form", "treaty"),
    "political": _of("form", "political"),
    "administrative": _of("form", "administrative"),
}
PARTIES: Table = {
    "state": _of("party", "state"),
    "organisation": _of("party", "organisation"),
    "organ": _of("party", "organ"),
    "force": _of("party", "force"),
    "agency": _of("party", "agency"),
    "territory": _of("party", "territory"),
}
SUCCESSIONS: Table = {
    "continues": _of("succession", "continues"),
    "separates": _of("succession", "separates"),
    "dissolves": _of("succession", "dissolves"),
    "unites": _of("succession", "unites"),
    "absorbs": _of("succession", "absorbs"),
    "decolonised": _of("succession", "decolonised"),
}
BASES: Table = {
    "text": _of("basis", "text"),
    "depositary": _of("basis", "depositary"),
    "register": _of("basis", "register"),
    "official": _of("basis", "official"),
    "secondary": _of("basis", "secondary"),
    "memory": _of("basis", "memory"),
}
CLAUSES: Table = {
    "consent": _of("clause", "consent"),
    "entry-into-force": _of("clause", "entry-into-force"),
    "later-parties": _of("clause", "later-parties"),
    "provisional-application": _of("clause", "provisional-application"),
    "territory": _of("clause", "territory"),
    "reservations": _of("clause", "reservations"),
    "amendment": _of("clause", "amendment"),
    "duration": _of("clause", "duration"),
    "withdrawal": _of("clause", "withdrawal"),
    "no-withdrawal": _of("clause", "no-withdrawal"),
    "suspension": _of("clause", "suspension"),
    "minimum-parties": _of("clause", "minimum-parties"),
    "dependence": _of("clause", "dependence"),
    "supersedes": _of("clause", "supersedes"),
    "obligation": _of("clause", "obligation"),
    "equivalence": _of("clause", "equivalence"),
    "release": _of("clause", "release"),
    "allowance": _of("clause", "allowance"),
    "consequence": _of("clause", "consequence"),
    "duty": _of("clause", "duty"),
    "decision": _of("clause", "decision"),
    "weights": _of("clause", "weights"),
    "settlement": _of("clause", "settlement"),
}
COMMITMENTS: Table = {
    "defence": _of("obligation", "defence"),
    "offence": _of("obligation", "offence"),
    "consultation": _of("obligation", "consultation"),
    "non-aggression": _of("obligation", "non-aggression"),
    "neutrality": _of("obligation", "neutrality"),
    "cooperation": _of("obligation", "cooperation"),
    "limitation": _of("obligation", "limitation"),
    "prohibition": _of("obligation", "prohibition"),
    "status": _of("obligation", "status"),
    "protection": _of("obligation", "protection"),
    "transparency": _of("obligation", "transparency"),
}
TOPICS: Table = {
    "jurisdiction": _of("topic", "jurisdiction"),
    "claims": _of("topic", "claims"),
    "documents": _of("topic", "documents"),
    "taxes": _of("topic", "taxes"),
    "arms": _of("topic", "arms"),
    "driving": _of("topic", "driving"),
    "uniform": _of("topic", "uniform"),
    "settlement": _of("topic", "settlement"),
    "retransfer": _of("topic", "retransfer"),
    "command": _of("topic", "command"),
    "costs": _of("topic", "costs"),
    "other": _of("topic", "other"),
    "Beside these": _of("topic", "Beside these"),
}
ENVELOPE: Table = {
    "on behalf of": _of("envelope", "on behalf of"),
    "level": _of("envelope", "level"),
    "as named": _of("envelope", "as named"),
    "article": _of("envelope", "article"),
    "counterparty": _of("envelope", "counterparty"),
    "territory": _of("envelope", "territory"),
    "made": _of("envelope", "made"),
    "received": _of("envelope", "received"),
    "notified": _of("envelope", "notified"),
    "effect": _of("envelope", "effect"),
    "depositary": _of("envelope", "depositary"),
    "registration": _of("envelope", "registration"),
    "nonce": _of("envelope", "nonce"),
}
WAITING: Table = {
    "not circulated": _of("waiting", "not circulated"),
    "full powers": _of("waiting", "full powers"),
    "objections": _of("waiting", "objections"),
    "correction": _of("waiting", "correction"),
    "withdrawal": _of("waiting", "withdrawal"),
    "entry into force": _of("waiting", "entry into force"),
    "not registered": _of("waiting", "not registered"),
    "not derived": _of("waiting", "not derived"),
}
CHECKS: Table = {
    "depositary": _of("check", "depositary"),
    "authority": _of("check", "authority"),
    "form": _of("check", "form"),
    "signed": _of("check", "signed before"),
    "once": _of("check", "not done before"),
    "open to": _of("check", "open to it"),
    "bound": _of("check", "bound"),
    "party": _of("check", "exists"),
    "time": _of("check", "in its time"),
    "permitted": _of("check", "reservation permitted"),
    "when reserved": _of("check", "when reserved"),
    "confirmed": _of("check", "reservation confirmed"),
    "effect": _of("check", "effect"),
}
CHECKED: Table = {"pass": _of("checked", "in order"), "open": _of("checked", "to be settled"), "fail": _of("checked", "not in order")}
STEPS: Table = {
    "received": _of("step", "received"),
    "checked": _of("step", "checked"),
    "numbered": _of("step", "numbered"),
    "recorded": _of("step", "recorded"),
    "circulated": _of("step", "circulated"),
    "clocks": _of("step", "clocks"),
    "in force": _of("step", "in force"),
    "registered": _of("step", "registered"),
}
PROGRESS: Table = {
    "done": _of("progress", "done"),
    "running": _of("progress", "running"),
    "waiting": _of("progress", "waiting"),
    "not in order": _of("progress", "not in order"),
    "to be settled": _of("progress", "to be settled"),
    "not asked for": _of("progress", "not asked for"),
}
OFFICES: Table = {
    "head of state": _of("office", "head of state"),
    "head of government": _of("office", "head of government"),
    "minister for foreign affairs": _of("office", "minister for foreign affairs"),
    "head of mission": _of("office", "head of a diplomatic mission"),
    "representative": _of("office", "representative at a conference or organisation"),
    "other": _of("office", "other"),
}
SERIES: Table = {
    "signature": _of("series", "signature"),
    "instrument of consent": _of("series", "instrument of consent"),
    "reservation": _of("series", "reservation"),
    "notice of withdrawal": _of("series", "notice of withdrawal"),
}
MEDIA: Table = {
    "application/pdf": _of("kind of document", "PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _of("kind of document", "Word text"),
    "application/msword": _of("kind of document", "older Word text"),
    "application/vnd.oasis.opendocument.text": _of("kind of document", "OpenDocument text"),
    "application/xml": _of("kind of document", "XML"),
    "image/jpeg": _of("kind of document", "picture"),
    "image/png": _of("kind of document", "picture"),
    "image/tiff": _of("kind of document", "picture"),
    "text/csv": _of("kind of document", "table"),
    "text/plain": _of("kind of document", "plain text"),
}
LANGUAGES: Table = {
    "ar": _of("language", "Arabic"),
    "de": _of("language", "German"),
    "en": _of("language", "English"),
    "es": _of("language", "Spanish"),
    "fr": _of("language", "French"),
    "it": _of("language", "Italian"),
    "ja": _of("language", "Japanese"),
    "ko": _of("language", "Korean"),
    "nl": _of("language", "Dutch"),
    "pt": _of("language", "Portuguese"),
    "ru": _of("language", "Russian"),
    "zh": _of("language", "Chinese"),
}
"""By their codes; one that is not here is shown by its code."""
TABLES: Mapping[str, Table] = {
    "verdict": VERDICTS, "state": STATES, "mode": MODES, "outcome": OUTCOMES, "duty": DUTIES, "form": FORMS, "party": PARTIES,
    "succession": SUCCESSIONS, "basis": BASES, "clause": CLAUSES, "obligation": COMMITMENTS, "topic": TOPICS, "envelope": ENVELOPE, "act": ACTS,
    "waiting": WAITING, "check": CHECKS, "checked": CHECKED, "step": STEPS, "progress": PROGRESS, "office": OFFICES, "series": SERIES,
    "media": MEDIA, "language": LANGUAGES, **exercises.TABLES, **TABLES_OF_EXERCISES, **TABLES_OF_AWAITED, **TABLES_OF_TALKS,
    **TABLES_OF_DECISIONS, **TABLES_OF_MEDIATORS, **TABLES_OF_INDICATORS, **TABLES_OF_STRATEGIES, **TABLES_OF_WARNINGS,
    **TABLES_OF_EFFECTS,
    **TABLES_OF_REPORTS,
}  # fmt: skip


def word(value: str, table: str) -> str:
    """The word for a value in the reader's language; what has none stays as it is said."""
    found = TABLES[table].get(value)
    return told(found) if found is not None else value
