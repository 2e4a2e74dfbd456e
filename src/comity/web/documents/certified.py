"""A certified copy of an agreement's record: status table, acts with their hashes, the log's checkpoint; with the answer file that proves it.

Only where a ledger is served with its key. Certifying signs a checkpoint of the log, so it is asked for by a form; looking changes nothing.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.questions import TIMELINE, Put
from comity.terms import BadInput, NotOnRecord
from comity.web.asking import CERTIFIER, Asked, asked, page
from comity.web.documents.agreement_briefs import status_grid
from comity.web.documents.briefs import foot_of
from comity.web.documents.certifying import Certified, Certifier
from comity.web.documents.grounds import Grounds, said_of
from comity.web.documents.handing_out import attachment, download
from comity.web.documents.papers import Attached, Block, Grid, Heading, Listed, Paper, Paragraph, Piece, words
from comity.web.guarding import written_to
from comity.web.languages import direction
from comity.web.status_tables import Table, table


def certifier_of(request: HttpRequest) -> Certifier | None:
    """What certifies here, if anything does."""
    found: Certifier | None = request.META.get(CERTIFIER)
    return found


@written_to
def index(request: HttpRequest, agreement_id: str) -> HttpResponse:
    this = asked(request)
    this.record.agreement(agreement_id, this.known)
    certifier = certifier_of(request)
    if certifier is None:
        raise NotOnRecord("copies are certified with a ledger's key: serve the ledger with comity --ledger URL serve --key FILE")
    found = this.ask(("table", agreement_id), lambda s: table(s, agreement_id))
    if request.method != "POST":
        return page(request, "certified.html", {"asked": this, "table": found, "agreement": found.agreement, "origin": certifier.ledger.origin})
    wanted = request.POST.get("format", "pdf")
    if wanted not in ("pdf", "json"):
        raise BadInput(f"format={wanted!r}; write format=pdf or json")
    certified = _certified(this, certifier, agreement_id)
    name = f"certified-{agreement_id}-{this.on}-{certified.size}"
    if wanted == "json":
        return attachment(certified.content, "application/json", f"{name}.json")
    return download(copy_of(this, found, certified, f"{name}.json"), name, "pdf")


def _certified(this: Asked, certifier: Certifier, agreement_id: str) -> Certified:
    """The answer file; BadInput if the ledger says by now something else than the page."""
    put = Put("timeline", this.on, this.known, this.viewer, this.strict, {"agreement": agreement_id})
    certified = certifier.certify(put)
    shown = this.ask(("certified", agreement_id), lambda s: TIMELINE.plain(TIMELINE.find(s, agreement=agreement_id)))
    if certified.plain["answer"] != shown:
        raise BadInput("the record has grown meanwhile: ask for the copy again")
    return certified


def copy_of(this: Asked, found: Table, certified: Certified, name: str) -> Paper:
    """The copy as a paper, with the answer file inside."""
    grounds, agreement = Grounds(this), found.agreement
    title = _("Certified copy of the record: %(agreement)s") % {"agreement": agreement.short}
    says = _(
        "What the ledger %(origin)s holds on %(title)s at its checkpoint of %(size)s items, signed with its key; not a copy of the agreement’s text."
    )
    lead = words(says % {"origin": certified.origin, "title": agreement.title, "size": certified.size})
    blocks: tuple[Block, ...] = (
        Heading(1, words(title)),
        Paragraph(lead, "lead"),
        Heading(2, words(_("Status on %(on)s") % {"on": this.on})),
        status_grid(grounds, found, _("Who did what, and how each stands")),
        Heading(2, words(_("Acts"))),
        _acts(this, grounds, agreement.id),
        *_checking(found, certified, name),
    )
    attached = (Attached(name, _("The answer file that proves this copy"), certified.content),)
    return Paper(
        title, blocks, foot_of(this), lang=get_language() or "en", direction=direction(), marking=grounds.marking, look="brief", attached=attached
    )


def _acts(this: Asked, grounds: Grounds, agreement_id: str) -> Grid:
    """Every act under the agreement that the reader may see, as it was recorded, with its hash."""
    entries = this.visible(this.record.entries_of(agreement_id))
    rows = [(grounds.act(e), words(said_of(this, e.act)), words(e.recorded.isoformat()), words(e.act.hash)) for e in entries]
    return Grid(_("Each act with the hash of its canonical bytes"), (_("Act"), _("What"), _("Recorded"), _("Hash (SHA-256)")), tuple(rows), "hashes")


def _checking(found: Table, certified: Certified, name: str) -> tuple[Block, ...]:
    """The checkpoint, the file that goes with the copy, and how the two are checked."""
    rows = (
        (words(_("Ledger")), words(certified.origin)),
        (words(_("Items in the log")), words(str(certified.size))),
        (words(_("Root of the log")), words(certified.checkpoint[2])),
        (words(_("Signature")), words(certified.checkpoint[3])),
        (words(_("Key to check it with")), words(certified.key)),
        (words(_("The agreement’s record")), words(_("version %(n)s, %(hash)s") % {"n": found.agreement.version, "hash": found.agreement.sha256})),
        (words(_("Answer file")), words(name)),
        (words(_("SHA-256 of the answer file")), words(certified.sha256)),
    )
    take_out = _("Take the answer file out of this PDF (it is attached to it), and see that it has the SHA-256 above: ")
    check = _("Check it without the ledger, offline: ")
    shown = _(
        "The verifier works the answer out anew from the acts in the file: the status above follows from it. "
        "That no act was left out rests on the keeper’s signed statement in the file."
    )
    steps = (
        words(take_out, Piece(f"sha256sum {name}", strong=True)),
        words(check, Piece(f"python comity-verify.pyz {name} --key '{certified.key}'", strong=True)),
        words(_("Get the key from the ledger’s keeper by another way than this file, and compare.")),
        words(shown),
    )
    return (
        Heading(2, words(_("Checkpoint and answer file"))),
        Grid(_("Checkpoint and answer file"), (_("What"), _("Value")), rows, "hashes", titled=True),
        Heading(2, words(_("How to check this copy"))),
        Listed(steps),
    )
