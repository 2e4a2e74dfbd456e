"""The desk of Alfaria's node, on the small book of the permissions' tests: files on it, and commands put to the node."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

from tests.cli.running import Done, comity

BOOK = Path(__file__).parents[1] / "permissions" / "book"
WARNING = "indicator--11111111-1111-4111-8111-111111111111"
GREEN = "indicator--33333333-3333-4333-8333-333333333333"
TLP_GREEN, TLP_CLEAR = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"
EVENT = {
    "Event": {
        "uuid": "5b0b6e8c-1111-4a2b-8c3d-111111111111", "info": "Phishing", "date": "2021-11-20", "timestamp": "1637400000",
        "Tag": [{"name": "tlp:clear"}],
        "Attribute": [
            {"uuid": "5b0b6e8c-3333-4a2b-8c3d-111111111111", "type": "domain", "value": "phish.example", "to_ids": True, "timestamp": "1637400000"},
            {"uuid": "5b0b6e8c-4444-4a2b-8c3d-111111111111", "type": "comment", "value": "hello", "timestamp": "1637400000"},
        ],
    }
}  # fmt: skip


def indicator(object_id: str, *markings: str, name: str = "a bad host") -> dict[str, Any]:
    """An object of STIX."""
    at = "2021-11-20T10:00:00Z"
    data = {
        "type": "indicator", "spec_version": "2.1", "id": object_id, "created": at, "modified": at, "valid_from": at, "name": name,
        "pattern": "[domain-name:value = 'bad.example']", "pattern_type": "stix",
    }  # fmt: skip
    return data | ({"object_marking_refs": list(markings)} if markings else {})


class Desk:
    """A node of Alfaria's with the collection ``warnings``, which Betonia and Gammany read; files are named as they stand in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder}/node.db"
        for words in (("ledger", "init", "--origin", "node.example.org"), ("ledger", "import", str(BOOK)), ("exchange", "init", "ALF")):
            assert comity("--ledger", self.url, *words).code == 0
        self.say("collection add Warnings --alias warnings --readers BET,GAM")
        self.write("warnings.json", json.dumps({"objects": [indicator(WARNING)]}))
        self.write("green.json", json.dumps({"objects": [indicator(GREEN, TLP_GREEN)]}))
        self.write("event.json", json.dumps(EVENT))
        self.write("table.csv", "type,value,valid_from\ndomain,evil.example,2021-11-20\nip,192.0.2.7,2021-11-20\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def put(self, line: str) -> Done:
        """What an exchange command does."""
        given = [str(self.folder / word) if "." in word and (word in self.files() or word.startswith("new")) else word for word in shlex.split(line)]
        return comity("--ledger", self.url, "exchange", *given)

    def files(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()}

    def say(self, line: str) -> str:
        """What a command prints that does what it is told."""
        done = self.put(line)
        assert (done.code, done.err) == (0, ""), done
        return done.out.replace(f"{self.folder}/", "")

    def refused(self, line: str) -> str:
        """The one line that says what is wrong."""
        done = self.put(line)
        assert done.code == 2, done
        assert done.err.count("\n") == 1
        assert done.out == ""
        return done.err.replace(f"{self.folder}/", "")

    def fill(self) -> None:
        """Something in each list of the node."""
        self.say("collection add Watched --alias watched --readers * --four-eyes")
        self.say("publish green.json --into warnings --rel BET --yes")
        self.say("publish warnings.json --into watched --level CLOSE --by anna --yes")
        self.say("vouch BET --cleared ALF:CLOSE --purposes training --briefed WELLS")
        self.say("export BET -o new.json --from warnings --by anna")
        self.say("client token bet-feed --party BET --until 9999-01-01")
        self.say("client password gam-feed --party GAM --may read,write")
