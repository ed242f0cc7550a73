"""The table, and whether the aims are met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.benching.community import Size
from tools.benching.pages import NEIGHBOURHOOD, Page
from tools.benching.watch import Timing

HEAD = f"{'page':<20}{'median ms':>10}{'95% ms':>9}{'x empty':>9}{'aim':>6}{'SQL':>5}{'kB':>8}"
INDEPENDENT = 1.5
"""How much longer the picture of one's own neighbourhood may take in the largest community."""


@dataclass(frozen=True, slots=True)
class Measured:
    page: Page
    timing: Timing
    statements: int


@dataclass(frozen=True, slots=True)
class Result:
    """All pages at one size; `empty` is the frame without data."""

    size: Size
    empty: Measured
    pages: Sequence[Measured]

    @property
    def by_name(self) -> Mapping[str, Measured]:
        return {measured.page.name: measured for measured in self.pages}


def table(result: Result) -> Iterator[str]:
    size = result.size
    yield f"{size.practitioners:,} practitioners, {size.referrals:,} referrals"
    yield HEAD
    for measured in (result.empty, *result.pages):
        yield _line(measured)


def _line(measured: Measured) -> str:
    page, timing = measured.page, measured.timing
    times = timing.times_empty
    aim = f"{page.aim:.0f}" if page.aim else ""
    miss = "  over" if page.aim and times > page.aim else ""
    return (
        f"{page.name:<20}{timing.median:>10.1f}{timing.p95:>9.1f}{times:>9.1f}{aim:>6}"
        f"{measured.statements:>5}{timing.size / 1000:>8.1f}{miss}"
    )


def verdicts(results: Sequence[Result]) -> Iterator[tuple[bool, str]]:
    """Each aim: whether it is met, and the words."""
    for result in results:
        over = [
            f"{measured.page.name} {measured.timing.times_empty:.1f} of {measured.page.aim:.0f}"
            for measured in result.pages
            if measured.page.aim and measured.timing.times_empty > measured.page.aim
        ]
        words = f"within their multiples of the empty page at {result.size.practitioners:,}"
        yield not over, f"pages {words}" + (f": not {', '.join(over)}" if over else "")
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


def _neighbourhood(results: Sequence[Result]) -> tuple[bool, str]:
    first, last = (result.by_name[NEIGHBOURHOOD].timing for result in (results[0], results[-1]))
    longer = last.times_empty / first.times_empty
    words = f"{longer:.1f} times as long, {last.size / first.size:.1f} times as large"
    return longer <= INDEPENDENT, f"own neighbourhood independent of the size: {words}"
