"""Small worlds for the gate, drawn by a seed: a keeper, three partners and a league; agreements that begin, end, pause or are doubted; real books.

What ``files`` gives is read by ``comity.book.read_files`` without a problem. Every act is recorded on the day on which it was made. Every key
that a label of these few policies can come to is in ``every_key``: some 20,000.
"""

from __future__ import annotations

import csv
import functools
import io
import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from oracles.gate import Key

KEEPER, PARTNERS, LEAGUE = "KEE", ("BET", "GAM", "DEL"), "LEA"
FIRST = date(2020, 1, 1)
DAYS = 40
LEVELS = {"KEE": ("OPEN", "LOW", "MID", "HIGH"), "BET": ("QUIET", "SILENT"), "LEA": ("CLOSE", "DEEP")}
CATEGORIES = ("WELLS", "MAPS", "RIVERS")
"""Of the keeper's policy a special one, an informative one, and one that is not on record."""
CAVEATS = ("KEE ONLY", "ASK FIRST", "BY HAND", "BURN")
"""Of the keeper's policy: national, with the originator's consent, how it is handled, and one that is not on record."""
PURPOSES = ("water", "trade")
PAIRS = (("KEE", "BET"), ("KEE", "GAM"), ("KEE", "DEL"), ("BET", "GAM"), ("BET", "DEL"))
STATES = ("in force", "in force", "begins", "ends", "paused", "contested", "perhaps", "never")
"""How an agreement may stand in the course of a world."""
COLUMNS = ("ref", "kind", "actor", "agreement", "made", "counterparty", "replies_to", "details", "source", "basis", "recorded")


@dataclass(frozen=True)
class World:
    """The files of a book but for its acts; the rows of those, in the order of the days on which they were recorded."""

    seed: int
    texts: dict[str, str]
    rows: tuple[dict[str, str], ...]
    turning: tuple[int, ...]

    def files(self, until: date = date.max) -> dict[str, bytes]:
        """The book as it was at the end of a day."""
        rows = [row for row in self.rows if date.fromisoformat(row["recorded"]) <= until]
        return {name: text.encode() for name, text in (self.texts | {"acts/acts.csv": csv_of(rows)}).items()}

    def days(self, number: int) -> list[date]:
        """So many days to ask about, in order: some at which something changes, some any."""
        rng = random.Random(f"days {self.seed}")
        edges = sorted({edge + off for edge in self.turning for off in (-1, 0) if 0 <= edge + off < DAYS})
        some = set(rng.sample(edges, min(len(edges), number - 1)))
        while len(some) < number:
            some.add(rng.randrange(DAYS))
        return [FIRST + timedelta(days=day) for day in sorted(some)]


