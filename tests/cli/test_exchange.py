"""A node from the command line: a warning tried out, published, read, called back; and each mistake is one line that says what to do."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from comity.terms import BadInput
from tests.cli.desks import GREEN, TLP_CLEAR, TLP_GREEN, WARNING, Desk, indicator
from tests.cli.running import comity
from tests.exchange.certificates import Authority

NOWHERE = "marking-definition--66666666-5555-4555-8555-555555555555"


class Clock:
    """The tenth of January 2022, a second later each time."""

    def __init__(self) -> None:
        self.at = datetime(2022, 1, 10, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture(autouse=True)
def steady(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is answered does not depend on the day on which it is tested."""
    monkeypatch.setattr("comity.about.clock", Clock())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on which nothing changes any more: what it is asked is refused, or only looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("comity.about.clock", Clock())
        desk = Desk(tmp_path_factory.mktemp("filled"))
        desk.fill()
    desk.write("broken.json", "{nope")
    desk.write("empty.json", "")
    desk.write("noid.json", '{"objects": [{"type": "indicator"}]}')
    desk.write("bad.csv", "type,value,valid_from\ndomaino,evil.example,2021-11-20\nip,192.0.2.700,2021-11-20\n")
    desk.write("unknown.json", json.dumps({"objects": [indicator(GREEN, NOWHERE)]}))
    desk.write("text.pem", "no certificate")
    return desk


def rows(told: str) -> list[str]:
    """The lines of a table of partners, its blanks as one."""
    return [" ".join(line.split()) for line in told.splitlines() if line.startswith(("BET", "GAM"))]


def test_a_warning_from_a_dry_run_to_its_recall(desk: Desk) -> None:
    dry = "dry-run warnings.json --into warnings --level CLOSE"
    assert rows(desk.say(dry)) == [
        "BET no not vouched for: clearance for ALF CLOSE exchange vouch BET --cleared ALF:CLOSE",
        "GAM no no agreement in force covers it ratify by GAM: alf-gam",
    ]
    assert desk.say("vouch BET --cleared ALF:close") == "vouched for of BET from now on: cleared=ALF:CLOSE\n"
    assert rows(desk.say(dry))[0] == "BET yes, new alf-bet"
    publish = "publish warnings.json --into warnings --level CLOSE"
    assert "BET would get it, and was never given anything with these labels" in desk.refused(publish)
    told = desk.say(f"{publish} --yes").splitlines()
    assert told[0] == "1 object: to BET"
    assert told[1].startswith("1 of 1 object published; delivery ")
    assert desk.say("export BET -o new.json --from warnings --by anna").startswith("1 object in new.json; the next time go on with: --after ")
    assert [one["id"] for one in json.loads((desk.folder / "new.json").read_text())["objects"]] == [WARNING]
    (read,) = desk.put("log --partner BET --json").json["reads"]
    assert (read["client"], read["count"], len(read["acts"])) == ("carried by anna", 1, 1)
    assert rows(desk.say(dry))[0] == "BET yes alf-bet"
    assert desk.say(f"recall {WARNING}") == f"{WARNING} goes to nobody any more; it was given to: BET\n"
    assert desk.say("export BET -o new2.json --from warnings").startswith("2 objects in new2.json"), "the notice of the recall, and its marking"
    assert desk.say(f"reclassify {WARNING} --level UNCLASSIFIED --rel BET") == f"{WARNING} is from now on: UNCLASSIFIED, for BET only, of ALF\n"
    assert desk.say("export BET -o new3.json --from warnings").startswith("3 objects in new3.json")


