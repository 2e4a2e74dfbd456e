"""Every page, by its path; the names are those of ``linking.href``."""

from __future__ import annotations

from django.urls import path

from comity.web import (
    acts,
    agreements,
    awaited,
    book,
    calendar,
    clauses,
    conflicts,
    cooperation,
    dialogue,
    differences,
    dispute_alone,
    disputes,
    domestic,
    duties,
    exchange_desk,
    findings,
    interoperability,
    languages,
    lessons,
    mediators,
    missions,
    naming,
    organisations,
    parties,
    permissions,
    pools,
    registers,
    responses,
    rules,
    searching,
    settlement,
    standing,
    statics,
    today,
    training,
    upcoming,
    views_of_names,
    what_if,
)
from comity.web.api import mounting as api
from comity.web.attached import listing, pages
from comity.web.decisions import answering, coalitions, proposing
from comity.web.decisions import listing as decisions
from comity.web.decisions import one as decision
from comity.web.decisions import rules as decision_rules
from comity.web.depositary import desk as waiting_desk
from comity.web.depositary import following, receiving
from comity.web.documents import briefs, certified, drafts
from comity.web.exercises import checking as checking_exercises
from comity.web.exercises import listing as exercises
from comity.web.exercises import one as exercise
from comity.web.recording import correcting, desk, export, many, one

urlpatterns = [
    path("", today.index, name="today"),
    path("agreements", agreements.index, name="agreements"),
    path("agreements/<str:agreement_id>", agreements.agreement, name="agreement"),
    path("agreements/<str:agreement_id>/certified", certified.index, name="certified"),
    path("agreements/<str:agreement_id>/clauses/<int:number>", clauses.clause, name="clause"),
    path("parties", parties.index, name="parties"),
    path("parties/<path:codes>", parties.party_or_pair, name="party"),
    path("organisations", organisations.index, name="organisations"),
    path("organisations/<path:code>", organisations.organisation, name="organisation"),
    path("registers", registers.index, name="registers"),
    path("registers/<str:source>", registers.register, name="register"),
    path("missions", missions.index, name="missions"),
    path("missions/<path:name>", missions.mission, name="mission"),
    path("pools/<path:name>", pools.pool, name="pool"),
    path("conflicts", conflicts.index, name="conflicts"),
    path("names", views_of_names.index, name="names"),
    path("names/<str:view>", views_of_names.choose, name="names-as"),
    path("ask", standing.ask, name="ask"),
    path("may", permissions.index, name="may"),
    path("must", duties.index, name="must"),
    path("obliged", responses.index, name="obliged"),
    path("what-if", what_if.index, name="what-if"),
    path("calendar", calendar.index, name="calendar"),
    path("depositary", waiting_desk.index, name="depositary"),
    path("depositary/receive", receiving.index, name="depositary-receive"),
    path("depositary/acts/<path:ref>", following.index, name="depositary-act"),
    path("draft", drafts.index, name="draft"),
    path("brief", briefs.index, name="brief"),
    path("cooperation", cooperation.index, name="cooperation"),
    path("exercises", exercises.index, name="exercises"),
    path("exercises/<path:activity>", exercise.exercise, name="exercise"),
    path("designs/check", checking_exercises.check, name="exercise-check"),
    path("interoperability", interoperability.index, name="interoperability"),
    path("awaited", awaited.index, name="awaited"),
    path("lessons", lessons.index, name="lessons"),
    path("training", training.index, name="training"),
    path("disputes", disputes.index, name="disputes"),
    path("disputes/<path:ref>", dispute_alone.dispute, name="dispute"),
    path("mediators", mediators.index, name="mediators"),
    path("settlement", settlement.index, name="settlement"),
    path("dialogue", dialogue.index, name="dialogue"),
    path("dialogue/<str:agreement>/<path:name>", dialogue.body, name="body"),
    path("domestic", domestic.index, name="domestic"),
    path("decisions", decisions.index, name="decisions"),
    path("decisions/<path:ref>", decision.decision, name="decision"),
    path("answer/<path:ref>", answering.index, name="decision-answer"),
    path("propose", proposing.index, name="decision-propose"),
    path("decision-rules", decision_rules.index, name="decision-rules"),
    path("decision-rules/<str:agreement>/<path:rule>", coalitions.index, name="decision-rule"),
    path("differences", differences.index, name="differences"),
    path("upcoming", upcoming.index, name="upcoming"),
    path("exchange", exchange_desk.index, name="exchange"),
    path("exchange/would", exchange_desk.would, name="exchange-would"),
    path("exchange/reads", exchange_desk.reads, name="exchange-reads"),
    path("exchange/reads/<int:number>", exchange_desk.read, name="exchange-read"),
    path("exchange/queue", exchange_desk.queue, name="exchange-queue"),
    path("findings", findings.index, name="findings"),
    path("acts", acts.index, name="acts"),
    path("acts/<path:ref>", acts.act, name="act"),
    path("documents", listing.index, name="documents"),
    path("documents/<str:digest>", pages.document, name="document"),
    path("documents/<str:digest>/content", pages.content, name="document-content"),
    path("record", desk.index, name="record"),
    path("record/act", one.act, name="record-act"),
    path("record/table", many.bring, name="record-table"),
    path("record/table/<str:draft>", many.rows, name="record-rows"),
    path("record/correct/<str:act>", correcting.correct, name="record-correct"),
    path("record/drop/<str:draft>", desk.drop, name="record-drop"),
    path("record/empty", export.template, name="record-empty"),
    path("rules", rules.index, name="rules"),
    path("rules/<str:rule>", rules.rule, name="rule"),
    path("book", book.index, name="book"),
    path("named", naming.index, name="named"),
    path("search", searching.index, name="search"),
    path("keys", searching.keys, name="keys"),
    path("language/<str:code>", languages.choose, name="language"),
    path("static/<str:name>", statics.file, name="static"),
    *api.PATHS,
]

handler400 = "comity.web.guarding.unreadable"
handler404 = "comity.web.guarding.page_not_found"
handler500 = "comity.web.guarding.page_broken"
