"""A report's section on stability: how quiet it was between a party and its partners, as far as tables reach.

Source: docs/explanation/how-reports-are-made.md, section 3.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from comity.reports.commands import axes, prefix
from comity.reports.contents import Drawing, Figure, Section

if TYPE_CHECKING:
    from comity.stability import DisputeYear, Stability
    from comity.standing import Standing


def stability_section(standing: Standing, found: Sequence[Stability], book: str | None) -> Section:
    """Disputes between the party and each partner in the years that the tables cover, with the picture."""
    figures, drawings, notes = list[Figure](), list[Drawing](), list[str]()
    for one in found:
        figures += _rates(one, standing, book)
        drawings.append(_drawn(one, standing, book))
        notes += one.notes
    return Section("Stability", "", tuple(figures), (), tuple(drawings), tuple(dict.fromkeys(notes)))


def _rates(one: Stability, standing: Standing, book: str | None) -> Iterator[Figure]:
    whom = one.region.id.split("-") if one.region.pair else [one.region.id]
    for number, rate in enumerate(one.rates):
        begun, covered = rate.begun, f"{rate.since} to {rate.until}" if rate.begun is not None else "no year covered"
        code = (
            "from comity.sources import Store, where\nfrom comity.stability import stability\n\n"
            f"begun = stability(standing, {whom!r}, Store(where()), since={one.since}, until={one.until}).rates[{number}].begun\n"
            "begun and begun.low"
        )
        yield Figure(
            f"disputes-{one.region.id}-{rate.source}", f"Disputes begun: {one.region.title} ({rate.source}, {covered})",
            None if begun is None else float(begun.low), "disputes",
            f"{prefix(book)} stability {' '.join(whom)} --since {one.since} --until {one.until}{axes(standing)}", code, rate.why,
            least=None if begun is None else float(begun.low), most=None if begun is None else float(begun.high),
        )  # fmt: skip


def _drawn(one: Stability, standing: Standing, book: str | None) -> Drawing:
    from comity.networks import to_svg
    from comity.stability import stability_picture

    whom = " ".join(one.region.id.split("-")) if one.region.pair else one.region.id
    shows = "; ".join(f"{source}: {_years(years)}" for source, years in one.disputes)
    command = f"{prefix(book)} stability {whom} --since {one.since} --until {one.until}{axes(standing)} -o picture.svg"
    return Drawing(f"stability-{one.region.id}", f"{one.region.title}: disputes, and what tied them", shows, to_svg(stability_picture(one)), command)


def _years(years: Sequence[DisputeYear]) -> str:
    """The years with a dispute in words: those for sure, those perhaps, and how many years are not covered."""
    known = [(year.year, year.ongoing) for year in years if year.ongoing is not None]
    surely = ", ".join(f"{year}" for year, count in known if count.low) or "none"
    perhaps = ", ".join(f"{year}" for year, count in known if count.high and not count.low)
    told = f"years with a dispute {surely}" + (f"; perhaps {perhaps}" if perhaps else "") if known else ""
    missing = len(years) - len(known)
    return "; ".join(part for part in (told, f"{missing} years not known" if missing else "") if part)