@pytest.mark.parametrize(
    ("line", "bet", "gam"),
    [
        ("warnings.json", "no no label, and no marking, says who may have it a label: --level or --rel", None),
        (
            "warnings.json --level CLOSE --category WELLS",
            "no not vouched for: clearance for ALF CLOSE exchange vouch BET --cleared ALF:CLOSE --briefed WELLS",
            "",
        ),
        ("warnings.json --level CLOSE --caveat 'ALF ONLY'", "no its caveat does not let it out: ALF ONLY ALF marks it otherwise", None),
        ("warnings.json --level CLOSE --caveat FLOUR", "no unknown: what does its caveat ask: FLOUR? a record of what is unknown or contested", ""),
        ("warnings.json --level unclassified", "yes, new unclassified", None),
        ("warnings.json --rel BET", "yes, new unclassified", "no it is for BET only ALF marks it for GAM too (--rel)"),
        ("green.json", "no it is for named addressees only, and names none ALF marks it for BET too (--rel)", ""),
        ("green.json --rel GAM", "no it is for GAM only ALF marks it for BET too (--rel)", "yes, new unclassified"),
        ("clear.json", "yes, new unclassified", None),
        ("unknown.json", f"no {NOWHERE} is not known here", None),
        ("table.csv --level UNCLASSIFIED", "yes, new unclassified", None),
        ("event.json --level UNCLASSIFIED", "yes, new unclassified", None),
    ],
)  # fmt: skip
def test_a_dry_run_says_who_gets_it_and_what_would_change_a_refusal(line: str, bet: str, gam: str | None, desk: Desk) -> None:
    """``gam`` None: the same as of BET but for its name; blank: not looked at."""
    desk.write("clear.json", json.dumps({"objects": [indicator(GREEN, TLP_CLEAR)]}))
    desk.write("unknown.json", json.dumps({"objects": [indicator(GREEN, NOWHERE)]}))
    told = desk.say(f"dry-run {line} --into warnings")
    of_bet, of_gam = rows(told)[-2:]
    assert of_bet == f"BET {bet}"
    assert gam == "" or of_gam == f"GAM {bet.replace('BET', 'GAM') if gam is None else gam}"
    assert max(map(len, told.splitlines())) <= 120


def test_objects_with_other_labels_are_told_apart_and_with_why_each_refusal_has_its_reasons(desk: Desk) -> None:
    desk.write("both.json", json.dumps({"objects": [indicator(WARNING, TLP_CLEAR), indicator(GREEN, TLP_GREEN)]}))
    told = desk.say("dry-run both.json --into warnings --why")
    assert "indicator: UNCLASSIFIED, for anybody, of ALF" in told
    assert "indicator: UNCLASSIFIED, for nobody named only, of ALF" in told
    assert "NO  may release: ALF to GAM" in told
    assert desk.put("log --json").json == {"reads": []}


def test_what_vouching_would_take_keeps_what_is_vouched_for(desk: Desk) -> None:
    desk.say("vouch BET --cleared BET:QUIET --purposes training --briefed WELLS")
    told = desk.put("dry-run warnings.json --into warnings --level CLOSE --json").json
    of_bet = told["alike"][0]["partners"][0]
    assert of_bet["would_change"] == ["exchange vouch BET --cleared BET:QUIET,ALF:CLOSE --purposes training --briefed WELLS"]
    desk.say(of_bet["would_change"][0].removeprefix("exchange "))
    assert desk.put("dry-run warnings.json --into warnings --level CLOSE --json").json["alike"][0]["partners"][0]["gets"]
    desk.say("vouch BET --nothing")
    assert not desk.put("dry-run warnings.json --into warnings --level CLOSE --json").json["alike"][0]["partners"][0]["gets"]


def test_what_is_left_out_of_a_file_is_told_and_the_rest_published(desk: Desk) -> None:
    told = desk.say("publish event.json --into warnings --level UNCLASSIFIED --yes").splitlines()
    assert told[0] == "left out: event 1, attribute 2: values of the type 'comment' are not read"
    assert told[1] == "3 objects: to BET, GAM"
    assert desk.say("publish table.csv --into warnings --level UNCLASSIFIED --format csv --yes").splitlines()[0] == "3 objects: to BET, GAM"
    assert desk.say("export GAM -o new.json --from warnings").startswith("6 objects in new.json")


def test_what_is_there_with_another_label_is_refused_and_the_exit_says_so(desk: Desk) -> None:
    desk.say("publish green.json --into warnings --rel BET --yes")
    done = desk.put("publish green.json --into warnings --rel GAM --yes")
    assert (done.code, done.err) == (1, "")
    refused, count = done.out.splitlines()
    assert refused == f"refused: {GREEN}: it is here already, with another label; change that with: exchange reclassify"
    assert count.startswith("0 of 1 object published")


