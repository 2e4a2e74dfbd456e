"""What --json prints is what docs/schemas promises, for every command; the schemas allow nothing else and describe everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

from tests.cli.cli_page import EXAMPLE_KEY, commands
from tests.cli.desks import Desk
from tests.cli.running import Done, comity
from tests.cli.test_misuse import words

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


NAMES = sorted(p.stem for p in SCHEMAS.glob("*.json"))


@cache
def validator(name: str) -> Draft202012Validator:
    registry: Registry[Any] = Registry().with_resources((f"{n}.json", Resource.from_contents(schema(n))) for n in NAMES)
    return Draft202012Validator(schema(name), registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


SUPPOSED = "what-if --act 'ratify CCC pact 2001-01-01' --act 'denounce AAA pact 2002-01-01 effect=2003-01-01' -- "
ASKED = [
    ("in-force pact", "answer"),
    ("in-force pact --on 1999-01-01", "answer"),
    ("in-force pact --on 2005-01-01 --strict", "answer"),
    ("in-force pact --on 2005-01-01", "answer"),
    ("bound AAA pact --on 2002-01-01", "answer"),
    ("bound BBB pact --on 2005-01-01", "answer"),
    ("bound CCC pact --on 2000-05-02", "answer"),
    ("bound ORG pact --on 2002-01-01", "answer"),
    ("bound AAA pact --for CCC --on 2002-01-01", "answer"),
    ("bound CCC pact --on 2002-01-01 --as public", "answer"),
    ("between AAA CCC --agreement pact --on 2002-01-01", "answer"),
    ("between AAA BBB --agreement pact --on 2005-01-01", "answer"),
    ("between AAA CCC --on 2002-01-01", "between"),
    ("between AAA ORG", "between"),
    ("timeline pact", "timeline"),
    ("timeline pact BBB --known 2002-01-01", "timeline"),
    ("upcoming --on 2003-01-02", "upcoming"),
    ("upcoming CCC --within 60d --on 2000-05-01", "upcoming"),
    ("must --on 2003-01-02 --all", "must"),
    ("obliged --attacked AAA --by BBB --on 2002-01-01", "obliged"),
    ("mediators AAA CCC --on 2002-01-01", "mediators"),
    ("stability AAA CCC --since 1999 --on 2002-01-01 --compare 1999-2000,2001-2002", "stability"),
    ("stability pact --on 2002-01-01", "stability"),
    (SUPPOSED + "in-force pact --on 2004-06-01", "what-if"),
    (SUPPOSED + "bound BBB pact --on 2005-01-01", "what-if"),
    (SUPPOSED + "between AAA CCC --agreement pact --on 2002-06-01 --known 2030-01-01 --as public --strict", "what-if"),
    ("diff --from 2000-01-01 --to 2002-01-01", "diff"),
    ("diff --from 2002-01-01 --to 2002-01-01 --known 2000-02-15 2005-01-01", "diff"),
    ("findings", "findings"),
    ("conflicts", "conflicts"),
    ("check", "check"),
    ("agreements", "agreements"),
    ("parties", "parties"),
    ("acts", "acts"),
    ("acts --agreement pact --party CCC", "acts"),
    ("kinds", "kinds"),
    ("keys list", "keys"),
    ("ladders", "ladders"),
    ("sources list", "sources"),
    ("columns", "columns"),
    ("sources show dcad", "source"),
    ("sources show no-such", "error"),
    ("may release --from AAA --to BBB --level UNCLASSIFIED --on 2002-01-01", "may"),
    ("may release --from AAA --to BBB --level UNCLASSIFIED --rel CCC --on 2002-01-01 --as BBB", "may"),
    ("may station --from AAA --in BBB --on 2002-01-01", "station"),
    ("may supply --from AAA --to BBB --thing fuel --on 2002-01-01", "may"),
    ("may transfer --from AAA --to BBB --on 2002-01-01 --as public", "may"),
    ("may train --from AAA --to BBB --on 2002-01-01 --strict", "may"),
    ("may overfly --from AAA --over BBB --on 2002-01-01", "may"),
    ("nonsense", "error"),
    ("in-force no-such", "error"),
]
REAL = [
    ("in-force ctbt --on 2026-01-01", "answer"),
    ("in-force us-rok-mdt-1953 --on 2000-01-01", "answer"),
    ("bound FIN nato-treaty --on 2023-04-04", "answer"),
    ("bound SRB genocide --on 1999-01-01", "answer"),
    ("between JPN KOR --agreement gsomia-jpn-kor --on 2019-11-24", "answer"),
    ("between RUS USA --agreement npt --on 2010-01-01", "answer"),
    ("timeline ottawa EST", "timeline"),
    ("timeline cst", "timeline"),
    ("what-if --act 'ratify USA ctbt 2027-01-01' -- in-force ctbt --on 2028-01-01", "what-if"),
    ("agreements", "agreements"),
    ("parties", "parties"),
    ("acts --agreement genocide", "acts"),
    ("check", "check"),
    ("conflicts --agreement us-rok-mdt-1953", "conflicts"),
    ("ladders", "ladders"),
    ("ladders nld", "ladders"),
    ("may release --from NLD --to SWE --level DIENSTGEHEIM --on 2000-01-01", "may"),
    ("may release --from KOR --to JPN --level SECRET --on 2019-11-24", "may"),
    ("may release --from USA --to GBR --level SECRET --caveat NOFORN --on 2010-01-01", "may"),
    ("may release --from USA --to GBR --level SECRET --caveat FLOUR --on 2010-01-01", "may"),
    ("may station --from NLD --in BEL --on 1980-01-01", "station"),
    ("may station --from NLD --in DEU --purpose defence --on 1980-01-01 --strict", "station"),
    ("may transfer --from USA --to GBR --thing nuclear-warheads --on 1970-01-01", "may"),
    ("may overfly --from USA --over RUS --purpose observation --on 2019-01-01", "may"),
    ("jurisdiction --from NLD --in DEU --on-duty --on 2000-01-01", "answer"),
    ("claim --from GBR,NLD --in DEU --on 2000-01-01", "claim"),
    ("obliged --attacked USA --by non-state --place USA --on 2001-10-10", "obliged"),
    ("mediators ARG GBR --on 1982-04-08 --carry", "mediators"),
    ("power un-charter/security-council --on 1950-06-01", "power"),
    ("power examples/eec-1958.toml --with GBR:votes=4 --without LUX", "power"),
    ("coverage examples/exercise.toml", "coverage"),
    ("exercise show examples/brigade-exercise.toml --on 2028-02-01", "exercise-show"),
    ("exercise check examples/brigade-exercise.toml", "exercise-check"),
    ("exercise coverage examples/brigade-exercise.toml", "coverage"),
    ("exercise notify examples/brigade-exercise.toml --on 2028-02-01", "exercise-notify"),
    ("decision rules --on 2023-06-01", "decision-rules"),
    ("decision status --on 2003-02-16", "decision-status"),
    ("decision status --at 2003-02-10T09:00+01:00", "decision-status"),
    ("decision status nato-2003-turkey --on 2003-02-07", "decision-status"),
    ("decision simulate un-charter/security-council --on 2022-02-25 --no RUS --rest yes", "decision-simulate"),
    ("decision simulate teu/qualified-majority --on 2023-06-01 --no DEU,FRA --rest yes", "decision-simulate"),
    ("decision simulate iaea-statute/board --rest yes --on 2020-01-01", "decision-simulate"),
    ("decision simulate npt/amendment --rest yes --on 2020-01-01 --fact in-arrears=FRA", "decision-simulate"),
    ("dispute next GBR RUS cwc --on 2021-10-20", "dispute-next"),
    ("dispute next USA SRB --on 1999-05-01", "dispute-next"),
    ("dispute open NLD DEU nl-germany-security --subject marking --means consultation --on 2010-01-01", "dispute-open"),
    ("dispute open NLD DEU nl-germany-security --subject marking --means court --on 2010-01-01", "dispute-open"),
    ("dispute status --on 2022-03-10", "dispute-status"),
    ("dispute status vienna-document-2011-UKR-RUS-2022-request --on 2022-02-15", "dispute-status"),
    ("label show tests/labels/data/label.xml", "label"),
    ("label convert tests/labels/data/coherent.toml --to json", "label"),
    ("label lint tests/labels/data/coherent.toml --spif tests/labels/data/example-spif.xml --on 2026-11-26", "label"),
    ("label join tests/labels/data/coherent.toml --spif tests/labels/data/example-spif.xml", "label"),
]
TOGETHER = [
    ("interoperability FRA GBR USA --on 2026-06-01", "interoperability"),
    ("gaps FRA GBR USA --on 2026-06-01", "gaps"),
    ("gaps FRA GBR --programme examples/programme.toml", "targets"),
    ("exercises GBR USA --on 2026-06-01", "exercises"),
    ("exercises GBR USA --cover --on 2026-06-01", "exercises"),
    ("standards FRA GBR USA --on 2026-06-01", "standards"),
]
"""Asked of the example of exercises and standards."""
STRATEGIES = [
    ("strategy check examples/strategy-small-state.toml", "strategy-check"),
    ("strategy show examples/strategy-us-uk.toml --on 2026-11-01", "strategy"),
    ("strategy review examples/strategy-us-uk.toml --on 2026-11-01", "strategy-review"),
    ("strategy diff examples/strategy-small-state-1.toml examples/strategy-small-state.toml", "strategy-diff"),
]
TALKS = [
    ("dialogue bodies --on 2026-03-01", "dialogue-bodies"),
    ("dialogue meetings --on 2026-03-01", "dialogue-meetings"),
    ("dialogue actions --all --on 2026-03-01", "dialogue-actions"),
    ("dialogue silent --on 2026-03-01", "dialogue-silent"),
    ("awaited --on 2026-03-01", "awaited"),
]
"""Asked of the example of staff talks."""
MEASURED = [
    ("indicator list", "indicators"),
    ("indicator run duties-on-time CRV ARD --since 2012-01-01 --until 2025-12-31 --by year --on 2026-01-01", "indicator-run"),
    ("indicator run exercise-recency ARD BLM --agreement openness --on 2026-01-01", "indicator-run"),
    ("indicator run disputes-settled DNM --on 2026-01-01", "indicator-run"),
    ("trust ARD BLM --on 2026-01-01", "trust"),
    ("trust CRV ARD --kind notify --on 2014-01-01", "trust"),
]
"""Asked of the simulated book."""
HOME = [
    ("domestic status uk-us-mda-2024 GBR --sittings examples/sittings-gbr-2024.csv --on 2024-10-01", "domestic-status"),
    ("domestic status uk-us-mda-2024 USA --procedure executive-agreement --on 2024-10-01", "domestic-status"),
    ("domestic clock GBR 2024-07-26 --sittings examples/sittings-gbr-2024.csv", "domestic-clock"),
    ("domestic procedures", "domestic-procedures"),
]
LEDGER = [
    ("ledger append acts.csv", "ledger-append"),
    ("ledger verify", "ledger-verify"),
    ("ledger stats", "ledger-stats"),
    ("ledger doctor", "ledger-doctor"),
    ("ledger watched", "ledger-watched"),
]
EXCHANGE = [
    ("exchange dry-run warnings.json --into warnings --level CLOSE", "exchange-dry-run"),
    ("exchange dry-run event.json --into warnings", "exchange-dry-run"),
    ("exchange log", "exchange-log"),
    ("exchange page 1", "exchange-page"),
    ("exchange partners", "exchange-partners"),
    ("exchange queue", "exchange-queue"),
    ("exchange collection list", "exchange-collections"),
    ("exchange client list", "exchange-clients"),
]
SELFTEST = [("selftest ledger --kills 2 --interruptions 1 --power 20 --faults 1 --mutations 0", "selftest-ledger")]
REPORTS = {f"report {what}" for what in ("quarter", "scorecard", "year")}
PROGRAMMES = {"programme check", "programme cover", "programme show", "programme solve"}
EXERCISES = {"exercise events", "exercise lessons", *(f"training {what}" for what in ("courses", "last", "needs", "posts", "visits"))}
MISSIONS = {f"mission {what}" for what in ("burden", "check", "cover", "fill", "gaps", "pool")}
FILES = {
    "allocation", "allocation-check", "answer-file", "decision-replay", "digests", "effect", "exchange-pull", "exchange-push", "people",
    "report", "selftest-taxii", "warn", "webhooks",
    *(name.replace(" ", "-") for name in PROGRAMMES | EXERCISES | MISSIONS),
}  # fmt: skip
"""What a command writes into a file, asks of a server or finds in a book of its own is held to its schema where that is tested."""
ELSEWHERE = {
    "allocate",
    "decision replay",
    "digests",
    "effect",
    "exchange pull",
    "exchange push",
    "people list",
    "selftest taxii",
    "warn",
    "webhooks",
    *PROGRAMMES,
    *EXERCISES,
    *MISSIONS,
    *REPORTS,
}


def put(line: str, *before: str) -> Done:
    """The command with ``--json``, which stands before the question of a ``what-if``."""
    given = words(line)
    end = given.index("--") if "--" in given else len(given)
    return comity(*before, *given[:end], "--json", *given[end:])


def command(line: str) -> str:
    """The command that a line asks: ``may release`` is one."""
    given = words(line)
    return next((name for name in (" ".join(given[:3]), " ".join(given[:2]), given[0]) if name in commands()), "")


def test_every_command_that_prints_json_has_its_schema_asked_here() -> None:
    lines = ASKED + REAL + STRATEGIES + TOGETHER + TALKS + MEASURED + HOME + LEDGER + EXCHANGE + SELFTEST
    assert {name for _, name in lines} | FILES == set(NAMES)
    telling = {name for name, told in commands().items() if any("--json" in parameter.opts for parameter in told.params)}
    assert {command(line) for line, _ in lines} | ELSEWHERE >= telling


@pytest.mark.parametrize(("line", "name"), SELFTEST)
def test_what_a_selftest_prints_is_what_the_schema_promises(line: str, name: str) -> None:
    validator(name).validate(put(line).json)


@pytest.mark.parametrize(("line", "name"), LEDGER)
def test_what_is_printed_about_a_ledger_is_what_the_schema_promises(line: str, name: str, small: Path, tmp_path: Path) -> None:
    before = ("--ledger", f"sqlite:///{tmp_path}/small.db")
    (tmp_path / "acts.csv").write_text("ref,kind,actor,agreement,made,source\nlate,denounce,AAA,pact,2010-01-01,s\n", encoding="utf-8")
    for words_before in (("init", "--origin", "ledger.example.org"), ("import", str(small)), ("watch", EXAMPLE_KEY)):
        assert comity(*before, "ledger", *words_before).code == 0
    done = put(line.replace("acts.csv", str(tmp_path / "acts.csv")), *before)
    assert done.code == 0, done
    validator(name).validate(done.json)


@pytest.fixture(scope="module")
def told_of(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A node with something in each of its lists."""
    desk = Desk(tmp_path_factory.mktemp("node"))
    desk.fill()
    return desk


