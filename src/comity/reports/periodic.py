"""A quarter's or a year's report of a party: what it signed and ratified, duties, exercises, exchange, decisions, disputes, burden, trust, stability.

Source: docs/explanation/how-reports-are-made.md, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from comity.acts import kinds
from comity.indicators import Asked, Reading, indicator
from comity.reports.acts_behind import ActsWithin, acts_within, labels_between, named
from comity.reports.charts import before_and_after
from comity.reports.commands import axes, day_code, opening, prefix
from comity.reports.contents import Drawing, Figure, Listing, Report, Section
from comity.reports.periods import Stretch, earlier, period_of, told
from comity.standing import Standing
from comity.strategies import ReadIndicator, record_reader
from comity.terms import BadInput, Label, join
from comity.trust import observed_duties, trust

_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("signed", "signatures and initiallings, on record", ("signature",)),
    ("consented", "ratifications, accessions and other consents to be bound, on record", ("consent",)),
    ("left", "denunciations, withdrawals and what takes them back, on record", ("exit", "consent-end", "signature-end")),
    ("reserved", "reservations, objections and declarations, on record", ("reservation", "declaration")),
)
_CONCLUDING = tuple(group for _, _, groups in _GROUPS for group in groups)
_SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Duties", ("duties-on-time", "notices-given")),
    ("Commitments", ("commitments-ratified", "days-to-ratify")),
    ("Exercises and training", ("exercise-recency", "interoperability", "gaps-closed")),
    ("Exchange of information", ("exchanges-balanced", "refusals")),
    ("Decisions", ("silence-broken",)),
    ("Disputes", ("disputes-settled", "days-to-settle")),
    ("Burden", ("burden-share",)),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of whom and when. ``kind``: quarter or year.   ``partners``: towards whom it is asked too.

    ``book``: the folder or the address at which it is opened again; None: the record that ships with Comity.
    """

    kind: str
    party: str
    written: str
    partners: tuple[str, ...] = ()
    book: str | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days, and what reads indicators as things stood on the last of them."""

    days: Stretch
    reader: ReadIndicator

    def read(self, wanted: Wanted, name: str, partner: str | None) -> Reading:
        return self.reader(name, Asked(wanted.party, *self.days, partner))


def periodic_report(standing: Standing, wanted: Wanted, more: Sequence[Section] = ()) -> Report:
    """The report. ``more``: sections that rest on more than the record, such as stability.

    Errors: BadInput for a period that is none, or that begins after the day asked about or the day of knowledge, and for partners that are the party
    itself or named twice; NotOnRecord for a party that is not on record.
    """
    register = standing.record.register
    for code in (wanted.party, *wanted.partners):
        standing.record.party(code)
    if wanted.party in wanted.partners:
        raise BadInput(f"--partner {wanted.party}: the report is of {wanted.party} itself; name others")
    if twice := [code for place, code in enumerate(wanted.partners) if code in wanted.partners[:place]]:
        raise BadInput(f"--partner {twice[0]}: it is named twice; name it once")
    period = period_of(wanted.kind, wanted.written)
    if period[0] > standing.on:
        raise BadInput(f"{wanted.written} begins after {standing.on}; ask of one that has begun, or with --on DAY")
    if period[0] > standing.known:
        raise BadInput(
            f"{wanted.written} begins after {standing.known}, to which it is asked what was known; ask of an earlier one, or with --known DAY"
        )
    whole = standing.on_day(min(standing.on, period[1]))
    before = earlier(wanted.kind, period)
    now, then = _Stretch((period[0], whole.on), record_reader(whole)), _Stretch(before, record_reader(whole.on_day(before[1])))
    sections = [_acts_section(whole, wanted, period, before), *(_subject(whole, wanted, now, then, *one) for one in _SUBJECTS)]
    labels = list[Label]()
    if wanted.partners:
        trusted, labels = _trust_section(whole, wanted)
        sections.append(trusted)
    if more:
        sections += more
        labels += labels_between(whole, (wanted.party, *wanted.partners))
    acts, own = named(whole, refs_of(sections))
    name = register.parties[wanted.party].name_on(whole.on)
    return Report(
        kind=wanted.kind,
        title=f"{name}: {told(wanted.kind, period)}",
        whom=wanted.party,
        since=period[0],
        until=period[1],
        earlier=before,
        on=whole.on,
        known=standing.known,
        viewer=standing.viewer,
        command=_command(wanted, standing),
        opening=opening(whole, wanted.book),
        sections=tuple(sections),
        acts=tuple(acts),
        coverage=tuple(coverage(whole)),
        notes=tuple(_notes(standing, period)),
        label=join([*labels, *own]),
    )


def _command(wanted: Wanted, standing: Standing) -> str:
    partners = "".join(f" --partner {one}" for one in wanted.partners)
    return f"{prefix(wanted.book)} report {wanted.kind} {wanted.party} {wanted.written}{partners}{axes(standing)}"


def _acts_section(standing: Standing, wanted: Wanted, period: Stretch, before: Stretch) -> Section:
    """What it concluded, and how much more or less than in the period before."""
    figures, counts = list[Figure](), dict[str, tuple[int, int]]()
    for id_, says, groups in _GROUPS:
        now, then = acts_within(standing, wanted.party, period, groups), acts_within(standing, wanted.party, before, groups)
        counts[says] = len(now.surely), len(then.surely)
        figures.append(_of_acts(id_, says, groups, wanted, period, now, then, standing))
    all_ = acts_within(standing, wanted.party, period, _CONCLUDING)
    rows = tuple(
        (f"{act.done}", kinds()[act.kind].past, act.agreement or "", act.ref, "" if act in all_.surely else "day or record in doubt")
        for act in (*all_.surely, *all_.perhaps)
    )
    command = _command(wanted, standing)
    listing = Listing("acts", "Acts of the period", ("made", "what", "agreement", "act", ""), rows, command, tuple(row[3] for row in rows))
    listings, drawings = (listing,) if rows else (), list[Drawing]()
    if any(now or then for now, then in counts.values()):
        drawn = before_and_after(counts, told(wanted.kind, period), told(wanted.kind, before))
        shows = "; ".join(f"{says}: {now}, before {then}" for says, (now, then) in counts.items())
        drawings += [] if drawn is None else [Drawing("acts-drawn", "Acts, this period and the one before", shows, drawn, command)]
    notes = ("the record has what is on record: an act that is not on it is not counted",)
    return Section("What it concluded", "" if rows else "No such act is on record.", tuple(figures), listings, tuple(drawings), notes)


def _of_acts(
    id_: str, says: str, groups: Sequence[str], wanted: Wanted, period: Stretch, now: ActsWithin, then: ActsWithin, standing: Standing
) -> Figure:
    first, last = period
    code = f"len(acts_within(standing, {wanted.party!r}, ({day_code(first)}, {day_code(last)}), {tuple(groups)!r}).surely)"
    refs = tuple(act.ref for act in (*now.surely, *now.perhaps))
    most = float(len(now.surely) + len(now.perhaps)) if now.perhaps else None
    return Figure(
        id_, says, float(len(now.surely)), "acts", _command(wanted, standing),
        f"from comity.reports import acts_within\n\n{code}", before=float(len(then.surely)), of=len(now.surely), unknown=len(now.perhaps),
        least=float(len(now.surely)) if now.perhaps else None, most=most, acts=refs,
        acts_before=tuple(act.ref for act in (*then.surely, *then.perhaps)),
    )  # fmt: skip


def _subject(standing: Standing, wanted: Wanted, now: _Stretch, then: _Stretch, title: str, names: Sequence[str]) -> Section:
    """Indicators of one subject, towards all and, where partners are named, towards each."""
    figures = [
        _figure_of(now.read(wanted, name, partner), then.read(wanted, name, partner), standing, wanted.book)
        for name in names
        for partner in (None, *wanted.partners)
    ]
    simulated = ("figures rest on acts of a simulation",) if any(one.simulated for one in figures) else ()
    return Section(title, "", tuple(figures), notes=simulated)


def _figure_of(now: Reading, then: Reading, standing: Standing, book: str | None) -> Figure:
    """An indicator's reading as a figure, beside that of the period before."""
    asked, found = now.asked, indicator(now.indicator)
    towards = "" if asked.partner is None else f" {asked.partner}"
    command = f"{prefix(book)} indicator run {found.id} {asked.party}{towards} --since {asked.since} --until {asked.until}{axes(standing)}"
    partner = "" if asked.partner is None else f", {asked.partner!r}"
    code = f"read_indicator(standing, {found.id!r}, Asked({asked.party!r}, {day_code(asked.since)}, {day_code(asked.until)}{partner})).value"
    says = found.question + ("" if asked.partner is None else f" (towards {asked.partner})")
    least, most = (None, None) if now.between is None else now.between
    return Figure(
        f"{found.id}{'' if asked.partner is None else f'-{asked.partner}'}", says, now.value, found.unit, command,
        "from comity.indicators import Asked, read_indicator\n\n" + code, now.why, then.value, now.of, now.unknown,
        least, most, now.rests_on, now.reach, now.simulated, then.rests_on,
    )  # fmt: skip


