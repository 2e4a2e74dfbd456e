"""comity people: accounts made, listed and ended at the command line, each command in a process of its own; and the pages served with them."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "people.json").read_text(encoding="utf-8"))
PASSWORD = "correct horse battery staple"


def comity(folder: Path, *words: str, stdin: str = "", url: str | None = "sqlite:///people.db") -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name not in ("COMITY_PEOPLE", "DJANGO_SETTINGS_MODULE")}
    given = {} if url is None else {"COMITY_PEOPLE": url}
    command = [sys.executable, "-m", "comity", *words]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, timeout=120, check=False, env=environ | given)


def test_an_account_is_made_listed_given_another_password_and_ended(tmp_path: Path) -> None:
    made = comity(tmp_path, "people", "add", "root", "--role", "administrator", stdin=f"{PASSWORD}\n")
    assert (made.returncode, made.stdout) == (0, "root has an account: administrator\n"), made.stderr
    assert stat.S_IMODE((tmp_path / "people.db").stat().st_mode) == 0o600
    officer = ("--role", "desk-officer", "--party", "DEU", "--agreements", "nato-treaty, ctbt", "--cleared", "DEU:GEHEIM")
    assert comity(tmp_path, "people", "add", "ana", *officer, "--without-password").returncode == 0
    told = json.loads(comity(tmp_path, "people", "list", "--json").stdout)
    Draft202012Validator(SCHEMA).validate(told)
    found = {one["name"]: one for one in told["people"]}
    assert {name: value for name, value in found["ana"].items() if name not in ("name", "signed_in")} == {
        "roles": ["desk officer"], "party": "DEU", "agreements": ["ctbt", "nato-treaty"], "cleared": ["DEU: GEHEIM"], "in_use": True,
    }  # fmt: skip
    assert comity(tmp_path, "people", "password", "ana", stdin=f"{PASSWORD}\n").returncode == 0
    assert comity(tmp_path, "people", "dismiss", "ana").stdout == "ana is let in no longer\n"
    assert re.search(r"ana .*dismissed", comity(tmp_path, "people", "list").stdout)
    last = comity(tmp_path, "people", "dismiss", "root")
    assert (last.returncode, last.stderr) == (2, "comity: root is the last who administers accounts; make another administrator first\n")


@pytest.mark.parametrize(
    ("words", "url", "says"),
    [
        (("people", "list"), None, "where are accounts kept?"),
        (("people", "list"), "people.db", "write sqlite:///FILE or postgresql://USER@HOST/NAME"),
        (("people", "list"), "sqlite:///no/such/people.db", "cannot be written"),
        (("people", "add", "ana", "--role", "king"), "sqlite:///people.db", "no role 'king'; choose among viewer, desk-officer"),
        (("people", "add", "ana", "--role", "viewer", "--party", "ATL"), "sqlite:///people.db", "no party 'ATL'"),
        (("people", "add", "ana", "--role", "viewer", "--cleared", "DEU:WHISPERED"), "sqlite:///people.db", "no level 'WHISPERED'"),
        (("people", "add", "ana", "--role", "viewer"), "sqlite:///people.db", "the password cannot be taken"),
        (("people", "dismiss", "ana"), "sqlite:///people.db", "no account 'ana'"),
        (("serve",), "sqlite:///people.db", "make the first with: comity people add NAME --role administrator"),
        (("serve", "--oidc", "none.toml"), "sqlite:///people.db", "cannot be read"),
        (("serve", "--oidc", "none.toml"), None, "say where they are kept with --people"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, words: tuple[str, ...], url: str | None, says: str) -> None:
    done = comity(tmp_path, *words, url=url)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Nobody goes on."""


def test_the_pages_are_served_with_accounts_where_a_database_is_named(tmp_path: Path) -> None:
    comity(tmp_path, "people", "add", "root", "--role", "administrator", stdin=f"{PASSWORD}\n")
    command = [sys.executable, "-m", "comity", "serve", "--people", "sqlite:///people.db", "--port", "8947"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[3]
            with pytest.raises(urllib.error.HTTPError) as turned:
                urllib.request.build_opener(_Stay).open(f"{address}/agreements")
            turned.value.close()
            assert (turned.value.code, turned.value.headers["Location"]) == (302, "/sign-in?next=%2Fagreements")
            with urllib.request.urlopen(f"{address}/sign-in") as page:
                assert "Sign in" in page.read().decode()
        finally:
            server.terminate()
