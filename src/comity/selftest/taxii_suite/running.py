"""The suite run against a server: every check, in order, and what came of it as a table and as JSON."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Sequence
from dataclasses import asdict
from urllib.parse import urlsplit

from comity.selftest.taxii_suite import adding, deleting, discovering, filtering, listing_collections, negotiating, paging, reading
from comity.selftest.taxii_suite.judging import FORMLESS, Check, Failed, Judged, Untested
from comity.selftest.taxii_suite.scene import Scene
from comity.selftest.taxii_suite.talking import Connection, Login

CHECKS: tuple[Check, ...] = (
    *discovering.CHECKS,
    *negotiating.CHECKS,
    *listing_collections.CHECKS,
    *adding.CHECKS,
    *reading.CHECKS,
    *filtering.CHECKS,
    *paging.CHECKS,
    *deleting.CHECKS,
)


def run(
    url: str,
    login: Login | None = None,
    *,
    api_root: str = "",
    collection: str = "",
    context: ssl.SSLContext | None = None,
    said: Callable[[Judged], None] = lambda _: None,
) -> list[Judged]:
    """What each check found at the server.

    ``url``: of discovery (``https://host/taxii2/``), or of the server. ``api_root``: its path, where discovery's default is not meant.
    ``collection``: id or alias of one that may be read and written, else the first such. ``context``: for TLS, such as one that trusts a
    certificate of one's own. ``said``: told of each as it is judged. What was added is deleted at the end.
    """
    path = urlsplit(url).path
    line = Connection(url, login or Login(), context=context)
    scene = Scene(line, path if len(path) > 1 else "/taxii2/", api_root, collection)
    judged = []
    try:
        scene.find()
        for check in CHECKS:
            judged.append(_judge(check, scene))
            said(judged[-1])
        scene.clean()
    finally:
        line.close()
    return judged


def _judge(check: Check, scene: Scene) -> Judged:
    try:
        passed, said = True, check.does(scene) or ""
    except Failed as problem:
        passed, said = False, str(problem)
    except Untested as problem:
        return Judged(check.number, check.section, check.weight, check.what, None, str(problem))
    except FORMLESS as problem:
        passed, said = False, f"the answer is not of the form that the standard describes, or none came: {type(problem).__name__}: {problem}"
    return Judged(check.number, check.section, check.weight, check.what, passed, said)


def as_table(judged: Sequence[Judged]) -> str:
    """As text: a line for each, those that failed with what was seen, and the sum."""
    lines = []
    for one in judged:
        mark = {True: "passed", False: "FAILED", None: "  -   "}[one.passed]
        lines.append(f"{one.number:>4}  {mark}  {one.weight:<6}  {one.what} ({one.section})")
        if one.passed is not True:
            lines.append(f"{'':28}{one.said[:180]}")
    return "\n".join([*lines, "", _sum(judged)])


def _sum(judged: Sequence[Judged]) -> str:
    tested = [one for one in judged if one.passed is not None]
    parts = []
    for weight in ("must", "should", "sound"):
        of_it = [one for one in tested if one.weight == weight]
        parts.append(f"{weight} {sum(one.passed is True for one in of_it)} of {len(of_it)}")
    passed = sum(one.passed is True for one in tested)
    return f"{passed} of {len(tested)} checks passed ({', '.join(parts)}); {len(judged) - len(tested)} could not be tested here"


def as_json(judged: Sequence[Judged]) -> str:
    """As JSON: a list of objects, one for each check."""
    return json.dumps([asdict(one) for one in judged], indent=1, ensure_ascii=False)