@pytest.mark.parametrize(("line", "name"), EXCHANGE)
def test_what_is_printed_about_a_node_is_what_the_schema_promises(line: str, name: str, told_of: Desk) -> None:
    done = told_of.put(f"{line} --json".removeprefix("exchange "))
    assert done.code == 0, done
    validator(name).validate(done.json)
    assert any(done.json.values()), "something to be held to the schema"


@pytest.mark.parametrize(("line", "name"), ASKED)
def test_what_is_printed_is_what_the_schema_promises(line: str, name: str, small: Path) -> None:
    done = put(line, "--book", str(small))
    assert done.code == (2 if name == "error" else 0), done
    validator(name).validate(done.json)


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize(("line", "name"), REAL + STRATEGIES)
def test_what_is_printed_of_the_real_book_is_what_the_schema_promises(line: str, name: str) -> None:
    validator(name).validate(put(line).json)


@pytest.mark.parametrize(("line", "name"), TOGETHER)
def test_what_is_printed_of_training_and_standards_is_what_the_schema_promises(line: str, name: str) -> None:
    done = put(line, "--book", "examples/interoperability")
    assert done.code == 0, done
    validator(name).validate(done.json)


@pytest.mark.parametrize(("line", "name"), TALKS)
def test_what_is_printed_of_dialogue_is_what_the_schema_promises(line: str, name: str) -> None:
    done = put(line, "--book", "examples/dialogue-book")
    assert done.code == 0, done
    validator(name).validate(done.json)
    assert all(done.json[key] for key in done.json if key != "strays"), "something to be held to the schema"


