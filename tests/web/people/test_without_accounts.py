"""Without a database for accounts nothing of them is there: no page, no table, no code; everybody is whoever sits at this machine."""

from __future__ import annotations

import os
import subprocess
import sys

from comity.web.holding import Held
from tests.web.conftest import client_of

ASKED = """
import sys
from wsgiref.util import setup_testing_defaults
import comity
from comity.web.serving import application, served

serve = application(served(comity.open(comity.bundled_book())))
said = []
for path in sys.argv[1:]:
    environ = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    serve(environ, lambda status, headers: said.append(status[:3]))
print(*said, *(name for name in sys.modules if name.partition(".")[0] == "allauth" or name.startswith("django.contrib.auth.")))
"""


def test_nothing_of_accounts_is_loaded() -> None:
    environ = {name: value for name, value in os.environ.items() if name not in ("COMITY_PEOPLE", "DJANGO_SETTINGS_MODULE")}
    command = [sys.executable, "-c", ASKED, "/rules", "/sign-in", "/people", "/me"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environ)
    assert done.stdout.split() == ["200", "404", "404", "404"], done.stderr[-600:]


def test_the_pages_are_everybodys_at_this_machine(held: Held) -> None:
    page = client_of(held).get("/rules").content.decode()
    assert "Sign out" not in page
    assert 'href="/me"' not in page
    assert 'id="menu"' in page
