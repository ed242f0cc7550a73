"""The table, and whether the aims are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from careteam.domain.responsiveness import LEVEL
from tools.benching.answering import Quality
from tools.benching.community import Size
from tools.benching.dead_links import Dead
from tools.benching.dead_links import lines as of_dead_links
from tools.benching.dead_links import verdict as on_dead_links
from tools.benching.everybody import AIM, Pass
from tools.benching.pages import NEIGHBOURHOOD, Page
from tools.benching.watch import Timing

HEAD = f"{'page':<20}{'median ms':>10}{'95% ms':>9}{'x empty':>9}{'aim':>6}{'SQL':>5}{'kB':>8}"
TOLERANCE = 0.015
"""Of the interval's level: its shape is that of a Beta distribution, the truth's is not."""
INDEPENDENT = 1.5
"""How much longer the picture of one's own neighbourhood may take in the largest community."""


@dataclass(frozen=True, slots=True)
class Measured:
    page: Page
    timing: Timing
    statements: int


@dataclass(frozen=True, slots=True)
class Result:
    """All pages at one size; `empty` is the frame without data, `answering` the pass over all,
    `dead` the links that open nothing."""

    size: Size
    empty: Measured
    pages: Sequence[Measured]
    answering: Pass | None = None
    dead: Sequence[Dead] = ()

    @property
    def by_name(self) -> Mapping[str, Measured]:
        return {measured.page.name: measured for measured in self.pages}


def table(result: Result) -> Iterator[str]:
    size = result.size
    yield f"{size.practitioners:,} practitioners, {size.referrals:,} referrals"
    yield HEAD
    for measured in (result.empty, *result.pages):
        yield line_of(measured)
    if (found := result.answering) is not None:
        yield (
            f"how all answer: {found.seconds:.2f} seconds, {found.statements} statements, "
            f"{found.shown:,} shown"
        )
    if result.dead:
        yield from of_dead_links(result.dead)


def line_of(measured: Measured) -> str:
    page, timing = measured.page, measured.timing
    times = timing.times_empty
    aim = f"{page.aim:.0f}" if page.aim else ""
    miss = "  over" if page.aim and times > page.aim else ""
    return (
        f"{page.name:<20}{timing.median:>10.1f}{timing.p95:>9.1f}{times:>9.1f}{aim:>6}"
        f"{measured.statements:>5}{timing.size / 1000:>8.1f}{miss}"
    )


def chances(qualities: Mapping[str, Quality]) -> Iterator[str]:
    """Errors of the chance of an answer, and how often its interval held the truth."""
    names = ("raw", "plain", "ours", "of 1-3", "of >10", "held", "shown", "in tenths")
    yield f"{'chance of an answer':<20}" + "".join(f"{name:>10}" for name in names)
    for world, q in qualities.items():
        errors = (q.raw, q.reference, q.ours, q.few, q.many)
        shares = (q.covered, q.covered_shown, q.covered_said)
        yield (
            f"{world:<20}"
            + "".join(f"{each:>10.3f}" for each in errors)
            + "".join(f"{each:>10.1%}" for each in shares)
        )


def verdicts(
    results: Sequence[Result], qualities: Mapping[str, Quality] | None = None
) -> Iterator[tuple[bool, str]]:
    """Each aim: whether it is met, and the words."""
    for world, quality in (qualities or {}).items():
        yield from _chance(world, quality)
    for result in results:
        over = [
            f"{measured.page.name} {measured.timing.times_empty:.1f} of {measured.page.aim:.0f}"
            for measured in result.pages
            if measured.page.aim and measured.timing.times_empty > measured.page.aim
        ]
        words = f"within their multiples of the empty page at {result.size.practitioners:,}"
        yield not over, f"pages {words}" + (f": not {', '.join(over)}" if over else "")
        if (found := result.answering) is not None:
            words = (
                f"how all answer within {AIM:.0f} seconds at {result.size.referrals:,} referrals"
            )
            yield found.seconds < AIM, f"{words}: {found.seconds:.2f}"
        if result.dead:
            is_met, words = on_dead_links(result.dead)
            yield is_met, f"{words}, at {result.size.practitioners:,}"
    if len(results) > 1:
        yield _statements(results)
        yield _neighbourhood(results)


def _statements(results: Sequence[Result]) -> tuple[bool, str]:
    varying = [
        f"{name} {counts}"
        for name in results[0].by_name
        if len(set(counts := [result.by_name[name].statements for result in results])) > 1
    ]
    words = "the same number of statements at every size"
    return not varying, words + (f": not {', '.join(varying)}" if varying else "")


def _chance(world: str, quality: Quality) -> Iterator[tuple[bool, str]]:
    ours, plain = round(quality.ours, 3), round(quality.reference, 3)
    yield ours <= plain, f"{world}: error {ours:.3f}, at most the plain Beta-Binomial's {plain:.3f}"
    held, said = quality.covered_shown, quality.covered_said
    words = f"{world}: the interval of {LEVEL:.0%} held {held:.1%} of those shown"
    yield held > LEVEL - TOLERANCE and said >= LEVEL, f"{words}, {said:.1%} in tenths"


def _neighbourhood(results: Sequence[Result]) -> tuple[bool, str]:
    first, last = (result.by_name[NEIGHBOURHOOD].timing for result in (results[0], results[-1]))
    longer = last.times_empty / first.times_empty
    words = f"{longer:.1f} times as long, {last.size / first.size:.1f} times as large"
    return longer <= INDEPENDENT, f"own neighbourhood independent of the size: {words}"
