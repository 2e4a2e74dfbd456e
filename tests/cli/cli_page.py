"""docs/reference/cli.md out of the commands themselves: ``python -m tests.cli.cli_page`` writes it, a test compares it.

Options and arguments are read from the command line's own declaration; the examples are run.
"""

from __future__ import annotations

import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import typer.main
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import comity as library
from comity.cli import app
from comity.ledger import Signer
from tests.cli.running import comity

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"
FEW = ("ottawa", "gsomia-jpn-kor", "anzus")
MOST_LINES = 14
EXAMPLE_ACT = "sha256:fd50a34f228004bde7fed9f8faba1d562bdcf94b56f010c6a61d17bc3b433ff1"
EXAMPLE_DOCUMENT = "sha256:ee9127b71adb78d3f874342f7a6b35542825361a9cb9835d27b708e43bbef6b4"
EXAMPLE_KEY = "ledger.example.org/few+cafc16fd+ARLRelKPctVM7QjIpL6D0AVdbuZ87NSEpuw0KCUBQx+a"
EXAMPLE_WITNESS = "witness.example.net+94d11d49+BCrX58rInRAOuVYnWH0Be1rlB1nAg77BKqmnSsjoOUzf"
EXAMPLES: dict[str, str] = {
    "in-force": "comity in-force us-rok-mdt-1953 --on 2000-01-01",
    "bound": "comity bound EST ottawa --on 2025-12-27",
    "between": "comity between USA NZL --agreement anzus --on 1985-01-01",
    "timeline": "comity timeline ottawa EST",
    "upcoming": "comity --book few upcoming EST --on 2025-07-01 --within 365d",
    "what-if": "comity what-if --act 'denounce BEL ottawa 2027-01-01' -- bound BEL ottawa --on 2028-01-01",
    "diff": "comity --book few diff --from 2025-12-01 --to 2026-01-01",
    "findings": "comity --book few findings",
    "conflicts": "comity conflicts --agreement us-rok-mdt-1953",
    "may release": "comity may release --from NLD --to SWE --level DIENSTGEHEIM --on 2000-01-01",
    "may station": "comity may station --from NLD --in CHE --purpose exercise --on 2010-06-01",
    "may supply": "comity may supply --from USA --to NLD --thing ammunition --purpose hostilities --on 2010-01-01",
    "may transfer": "comity may transfer --from USA --to GBR --thing nuclear-warheads --on 1970-01-01",
    "may train": "comity may train --from NLD --to CHE --purpose exercise --on 2010-06-01",
    "may overfly": "comity may overfly --from USA --over RUS --purpose observation --on 2019-01-01 --until 2019-01-05",
    "jurisdiction": "comity jurisdiction --from NLD --in DEU --on-duty --on 2000-01-01",
    "claim": "comity claim --from GBR,NLD --in DEU --on 2000-01-01",
    "coverage": "comity coverage examples/exercise.toml",
    "exercise new": "comity exercise new few-storm.toml --title 'Storm 28' --host EST --from 2028-06 --process bilateral",
    "exercise check": "comity exercise check examples/brigade-exercise.toml",
    "exercise show": "comity exercise show examples/brigade-exercise.toml --on 2028-02-01",
    "exercise coverage": "comity exercise coverage examples/brigade-exercise.toml",
    "exercise notify": "comity exercise notify examples/brigade-exercise.toml --on 2028-02-01 -o few-drafts.csv --ics few-days.ics",
    "dispute next": "comity dispute next GBR RUS cwc --on 2021-10-20",
    "dispute open": "comity dispute open NLD USA nl-us-mutual-support-1983 --subject 'price of fuel' --means negotiation --on 2010-03-01",
    "dispute status": "comity dispute status vienna-document-2011-UKR-RUS-2022-request --on 2022-02-15",
    "strategy new": "comity strategy new few-strategy.toml --title 'Cooperation 2028' --party EST --from 2028-01-01 --until 2031-12-31",
    "strategy check": "comity strategy check examples/strategy-small-state.toml",
    "strategy show": "comity strategy show examples/strategy-us-uk.toml --on 2026-11-01",
    "strategy diff": "comity strategy diff examples/strategy-small-state-1.toml examples/strategy-small-state.toml",
    "strategy review": "comity strategy review examples/strategy-us-uk.toml --on 2026-11-01",
    "programme cover": "comity programme cover examples/programme.toml --purpose exercise",
    "programme show": "comity programme show examples/programme-plan.toml",
    "programme check": "comity programme check examples/programme-plan.toml",
    "exercise events": "comity exercise events examples/events.csv --design examples/events-frame.toml",
    "exercise lessons": "comity --book examples/exercise-book exercise lessons 'High Water 2025' --on 2025-11-15",
    "training courses": "comity --book examples/exercise-book training courses --on 2025-11-15",
    "training posts": "comity --book examples/exercise-book training posts --on 2025-11-15",
    "training visits": "comity --book examples/exercise-book training visits --on 2025-11-15",
    "training needs": "comity --book examples/exercise-book training needs --on 2025-11-15",
    "training last": "comity --book examples/exercise-book training last --on 2025-11-15 --party NLD",
    "awaited": "comity --book examples/dialogue-book awaited DEU --on 2026-03-01",
    "dialogue bodies": "comity --book examples/dialogue-book dialogue bodies --on 2026-03-01",
    "dialogue meetings": "comity --book examples/dialogue-book dialogue meetings --on 2026-03-01",
    "dialogue actions": "comity --book examples/dialogue-book dialogue actions --on 2026-03-01",
    "dialogue silent": "comity --book examples/dialogue-book dialogue silent --agreement staff-talks --on 2026-03-01",
    "indicator list": "comity indicator list",
    "indicator run": "comity --book examples/trust-book indicator run notices-given CRV ARD --since 2012-01-01 --until 2025-12-31 --on 2026-01-01",
    "trust": "comity --book examples/trust-book trust CRV ARD --kind notify --on 2026-01-01",
    "domestic status": "comity domestic status uk-us-mda-2024 GBR --sittings examples/sittings-gbr-2024.csv --on 2024-09-10",
    "domestic clock": "comity domestic clock GBR 2024-07-26 --sittings examples/sittings-gbr-2024.csv",
    "domestic procedures": "comity domestic procedures GBR",
    "interoperability": "comity --book examples/interoperability interoperability FRA GBR USA --on 2026-06-01",
    "gaps": "comity --book examples/interoperability gaps FRA GBR USA --every 2y --capability sea --on 2026-06-01",
    "exercises": "comity --book examples/interoperability exercises GBR USA --on 2026-06-01",
    "standards": "comity --book examples/interoperability standards FRA GBR --standard 'STANAG 4609' --on 2026-06-01",
    "must": "comity --book few must EST --on 2025-07-01 --within 365d",
    "obliged": "comity obliged --attacked JPN --by PRK --place JPN --on 2025-06-01",
    "power": "comity power un-charter/security-council --on 1950-06-01",
    "decision rules": "comity decision rules UN/SC --on 2026-06-01",
    "decision simulate": "comity decision simulate un-charter/security-council --on 2022-02-25 --no RUS --abstain CHN,IND,ARE --rest yes",
    "decision open": "comity decision open nato-treaty/council --subject 'A text' --by NATO/SG --silence-until 2026-12-01T17:00Z --made 2026-11-28",
    "decision vote": "comity decision vote nato-2003-turkey-dpc yes --by NLD --made 2003-02-16T20:00+01:00",
    "decision break": "comity decision break nato-2003-turkey --by BEL --made 2003-02-10T10:30+01:00",
    "decision status": "comity decision status nato-2003-turkey --at 2003-02-10T09:00+01:00",
    "label show": "comity label show tests/labels/data/label.xml",
    "label convert": "comity label convert tests/labels/data/coherent.toml --to xml",
    "label lint": "comity label lint tests/labels/data/coherent.toml --spif tests/labels/data/example-spif.xml --on 2026-11-26",
    "label join": "comity label join tests/labels/data/coherent.toml tests/labels/data/label.xml --spif tests/labels/data/example-spif.xml",
    "sign": "comity --book few sign examples/acts.csv --key few.pem --party NZL",
    "keys make": "comity --book few keys make few-nzl.pem --party NZL",
    "keys list": "comity --book few-signed keys list --known 2026-11-26",
    "ledger init": "comity --ledger sqlite:///few.db ledger init --origin ledger.example.org/few",
    "ledger import": "comity --ledger sqlite:///few.db ledger import few",
    "ledger export": "comity --ledger sqlite:///few.db ledger export few-again",
    "ledger append": "comity --ledger sqlite:///few.db ledger append examples/acts.csv",
    "ledger verify": "comity --ledger sqlite:///few.db ledger verify",
    "ledger stats": "comity --ledger sqlite:///few.db ledger stats",
    "ledger key": "comity --ledger sqlite:///few.db ledger key few.key",
    "ledger checkpoint": "comity --ledger sqlite:///few.db ledger checkpoint --key few.key",
    "ledger prove": f"comity --ledger sqlite:///few.db ledger prove {EXAMPLE_ACT}",
    "ledger backup": "comity --ledger sqlite:///few.db ledger backup few-copy.db",
    "ledger restore": "comity --ledger sqlite:///few-new.db ledger restore few-copy.db",
    "ledger growth": "comity --ledger sqlite:///few.db ledger growth | tee few-growth.txt",
    "ledger watch": f"comity --ledger sqlite:///few-witness.db ledger watch {EXAMPLE_KEY}",
    "ledger cosign": "comity --ledger sqlite:///few-witness.db ledger cosign few-growth.txt --key few-witness.key | tee few-line.txt",
    "ledger watched": "comity --ledger sqlite:///few-witness.db ledger watched",
    "ledger add-cosignature": f"comity --ledger sqlite:///few.db ledger add-cosignature few-line.txt --witness {EXAMPLE_WITNESS}",
    "ledger attach": "comity --ledger sqlite:///few.db ledger attach examples/minutes.txt --language en",
    "ledger attachment": f"comity --ledger sqlite:///few.db ledger attachment {EXAMPLE_DOCUMENT} few-minutes.txt",
    "ledger destroy": f"comity --ledger sqlite:///few.db ledger destroy {EXAMPLE_ACT} --by EST --authority 'order 7' --why 'not ours'",
    "exchange init": "comity --ledger sqlite:///few-node.db exchange init KOR",
    "exchange dry-run": "comity --ledger sqlite:///few-desk.db exchange dry-run examples/warnings.csv --into cyber --level SECRET",
    "exchange vouch": "comity --ledger sqlite:///few-desk.db exchange vouch JPN --cleared KOR:SECRET",
    "exchange partners": "comity --ledger sqlite:///few-desk.db exchange partners",
    "ledger upgrade": "comity --ledger sqlite:///few.db ledger upgrade",
    "answer": (
        "comity --ledger sqlite:///few-kept.db answer -o few-answer.json --key few-kept.key -- bound EST ottawa --on 2025-12-27 --known 2026-11-26"
    ),
    "mission new": "comity mission new few-relief.toml --first 2030-01-01",
    "mission gaps": "comity mission gaps examples/mission.toml --line UAS --line MINES",
    "mission cover": "comity mission cover examples/mission.toml --known 2026-11-26",
    "mission check": "comity mission check examples/mission-plan.toml",
    "mission burden": "comity mission burden examples/mission.toml --of examples/mission-plan.toml",
    "mission acts": "comity mission acts examples/mission.toml --made 2026-11-02",
    "sources list": "comity sources list",
    "sources show": "comity sources show cow-majors",
    "sources cite": "comity sources cite atop --bibtex",
    "columns": "comity columns",
    "check": "comity --book few check",
    "agreements": "comity --book few agreements",
    "parties": "comity --book few parties",
    "acts": "comity acts --agreement anzus",
    "ladders": "comity ladders SWE",
    "kinds": "comity kinds",
}
HEAD = f"""# The command line

Generated by `python -m tests.cli.cli_page` from the commands themselves, the examples run; a test keeps it current.

    comity [--book DIR | --ledger URL] COMMAND ...

**Exit codes.** 0: an answer, whatever its verdict. 1: `check`, `exercise events`, `label lint`, `ledger verify` or `selftest` found something, or
`exchange publish`, `pull` or `push` did not get through with all of it. 2: misuse or bad input: one line on stderr that says what to do,
and with `--json` the same on stdout as `{{"error": "..."}}`. There is never a traceback.
A question to a book of which some could not be read is answered from the rest, with a warning on stderr.

**Output.** For people; with `--json` for programs, as promised by the [schemas](../schemas). Days are written YYYY-MM-DD, parties and
agreements by their codes and ids (`comity parties`, `comity agreements`).

**Four axes** on every question: `--on` the day whose law is asked, `--known` the day of knowledge, `--as` the viewer, `--strict`.
*yes*, *no*, *contested* and *unknown* are explained in the [glossary](glossary.md).

In the examples `few` is a cut of the bundled book with three agreements ({", ".join(FEW)}), `few-kept.db` a ledger that holds it and
`few-kept.key` that ledger's key; `few-desk.db` is the node of Korea on such a ledger;
output is cut after {MOST_LINES} lines. `few-witness` is a ledger of somebody else,
who has made it a witness's key.
"""