def csv_of(rows: Iterable[dict[str, str]]) -> str:
    """Acts as a file of a book has them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


# -- every label


@functools.cache
def every_key() -> tuple[Key, ...]:
    """Every key that a label can come to here."""
    return tuple(_keys())


def _keys() -> Iterator[Key]:
    addressees: list[tuple[tuple[str, ...], bool]] = [((), False), ((), True)]
    addressees += [(to, True) for to in (("BET",), ("GAM",), ("LEA",), ("BET", "GAM"), ("DEL", "LEA"))]
    originators = (KEEPER, *PARTNERS, LEAGUE)
    for originator, (to, limited) in itertools.product(originators, addressees):
        yield Key(originator, None, "UNCLASSIFIED", (), (), to, limited)
    marks = [(policy, level) for policy, levels in LEVELS.items() for level in levels] + [("KEE", "UNCLASSIFIED")]
    special = [names for number in range(3) for names in itertools.combinations(CATEGORIES, number)]
    caveats = [(), *((caveat,) for caveat in CAVEATS), ("ASK FIRST", "BY HAND"), ("BURN", "KEE ONLY")]
    for (policy, level), bears, marked, (to, limited), originator in itertools.product(marks, special, caveats, addressees, originators):
        yield Key(originator, policy, level, tuple(sorted(bears)), tuple(sorted(marked)), to, limited)
    yield Key(KEEPER, closed=True)
    yield Key("BET", closed=True)
    yield Key(KEEPER, "GONE", "LOW", (), (), ("BET",), True)
    yield Key(KEEPER, "KEE", "LOWER", (), (), ("BET",), True)


# -- the book


def world(seed: int) -> World:
    """The world of a seed."""
    rng = random.Random(f"world {seed}")
    texts = {"book.toml": _BOOK, "parties.toml": _PARTIES, **_ladders()}
    rows: list[dict[str, str]] = []
    turning: set[int] = set()
    for one, other in PAIRS:
        if rng.random() < 0.85:
            name = f"{one}-{other}".lower()
            texts[f"agreements/{name}.toml"] = _agreement(rng, name, (one, other))
            rows += _course(rng, name, (one, other), rng.choice(STATES), turning)
    if rng.random() < 0.4 and "agreements/kee-bet.toml" in texts:
        texts["agreements/kee-bet-levels.toml"] = _arrangement(rng)
        rows += _course(rng, "kee-bet-levels", ("KEE", "BET"), rng.choice(STATES), turning)
    members = [KEEPER, *(party for party in PARTNERS if rng.random() < 0.7)]
    texts["agreements/league.toml"] = _league(rng)
    rows += _joins(rng, members, turning)
    rows += _consents(rng, turning)
    rows += _partners(rng, turning)
    rows.sort(key=lambda row: row["recorded"])
    return World(seed, texts, tuple(rows), tuple(sorted(turning)))


def _some(rng: random.Random, names: Iterable[str], share: float) -> list[str]:
    return [name for name in names if rng.random() < share]


def _listed(names: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _level(rng: random.Random, policy: str) -> str:
    return rng.choice(LEVELS[policy][1:] if policy == "KEE" else LEVELS[policy])


def _release(rng: random.Random, policies: tuple[str, ...], article: str) -> str:
    """A release clause about some of these policies."""
    lines = ["[[clause]]", 'kind = "release"', f'article = "{article}"', 'says = "Some of it passes."']
    named = _some(rng, policies, 0.6) if rng.random() < 0.7 else []
    if named:
        lines.append(f"policies = {_listed(named)}")
    bounds = [f'{policy} = "{_level(rng, policy)}"' for policy in policies if rng.random() < 0.4]
    if bounds:
        lines.append(f"up_to = {{ {', '.join(bounds)} }}")
    lines.append(f'mapped = "{rng.choice(("same", "same", "table"))}"')
    special = _some(rng, CATEGORIES[::2], 0.4)
    if special:
        lines.append(f"categories = {_listed(special)}")
        if rng.random() < 0.3:
            lines.append(f"only = {_listed(special[:1])}")
    purposes = _some(rng, PURPOSES, 0.3)
    if purposes:
        lines.append(f"purposes = {_listed(purposes)}")
    if rng.random() < 0.5:
        lines.append('third_parties = "among-parties"')
    cleared = [f'{policy} = "{_level(rng, policy)}"' for policy in policies if rng.random() < 0.5]
    if cleared:
        lines.append(f"cleared_from = {{ {', '.join(cleared)} }}")
    return "\n".join(lines)


def _table(rng: random.Random) -> str:
    rows = []
    for _ in range(rng.randrange(1, 3)):
        row = [f'{policy} = "{_level(rng, policy)}"' for policy in LEVELS if rng.random() < 0.7]
        rows.append(f"{{ {', '.join(row)} }}")
    lines = ["[[clause]]", 'kind = "equivalence"', 'article = "8"', 'says = "One answers to another."', f"rows = [{', '.join(rows)}]"]
    if rng.random() < 0.3:
        safe = f'{{ policy = "KEE", level = "{_level(rng, "KEE")}", by = "BET", as = "{_level(rng, "BET")}" }}'
        lines.append(f"safeguarded = [{safe}]")
    return "\n".join(lines)


def _head(name: str, parties: tuple[str, ...], extra: str = "") -> str:
    return f"""id = "{name}"
title = "Agreement {name} on secrets"
short = "{name}"
concluded = 2019-01-01
zone = "UTC"
{f"negotiating = {_listed(parties)}" if parties else ""}
{extra}
[[coverage]]
through = 2030-01-01
source = "Invented"
"""


_RATIFIED = """
[[clause]]
kind = "consent"
article = "9"
says = "By ratification."
acts = ["ratify"]

[[clause]]
kind = "entry-into-force"
article = "9"
says = "When both have ratified."
when = { kind = "consents", number = "all", acts = ["ratify"], by = { of = "negotiating" } }

