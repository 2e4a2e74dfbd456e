"""Errors of the API: one shape, one clear line that names the field; methods, lengths, types; and what is not there for a reader."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from ninja.errors import AuthenticationError, Throttled

from comity.about import Opened
from comity.web.api.edging import MOST_BYTES, edged
from comity.web.api.problems import KINDS, Refused, refusal_of
from comity.web.holding import Held
from comity.web.readers import NotAllowed
from tests.web.api.conftest import Plain, send, told_of, validator

V = "/api/v1"
MakeClient = Callable[[Held], Client]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("agreements?on=yesterday", "on: 'yesterday' is not a day"),
        ("agreements?known=2023-02-30", "known: "),
        ("agreements?strict=maybe", "strict='maybe' is neither yes nor no"),
        ("agreements?limit=0", "limit: "),
        ("agreements?limit=1001", "limit: "),
        ("agreements?limit=many", "limit: "),
        ("agreements?onn=2020-01-01", "onn: there is no such parameter here; did you mean on?"),
        ("agreements?format=json", "format: there is no such parameter here"),
        ("agreements?sort=name", "sort: there is no such parameter here"),
        ("agreements?party=FIN&party=SWE", "party: it is given 2 times"),
        ("agreements?cursor=AAAA", "cursor: "),
        ("agreements?cursor=%C3%A9", "cursor: "),
        ("acts?kind=dance", "kind='dance' is no kind of act"),
        ("acts?recorded_since=x", "recorded_since: "),
        ("upcoming?within=soon", "within='soon'"),
        ("differences", "from: "),
        ("differences?from=", "from: "),
        ("differences?from=2023-01-01&knew=x", "knew: "),
        ("search", "q: "),
        ("search?q=x&kind=dance", "kind: "),
        ("what-if?question=in-force&agreement=ctbt", "act: field required"),
        ("questions/in-force", "agreement: field required"),
        ("questions/upcoming?within=x", "within 'x'"),
        ("questions/jurisdiction?sending=NLD&host=DEU&on_duty=perhaps", "on_duty='perhaps'"),
        ("openapi.json?pretty=1", "pretty: there is no such parameter here"),
    ],
)
def test_what_cannot_be_read_is_400_and_named(client: Client, url: str, says: str) -> None:
    assert says in told_of(client.get(f"{V}/{url}"), 400)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("agreements/nato-treety", "nato-treaty"),
        ("agreements/nato-treaty/clauses/999", "has no clause 999"),
        ("agreements?party=Finlandd", "FIN"),
        ("agreements?as=NOBODY", "as: no party"),
        ("parties/ZZZZZZ", "list them at /api/v1/parties"),
        ("acts/nato-treaty-FIN-acede", "nato-treaty-FIN-accede"),
        ("rules/consentt", "consent"),
        ("questions/bound?party=FIN&agreement=nope-nope", "no agreement"),
        ("questions/dance", "there is nothing at"),
        ("nowhere", "openapi.json"),
        ("docs", "there is nothing at"),
        ("", "there is nothing at"),
    ],
)
def test_what_is_not_on_record_is_404_with_what_is_near(client: Client, url: str, says: str) -> None:
    line = told_of(client.get(f"{V}/{url}"), 404)
    assert says in line
    assert "comity " not in line


def test_a_problem_is_as_its_description_promises(client: Client, described: Plain) -> None:
    for status, url in ((400, "agreements?on=x"), (404, "agreements/nope")):
        validator(described, f"{V}/agreements", "get", status).validate(client.get(f"{V}/{url}").json())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_read_is_only_read(client: Client, method: str) -> None:
    response = getattr(client, method)(f"{V}/agreements")
    assert "use GET or HEAD or OPTIONS" in told_of(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_other_methods_are_refused_too(client: Client) -> None:
    for method in ("TRACE", "CONNECT", "PROPFIND"):
        assert told_of(client.generic(method, f"{V}/agreements"), 405)
        assert told_of(client.generic(method, f"{V}/questions/in-force"), 405)


def test_options_says_which_methods_there_are(client: Client) -> None:
    for path, allowed in (("agreements", "GET, HEAD, OPTIONS"), ("questions/in-force", "GET, HEAD, OPTIONS, POST")):
        response = client.options(f"{V}/{path}")
        assert (response.status_code, response["Allow"], response.content) == (204, allowed, b"")
    assert client.options("/access/v1/evaluation")["Allow"] == "OPTIONS, POST"


def test_head_is_get_without_the_body(client: Client) -> None:
    whole, head = client.get(f"{V}/agreements/ctbt"), client.head(f"{V}/agreements/ctbt")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == str(len(whole.content))
    assert client.head(f"{V}/agreements/nope").status_code == 404
    assert client.head("/access/v1/evaluation").status_code == 405


def test_a_body_that_is_too_long_or_no_json_is_refused(client: Client) -> None:
    path = f"{V}/questions/in-force"
    assert str(MOST_BYTES) in told_of(client.generic("POST", path, b" " * (MOST_BYTES + 1), content_type="application/json"), 413)
    assert "Content-Type: application/json" in told_of(client.post(path, {"agreement": "ctbt"}), 415)
    assert "of no type" in told_of(client.generic("POST", path, b"{}", content_type=""), 415)
    twice = b'{"agreement": "ctbt", "\\u0061greement": "cwc"}'
    for body in (b"{", b"\xff\xfe", b'{"agreement": NaN}', b'{"agreement": "\\ud800"}', twice, b"[" * 100_000):
        assert told_of(client.generic("POST", path, body, content_type="application/json"), 400).startswith("the body is no JSON in UTF-8")
    deep = b'{"agreement": ' + b"[" * 40 + b"]" * 40 + b"}"
    assert "nested deeper" in told_of(client.generic("POST", path, deep, content_type="application/json"), 400)
    assert told_of(client.generic("POST", path, b"", CONTENT_TYPE="application/json"), 400).startswith("the body: field required")
    assert "agreement" in told_of(send(client, path, {"agreement": 7}), 400)
    assert "agrement" in told_of(send(client, path, {"agreement": "ctbt", "agrement": "ctbt"}), 400)


def test_the_request_s_own_name_comes_back(client: Client) -> None:
    for url in (f"{V}/agreements/ctbt", f"{V}/nope", f"{V}/agreements?x=1"):
        assert client.get(url, headers={"x-request-id": "bfe9eb29"})["X-Request-ID"] == "bfe9eb29"
    assert "X-Request-ID" not in client.get(f"{V}/agreements/ctbt")


def test_what_nobody_thought_of_is_told_to_nobody(client: Client) -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        if not request.method:
            return HttpResponseNotAllowed(["GET"])
        raise RuntimeError("the secret of the house")

    response = edged(broken)(RequestFactory().get("/api/v1/broken"))
    assert response.status_code == 500
    assert b"secret" not in response.content
    assert json.loads(response.content)["type"] == "/api#broken"


@pytest.mark.parametrize(
    ("problem", "status"),
    [(AuthenticationError(), 401), (NotAllowed("no"), 403), (Throttled(wait=3), 429), (Refused(409, "x"), 409), (OverflowError(), 400)],
)
def test_every_problem_has_its_status(problem: Exception, status: int) -> None:
    refused = refusal_of(RequestFactory().get("/api/v1/x"), problem)
    assert refused.status == status
    assert refused.status in KINDS
    assert ("WWW-Authenticate" in refused.headers) == (status == 401)


def test_what_a_reader_may_not_see_is_as_if_it_never_was(make_client: MakeClient, small: Opened) -> None:
    client = make_client(Held(small, patience=20.0))
    hidden, never = (f"{V}/acts/pact-BBB-denounce", f"{V}/acts/pact-CCC-denounce")
    assert client.get(hidden).status_code == 200
    seen, unseen = (told_of(client.get(f"{url}?as=public"), 404) for url in (hidden, never))
    assert seen.replace("BBB", "CCC") == unseen
    total = client.get(f"{V}/acts").json()["total"]
    assert client.get(f"{V}/acts?as=public").json()["total"] == total - 1
    assert client.get(f"{V}/search?q=denounce&kind=act&as=public").json() == {"total": 0, "next": None, "found": []}


def test_the_ends_of_the_calendar_break_nothing(make_client: MakeClient, small: Opened) -> None:
    client = make_client(Held(small, patience=20.0))
    for on in ("0001-01-01", "9999-12-31", "0002-01-01", "9990-12-31"):
        for path in ("agreements", "agreements/pact", "parties/AAA", "between?a=AAA&b=BBB", "duties", "upcoming", "questions/must"):
            assert client.get(f"{V}/{path}{'&' if '?' in path else '?'}on={on}").status_code in (200, 400), (path, on)


def test_while_the_record_is_derived_a_list_says_what_is_left_out_and_a_question_asks_to_wait(
    make_client: MakeClient, small: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding = Held(small, patience=0.0)
    fold = holding.fold(holding.today(), None, False)
    monkeypatch.setattr(fold, "warm", lambda first=None: None)
    client = make_client(holding)
    for path in ("agreements", "duties", "upcoming", "findings", "parties", "today"):
        assert client.get(f"{V}/{path}").json()["pending"] == ["pact"], path
    response = client.get(f"{V}/questions/upcoming")
    assert "still being derived" in told_of(response, 503)
    assert int(response["Retry-After"]) > 0
    assert client.get(f"{V}/questions/in-force?agreement=pact").status_code == 200, "one agreement is derived for its own question"
    (only,) = send(client, f"{V}/questions", [{"ask": "must"}]).json()["answers"]
    assert only["status"] == 503
