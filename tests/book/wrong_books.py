"""Books with one thing wrong in each, and the problem that must be told: the inputs of test_problems.

Each names the defect; ``told`` is how the line must begin or a part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.book.folders import ENTRY, PARTIES, agreement
from tests.book.wrong_rules import WRONG_RULES


@dataclass(frozen=True)
class Wrong:
    """Files of a book, one of which is broken, and the line of the problem that must be told."""

    name: str
    files: dict[str, str | bytes]
    told: str
    """As in ``file:line: words``; the words may be a part."""


def acts(*lines: str) -> str:
    return "\n".join(("ref,kind,actor,agreement,made,replies_to,details,source", *lines, ""))


GOOD = "a,ratify,AAA,pact,2000-02-01,,,s"
EQUIVALENCE = """
[[clause]]
kind = "equivalence"
article = "2"
says = "Secret is secret."
source = "the text"
rows = [{ AAA = "SECRETT", BBB = "SECRET" }]
"""
RELEASE = """
[[clause]]
kind = "release"
article = "3"
says = "Secrets pass."
policies = ["AAA", "CCC"]
up_to = { AAA = "TOP" }
givers = ["QQQ"]
"""
TWICE = """
[[clause]]
kind = "duty"
article = "4"
says = "Report yearly."
id = "report"
what = "report"
does = "report"
when = { kind = "yearly", month = 1, day = 1, from = 2001-01-01 }
"""
SETTLED = """
[[clause]]
kind = "settlement"
id = "disputes"
article = "5"
disputes = "what it means"
says = "By talks, then by a court."
steps = [
    { means = "negotiation", article = "5", says = "so" },
    { means = "court", article = "5", follows = [1], says = "so" },
]
"""
LADDER = """policy = "AAA"
owner = "AAA"
source = "the decree"

[[level]]
name = "RESTRICTED"
rank = 1