def test_two_persons_publish_where_it_takes_two(desk: Desk) -> None:
    desk.say("collection add Watched --alias watched --readers BET --four-eyes")
    waits = desk.say("publish green.json --into watched --rel BET --by anna --yes")
    assert waits == "it waits under number 1 for a second person: exchange approve 1 --by NAME\n"
    (waiting,) = desk.put("queue --json").json["queue"]
    told = (waiting["by"], waiting["collection"], waiting["objects"], waiting["label"])
    assert told == ("anna", "watched", 1, "UNCLASSIFIED, for BET only, of ALF")
    assert "was proposed by anna; it takes another person" in desk.refused("approve 1 --by Anna")
    assert desk.say("export BET -o new.json --from watched").startswith("0 objects")
    assert desk.say("approve 1 --by ben").startswith("1 of 1 object published")
    assert desk.say("export BET -o new2.json --from watched").startswith("1 object ")
    desk.say("publish warnings.json --into watched --level DEEPEST --by anna")
    assert desk.say("reject 1") == "number 1 is out of the queue\n"
    assert desk.say("queue") == "nothing waits\n"


def test_a_client_is_admitted_once_for_its_party_and_dismissed(desk: Desk) -> None:
    assert desk.say("client token bet-feed --party BET --may read,write").startswith("comity_")
    assert len(desk.say("client password bet-desk --party BET").strip()) == 32
    assert [" ".join(line.split()) for line in desk.say("client list").splitlines()[1:]] == [
        "bet-desk BET password read",
        "bet-feed BET token read, write",
    ]
    assert "bet-feed acts for BET, not for GAM" in desk.refused("client dismiss bet-feed --party GAM")
    assert desk.say("client dismiss bet-feed --party BET") == "bet-feed is let in no longer\n"
    assert [one["client"] for one in desk.put("client list --json").json["clients"]] == ["bet-desk"]


def test_a_certificate_is_one_clients(desk: Desk) -> None:
    Authority(desk.folder, "feed")
    assert desk.say("client add feed --party BET --certificate feed.pem").startswith("feed acts for BET from now on")
    assert "feed shows this certificate already, for BET; dismiss it first" in desk.refused("client add other --party GAM --certificate feed.pem")
    assert desk.say("client add feed --party BET --certificate feed.pem --may read,write").startswith("feed acts for BET from now on")


def test_a_password_that_is_refused_changes_nothing(desk: Desk) -> None:
    desk.say("client password bet-desk --party BET")
    before = (desk.folder / "node.db").read_bytes()
    assert "no party 'QQQ'" in desk.refused("client password bet-desk --party QQQ")
    assert (desk.folder / "node.db").read_bytes() == before


