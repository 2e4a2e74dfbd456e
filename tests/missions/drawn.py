"""Small records of acts about missions and pools, drawn in any order: with doubts, corrections, hidden acts, wrong replies, partial days.

They know the kinds of act and the text (docs/explanation/how-forces-are-generated.md, section 9), and nothing of what folds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from comity.acts import Act, Entry, Source
from comity.parties import Register
from comity.standing import Record, Standing
from comity.terms import PUBLIC, Label, Moment, parse_moment

START = date(2030, 1, 1)
STATES = ("AAA", "BBB", "CCC")
SECRET = Label("NATIONAL", "SECRET", originator="BBB")
NAMES = ("m", "n")
LINES = ("L0", "L1", "L2")
CAPABILITIES = ("frigate", "hospital")
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "pledge-force": ("accept-force", "accept-force", "refuse-force", "withdraw-force", "verify-force", "caveat-force", "deploy-force"),
    "caveat-force": ("lift-caveat",),
    "deploy-force": ("return-force",),
    "mandate": ("revoke-activity", "revoke-activity"),
}
"""What answers each kind that is answered."""
OWN = ("withdraw-force", "caveat-force", "lift-caveat", "revoke-activity", "deploy-force")
EVERY = tuple(dict.fromkeys(kind for kinds in ANSWERS.values() for kind in kinds))
WITH_MISSION = ("accept-force", "caveat-force", "deploy-force")
MOVES = ("contribute-pool", "draw-pool", "return-pool", "settle-pool")


class Drawing:
    """Draws one record; the same seed draws the same."""

    def __init__(self, seed: int) -> None:
        self.r = Random(seed)
        self.entries: list[Entry] = []
        self.sure = self.chance(30)
        """Is everything dated, undisputed and in order?"""

    def chance(self, percent: int) -> bool:
        return self.r.randrange(100) < percent

    def odd(self, percent: int) -> bool:
        return not self.sure and self.chance(percent)

    def day(self, most: int = 40) -> date:
        return START + timedelta(days=self.r.randrange(most))

    def moment(self) -> Moment:
        day = self.day()
        if self.odd(20):
            return parse_moment(f"{day}/{day + timedelta(days=self.r.randrange(1, 25))}")
        return parse_moment(f"{day:%Y-%m}-xx" if self.odd(4) else f"{day}T12:00Z" if self.odd(4) else f"{day}")

    def span(self, percent: int = 40) -> dict[str, str]:
        found = {"from": f"{self.day()}"} if self.chance(percent) else {}
        return found | ({"until": f"{self.day(70)}"} if self.chance(percent) else {})

    def put(self, kind: str, details: dict[str, str], to: Act | None = None, actor: str = "", ref: str = "") -> Act:
        hidden, dated = self.odd(5), not self.odd(4)
        moments = [self.moment() if dated and self.chance(percent) else None for percent in (90, 20, 10, 30)]
        if dated and not any(moments):
            moments[0] = self.moment()
        given = kind == "mandate"
        act = Act(
            kind=kind,
            actor=actor or self.r.choice(STATES),
            on_behalf_of=self.r.choice(STATES) if self.odd(8) else None,
            ref=ref or f"{self.r.choice('abc')}{len(self.entries)} {kind}",
            agreement="pact" if given and not self.odd(4) else None,
            territory=("DJI",) if given or (kind in ("require-force", "caveat-force") and self.chance(50)) else (),
            counterparty=tuple(self.r.sample(STATES, self.r.choice((1, 1, 2)))) if "pool" in kind and self.chance(50) else (),
            made=moments[0],
            received=moments[1],
            notified=moments[2],
            effect=moments[3],
            replies_to=None if to is None else to.hash,
            details=details,
            source=Source("drawn"),
            label=SECRET if hidden else PUBLIC,
            nonce=f"{len(self.entries):032x}" if hidden else None,
        )
        self.entries.append(Entry(act, self.day()))
        return act

    def openings(self) -> list[Act]:
        r, some = self.r, list[Act]()
        name = "m" if self.chance(80) else "n"
        for _ in range(r.choice((0, 1, 1, 1, 2))):
            rotations = {"from": f"{self.day()}", "months": r.choice("012"), "rotations": r.choice("0123"), "title": "Title"}
            some.append(self.put("activate-mission", {"mission": name, **rotations} | ({"currency": "EUR"} if self.chance(70) else {})))
        for _ in range(r.randrange(1, 4)):
            some.append(self.put("require-force", {"mission": name, "line": r.choice(LINES), **self.required()}))
        for _ in range(r.randrange(1, 4)):
            mission = {} if self.odd(5) else {"mission": name if self.chance(85) else r.choice(NAMES)}
            some.append(self.put("pledge-force", {**mission, **self.offered()}))
        for _ in range(r.randrange(3)):
            some.append(self.put("mandate", {"mission": name, **self.span(30)}))
        if self.chance(30):
            some.append(self.put("accept-gap", {"mission": name, "line": r.choice(LINES), **self.span()}))
        if self.chance(30):
            some.append(self.put("caveat-force", {"mission": name, "tasks": "escort, patrol", **self.span()}))
        if self.chance(30):
            some.append(self.put("take-part", {"activity": "Spring", "purposes": "frigate, other"} if self.chance(70) else {"purposes": "hospital"}))
        return some

    def required(self) -> dict[str, str]:
        every = {"readiness": "5", "level": "2", "tasks": "escort", "command": "UN", "weight": self.r.choice("059"), "persons": "7"}
        some = {name: value for name, value in every.items() if self.chance(40)}
        return {"capability": self.r.choice(CAPABILITIES), "number": self.r.choice("0123"), **some, **self.span()}

    def offered(self) -> dict[str, str]:
        every = {
            "line": self.r.choice(LINES), "number": self.r.choice("0123"), "persons": "9", "notice": "4", "level": self.r.choice("012"),
            "rest": "1", "cost": self.r.choice("08"), "currency": self.r.choice(("EUR", "EUR", "SEK")), "force": "corps",
            "capability": self.r.choice(CAPABILITIES),
        }  # fmt: skip
        return {name: value for name, value in every.items() if self.chance(60)} | self.span(30)

    def answer(self, kind: str, to: Act | None) -> Act:
        r, details = self.r, dict[str, str]()
        if kind in WITH_MISSION and (to is None or self.chance(30)):
            details["mission"] = r.choice(NAMES) if self.odd(40) or to is None else to.details.get("mission", "m")
        if kind in ("accept-force", "deploy-force"):
            details |= {} if kind == "deploy-force" and self.chance(40) else {"line": r.choice(LINES[:2] if self.sure else LINES)}
            details |= {"number": r.choice("012")} if self.chance(50) else {}
        if kind == "verify-force":
            details["level"] = r.choice("0234")
        if kind in ("accept-force", "deploy-force", "caveat-force"):
            details |= self.span()
        if kind == "verify-force" and self.chance(40):
            details["until"] = f"{self.day(70)}"
        if kind in ("withdraw-force", "lift-caveat", "return-force") and self.chance(40):
            details["from"] = f"{self.day()}"
        if kind == "caveat-force":
            details |= {"longest": "20", "commands": "UN"} if self.chance(50) else {"tasks": "escort"}
        mine = to is not None and kind in OWN and not self.odd(12)
        return self.put(kind, details, to, (to.on_behalf_of or to.actor) if to is not None and mine else "")

    def record(self) -> None:
        r, some = self.r, self.openings()
        if self.chance(40):
            some += self.openings()
        for _ in range(r.randrange(2, 12)):
            kind = r.choice(EVERY)
            fitting = [act for act in some if kind in ANSWERS.get(act.kind, ())]
            if fitting and not self.odd(10):
                some.append(self.answer(kind, r.choice(fitting)))
            elif not self.sure:
                some.append(self.answer(kind, r.choice([*some, None])))
        if self.chance(40):
            some.append(self.answer("revoke-activity", None))
        for act in some:
            if self.odd(12):
                self.about(act, EVERY + tuple(ANSWERS))
        if self.odd(15):
            self.again(r.choice(some))

    def about(self, act: Act, kinds: tuple[str, ...]) -> None:
        kind = self.r.choice(("deny", "deny", "deny", "retract", "replace", "replace"))
        details = {"kind": self.r.choice((*kinds, "sign"))} if kind == "replace" and self.chance(40) else {}
        if kind == "replace" and self.chance(60):
            details[self.r.choice(("made", "made", "effect"))] = f"{self.day()}"
        denial = self.put(kind, details, act)
        if kind == "deny" and self.chance(25):
            self.put("retract", {}, denial)

    def again(self, act: Act) -> None:
        """The same act once more, or another record of it that differs."""
        if self.chance(50):
            self.entries.append(Entry(act, self.day()))
        else:
            self.put(act.kind, {**act.details, "number": "3"}, actor=act.actor, ref=act.ref)

    def lines_alone(self) -> None:
        """What is required is said with its days, and nothing activates the mission."""
        for line in self.r.sample(LINES, self.r.choice((2, 3))):
            days = {"from": f"{self.day(20)}", "until": f"{self.day(20) + timedelta(days=21)}"}
            self.put("require-force", {"mission": "m", "line": line, **self.required(), **days})

    def pool(self) -> None:
        r, some = self.r, list[Act]()
        for _ in range(r.choice((0, 1, 1, 2))):
            every = {"item": "hours", "stock": r.choice(("yes", "no")), "months": r.choice("0369"), "overdraft": r.choice("05")}
            some.append(self.put("open-pool", {"pool": r.choice("pppq"), **{name: value for name, value in every.items() if self.chance(60)}}))
        for _ in range(r.randrange(3)):
            some.append(self.put("limit-pool", {"pool": "p", "overdraft": r.choice("0579")}))
        for _ in range(r.randrange(6)):
            some.append(self.put(r.choice(MOVES), {"pool": r.choice("pppq"), "amount": r.choice("0125")}))
        for act in some:
            if self.odd(15):
                self.about(act, ("open-pool", "limit-pool", *MOVES))
        if some and self.odd(15):
            self.again(r.choice(some))

    def standing(self) -> Standing:
        self.r.shuffle(self.entries)
        viewer = self.r.choice((None, None, None, "BBB", "public"))
        known = self.day(50) if self.chance(30) else date(2031, 1, 1)
        return Standing(
            Record((), tuple(self.entries), Register({}, ()), ()),
            on=self.day(90) if self.chance(50) else START + timedelta(days=60),
            known=known,
            viewer=viewer,
        )


def mission_drawn(seed: int) -> Standing:
    """A record of acts about missions, with a day, a day of knowledge and a viewer."""
    drawing = Drawing(seed)
    if seed % 25 == 24:
        drawing.lines_alone()
    else:
        drawing.record()
    return drawing.standing()


def pool_drawn(seed: int) -> Standing:
    """The same of acts about pools."""
    drawing = Drawing(seed)
    drawing.pool()
    return drawing.standing()
