"""Every page by a real example or more, for the tests in the browser: a page that is added to ``urls`` is added here."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import URLPattern

from tests.web.papers import NOTE, digest

WHAT_IF = "/what-if?act=denounce+FRA+nato-treaty+2027-01-01&question=bound&party=FRA&agreement=nato-treaty&on=2028-06-01"
FINLAND = "/ask?question=bound&party=FIN&agreement=nato-treaty&on=2023-04-04"
CONTESTED = "/ask?question=between&party=JPN&other=KOR&agreement=gsomia-jpn-kor&on=2019-11-24"
RELEASE = "/may?do=release&from=KOR&to=JPN&level=SECRET&on=2019-11-24"
ROUTES: Mapping[str, tuple[str, ...]] = {
    "today": ("/", "/?party=FIN", "/?party=Narnia"),
    "agreements": ("/agreements", "/agreements?q=nothing+at+all", "/agreements?subject=alliance&on=1990-01-01"),
    "agreement": ("/agreements/nato-treaty", "/agreements/gsomia-jpn-kor", "/agreements/ctbt", "/agreements/nato-traety"),
    "clause": ("/agreements/nato-treaty/clauses/1", "/agreements/gsomia-jpn-kor/clauses/4"),
    "parties": ("/parties", "/parties?q=germ&kind=state"),
    "party": ("/parties/FIN", "/parties/NATO", "/parties/FIN/SWE", "/parties/JPN/KOR"),
    "ask": (
        "/ask",
        FINLAND,
        CONTESTED,
        "/ask?question=in-force&agreement=ctbt",
    ),
    "may": ("/may", RELEASE, "/may?do=station&from=FRA&to=NOR&purpose=exercise", "/may?do=release&from=KOR"),
    "must": ("/must", "/must?party=DEU&agreement=vienna-document-2011", "/must?party=FIN", "/must?whole=1"),
    "obliged": (
        "/obliged",
        "/obliged?attacked=USA&by=non-state&place=own&on=2001-09-13",
        "/obliged?attacked=JPN&by=CHN",
        "/obliged?attacked=NLD&by=BEL&on=1930-01-01",
        "/obliged?by=RUS",
    ),
    "what-if": ("/what-if", WHAT_IF, "/what-if?agreement=ctbt"),
    "differences": ("/differences", "/differences?agreement=nato-treaty&from=2023-01-01&on=2024-06-01", "/differences?party=FIN"),
    "upcoming": ("/upcoming", "/upcoming?agreement=gsomia-jpn-kor&on=2018-06-01", "/upcoming?whole=1&within=800"),
    "findings": ("/findings", "/findings?whole=1"),
    "acts": ("/acts", "/acts?agreement=nato-treaty&party=FIN", "/acts?kind=adapt&party=FIN"),
    "act": ("/acts/nato-treaty-FIN-accede", "/acts/nothing"),
    "rules": ("/rules",),
    "rule": ("/rules/consent", "/rules/contested"),
    "book": ("/book", "/book?as=public"),
    "search": ("/search", "/search?q=fin", "/search?q=deposited+april", "/search?q=xyzzy"),
    "calendar": ("/calendar", "/calendar?agreement=cwc&party=FRA&on=2024-12-05", "/calendar?month=x"),
    "exercises": ("/exercises", "/exercises?party=NLD&year=2026&q=heather", "/exercises?kind=none"),
    "exercise": ("/exercises/steel-heather-28", "/exercises/steel-heather-28?letter=1", "/exercises/Steel Heather 26", "/exercises/none"),
    "exercise-check": ("/designs/check",),
    "depositary": (
        "/depositary",
        "/depositary?for=UNSG&on=2025-08-01",
        "/depositary?agreement=genocide&on=1989-03-01",
        "/depositary?what=objections&for=NLD",
    ),
    "depositary-receive": (
        "/depositary/receive",
        "/depositary/receive?agreement=nato-treaty&by=FIN&kind=accede&on=2023-04-04&known=2023-04-03&title=other&articles=5",
        "/depositary/receive?agreement=ctbt&kind=ratify&title=king",
    ),
    "depositary-act": ("/depositary/acts/nato-treaty-FIN-accede", "/depositary/acts/genocide-USA-reserve-ix?on=1989-06-01"),
    "cooperation": (
        "/cooperation",
        "/cooperation?party=JPN&on=1990-07-01&most=20",
        "/cooperation?view=network",
        "/cooperation?view=chord&party=FRA",
        "/cooperation?view=matrix",
    ),
    "interoperability": ("/interoperability", "/interoperability?nations=FIN+SWE&half=x"),
    "awaited": ("/awaited", "/awaited?procedure=x", "/awaited?within=30&required=1"),
    "disputes": ("/disputes", "/disputes?state=x"),
    "dispute": ("/disputes/none",),
    "mediators": (
        "/mediators",
        "/mediators?a=EGY&b=ISR&on=1978-09-01",
        "/mediators?a=FIN&b=RUS&candidates=NOR,CHE&carry=1",
        "/mediators?a=FIN",
    ),
    "indicators": (
        "/indicators",
        "/indicators?indicator=commitments-ratified&party=DEU&since=1990-01-01",
        "/indicators?indicator=duties-on-time&party=DEU&partner=FRA&by=quarter",
        "/indicators?indicator=none&party=DEU",
    ),
    "trust": ("/trust", "/trust?a=DEU&b=FRA", "/trust?a=DEU"),
    "strategies": ("/strategies", "/strategies?example=small-state", "/strategies?example=two-allies&on=2026-11-01", "/strategies?example=none"),
    "allocations": ("/allocations", "/allocations?example=example", "/allocations?example=none"),
    "reports": (
        "/reports",
        "/reports?party=FIN&period=2023&partners=SWE",
        "/reports?example=small-state",
        "/reports?party=FIN",
        "/reports?party=FIN&period=x",
    ),
    "stability": ("/stability", "/stability?whom=NATO&compare=1949-1989,1990-2010", "/stability?whom=FIN,SWE&since=1990", "/stability?whom=FIN"),
    "warning": ("/warning", "/warning?by=month", "/warning?a=IND&b=PAK", "/warning?a=IND"),
    "effects": ("/effects", "/effects?treatment=dcad:dca_general&outcome=gml-mids:gmlmidonset", "/effects?treatment=x&outcome=gml-mids:gmlmidonset"),
    "settlement": ("/settlement", "/settlement?a=FRA&b=RUS&agreement=cwc&subject=stocks&means=court", "/settlement?a=FIN&b=SWE", "/settlement?a=FIN"),
    "dialogue": ("/dialogue", "/dialogue?party=x"),
    "body": ("/dialogue/cwc/review conference", "/dialogue/cwc/none"),
    "domestic": ("/domestic", "/domestic?state=USA", "/domestic?state=GBR&laid=2024-07-26&sitting=2024-09-02/2024-09-05", "/domestic?state=FIN"),
    "lessons": ("/lessons", "/lessons?state=x"),
    "training": ("/training", "/training?party=x"),
    "organisations": ("/organisations", "/organisations?on=1960-01-01"),
    "organisation": ("/organisations/NATO", "/organisations/ASEAN/ADMM-Plus", "/organisations/GCC"),
    "decisions": ("/decisions", "/decisions?at=2003-02-10T09:00%2B01:00&state=x"),
    "decision": ("/decisions/none",),
    "decision-answer": ("/answer/none",),
    "decision-propose": ("/propose",),
    "decision-rules": ("/decision-rules", "/decision-rules?of=UN/SC"),
    "decision-rule": ("/decision-rules/nato-treaty/council?no=FRA&rest=yes&without=USA", "/decision-rules/nato-treaty/none"),
    "missions": ("/missions",),
    "mission": ("/missions/none",),
    "pool": ("/pools/none",),
    "registers": ("/registers",),
    "register": ("/registers/uk-treaties", "/registers/none"),
    "conflicts": ("/conflicts", "/conflicts?kind=claim", "/conflicts?agreement=gsomia-jpn-kor&on=2019-11-24", "/conflicts?kind=x"),
    "names": ("/names", "/names?on=1990-01-01"),
    "names-as": ("/names/neutral?back=/names", "/names/none"),
    "draft": ("/draft", "/draft?kind=denounce&agreement=nato-treaty&party=FRA"),
    "brief": ("/brief", "/brief?agreement=ctbt", "/brief?party=FIN&other=SWE"),
    "certified": ("/agreements/nato-treaty/certified",),
    "documents": ("/documents", "/documents?q=nothing"),
    "document": ("/documents/none", f"/documents/{digest(NOTE)}", f"/documents/{digest(NOTE)}?q=instrument"),
    "document-content": ("/documents/none/content",),
    "record": ("/record",),
    "record-act": ("/record/act",),
    "record-table": ("/record/table",),
    "record-rows": ("/record/table/none",),
    "record-correct": ("/record/correct/none",),
    "record-drop": ("/record/drop/none",),
    "record-empty": ("/record/empty?format=pdf",),
    "exchange": ("/exchange",),
    "exchange-would": ("/exchange/would",),
    "exchange-reads": ("/exchange/reads",),
    "exchange-read": ("/exchange/reads/1",),
    "exchange-queue": ("/exchange/queue",),
    "api": ("/api",),
    "keys": ("/keys",),
    "named": ("/named?agreement=treaty",),
    "language": ("/language/fr?back=/keys", "/language/xx"),
    "static": ("/static/comity.svg",),
}
DRAWN = ("static", "named")
"""What is no page: a picture, and choices for a field."""
PAGES = tuple(url for name, urls in ROUTES.items() if name not in DRAWN for url in urls)


def without_an_example() -> list[str]:
    """The names of pages in ``urls`` that have none."""
    from comity.web.urls import urlpatterns

    return sorted({str(pattern.name) for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name} - ROUTES.keys())
