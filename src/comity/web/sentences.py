"""A question and its answer as one sentence, whole for each kind of question and each verdict, so that it can be translated whole."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.terms import Verdict
from comity.web.telling import Words, speaks_english, told

STANDING: Mapping[tuple[str, str], str | Promise] = {
    ("in-force", "yes"): _("%(agreement)s is in force."),
    ("in-force", "no"): _("%(agreement)s is not in force."),
    ("in-force", "contested"): _("It is contested whether %(agreement)s is in force."),
    ("in-force", "unknown"): _("It is not known whether %(agreement)s is in force."),
    ("bound", "yes"): _("%(party)s is bound by %(agreement)s."),
    ("bound", "no"): _("%(party)s is not bound by %(agreement)s."),
    ("bound", "contested"): _("It is contested whether %(party)s is bound by %(agreement)s."),
    ("bound", "unknown"): _("It is not known whether %(party)s is bound by %(agreement)s."),
    ("bound for", "yes"): _("%(party)s is bound by %(agreement)s for %(territory)s."),
    ("bound for", "no"): _("%(party)s is not bound by %(agreement)s for %(territory)s."),
    ("bound for", "contested"): _("It is contested whether %(party)s is bound by %(agreement)s for %(territory)s."),
    ("bound for", "unknown"): _("It is not known whether %(party)s is bound by %(agreement)s for %(territory)s."),
    ("between", "yes"): _("%(agreement)s is in force between %(party)s and %(other)s."),
    ("between", "no"): _("%(agreement)s is not in force between %(party)s and %(other)s."),
    ("between", "contested"): _("It is contested whether %(agreement)s is in force between %(party)s and %(other)s."),
    ("between", "unknown"): _("It is not known whether %(agreement)s is in force between %(party)s and %(other)s."),
}
PERMISSIONS: Mapping[tuple[str, str], str | Promise] = {
    ("release", "yes"): _("%(one)s may give %(other)s what is marked %(about)s."),
    ("release", "no"): _("%(one)s may not give %(other)s what is marked %(about)s."),
    ("release", "contested"): _("It is contested whether %(one)s may give %(other)s what is marked %(about)s."),
    ("release", "unknown"): _("It is not known whether %(one)s may give %(other)s what is marked %(about)s."),
    ("station", "yes"): _("%(one)s may station forces in %(other)s%(about)s."),
    ("station", "no"): _("%(one)s may not station forces in %(other)s%(about)s."),
    ("station", "contested"): _("It is contested whether %(one)s may station forces in %(other)s%(about)s."),
    ("station", "unknown"): _("It is not known whether %(one)s may station forces in %(other)s%(about)s."),
    ("supply", "yes"): _("%(one)s may supply %(other)s%(about)s."),
    ("supply", "no"): _("%(one)s may not supply %(other)s%(about)s."),
    ("supply", "contested"): _("It is contested whether %(one)s may supply %(other)s%(about)s."),
    ("supply", "unknown"): _("It is not known whether %(one)s may supply %(other)s%(about)s."),
    ("train", "yes"): _("%(one)s may train %(other)s%(about)s."),
    ("train", "no"): _("%(one)s may not train %(other)s%(about)s."),
    ("train", "contested"): _("It is contested whether %(one)s may train %(other)s%(about)s."),
    ("train", "unknown"): _("It is not known whether %(one)s may train %(other)s%(about)s."),
    ("transfer", "yes"): _("%(one)s may transfer technology to %(other)s%(about)s."),
    ("transfer", "no"): _("%(one)s may not transfer technology to %(other)s%(about)s."),
    ("transfer", "contested"): _("It is contested whether %(one)s may transfer technology to %(other)s%(about)s."),
    ("transfer", "unknown"): _("It is not known whether %(one)s may transfer technology to %(other)s%(about)s."),
    ("overfly", "yes"): _("%(one)s may fly over %(other)s%(about)s."),
    ("overfly", "no"): _("%(one)s may not fly over %(other)s%(about)s."),
    ("overfly", "contested"): _("It is contested whether %(one)s may fly over %(other)s%(about)s."),
    ("overfly", "unknown"): _("It is not known whether %(one)s may fly over %(other)s%(about)s."),
}


def sentence(message: str | Promise, **parts: object) -> Words:
    """The sentence, its first letter a capital."""
    text = str(message)
    if text.startswith("%(agreement)s") and speaks_english():
        short = str(parts["agreement"])
        parts = {**parts, "agreement": f"{short[:1].upper()}{short[1:]}"}
    return told(text, **parts)


def standing_said(kind: str, verdict: Verdict, **parts: str) -> Words:
    """The answer to a question about standing; of an agreement's name, in English, with its article."""
    agreement = with_article(parts["agreement"]) if speaks_english() else parts["agreement"]
    return sentence(STANDING[kind, str(verdict)], **{**parts, "agreement": agreement})


def with_article(short: str) -> str:
    """'the North Atlantic Treaty', but 'CFE-1A'."""
    nouns = ("Treaty", "Convention", "Agreement", "Protocol", "Charter", "Pact", "Statute", "Declaration", "GSOMIA")
    return f"the {short}" if short.partition(" (")[0].endswith(nouns) and not short.startswith(("The ", "the ")) else short