@pytest.mark.parametrize(("line", "name"), MEASURED)
def test_what_is_printed_of_indicators_and_trust_is_what_the_schema_promises(line: str, name: str) -> None:
    done = put(line, "--book", "examples/trust-book")
    assert done.code == 0, done
    validator(name).validate(done.json)


@pytest.mark.usefixtures("bundled_once")
@pytest.mark.parametrize(("line", "name"), HOME)
def test_what_is_printed_of_procedure_at_home_is_what_the_schema_promises(line: str, name: str) -> None:
    done = put(line)
    assert done.code == 0, done
    validator(name).validate(done.json)


def test_a_contested_answer_has_no_since_and_says_whose_readings_there_are(small: Path) -> None:
    answer = comity("--book", str(small), "bound", "BBB", "pact", "--on", "2005-01-01", "--json").json
    assert (answer["verdict"], answer["since"]) == ("contested", None)
    assert len(answer["readings"]) >= 2
    assert all(set(r) == {"value", "by", "source"} for r in answer["readings"])
    for wrong in ({**answer, "since": "2004-01-01"}, {**answer, "readings": []}, {k: v for k, v in answer.items() if k != "readings"}):
        with pytest.raises(ValidationError):
            validator("answer").validate(wrong)


def test_a_reason_and_a_change_have_exactly_their_keys(small: Path) -> None:
    answer = comity("--book", str(small), "bound", "AAA", "pact", "--on", "2002-01-01", "--json").json

    def check(reason: dict[str, Any]) -> None:
        assert list(reason) == ["rule", "article", "says", "acts", "source", "holds", "because"]
        for inner in reason["because"]:
            check(inner)

    for reason in answer["because"]:
        check(reason)
    denied = comity("--book", str(small), "bound", "ORG", "pact", "--on", "2002-01-01", "--json").json
    assert denied["would_change"]
    assert all(list(change) == ["act", "by", "on", "from"] for change in denied["would_change"])


def _objects(part: object, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        if part.get("type") == "object" or "properties" in part:
            yield path, part
        for key, inner in part.items():
            if key not in ("if", "then"):
                yield from _objects(inner, f"{path}/{key}")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_well_formed_closed_and_described(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$id"] == f"{name}.json"
    for path, part in _objects(schema(name)):
        assert "additionalProperties" in part, path
        assert part["description"].strip(), path
        for key, inner in part.get("properties", {}).items():
            assert "$ref" in inner or inner.get("description", "").strip(), f"{path}/{key}"


def test_json_is_text_as_it_is_and_ends_with_one_line_end(small: Path) -> None:
    """Names keep their letters: no escapes to read through."""
    out = comity("--book", str(small), "parties", "--json").out
    assert out.endswith("}\n")
    assert "\\u" not in out


def test_an_acts_json_hides_nothing_from_the_keeper_and_gives_the_hash(small: Path) -> None:
    acts = comity("--book", str(small), "acts", "--json").json["acts"]
    hidden = next(a for a in acts if a["ref"] == "hidden")
    assert hidden["label"] == {"policy": "NATIONAL", "classification": "SECRET", "originator": "BBB"}
    assert len({a["hash"] for a in acts}) == len(acts)
