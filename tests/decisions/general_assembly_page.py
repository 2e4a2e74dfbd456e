"""docs/explanation/general-assembly-1946-2020.md out of the data: ``python -m tests.decisions.general_assembly_page`` writes it, a test compares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import comity
from comity.registers import RollCallsRead, read_roll_calls
from comity.standing import Standing
from comity.votes import Outcome, ReplayCounts, ReplayedVote, replay, replay_report, spans_of

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "general-assembly-1946-2020.md"
ORDINARY, IMPORTANT = RULES = ("un-charter/general-assembly", "un-charter/general-assembly-important")
KNOWN = date(2026, 11, 28)
SAID = {Outcome.ADOPTED: "adopted", Outcome.NOT_ADOPTED: "not adopted", None: "not known"}
COMMANDS = """    comity sources fetch unga
    comity decision replay
    comity decision replay --session 25 --differences
    comity decision replay --year 1961 --differences --json
    comity decision replay un-charter/general-assembly-important --json
"""


@cache
def standing() -> Standing:
    return Standing(comity.open(comity.bundled_book()).record, on=KNOWN, known=KNOWN)


@cache
def read(folder: Path) -> RollCallsRead:
    return read_roll_calls(folder, standing().record.register)


@cache
def replayed(folder: Path) -> tuple[ReplayedVote, ...]:
    """Every roll call of the file, under both rules."""
    return tuple(replay(standing(), RULES, read(folder).calls))


def page(folder: Path) -> str:
    """The whole page."""
    votes = replayed(folder)
    return "\n".join([*_head(), *_counts(votes), *_reading(folder), *_differing(votes), *_members(votes), *_odd(votes), *_tail(), ""])


def cast(vote: ReplayedVote) -> str:
    """How many voted how, as the file has it."""
    told = Counter(vote.call.ballots.values())
    return f"{told['yes']}-{told['no']}-{told['abstain']}"


def _head() -> Iterable[str]:
    yield "# The General Assembly, 1946 to 2020"
    yield ""
    yield (
        "Every recorded vote of the General Assembly of the United Nations in the data set of Bailey, Strezhnev and Voeten (2017, "
        "doi:10.1177/0022002715595700), counted anew under article 18 of the Charter by the members of its day: what it came to, where it "
        "hangs on the kind of question, who voted without a seat and who sat without a vote. Made by `python -m "
        "tests.decisions.general_assembly_page` from the book that ships with Comity and the files of the data set, of which nothing is "
        "shipped; a test makes it again. How votes are counted: [how decisions are counted](how-decisions-are-counted.md), section 5."
    )
    yield ""
    yield "The same, at a desk:"
    yield ""
    yield COMMANDS


def _row(one: ReplayCounts) -> str:
    numbers = (one.calls, one.adopted, one.not_adopted, one.unknown, one.differing, one.by_question, one.as_told, one.ties, one.too_few)
    return f"| {'all' if one.of is None else f'{one.of}s'} | {' | '.join(f'{number:,}' if number else '' for number in numbers)} |"


def _counts(votes: tuple[ReplayedVote, ...]) -> Iterable[str]:
    report = replay_report(votes)
    yield "## What they came to"
    yield ""
    yield (
        f"{report.whole.calls:,} votes: {report.whole.adopted:,} adopted, {report.whole.not_adopted:,} not adopted, {report.whole.unknown:,} not "
        "known. An ordinary question needs a majority of those voting for or against (article 18(3)), an important one two thirds (18(2)); "
        "who abstains is not voting, and a tie adopts nothing. *Rules differ*: there is a majority and no two thirds, so that the outcome hangs "
        "on the kind of question; *by question*: that kind is known; *as told*: the file names what was voted on by the number of a "
        "resolution, so that it was adopted. *Too few*: fewer votes are told than a quorum, which settles nothing."
    )
    yield ""
    yield "| decade | votes | adopted | not adopted | not known | rules differ | by question | as told | ties | too few |"
    yield "|---|---|---|---|---|---|---|---|---|---|"
    yield from (_row(one) for one in (*report.decades, report.whole))
    yield ""
    told = [vote for vote in votes if vote.call.adopted]
    yield (
        f"The file names {len(told):,} of these votes by the number of a resolution, as a whole. That is a check from outside: each of them has "
        f"to come out as adopted under one of the rules. {len(report.contradictions) or 'None'} does not."
    )
    yield ""


def _reading(folder: Path) -> Iterable[str]:
    calls = read(folder).calls
    early, turning, late = ([c for c in calls if a <= c.session <= b] for a, b in ((1, 51), (52, 57), (58, 99)))
    months = [sum(c.first != c.last for c in some) for some in (early, turning, late)]
    yield "## What the file is, and is not"
    yield ""
    yield (
        f"- *Days.* In sessions 1 to 51 none of the {len(early):,} votes is dated later than the 7th of a month: resolution 3379 of 10 November 1975 "
        "stands under the 1st, resolution 46/86 of 16 December 1991 under the 2nd. The number is no day of the month. In sessions 52 to 57 "
        "such dates stand among true ones. What is left is the month: a vote so dated was on some day of it, and is counted by the "
        f"members of each ({months[0]:,} of {len(early):,} votes to session 51, {months[1]:,} of {len(turning):,} in 52 to 57, {months[2]:,} of "
        f"{len(late):,} since)."
    )
    yield (
        "- *Names.* A state stands under its name of today, whatever it was then: the Soviet Union as Russia, China to October 1971 as "
        "Taiwan, Serbia to 2020 as Yugoslavia. Each is read as the person that it was on the day, by the dated names and codes of the "
        f"register of parties. {len(read(folder).not_named) or 'No'} name remains that is nobody's."
    )
    yield "- *Totals.* The file has none, so that there is nothing to compare the single votes with."
    yield (
        "- *Important votes.* The column `importantvote` lists what the Department of State of the United States called important; it has nothing "
        "to do with article 18(2), and is not used."
    )
    yield "- *Who was there.* Who did not vote may have been in the hall or not: the file does not say."
    yield ""


def _differing(votes: tuple[ReplayedVote, ...]) -> Iterable[str]:
    differing = [vote for vote in votes if vote.differs]
    settled = defaultdict[tuple[str, str], list[ReplayedVote]](list)
    for vote in votes:
        if vote.call.under is not None:
            settled[vote.call.under, vote.call.why].append(vote)
    yield "## Where it hangs on the question"
    yield ""
    yield (
        f"In {len(differing)} votes there was a majority and no two thirds. Which kind of question they were is taken only from what the file "
        "itself says, or from a source that is named; the votes are listed by number in `registers/roll_calls.toml`. Of the votes so known, also "
        "where both rules come to the same:"
    )
    yield ""
    yield "| question | known because | votes | of which rules differ | adopted | not adopted |"
    yield "|---|---|---|---|---|---|"
    for (under, why), some in sorted(settled.items()):
        kind = "important" if under == IMPORTANT else "ordinary"
        outcomes = Counter(vote.outcome for vote in some)
        differ = sum(vote.differs for vote in some)
        yield f"| {kind} | {why} | {len(some)} | {differ or ''} | {outcomes[Outcome.ADOPTED] or ''} | {outcomes[Outcome.NOT_ADOPTED] or ''} |"
    yield ""
    lost = [vote for vote in differing if vote.outcome is Outcome.NOT_ADOPTED]
    yield f"A majority was not enough in these {len(lost)}:"
    yield ""
    yield "| vote | day | symbol | yes-no-abstaining | about |"
    yield "|---|---|---|---|---|"
    yield from _lines(lost)
    yield ""
    unknown = [vote for vote in differing if vote.outcome is None]
    yield (
        f"Of {len(unknown)} it is not known which question they were, and so not what came of them. Among them are votes of which it is "
        "remembered that they failed for want of two thirds (West Irian in 1954, Algeria in 1958, the Middle East in July 1967): as "
        "recommendations on peace and security they were important by article 18(2), but nothing in the file says so. By year: "
        f"{', '.join(f'{year} {number}' for year, number in sorted(Counter(vote.call.first.year for vote in unknown).items()))}."
    )
    yield ""


def _lines(votes: Iterable[ReplayedVote]) -> Iterator[str]:
    for vote in votes:
        yield f"| {vote.call.number} | {vote.call.day} | {vote.call.symbol} | {cast(vote)} | {vote.call.about.replace('|', ' ')[:60]} |"


def _members(votes: tuple[ReplayedVote, ...]) -> Iterable[str]:
    report = replay_report(votes)
    unseated = ", ".join(f"{one.code} ({one.votes}, {one.first.call.day} to {one.last.call.day})" for one in report.unseated)
    yield "## Who voted without a seat, and who sat without a vote"
    yield ""
    yield (
        f"Without a seat on any day on which they can have been cast: {sum(one.votes for one in report.unseated)} votes ({unseated or 'none'}). "
        "Fiji was admitted on 13 October 1970; the file has it vote in September, and has one of the two wrong. "
        f"{report.perhaps} votes are of members that came in the same month, or whose seat is in doubt: they are counted both ways."
    )
    yield ""
    yield (
        "The first count found one state more without a seat: Zanzibar, with two votes in December 1963. It was a member from 16 December 1963 to "
        "its union with Tanganyika in 1964, and the record lacked it, as the depositary's table of today does; it has it now."
    )
    yield ""
    yield (
        f"A member that surely had a seat is not told to have voted {report.absences:,} times. These have no vote in a whole session, though they "
        "sat through it:"
    )
    yield ""
    yield "| member | in sessions | votes taken in them |"
    yield "|---|---|---|"
    yield from (f"| {one.code} | {spans_of(one.sessions)} | {one.calls:,} |" for one in report.silent)
    yield ""
    yield (
        "Most of these were in arrears under article 19, or had sent nobody. Three are not (general knowledge, not on record): South Africa was "
        "not let take part from 1974 to 1994; Indonesia had announced its withdrawal and stayed away from January 1965 to September 1966; Syria "
        "was one state with Egypt, the United Arab Republic, whose votes the file has under Egypt. Serbia and Montenegro, which did not vote from "
        "1992 to 2000, is not in the list, because whether it had the seat of Yugoslavia is not settled on record."
    )
    yield ""


def _odd(votes: tuple[ReplayedVote, ...]) -> Iterable[str]:
    yield "## Ties, and too few votes"
    yield ""
    yield "As many for it as against it: not adopted under either rule."
    yield ""
    yield "| vote | day | symbol | yes-no-abstaining | about |"
    yield "|---|---|---|---|---|"
    told = [(vote, next(tallies[0].votes for tallies in vote.tallies.values() if tallies)) for vote in votes]
    yield from _lines(vote for vote, counts in told if counts["yes"] == counts["no"])
    yield ""
    yield "Fewer votes than a majority of the members:"
    yield ""
    yield "| vote | day | symbol | yes-no-abstaining | about |"
    yield "|---|---|---|---|---|"
    few = [vote for vote in votes if Outcome.NO_QUORUM in vote.outcomes(ORDINARY)]
    yield from _lines(few)
    yield ""
    kept = [str(vote.call.number) for vote in few if vote.outcome is None]
    yield (
        f"The file names what they adopted by the number of a resolution, so that there was a quorum, in all but {', '.join(kept)}; of these, "
        "two have so few votes that the file must lack the others."
    )
    yield ""


def _tail() -> Iterable[str]:
    yield (
        "What this says, and what it does not: the rule and the members are those on record, the votes are those of the file. It does not say "
        "how the President announced a result, which is what counted then. Where that was otherwise, the file, the record or the reading of the "
        "question is wrong, and nothing here says which."
    )


if __name__ == "__main__":
    from tests.registers.register_tables import DATA

    assert DATA is not None
    PAGE.write_text(page(Path(DATA)), encoding="utf-8", newline="\n")