@cache
def commands() -> dict[str, Any]:
    """Each command's own declaration, those of a group by both words (``may release``): single ones as in ``comity --help``, then the groups."""
    group: Any = typer.main.get_command(app)
    single = {name: command for name, command in group.commands.items() if not hasattr(command, "commands")}
    inner = {name: command for name, command in _within(group) if name not in single}
    order = {name: number for number, name in enumerate(EXAMPLES)}  # of a group: as its examples follow from one another
    return single | dict(sorted(inner.items(), key=lambda named: order.get(named[0], len(order))))


def _within(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every command of a group, with those of the groups in it."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _within(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def general() -> list[Any]:
    group: Any = typer.main.get_command(app)
    return list(group.params)


def spelling(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name)
    value = "" if getattr(parameter, "is_flag", False) else f" {parameter.metavar or 'TEXT'}"
    return f"{'/'.join(parameter.opts)}{value}"


def synopsis(name: str, command: Any) -> str:
    words = ["comity", name]
    for parameter in command.params:
        text = spelling(parameter)
        needed = parameter.param_type_name == "argument" or parameter.required
        words.append(text if needed else f"[{text}]")
    return " ".join(words)


def run(example: str, few: Path) -> str:
    """The example's output, with trailing blanks taken off and the long rest cut; files beside ``few`` are named as in the example.

    What stands behind ``| tee`` is the file in which a later example finds the output.
    """
    made = few.parent / "made"
    command, _, kept_in = example.partition(" | tee ")
    arguments = [str(few) if word == "few" else re.sub(r"few(?=[-.])", str(made / "few"), word) for word in shlex.split(command)[1:]]
    done = comity(*arguments)
    assert done.code == 0, done
    if kept_in:
        (made / kept_in).write_text(done.out, encoding="utf-8")
    lines = [line.rstrip() for line in done.out.replace(f"{made}/", "").replace(str(few), "few").splitlines()]
    kept = lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        kept.append(f"... ({len(lines) - MOST_LINES} more lines)")
    return "\n".join(kept)


def cut(folder: Path) -> Path:
    """The book ``few``: three agreements of the bundled book with their acts, and its ladders, on which their levels stand."""
    whole = library.bundled_book()
    for name in ("book.toml", "parties.toml"):
        shutil.copy(whole / name, folder / name)
    shutil.copytree(whole / "ladders", folder / "ladders")
    for agreement in FEW:
        for part, ending in (("agreements", "toml"), ("acts", "csv")):
            (folder / part).mkdir(exist_ok=True)
            shutil.copy(whole / part / f"{agreement}.{ending}", folder / part)
    return folder


@contextmanager
def steady(few: Path) -> Iterator[None]:
    """Files that examples make in a folder beside ``few``, which holds a party's key and a book that knows it; the clock, and keys made from
    their names, so that the manual stays what it is.
    """
    made = few.parent / "made"
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(few, made / "few-signed")
    with (
        patch("comity.cli.sources.where", lambda: made / "few-sources"),
        patch("comity.about.clock", lambda: datetime(2026, 11, 26, 12, tzinfo=UTC)),
        patch("comity.cli.ledger.new_signer", _known_signer),
        patch("comity.cli.keys.new_key", lambda: Ed25519PrivateKey.from_private_bytes(b"a key that everybody knows, 32 b")),
    ):
        introduced = comity("--book", str(few), "keys", "make", str(made / "few.pem"), "--party", "NZL")
        (made / "few-signed" / "acts" / "keys.csv").write_text(introduced.out, encoding="utf-8")
        for words in (("init", "--origin", "witness.example.net"), ("key", "--witness", f"{made}/few-witness.key")):
            assert comity("--ledger", f"sqlite:///{made}/few-witness.db", "ledger", *words).code == 0
        for step in (["init", "--origin", "ledger.example.org/few"], ["import", str(few)], ["key", str(made / "few-kept.key")]):
            assert comity("--ledger", f"sqlite:///{made}/few-kept.db", "ledger", *step).code == 0
        for name in ("few-node", "few-desk"):
            for step in (["init", "--origin", "node.example.org"], ["import", str(few)]):
                assert comity("--ledger", f"sqlite:///{made}/{name}.db", "ledger", *step).code == 0
        for step in (["init", "KOR"], ["collection", "add", "Cyber warnings", "--alias", "cyber", "--readers", "JPN,USA"]):
            assert comity("--ledger", f"sqlite:///{made}/few-desk.db", "exchange", *step).code == 0
        yield
    shutil.rmtree(made)


def _known_signer(name: str) -> Signer:
    """A key that everybody knows."""
    return Signer(name, Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest()))


def page(few: Path) -> str:
    """The whole page."""
    with steady(few):
        return _page(few)


def _page(few: Path) -> str:
    parts = [HEAD, "\n## Before the command\n", "\n| option | what |\n|---|---|\n"]
    parts += [f"| `{spelling(p)}` | {p.help} |\n" for p in general() if p.name != "help"]
    for name, command in commands().items():
        parts.append(f"\n## `comity {name}`\n\n{' '.join(command.help.split())}\n\n    {synopsis(name, command)}\n")
        told = [p for p in command.params if p.name != "help"]
        if told:
            parts.append("\n| | what |\n|---|---|\n")
            parts += [f"| `{spelling(p)}` | {p.help} |\n" for p in told]
        if name in EXAMPLES:
            parts.append(f"\n```console\n$ {EXAMPLES[name]}\n{run(EXAMPLES[name], few)}\n```\n")
    return "".join(parts)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        few = Path(folder, "few")
        few.mkdir()
        PAGE.write_text(page(cut(few)), encoding="utf-8", newline="\n")