MISTAKES: dict[str, tuple[str, str]] = {
    "a node for nobody": ("init QQQ", "no party 'QQQ' is on record"),
    "a node twice": ("init ALF", "is a node already"),
    "no title": ("collection add ''", "a collection needs a title"),
    "an alias with a blank": ("collection add X --alias 'a b'", "--alias 'a b'; it is made of up to 64 small letters, digits"),
    "an alias that is taken": ("collection add X --alias warnings", "there is a collection 'warnings' already"),
    "a reader who is nobody": ("collection add X --readers BET,QQQ", "no party 'QQQ' is on record"),
    "a writer who is nobody": ("collection add X --writers QQQ", "no party 'QQQ' is on record"),
    "no such collection": ("dry-run warnings.json --into warning", "there is no collection 'warning'; there are: warnings, watched"),
    "nothing to publish into": ("publish warnings.json --into x", "there is no collection 'x'"),
    "no such file": ("dry-run none.json --into warnings", "'none.json' cannot be read (No such file or directory)"),
    "no JSON": ("dry-run broken.json --into warnings", "nothing of 'broken.json' is taken: the file: its brackets do not match"),
    "nothing in it": ("dry-run empty.json --into warnings", "'empty.json' is empty; give a file of objects"),
    "an object without an id": ("publish noid.json --into warnings", "nothing of 'noid.json' is taken: an object: it has no id"),
    "another format": ("dry-run table.csv --into warnings --format stix", "the file is not JSON"),
    "no format": ("dry-run table.csv --into warnings --format xml", "--format 'xml'; choose one of stix, misp, csv"),
    "one wrong cell": ("dry-run bad.csv --into warnings", "line 2, type: values of the type 'domaino' are not read"),
    "another wrong cell": ("dry-run bad.csv --into warnings", "; line 3, value: '192.0.2.700' is no address"),
    "no such level": ("dry-run warnings.json --into warnings --level SECRET", "no level 'SECRET' in the policy ALF; from the lowest"),
    "no such policy": ("dry-run warnings.json --into warnings --level CLOSE --policy QQQ", "no classification ladder of a policy 'QQQ'"),
    "a policy without a level": ("dry-run warnings.json --into warnings --policy ALF", "which level of ALF? say it with --level"),
    "for nobody": ("dry-run warnings.json --into warnings --rel ,", "--rel ',' names nobody"),
    "for who is nobody": ("publish warnings.json --into warnings --rel QQQ", "no party 'QQQ' is on record"),
    "nothing under that number": ("approve 9", "nothing waits under number 9; list what does with: comity exchange queue"),
    "no number": ("reject x", "NUMBER"),
    "the log of nobody": ("log --partner QQQ", "no party 'QQQ' is on record"),
    "none of the log": ("log --most 0", "--most"),
    "no such object": (f"recall {NOWHERE}", f"the node holds no object {NOWHERE}"),
    "an object relabelled that is not there": ("reclassify nope --level CLOSE", "the node holds no object nope"),
    "relabelled as nothing": (f"reclassify {WARNING}", "which label? give --level"),
    "a file that is there": ("export BET -o new.json --from warnings", "'new.json' is there already"),
    "a folder that is not": ("export BET -o none/x --from warnings", "'none/x' cannot be written (No such file or directory)"),
    "for one who does not read it": ("export LEA -o new9.json --from warnings", "LEA is not among the readers of warnings; these are: BET, GAM"),
    "for the keeper itself": ("export ALF -o new9.json --from warnings", "ALF is not among the readers of warnings"),
    "out of no collection": ("export BET -o new9.json --from x", "there is no collection 'x'"),
    "a client of nobody": ("client token x --party QQQ", "no party 'QQQ' is on record"),
    "a client without a name": ("client token 'a b' --party BET", "client 'a b'; a name is made of"),
    "a client that may nothing": ("client token x --party BET --may ''", "--may '': say what it may"),
    "a client that may too much": ("client token x --party BET --may execute", "may 'execute'; choose from read, write"),
    "a client until no day": ("client token x --party BET --until soon", "--until: 'soon' is not a day"),
    "a client until yesterday": ("client token x --party BET --until 2022-01-09", "--until 2022-01-09: that day has come"),
    "no certificate": ("client add x --party BET --certificate text.pem", "this is no certificate"),
    "no file of a certificate": ("client add x --party BET --certificate none.pem", "'none.pem' cannot be read"),
    "a client dismissed that never was": ("client dismiss x --party BET", "no client 'x' was ever admitted"),
    "nothing vouched for": ("vouch BET", "what is vouched for? say --cleared, --purposes or --briefed"),
    "something and nothing": ("vouch BET --nothing --briefed WELLS", "or --nothing alone"),
    "vouched for of nobody": ("vouch QQQ --briefed WELLS", "no party 'QQQ' is on record"),
    "a level without its policy": ("vouch BET --cleared CLOSE", "--cleared 'CLOSE': write POLICY:LEVEL, such as ALF:SECRET"),
    "a level that is none": ("vouch BET --cleared ALF:SECRET", "no level 'SECRET' in the policy ALF"),
    "a purpose that would be a detail": ("vouch BET --purposes 'a; cleared=ALF:DEEP'", "write words with commas between them, without ; and ="),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_one_line_that_says_what_to_do(case: str, filled: Desk) -> None:
    line, says = MISTAKES[case]
    before = (filled.folder / "node.db").read_bytes(), filled.files()
    assert says in filled.refused(line)
    assert ((filled.folder / "node.db").read_bytes(), filled.files()) == before


def test_what_is_no_node_is_said_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/plain.db"
    assert "which ledger? say it before the command" in comity("exchange", "partners").err
    assert "there is no ledger at" in comity("--ledger", url, "exchange", "partners").err
    comity("--ledger", url, "ledger", "init", "--origin", "ledger.example.org")
    assert "is no node's; make it one with: comity --ledger" in comity("--ledger", url, "exchange", "partners").err
    assert "no party 'ALF' is on record" in comity("--ledger", url, "exchange", "init", "ALF").err


def test_where_the_export_cannot_go_on_nothing_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BadInput("it breaks off")

    monkeypatch.setattr("comity.cli.exchange.Node.read", broken)
    assert "it breaks off" in desk.refused("export BET -o new.json --from warnings")
    assert "new.json" not in desk.files()
