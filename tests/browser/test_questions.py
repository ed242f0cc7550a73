"""Each question to the network, asked with the mouse, by touch, and with the keyboard alone while
scripts are off; every answer beside a figure counted from the database file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import igraph
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.steps.counting import Counted
from tests.browser.steps.sampling import sign_in_as_main
from tests.browser.steps.stations import assert_fits
from tests.support.browser import PHONE
from tests.support.ready import run_commands
from tests.support.server import serving


@dataclass(frozen=True)
class Way:
    """How somebody asks: from where, what presses a link, and which link leads back."""

    wishes: dict[str, Any]
    start: str
    press: Callable[[Locator], None]
    back: str = "Network"


WAYS = {
    "mouse": Way({}, "/network", lambda link: link.click()),
    "touch": Way({"device": PHONE}, "/network/list", lambda link: link.tap()),
    "keyboard": Way(
        {"device": PHONE, "javascript": False},
        "/network/questions",
        lambda link: link.press("Enter"),
        "Questions",
    ),
}


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """With the figures of the whole network, which are worked out beside the pages."""
    settings = {"CARETEAM_DATA": str(folder)}
    run_commands(settings, "work")
    with serving(settings) as url:
        yield url


@pytest.fixture(scope="module")
def counted(site: str, folder: Path) -> Counted:
    return Counted(folder)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


def test_every_question_is_answered_with_what_the_referrals_say(
    site: str, open_page: OpenPage, way: Way, counted: Counted
) -> None:
    page = sign_in_as_main(open_page(site, **way.wishes))
    page.goto(way.start)
    asked = page.locator("main a[href*='/network/questions/']")
    assert asked.all_inner_texts() == list(ANSWERS)
    for words, is_answered in ANSWERS.items():
        way.press(page.locator("main").get_by_role("link", name=words))
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        expect(page.get_by_text("What these words mean")).to_be_visible()
        is_answered(page, counted)
        assert_fits(page)
        way.press(page.locator("main").get_by_role("link", name=way.back, exact=True).first)


def balance(page: Page, counted: Counted) -> None:
    sent, received = counted.sent, counted.received
    expect(page.locator("main .lead")).to_have_text(
        f"You sent {sent.total()} referrals to {len(sent)} people and received "
        f"{received.total()} from {len(received)}."
    )
    assert {name: [int(cell.split()[0]) for cell in cells[:2]] for name, *cells in lines(page)} == {
        name: [sent[name], received[name]] for name in sent | received
    }


def answering(page: Page, counted: Counted) -> None:
    sent = Counter(
        each.receiver for each in counted.mine if each.sender == counted.me and not each.is_past
    )
    expect(page.locator("main .lead")).to_contain_text(f"Of the {len(sent)} people you send to")
    assert {name: int(cells[2]) for name, *cells in lines(page)} == sent


def rhythm(page: Page, counted: Counted) -> None:
    ties = Counter(each.other_than(counted.me) for each in counted.mine)
    said = numbers(page.locator("main .lead"))
    assert sum(said) == len(ties)
    assert said[-1] == sum(number < 3 for number in ties.values())
    assert {name: int(cells[1]) for name, *cells in lines(page)} == ties


def changes(page: Page, counted: Counted) -> None:
    halves = Counter(each.half_year for each in counted.mine)
    before, after = (halves[half] for half in compared(page))
    expect(page.locator("main .lead")).to_contain_text(
        re.compile(rf"^{before} referrals in .+ became {after} in ")
    )


def hanging(page: Page, counted: Counted) -> None:
    near = {end for ends in counted.seen() if counted.me in ends for end in ends}
    ties = [set(ends) for ends in counted.seen() if ends & near]
    found = 0
    for _, through, _, largest, *_ in lines(page):
        discipline = counted.mains[largest.split("\n")[0]]
        holders = {name for name, main in counted.mains.items() if main == discipline}
        cutting = {
            name
            for name in set().union(*ties) - {counted.me}
            if not reached(ties, counted.me, without=name) & holders
        }
        assert through == (" and ".join(sorted(cutting)) or "More than one way")
        found += bool(cutting)
    expect(page.locator("main .lead")).to_contain_text(f"on one person in {found} of the ")


def missing(page: Page, counted: Counted) -> None:
    around = {each.other_than(counted.me) for each in counted.mine} | counted.from_memory
    practised = {what for name in around for what in counted.practises[name]}
    expect(page.locator("main .lead")).to_contain_text(
        f"{len(counted.asked_for - practised)} of the {len(counted.asked_for)} disciplines"
    )
    assert len(lines(page)) == len(counted.asked_for)


def introductions(page: Page, counted: Counted) -> None:
    page.get_by_label("Discipline").press("M")
    page.get_by_role("button", name="Find a way").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Who could introduce me to a manual lymphatic drainage (MLD) therapist?"
    )
    lengths = {ends: 1 / (1 + number) for ends, number in counted.seen().items()}
    ties = [(*sorted(ends), length) for ends, length in lengths.items()]
    graph = igraph.Graph.TupleList(ties, directed=False, weights=True)
    holders = sorted(counted.who_practises("mld_therapist") & set(graph.vs["name"]))
    shortest = min(graph.distances(counted.me, holders, weights="weight")[0])
    shown = page.locator("#answer li h2").first.get_by_role("link").all_inner_texts()
    chain = [counted.me, *shown]
    assert chain[-1] in holders
    assert len(chain) in (3, 4)
    # of several that are as short, any is right
    assert sum(lengths[frozenset(pair)] for pair in pairwise(chain)) == pytest.approx(shortest)


def community(page: Page, counted: Counted) -> None:
    yes = Counter((each.sender, each.receiver) for each in counted.all if each.is_accepted)
    ties = {(each.sender, each.receiver) for each in counted.all}
    edges = [(*ends, 1 / (1 + yes[ends])) for ends in sorted(ties)]
    graph = igraph.Graph.TupleList(edges, directed=True, weights=True)
    ranked = zip(graph.betweenness(weights="weight"), graph.vs["name"], strict=True)
    first, second = (name for _, name in sorted(ranked, reverse=True)[:2])
    expect(page.locator("main .lead")).to_contain_text(
        f"Most ways lead through {first} and {second}".replace(counted.me, "you")
    )


def community_changes(page: Page, counted: Counted) -> None:
    others = [each for each in counted.all if counted.me not in (each.sender, each.receiver)]
    before, after = (
        Counter(f"{each.sender} to {each.receiver}" for each in others if each.half_year == half)
        for half in compared(page)
    )
    expected = {ends for ends in before | after if band(before[ends]) != band(after[ends])}
    assert {ends for ends, *_ in lines(page)} == expected


def compared(page: Page) -> list[str]:
    return [page.get_by_label(each, exact=True).input_value() for each in ("Compare", "with")]


def band(number: int) -> int:
    return sum(number >= least for least in (5, 10, 20))


ANSWERS: dict[str, Callable[[Page, Counted], None]] = {
    "Who do I send to, who sends to me, and how does it balance?": balance,
    "Who answers, who does not?": answering,
    "Which ties are strong, fading or silent?": rhythm,
    "What changed between two half-years?": changes,
    "Where does everything hang on one person?": hanging,
    "Which disciplines are missing around me?": missing,
    "Who could introduce me to …?": introductions,
    "Who connects this community, and which groups hardly talk?": community,
    "What changed in the community between two half-years?": community_changes,
}


def lines(page: Page) -> list[list[str]]:
    """What the table says, line by line; of its head the name alone."""
    rows: list[list[str]] = page.locator("main tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    )
    return [[head.split("\n")[0].strip(), *cells] for head, *cells in rows]


def numbers(words: Locator) -> list[int]:
    return [int(each) for each in re.findall(r"\d+", words.inner_text())]


def reached(ties: list[set[str]], start: str, *, without: str) -> set[str]:
    found = {start}
    while True:
        further = {
            end for ends in ties if ends & found and without not in ends for end in ends
        } - found
        if not further:
            return found
        found |= further