[[clause]]
kind = "withdrawal"
article = "10"
says = "Three days after notice."
notice = [{ days = 3 }]

[[clause]]
kind = "suspension"
article = "11"
says = "At once."
"""


def _agreement(rng: random.Random, name: str, parties: tuple[str, str]) -> str:
    policies = tuple(LEVELS)
    clauses = [_release(rng, policies, str(number)) for number in range(1, rng.randrange(2, 4))]
    clauses += [_table(rng) for _ in range(rng.randrange(0, 2))]
    return _head(name, parties) + _RATIFIED + "\n\n".join(clauses) + "\n"


def _arrangement(rng: random.Random) -> str:
    return _head("kee-bet-levels", ("KEE", "BET"), 'form = "administrative"\nparent = "kee-bet"') + _RATIFIED + _table(rng) + "\n"


def _league(rng: random.Random) -> str:
    text = _RATIFIED.replace("ratify", "accede").replace('number = "all"', "number = 2").replace(', by = { of = "negotiating" }', "")
    return _head("league", ()) + text + "\n\n".join(_release(rng, ("LEA", "KEE"), str(n)) for n in range(1, rng.randrange(2, 4))) + "\n"


# -- its acts


def _row(ref: str, kind: str, actor: str, made: str | int, agreement: str = "", **more: str) -> dict[str, str]:
    """One act; ``made`` a number: so many days from the first."""
    day = (FIRST + timedelta(days=made)).isoformat() if isinstance(made, int) else made
    recorded = day if "x" not in day else FIRST.isoformat()
    told = {"ref": ref, "kind": kind, "actor": actor, "agreement": agreement, "made": day, "recorded": recorded}
    return {**told, "source": "Invented", "basis": "text", **more}


def _course(rng: random.Random, name: str, parties: tuple[str, str], state: str, turning: set[int]) -> list[dict[str, str]]:
    """What happens to an agreement between two, so that it stands as wished."""
    one, other = rng.sample(parties, 2)
    day = rng.randrange(2, DAYS - 8)
    first = _row(f"{name}-1", "ratify", one, "2019-02-01", name)
    second = _row(f"{name}-2", "ratify", other, "2019-03-01", name)
    later = rng.randrange(day + 1, DAYS)
    match state:
        case "begins":
            turning.add(day)
            return [first, second | _row(f"{name}-2", "ratify", other, day, name)]
        case "ends":
            turning |= {day, day + 3, later}
            back = [_row(f"{name}-4", "revoke-denunciation", other, later, name)] if rng.random() < 0.3 else []
            return [first, second, _row(f"{name}-3", "denounce", other, day, name), *back]
        case "paused":
            turning |= {day, later}
            back = [_row(f"{name}-4", "resume", one, later, name)] if rng.random() < 0.7 else []
            return [first, second, _row(f"{name}-3", "suspend", one, day, name), *back]
        case "contested":
            turning.add(day)
            return [first, second, _row(f"{name}-3", "deny", one, day, name, replies_to=f"{name}-2", details="says=It lacked the powers")]
        case "perhaps":
            turning |= {0, 30, 31}
            return [first, second | _row(f"{name}-2", "ratify", other, "2020-01-xx", name)]
        case "never":
            return [first]
    return [first, second]


def _joins(rng: random.Random, members: list[str], turning: set[int]) -> list[dict[str, str]]:
    rows = []
    for number, party in enumerate(members):
        day = rng.randrange(2, DAYS - 4)
        late = number > 1 and rng.random() < 0.3
        rows.append(_row(f"league-{party}", "accede", party, day if late else "2019-01-15", "league"))
        turning |= {day} if late else set()
        if not late and rng.random() < 0.2:
            turning |= {day, day + 3}
            rows.append(_row(f"league-{party}-out", "denounce", party, day, "league"))
    return rows


def _consents(rng: random.Random, turning: set[int]) -> list[dict[str, str]]:
    rows = []
    for number in range(rng.randrange(1, 5)):
        actor, day = rng.choice((KEEPER, *PARTNERS, LEAGUE)), rng.choice((-100, -100, rng.randrange(DAYS)))
        details = []
        policy = rng.choice(["", *LEVELS])
        if policy:
            details.append(f"policy={policy}")
            details += [f"up_to={_level(rng, policy)}"] if rng.random() < 0.5 else []
        if rng.random() < 0.4:
            details.append(f"holder={rng.choice((KEEPER, 'BET'))}")
        details += rng.choice([[], ["categories=*"], ["categories=WELLS"]])
        if rng.random() < 0.3:
            until = rng.randrange(DAYS)
            turning.add(until)
            details.append(f"until={FIRST + timedelta(days=until)}")
        to = ";".join(_some(rng, PARTNERS, 0.4))
        rows.append(_row(f"consent-{number}", "consent-release", actor, day, counterparty=to, details="; ".join(details)))
        turning.add(day)
        back = rng.randrange(max(day, 0), DAYS)
        if rng.random() < 0.3:
            turning.add(back)
            rows.append(_row(f"revoke-{number}", "revoke-release", actor, back, replies_to=rng.choice((f"consent-{number}", ""))))
        elif rng.random() < 0.15:
            turning.add(back)
            rows.append(_row(f"deny-{number}", "deny", rng.choice(PARTNERS), back, replies_to=f"consent-{number}", details="says=No such thing"))
    return rows


def _partners(rng: random.Random, turning: set[int]) -> list[dict[str, str]]:
    """What the keeper vouches for; now and then anew, or no longer."""
    rows = []
    for partner in PARTNERS:
        for number, day in enumerate([-50, *sorted(rng.sample(range(1, DAYS), rng.choice((0, 0, 1, 2))))]):
            if number == 0 and rng.random() < 0.1:
                continue
            turning.add(day)
            if number and rng.random() < 0.3:
                rows.append(_row(f"dismiss-{partner}-{number}", "dismiss-partner", KEEPER, day, counterparty=partner))
                continue
            details = []
            cleared = [f"{policy}:{_level(rng, policy)}" for policy in LEVELS if rng.random() < 0.75]
            cleared += [f"KEE:{_level(rng, 'KEE')}"] if rng.random() < 0.2 else []
            cleared += [f"{rng.choice(tuple(LEVELS))}:NO SUCH"] if rng.random() < 0.2 else []
            details += [f"cleared={', '.join(cleared)}"] if cleared else []
            purposes, briefed = _some(rng, PURPOSES, 0.5), _some(rng, CATEGORIES[::2], 0.5)
            details += [f"purposes={', '.join(purposes)}"] if purposes else []
            details += [f"briefed={', '.join(briefed)}"] if briefed else []
            rows.append(_row(f"admit-{partner}-{number}", "admit-partner", KEEPER, day, counterparty=partner, details="; ".join(details)))
            if rng.random() < 0.1:
                denied = rng.randrange(max(day, 0), DAYS)
                turning.add(denied)
                says = {"replies_to": f"admit-{partner}-{number}", "details": "says=Not by us"}
                rows.append(_row(f"deny-admit-{partner}-{number}", "deny", rng.choice(PARTNERS), denied, **says))
    return rows


# -- what is the same in all


_BOOK = 'title = "Small"\nrecorded = "as made"\n'
_PARTIES = (
    "".join(
        f'[[party]]\ncode = "{code}"\nkind = "state"\nnames = [{{ name = "{name}" }}]\n\n'
        for code, name in (("KEE", "Keeperia"), ("BET", "Betonia"), ("GAM", "Gammany"), ("DEL", "Deltis"))
    )
    + '[[party]]\ncode = "LEA"\nkind = "organisation"\nconstituent = "league"\nnames = [{ name = "The League" }]\n'
)


def _ladders() -> dict[str, str]:
    found = {}
    for policy, levels in LEVELS.items():
        lines = [f'policy = "{policy}"', f'owner = "{policy}"', 'source = "Invented"', ""]
        for place, level in enumerate(levels, 0 if policy == "KEE" else 1):
            lines += ["[[level]]", f'name = "{level}"', f"rank = {place}", ""]
        if policy == "KEE":
            for name, effect in zip(CAVEATS, ("national", "originator", "handling"), strict=False):
                lines += ["[[caveat]]", f'name = "{name}"', f'effect = "{effect}"', 'says = "So it is."', 'source = "Invented"', ""]
            for name, kind in zip(CATEGORIES, ("restrictive", "informative"), strict=False):
                lines += ["[[category]]", f'name = "{name}"', f'type = "{kind}"', 'says = "So it is."', 'source = "Invented"', ""]
        found[f"ladders/{policy}.toml"] = "\n".join(lines)
    return found