[[level]]
name = "SECRET"
rank = 2
"""

WRONG = [
    Wrong("broken TOML", {"agreements/pact.toml": 'id = "pact"\ntitle = = "x"\n'}, "agreements/pact.toml:2: not TOML: Invalid value"),
    Wrong("TOML that stops in the middle", {"agreements/pact.toml": 'id = "pact"\ntitle = "x'}, "agreements/pact.toml:2: not TOML"),
    Wrong("a key twice", {"agreements/pact.toml": 'id = "pact"\nid = "pact"\n'}, "agreements/pact.toml:2: not TOML: Cannot overwrite a value"),
    Wrong(
        "a stray key with a near miss",
        {"agreements/pact.toml": agreement(head='subject = ["x"]\n')},
        "agreements/pact.toml:5: the file has a stray key 'subject'; did you mean 'subjects'?",
    ),
    Wrong(
        "a stray key like nothing",
        {"agreements/pact.toml": agreement(head="zzz = 1\n")},
        "agreements/pact.toml:5: the file has a stray key 'zzz'; it may have: id, title, short",
    ),
    Wrong(
        "a language that is no code",
        {"agreements/pact.toml": agreement(head='authentic = ["en", "French"]\n')},
        "agreements/pact.toml:5: authentic: 'French' is no code of a language; write for instance 'fr'",
    ),
    Wrong(
        "a language twice",
        {"agreements/pact.toml": agreement(head='authentic = ["en", "fr", "en"]\n')},
        "agreements/pact.toml:5: authentic: 'en' comes twice; name each language once",
    ),
    Wrong(
        "a blank title",
        {"agreements/pact.toml": agreement(head='titles = { fr = " " }\n')},
        "agreements/pact.toml:5: titles: the title in 'fr' is blank; give it, or leave it out",
    ),
    Wrong(
        "a stray key in a clause",
        {"agreements/pact.toml": agreement(ENTRY + "dellay = [{ days = 30 }]\n")},
        "agreements/pact.toml:12: clauses 1 has a stray key 'dellay'; did you mean 'delay'?",
    ),
    Wrong(
        "an unknown kind of clause",
        {"agreements/pact.toml": agreement(ENTRY.replace("entry-into-force", "entry-in-force"))},
        "agreements/pact.toml:6: clauses 1 has kind 'entry-in-force'; did you mean 'entry-into-force'?",
    ),
    Wrong(
        "a clause without a kind",
        {"agreements/pact.toml": agreement(ENTRY.replace('kind = "entry-into-force"\n', ""))},
        "agreements/pact.toml:6: clauses 1 has kind None; choose one of consent, entry-into-force",
    ),
    Wrong(
        "an unknown condition",
        {"agreements/pact.toml": agreement(ENTRY.replace('"consents"', '"consent"'))},
        "agreements/pact.toml:11: clauses 1, when has kind 'consent'; did you mean 'consents'?",
    ),
    Wrong(
        "a clause without its article",
        {"agreements/pact.toml": agreement(ENTRY.replace('article = "5"\n', ""))},
        "agreements/pact.toml:6: clauses 1 lacks 'article'; add it",
    ),
    Wrong(
        "a word that is not a choice",
        {"agreements/pact.toml": agreement(head='form = "gentlemen"\n')},
        "agreements/pact.toml:5: form is 'gentlemen'; choose one of treaty, political, administrative",
    ),
    Wrong(
        "text where a day is needed",
        {"agreements/pact.toml": agreement().replace("concluded = 2000-01-01", 'concluded = "2000-01-01"')},
        "agreements/pact.toml:4: concluded is '2000-01-01'; it must be a day, written 2024-03-07 without quotes",
    ),
    Wrong(
        "an instant where a day is needed",
        {"agreements/pact.toml": agreement().replace("concluded = 2000-01-01", "concluded = 2000-01-01T00:00:00Z")},
        "agreements/pact.toml:4: concluded is",
    ),
    Wrong(
        "a number where text is needed",
        {"agreements/pact.toml": agreement().replace('short = "Pact"', "short = 7")},
        "agreements/pact.toml:3: short is 7; it must be text in quotes",
    ),
    Wrong(
        "one text where a list is needed",
        {"agreements/pact.toml": agreement(head='depositary = "AAA"\n')},
        "agreements/pact.toml:5: depositary is 'AAA'; a list is needed here",
    ),
    Wrong(
        "a number where a table is needed",
        {"agreements/pact.toml": agreement(ENTRY.replace('{ kind = "consents", number = 2, acts = ["ratify", "accede"] }', "2"))},
        "agreements/pact.toml:11: clauses 1, when has kind None",
    ),
    Wrong(
        "an id that is not the file's name",
        {"agreements/pact.toml": agreement(name="treaty")},
        "agreements/pact.toml:1: id 'treaty' differs from the file's name 'pact'; make them the same",
    ),
    Wrong("a zone that is nowhere", {"agreements/pact.toml": agreement(head='zone = "Mars/Olympus"\n')}, "agreements/pact.toml:5: zone"),
    Wrong(
        "a depositary that is not a party",
        {"agreements/pact.toml": agreement(head='depositary = ["XYZ"]\n')},
        "party 'XYZ' is not among the parties; add it to parties.toml or correct the code",
    ),
    Wrong(
        "another agreement that is not there",
        {"agreements/pact.toml": agreement(head='protocol_to = "treaty"\n')},
        "names the agreement 'treaty', which has no file in agreements/",
    ),
    Wrong(
        "a kind of act in a condition that is none",
        {"agreements/pact.toml": agreement(ENTRY.replace('"accede"', '"acede"'))},
        "agreements/pact.toml:11: ",
    ),
    Wrong(
        "a number of consents that is no number",
        {"agreements/pact.toml": agreement(ENTRY.replace("number = 2", 'number = "most"'))},
        "agreements/pact.toml:11: ",
    ),
    Wrong("a delay without a number", {"agreements/pact.toml": agreement(ENTRY + "delay = [{ }]\n")}, "agreements/pact.toml:12: "),
    Wrong("a delay of two numbers", {"agreements/pact.toml": agreement(ENTRY + "delay = [{ days = 1, months = 1 }]\n")}, "agreements/pact.toml:12: "),
    Wrong("a stray key in book.toml", {"book.toml": 'titel = "x"\n'}, "book.toml:1: stray key 'titel'; it may have: title, recorded, coverage"),
    Wrong("a wrong day in book.toml", {"book.toml": 'title = "x"\nrecorded = "later"\n'}, "book.toml:2: recorded: 'later' is not a day"),
    Wrong("coverage that is not a table", {"book.toml": "coverage = [1]\n"}, "book.toml:1: coverage 1 is 1; a table is needed here"),
    Wrong(
        "coverage that ends before it starts",
        {"agreements/pact.toml": agreement(ENTRY, '[[coverage]]\nfrom = 2010-01-01\nthrough = 2000-01-01\nsource = "s"\n')},
        "agreements/pact.toml:",
    ),
    Wrong(
        "a stray table in parties.toml",
        {"parties.toml": PARTIES + '\n[[partie]]\ncode = "X"\n'},
        "stray key 'partie'; it may have: [[party]], [[succession]]",
    ),
    Wrong(
        "a party twice",
        {"parties.toml": PARTIES + '\n[[party]]\ncode = "AAA"\nkind = "state"\nnames = [{ name = "Again" }]\n'},
        "parties.toml:27: party 'AAA' stands twice; keep one",
    ),
    Wrong("a party without a name", {"parties.toml": PARTIES + '\n[[party]]\ncode = "DDD"\nkind = "state"\nnames = []\n'}, "parties.toml:"),
    Wrong(
        "a succession of nobody",
        {"parties.toml": PARTIES + '\n[[succession]]\nsuccessor = "AAA"\npredecessor = "OLD"\nhow = "continues"\non = 2000-01-01\n'},
        "parties.toml:27: party 'OLD' is not among the parties; add a [[party]]",
    ),
    Wrong(
        "a succession in an unknown way",
        {"parties.toml": PARTIES + '\n[[succession]]\nsuccessor = "AAA"\npredecessor = "BBB"\nhow = "follows"\non = 2000-01-01\n'},
        "parties.toml:30: succession 1, how is 'follows'; choose one of continues",
    ),
    Wrong(
        "states that continue one another in a circle",
        {
            "parties.toml": PARTIES
            + "".join(
                f'\n[[succession]]\nsuccessor = "{a}"\npredecessor = "{b}"\nhow = "continues"\non = 2000-01-01\n'
                for a, b in (("AAA", "BBB"), ("BBB", "AAA"))
            )
        },
        "parties.toml:",
    ),
    Wrong(
        "an organ of nothing",
        {"parties.toml": PARTIES + '\n[[party]]\ncode = "X/Y"\nkind = "organ"\npart_of = "X"\nnames = [{ name = "Y" }]\n'},
        "parties.toml:27: 'X/Y' is part of 'X', which is not among the parties",
    ),
    Wrong(
        "a stray column",
        {"acts/pact.csv": "ref,kind,actor,source,remarks\na,ratify,AAA,s,x\n"},
        "acts/pact.csv:1: stray column 'remarks'; the columns are: ref, kind, actor",
    ),
    Wrong("a missing column", {"acts/pact.csv": "ref,kind,actor\na,ratify,AAA\n"}, "acts/pact.csv:1: column 'source' is missing; every act needs it"),
    Wrong(
        "a column twice",
        {"acts/pact.csv": "ref,kind,actor,source,source\na,ratify,AAA,s,s\n"},
        "acts/pact.csv:1: column 'source' stands twice; keep one",
    ),
    Wrong("an empty file of acts", {"acts/pact.csv": ""}, "acts/pact.csv:1: column 'ref' is missing"),
    Wrong(
        "too few fields",
        {"acts/pact.csv": acts(GOOD, "b,ratify,BBB,pact")},
        "acts/pact.csv:3: 4 fields where the header has 8; quote texts that hold a comma",
    ),
    Wrong(
        "too many fields",
        {"acts/pact.csv": acts("b,ratify,BBB,pact,2000-01-01,,,one, two", GOOD)},
        "acts/pact.csv:2: 9 fields where the header has 8",
    ),
    Wrong(
        "a quote that never ends",
        {"acts/pact.csv": acts(GOOD, 'b,ratify,BBB,pact,2000-01-01,,,"unterminated')},
        "acts/pact.csv:3: the row cannot be read (unexpected end of data); quote texts that hold a comma or a quote",
    ),
    Wrong("a quote in the middle", {"acts/pact.csv": acts(GOOD, 'b,ratify,BBB,pact,2000-01-01,,,"x"y')}, "acts/pact.csv:3: the row cannot be read"),
    Wrong(
        "a blank that is needed", {"acts/pact.csv": acts("a,ratify,AAA,pact,2000-02-01,,,")}, "acts/pact.csv:2: source is blank; every act needs it"
    ),
    Wrong(
        "an unknown kind of act",
        {"acts/pact.csv": acts("a,ratfy,AAA,pact,2000-02-01,,,s")},
        "acts/pact.csv:2: kind 'ratfy' is not a kind of act; list them with: comity kinds",
    ),
    Wrong(
        "a bad date", {"acts/pact.csv": acts("a,ratify,AAA,pact,2000-02-31,,,s")}, "acts/pact.csv:2: made: '2000-02-31' is not a day of the calendar"
    ),
    Wrong("no date", {"acts/pact.csv": acts("a,ratify,AAA,pact,,,,s")}, "acts/pact.csv:2: no date: fill made, received, notified or effect"),
    Wrong(
        "an act under nothing",
        {"acts/pact.csv": acts("a,ratify,AAA,,2000-02-01,,,s")},
        "acts/pact.csv:2: an act of kind 'ratify' needs agreement; fill that column",
    ),
    Wrong(
        "an unknown party",
        {"acts/pact.csv": acts("a,ratify,XYZ,pact,2000-02-01,,,s")},
        "acts/pact.csv:2: actor 'XYZ' is not among the parties; add it to parties.toml or correct the code",
    ),
    Wrong(
        "an unknown agreement",
        {"acts/pact.csv": acts("a,ratify,AAA,treaty,2000-02-01,,,s")},
        "acts/pact.csv:2: agreement 'treaty' has no file in agreements/; add one or correct the id",
    ),
    Wrong(
        "a reply to nothing",
        {"acts/pact.csv": acts(GOOD, "b,retract,AAA,pact,2001-01-01,zzz,,s")},
        "acts/pact.csv:3: replies_to 'zzz': no act with this ref in the book",
    ),
    Wrong(
        "a reply to itself",
        {"acts/pact.csv": acts("b,retract,AAA,pact,2001-01-01,b,,s")},
        "acts/pact.csv:2: replies_to 'b': acts that reply to one another in a circle; break it",
    ),
    Wrong(
        "replies in a circle",
        {"acts/pact.csv": acts("b,retract,AAA,pact,2001-01-01,c,,s", "c,retract,AAA,pact,2001-01-01,b,,s")},
        "acts/pact.csv:3: replies_to 'b': acts that reply to one another in a circle; break it",
    ),
    Wrong(
        "an act twice",
        {"acts/pact.csv": acts(GOOD, GOOD)},
        "acts/pact.csv:3: the act 'a' stands twice, word for word (also acts/pact.csv:2); keep one",
    ),
    Wrong("an act twice in two files", {"acts/pact.csv": acts(GOOD), "acts/other.csv": acts(GOOD)}, "stands twice, word for word"),
    Wrong(
        "a detail without a value",
        {"acts/pact.csv": acts("a,sign,AAA,pact,2000-02-01,,definitive,s")},
        "acts/pact.csv:2: details 'definitive' is not key=value; separate details by semicolons",
    ),
    Wrong(
        "a detail that the kind has not",
        {"acts/pact.csv": acts("a,sign,AAA,pact,2000-02-01,,loud=yes,s")},
        "acts/pact.csv:2: 'sign' has no detail 'loud'; it may carry: definitive",
    ),
    Wrong(
        "a detail twice",
        {"acts/pact.csv": acts("a,sign,AAA,pact,2000-02-01,,definitive=yes; definitive=no,s")},
        "acts/pact.csv:2: detail 'definitive' stands twice; keep one",
    ),
    Wrong(
        "an unknown basis",
        {"acts/pact.csv": "ref,kind,actor,agreement,made,source,basis\na,ratify,AAA,pact,2000-02-01,s,hearsay\n"},
        "acts/pact.csv:2: basis 'hearsay'; choose one of text, depositary",
    ),
    Wrong(
        "an unknown level",
        {"acts/pact.csv": "ref,kind,actor,agreement,made,source,level\na,ratify,AAA,pact,2000-02-01,s,province\n"},
        "acts/pact.csv:2: level 'province'; choose one of state, government",
    ),
    Wrong(
        "a secret without a nonce",
        {"acts/pact.csv": "ref,kind,actor,agreement,made,source,classification\na,ratify,AAA,pact,2000-02-01,s,SECRET\n"},
        "acts/pact.csv:2: a: an act whose label is not public needs a nonce",
    ),
    Wrong(
        "an attachment without a hash",
        {"acts/pact.csv": "ref,kind,actor,agreement,made,source,attachments\na,ratify,AAA,pact,2000-02-01,s,letter.pdf\n"},
        "acts/pact.csv:2: attachment 'letter.pdf'; write: sha256:<64 hex digits>",
    ),
    Wrong(
        "an attachment with half a hash",
        {"acts/pact.csv": "ref,kind,actor,agreement,made,source,attachments\na,ratify,AAA,pact,2000-02-01,s,sha256:12 a/b en\n"},
        "acts/pact.csv:2: attachment",
    ),
    Wrong(
        "a recorded that is no day",
        {"acts/pact.csv": "ref,kind,actor,agreement,made,source,recorded\na,ratify,AAA,pact,2000-02-01,s,1998~\n"},
        "acts/pact.csv:2: recorded",
    ),
    Wrong(
        "agreements that lean on one another",
        {
            name: agreement(ENTRY, f'[[clause]]\nkind = "dependence"\narticle = "1"\nsays = "Leans"\nsource = "t"\nagreement = "{other}"\n', name=own)
            for name, own, other in (("agreements/pact.toml", "pact", "treaty"), ("agreements/treaty.toml", "treaty", "pact"))
        },
        "agreements/pact.toml:1: agreements depend on one another in a circle: pact -> treaty -> pact; take one dependence out",
    ),
    Wrong(
        "a file that is not UTF-8",
        {"acts/pact.csv": acts(GOOD).encode() + b"b,ratify,BBB,pact,2000-02-01,,,Universit\xe9\n"},
        "acts/pact.csv:3: byte 129 is not UTF-8; save the file as UTF-8",
    ),
    Wrong(
        "UTF-16 from a spreadsheet", {"acts/pact.csv": acts(GOOD).encode("utf-16")}, "acts/pact.csv:1: byte 0 is not UTF-8; save the file as UTF-8"
    ),
    Wrong("an agreement that is not UTF-8", {"agreements/pact.toml": agreement().encode() + b"# \xff\n"}, "agreements/pact.toml:31: byte"),
    Wrong("binary junk as acts", {"acts/pact.csv": bytes(range(128)) * 4}, "acts/pact.csv:1: "),
    Wrong("binary junk as an agreement", {"agreements/pact.toml": bytes(range(1, 128)) * 4}, "agreements/pact.toml:1: not TOML"),
    Wrong("no parties", {"parties.toml": "\n"}, "acts/pact.csv:2: actor 'AAA' is not among the parties"),
    Wrong(
        "a ladder with a stray key",
        {"ladders/AAA.toml": LADDER + "hight = 3\n"},
        "ladders/AAA.toml:12: levels 2 has a stray key 'hight'; it may have: name, rank, also, from, until",
    ),
    Wrong(
        "a ladder of another policy than its file",
        {"ladders/BBB.toml": LADDER},
        "ladders/BBB.toml:1: policy 'AAA' differs from the file's name 'BBB'; make them the same",
    ),
    Wrong(
        "a ladder of nobody",
        {"ladders/AAA.toml": LADDER.replace('owner = "AAA"', 'owner = "QQQ"')},
        "ladders/AAA.toml:2: owner 'QQQ' is not among the parties",
    ),
    Wrong(
        "two levels of one rank",
        {"ladders/AAA.toml": LADDER.replace("rank = 2", "rank = 1")},
        "ladders/AAA.toml:9: 'SECRET' and 'RESTRICTED' are in use at one time with one rank",
    ),
    Wrong(
        "two levels of one name",
        {"ladders/AAA.toml": LADDER + 'also = ["Restricted"]\n'},
        "ladders/AAA.toml:9: 'SECRET' and 'RESTRICTED' share a name; a name means one level",
    ),
    Wrong(
        "a level that ends before it begins",
        {"ladders/AAA.toml": LADDER + "from = 2001-01-01\nuntil = 2000-01-01\n"},
        "ladders/AAA.toml:9: 'SECRET' is in use until 2000-01-01, not after 2001-01-01; put the days right",
    ),
    Wrong(
        "an equivalence of a level that no ladder has",
        {"agreements/pact.toml": agreement(ENTRY + EQUIVALENCE), "ladders/AAA.toml": LADDER},
        "agreements/pact.toml:1: equivalence (2): no level 'SECRETT' in the policy AAA; from the lowest to the highest it has: RESTRICTED, SECRET",
    ),
    Wrong(
        "an equivalence with a policy that has no ladder",
        {"agreements/pact.toml": agreement(ENTRY + EQUIVALENCE), "ladders/AAA.toml": LADDER},
        "agreements/pact.toml:1: equivalence (2): no classification ladder of a policy 'BBB' is on record",
    ),
    Wrong(
        "a release under a policy that has no ladder",
        {"agreements/pact.toml": agreement(ENTRY + RELEASE), "ladders/AAA.toml": LADDER},
        "agreements/pact.toml:1: release (3): no classification ladder of a policy 'CCC' is on record",
    ),
    Wrong(
        "a release up to a level that the ladder lacks",
        {"agreements/pact.toml": agreement(ENTRY + RELEASE), "ladders/AAA.toml": LADDER},
        "agreements/pact.toml:1: release (3): no level 'TOP' in the policy AAA",
    ),
    Wrong(
        "a release by nobody",
        {"agreements/pact.toml": agreement(ENTRY + RELEASE), "ladders/AAA.toml": LADDER},
        "agreements/pact.toml:1: release (3), givers: party 'QQQ' is not among the parties",
    ),
    Wrong(
        "two duties of one id",
        {"agreements/pact.toml": agreement(ENTRY + TWICE + TWICE)},
        "agreements/pact.toml:1: two duties have the id 'report'; give each its own",
    ),
    *(Wrong(name, {"agreements/pact.toml": agreement(ENTRY + rule)}, told) for name, rule, told in WRONG_RULES),
    Wrong(
        "two settlement clauses of one id",
        {"agreements/pact.toml": agreement(ENTRY + SETTLED + SETTLED)},
        "agreements/pact.toml:1: two settlement clauses have the id 'disputes'; give each its own",
    ),
    Wrong(
        "a step of settlement that follows none",
        {"agreements/pact.toml": agreement(ENTRY + SETTLED.replace("[1]", "[3]"))},
        "agreements/pact.toml:1: settlement 'disputes', step 2: it follows step 3; name another step of the clause, from 1 to 2",
    ),
    Wrong(
        "two steps that one subject asks for",
        {"agreements/pact.toml": agreement(ENTRY + SETTLED.replace('says = "so"', 'says = "so", asked_as = "talks"'))},
        "agreements/pact.toml:1: two steps of settlement are asked_as 'talks'; give each a subject of its own",
    ),
]
