"""The two commands, as a timer runs them: processes of their own, with their own database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.web.people.conftest import PASSWORD
from tests.web.watching.relay import relaying

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"
FILL = """
import sys
from comity.web.people.starting import start
start()
from comity.web.people.models import Person
from comity.web.watching import saving
from comity.web.watching.models import Telling, Webhook
from comity.web.watching.signing import new_secret
root = Person.objects.get(user__username="root")
saved = saving.save(root, "Acts", "/acts", "agreement=anzus", alert=True)
saved.seen, saved.told = [], []
saved.save()
Telling.objects.create(person=root, address="root@example.org")
Webhook.objects.create(saved=saved, url=sys.argv[1], secret=new_secret(), told=[])
"""


class Machine:
    """A database of accounts with one administrator, who follows a treaty that has just been recorded."""

    def __init__(self, folder: Path, hook: str) -> None:
        self.environment = {**os.environ, "COMITY_PEOPLE": f"sqlite:///{folder}/people.db", "DJANGO_SETTINGS_MODULE": "comity.web.settings"}
        self.run("people", "add", "root", "--role", "administrator", stdin=PASSWORD)
        subprocess.run([sys.executable, "-c", FILL, hook], env=self.environment, check=True, timeout=120)

    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "comity", *words]
        return subprocess.run(command, env=self.environment, input=stdin, capture_output=True, text=True, check=False, timeout=300)

    def told(self, *words: str) -> list[dict[str, Any]]:
        """What a command prints for programs, which is as its schema has it."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        plain = json.loads(done.stdout)
        Draft202012Validator(json.loads((SCHEMAS / f"{words[0]}.json").read_text(encoding="utf-8"))).validate(plain)
        (rows,) = plain.values()
        return list(rows)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("machine"), "https://localhost/hook")


def test_a_mail_is_sent_once_and_its_password_is_no_argument(machine: Machine) -> None:
    with relaying() as stub:
        words = ("digests", "--smtp", f"127.0.0.1:{stub.port}", "--from", "comity@example.org", "--security", "none")
        (told,) = machine.told(*words, "--dry-run")
        assert (told["name"], told["how"]) == ("root", "would be sent")
        assert told["new"] > 5
        assert stub.letters == []
        machine.environment["COMITY_SMTP_PASSWORD"] = "a secret"
        assert [one["how"] for one in machine.told(*words, "--user", "comity")] == ["sent"]
        assert stub.logins == ["\0comity\0a secret"]
        assert [one["how"] for one in machine.told(*words, "--user", "comity")] == ["already"]
        assert len(stub.letters) == 1


def test_a_webhook_to_this_machine_is_refused_by_the_command(machine: Machine) -> None:
    (tried,) = machine.told("webhooks")
    assert (tried["state"], tried["says"]) == ("waiting", "localhost leads to an address that is not of the open internet")


@pytest.mark.parametrize(
    ("words", "says"),
    [(("--smtp", "mail", "--from", "a@b"), "write HOST:PORT"), (("--smtp", "mail:25", "--from", "a"), "write an address"),
     (("--smtp", "mail:25", "--from", "a@b", "--security", "none"), "for anybody to read"),
     (("--smtp", "mail:25", "--from", "a@b", "--user", "u"), "COMITY_SMTP_PASSWORD"),
     (("--smtp", "mail:25", "--from", "a@b", "--pages", "comity"), "write where the pages are")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_line(machine: Machine, words: tuple[str, ...], says: str) -> None:
    machine.environment.pop("COMITY_SMTP_PASSWORD", None)
    done = machine.run("digests", *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
