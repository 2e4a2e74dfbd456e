"""docs/reference/cli.md tells every command, argument and option, with examples whose output is what the command prints today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.cli_page import EXAMPLES, PAGE, commands, general, page

EXCHANGE = tuple(f"exchange {name}" for name in (
    "collection add", "collection list", "publish", "approve", "reject", "queue", "log", "page", "recall", "recalls", "reclassify", "export",
    "client add",
    "client token", "client password", "client dismiss", "client list",
))  # fmt: skip
"""These are told as a story in docs/how-to/run-a-node.md: they print times, ids or secrets."""
PEOPLE = ("people add", "people list", "people password", "people dismiss")
"""These are told as a story in docs/how-to/accounts.md, and run in a process of their own."""
TELLING = ("digests", "webhooks")
"""These are told as a story in docs/how-to/follow-and-be-told.md, and send mail and messages."""
WITHOUT = (
    "serve",
    "selftest ledger",
    "selftest taxii",
    "demo exchange",
    "exchange serve",
    "exchange pull",
    "exchange push",
    "ledger doctor",
    "sources fetch",
    "sources import",
    "registers book",
    "decision replay",
    "panel",
    "network",
    "effect",
    "mediators",
    "stability",
    "report scorecard",
    "report quarter",
    "report year",
    "warn",
    "programme solve",
    "allocate",
    "mission fill",
    "mission pool",
    *EXCHANGE,
    *PEOPLE,
    *TELLING,
)
"""Commands without an example: what they print depends on the machine, on time, or on data of others."""


def section(name: str) -> str:
    text = PAGE.read_text(encoding="utf-8")
    _, found, rest = text.partition(f"\n## `comity {name}`\n")
    assert found, f"comity {name} is not in {PAGE.name}"
    return rest.partition("\n## ")[0]


@pytest.mark.parametrize("name", commands())
def test_every_command_is_told_with_each_argument_and_option_and_an_example(name: str) -> None:
    told = section(name)
    for parameter in commands()[name].params:
        if parameter.name == "help":
            continue
        assert parameter.help, f"comity {name}: {parameter.name} has no help"
        for spelt in parameter.opts if parameter.param_type_name == "option" else [parameter.metavar or parameter.name]:
            assert f"`{spelt}" in told, f"comity {name}: {spelt} is not told"
    assert name in WITHOUT or f"$ {EXAMPLES[name]}\n" in told


def test_the_options_before_the_command_are_told() -> None:
    head = PAGE.read_text(encoding="utf-8").partition("\n## `comity ")[0]
    for parameter in general():
        if parameter.name != "help":
            assert all(f"`{spelt}" in head for spelt in parameter.opts)


@pytest.mark.usefixtures("bundled_once")
def test_the_page_is_what_the_commands_say_today(few: Path) -> None:
    """python -m tests.cli.cli_page writes it anew."""
    assert PAGE.read_text(encoding="utf-8") == page(few)
