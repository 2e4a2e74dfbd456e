"""A design that is looked at without being recorded: what a planner pastes or uploads, worked out as if it were on record; nothing is written.

Only the button that goes on to the recording desk keeps something: a draft of the act, which is the planner's own, with the file beside it.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from comity.book import DesignRead, design_in
from comity.keeping import document
from comity.terms import PUBLIC, BadInput, ComityError
from comity.web.asking import Asked, asked, page
from comity.web.documents.handing_out import attachment, download
from comity.web.exercises.designs import DESIGNED, TEXT, designs_of, named
from comity.web.exercises.letters import language_of, letter, read_letter
from comity.web.exercises.looking import Looked, looked_at
from comity.web.exercises.owed import acts_as_csv
from comity.web.exercises.showing import as_calendar, lessons_about, shown
from comity.web.guarding import STATUS, for_a_page, written_to
from comity.web.linking import href
from comity.web.recording.desk import why_not
from comity.web.recording.documents import title_in
from comity.web.recording.drafts import Draft
from comity.web.recording.fields import filled_in, new_token, suggested_ref
from comity.web.recording.ground import can_record, ground_of
from comity.web.telling import told

LARGEST = 1_000_000
NAME = "design.toml"


@written_to
def check(request: HttpRequest) -> HttpResponse:
    """The form; or the page of the design that was sent with it."""
    this = asked(request)
    if request.method != "POST":
        return page(request, "exercises/check.html", {"asked": this, "refused": why_not(request)})
    text, name = "", NAME
    try:
        content, name = sent(request)
        text = content.decode("utf-8", "replace")
        read = design_in(content, name)
        looked = looked_at(this, read, keep=False)
        return _done(request, this, looked, content, name) or _page(request, this, looked, text, name)
    except ComityError as problem:
        status = next(status for kind, status in STATUS.items() if isinstance(problem, kind))
        context = {"asked": this, "refused": why_not(request), "problems": for_a_page(problem).splitlines(), "text": text, "name": name}
        return page(request, "exercises/check.html", context, status)


def sent(request: HttpRequest) -> tuple[bytes, str]:
    """The file that was chosen, else what was pasted; BadInput where there is neither, or too much."""
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        if file.size is None or file.size > LARGEST:
            raise BadInput(told(_("the file is larger than %(most)s bytes; bring the design of one exercise"), most=f"{LARGEST:,}"))
        return file.read(), title_in(file.name or NAME) or NAME
    text = request.POST.get("text", "").replace("\r\n", "\n")
    if not text.strip():
        raise BadInput(told(_("nothing was sent; choose the file of a design, or paste it")))
    content = text.encode("utf-8", "replace")
    if len(content) > LARGEST:
        raise BadInput(told(_("the text is larger than %(most)s bytes; bring the design of one exercise"), most=f"{LARGEST:,}"))
    return content, title_in(request.POST.get("name", "")) or NAME


def _done(request: HttpRequest, this: Asked, looked: Looked, content: bytes, name: str) -> HttpResponse | None:
    """What a button of the page asks for in place of it; None: the page."""
    do, _dash, number = request.POST.get("do", "check").partition("-")
    stem = looked.design.id
    if do == "record":
        return _to_record(request, looked.read, content, name)
    if do == "acts":
        return attachment(acts_as_csv(this, looked.notices), "text/csv; charset=utf-8; header=present", f"{stem}-acts-{this.on}.csv")
    if do == "ics":
        return attachment(as_calendar(looked), "text/calendar; charset=utf-8", f"{stem}.ics")
    if do == "letter":
        which, notice = read_letter(looked.notices, number)
        return download(letter(this, looked.design, notice, PUBLIC, language_of(request)), f"{stem}-letter-{which}", "pdf")
    if do != "check":
        raise BadInput(f"do={do[:20]!r}; this page checks a design, and hands out letters, acts and a calendar of it")
    return None


def _page(request: HttpRequest, this: Asked, looked: Looked, text: str, name: str) -> HttpResponse:
    design = looked.design
    recorded = designs_of(this).get(named(design.id))
    context: dict[str, Any] = {
        "asked": this,
        "activity": design.id,
        "text": text,
        "name": name,
        "checked": True,
        "refused": why_not(request),
        "can_record": can_record(request),
        "recorded": recorded,
        "same": recorded is not None and recorded.read is not None and recorded.read.sha256 == looked.read.sha256,
        "lessons": lessons_about(this, design.id),
        **shown(this, looked),
    }
    return page(request, "exercises/check.html", context)


def _to_record(request: HttpRequest, read: DesignRead, content: bytes, name: str) -> HttpResponse:
    """A draft of the act with the file beside it, and on to its form at the recording desk."""
    if why := why_not(request):
        raise BadInput(why)
    ground, design, token = ground_of(request), read.design, new_token()
    begun = filled_in({"kind": DESIGNED, "actor": design.host, "d.activity": design.id, "source": name}, token)
    begun = begun.with_values(ref=suggested_ref(begun, lambda ref: bool(ground.found(ref))))
    paper = document(content, TEXT, name)
    ground.held.waiting.hold(ground.reader.name, token, paper, f"{paper.sha256} {TEXT} en {name}")
    ground.drafts.put(ground.reader.name, Draft(token, "act", f"{DESIGNED} {design.id}", begun.to_json()))
    return HttpResponseRedirect(href({}, "record-act", draft=token))
