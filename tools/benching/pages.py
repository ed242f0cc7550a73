"""The pages that are measured, and what is wished of each."""

from __future__ import annotations

from dataclasses import dataclass

from careteam.features.demo.keys import practitioner_id, sample_id

EMPTY = "/account/password"
"""A signed-in page with two fields and nothing out of the database but the frame: who is signed
in, the community, and the counts beside the entries."""
LIST, MAIN = 4.0, 6.0
"""At most so many times the empty page."""


@dataclass(frozen=True, slots=True)
class Page:
    """`aim` is in multiples of the empty page; None where nothing is wished."""

    name: str
    path: str
    aim: float | None = None


def pages() -> list[Page]:
    client = sample_id("client", "runner")
    goal = sample_id("goal", "runner")
    referral = sample_id("story referral", "runner", "bryn")
    return [
        Page("Today", "/", MAIN),
        Page("Clients", "/clients", LIST),
        Page("A client", f"/clients/{client}", MAIN),
        Page("A goal", f"/goals/{goal}"),
        Page("A team", f"/goals/{goal}/team", MAIN),
        Page("A team suggested", f"/goals/{sample_id('goal', 'open')}/suggestion"),
        Page("A plan", f"/goals/{goal}/plan", MAIN),
        Page("Referrals, board", "/referrals", MAIN),
        Page("Referrals, a column", "/referrals?show=accepted", LIST),
        Page("A referral", f"/referrals/{referral}"),
        Page("Directory", "/practitioners", LIST),
        Page("Directory, words", "/practitioners?q=osteopath", LIST),
        Page("Directory, near", "/practitioners?place=Exeter&within=10", LIST),
        Page("A practitioner", f"/practitioners/{practitioner_id('bryn')}"),
        Page("Network", "/network"),
        Page("Network, picture", "/network.json"),
        Page("Network, one person", "/network/questions/one-person"),
        Page("Network, introductions", "/network/questions/introductions?discipline=dietitian"),
        Page("Network, who connects", "/network/questions/community"),
        Page("Pathways", "/pathways", LIST),
        Page("Now", "/now"),
    ]


NEIGHBOURHOOD = "Network, picture"