def _trust_section(standing: Standing, wanted: Wanted) -> tuple[Section, list[Label]]:
    """The forecast for the next duty, from what was kept up to the last day of the period; and the labels of the acts of all duties that it pools."""
    observed = observed_duties(standing)
    figures = []
    for partner in wanted.partners:
        found = trust(standing, wanted.party, partner, found=observed)
        least, most = (None, None) if found.between is None else found.between
        code = f"from comity.trust import trust\n\ntrust(standing, {wanted.party!r}, {partner!r}).value"
        figures.append(
            Figure(
                f"trust-{partner}", f"How likely is the next duty towards {partner} to be kept on time?", found.value, "share",
                f"{prefix(wanted.book)} trust {wanted.party} {partner}{axes(standing)}", code, found.why, None, len(found.rests_on), found.left_out,
                least, most, tuple(dict.fromkeys(ref for row in found.rests_on for ref in row.duty.acts)), simulated=found.simulated,
            )
        )  # fmt: skip
    notes = ["a forecast from what was kept before; none is given below ten observed duties"]
    notes += ["figures rest on acts of a simulation"] if any(one.simulated for one in figures) else []
    pooled = {ref for duty in observed.counted for ref in duty.acts}
    return Section("Trust", "", tuple(figures), notes=tuple(notes)), named(standing, pooled)[1]


def coverage(standing: Standing) -> Iterator[str]:
    """For which acts the record is declared complete, under no agreement in particular."""
    for one in standing.coverage_of(None):
        kinds_ = ", ".join(one.kinds) or "all kinds of act"
        parties = ", ".join(one.parties) or "all parties"
        yield f"{kinds_} of {parties}, through {one.through} ({one.source})"


def _notes(standing: Standing, period: Stretch) -> Iterator[str]:
    if standing.on < period[1]:
        yield f"the period ends on {period[1]}: this is how it stood on {standing.on}, and what came after is not in it"
    if standing.known < period[1]:
        yield f"the record is as known on {standing.known}: what was learned after is not in it"
    if standing.viewer is not None:
        yield f"made from what {standing.viewer} may see; one who sees more might be told more"
    yield "a figure that is not known is not zero; what the record does not hold is not in any figure"


def refs_of(sections: Iterable[Section]) -> set[str]:
    """References of every act that a figure or a table of these rests on."""
    listed = list(sections)
    figures = {ref for one in listed for figure in one.figures for ref in (*figure.acts, *figure.acts_before)}
    return figures | {ref for one in listed for listing in one.listings for ref in listing.acts}
