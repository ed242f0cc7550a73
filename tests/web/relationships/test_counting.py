"""Public posts counted by machine: off until servers are named, a draft when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from careteam.features.relationships.models import Observation
from careteam.kit.db import db
from tests.domain.relationships.test_activity import MASTODON
from tests.personas import World
from tests.support.pages import legible
from tests.support.social import SocialServer, hangs, says, social_server
from tests.support.visitor import Visitor

pytestmark = pytest.mark.either_database
SignIn = Callable[[str], Visitor]
HOST = "social.example"


@pytest.fixture
def server(app: Flask) -> Iterator[SocialServer]:
    with social_server() as running:
        running.answers = {path: says(200, body) for path, body in MASTODON.items()}
        app.extensions["careteam_door"] = running.door(HOST, seconds=2)
        yield running
        del app.extensions["careteam_door"]


def test_nothing_is_asked_while_no_server_is_named(world: World, signed_in: SignIn) -> None:
    wren, check = signed_in("wren"), f"/relationships/people/{world.juniper}/check"
    assert "Count public posts" not in wren.get(check).text
    refused = wren.post(f"{check}/activity", {"handle": f"@tansy@{HOST}"})
    assert refused.status_code == 422
    assert f"{HOST} is not among the servers" in refused.text


def test_dates_and_counts_become_a_draft_and_nothing_else_is_kept(
    world: World, signed_in: SignIn, server: SocialServer
) -> None:
    wren, check = signed_in("wren"), f"/relationships/people/{world.juniper}/check"
    assert "Count public posts" in wren.get(check).text
    assert wren.post(f"{check}/activity", {"handle": f"@tansy@{HOST}"}).status_code == 303
    row = db.session.query(Observation).one()
    assert (row.fact, row.shared_at, row.answers_public) == ("social", None, None)
    assert (str(row.last_post_on), row.link) == ("2026-03-02", f"https://{HOST}/@tansy")
    assert row.note == f"Of the last 3 posts 1 answers somebody else. Counted by machine at {HOST}."
    words = "Of the last 3 posts"
    assert words in wren.get(f"/practitioners/{world.juniper}").text
    assert words not in signed_in("rowan").get(f"/practitioners/{world.juniper}").text


def test_what_went_wrong_is_said_beside_the_handle(
    world: World, signed_in: SignIn, server: SocialServer
) -> None:
    wren = signed_in("wren")
    address = f"/relationships/people/{world.juniper}/check/activity"

    def said(handle: str) -> str:
        answer = wren.post(address, {"handle": handle})
        assert answer.status_code == 422
        assert f'value="{handle}"' in answer.text
        return legible(answer.text)

    assert "Type a handle such as" in said("nobody in particular")
    server.answers.clear()
    assert f"{HOST} knows nobody of this name." in said(f"@tansy@{HOST}")
    server.answers["/api/v1/accounts/lookup"] = says(200, [1])
    assert f"The answer of {HOST} could not be read." in said(f"@tansy@{HOST}")
    server.answers["/api/v1/accounts/lookup"] = hangs
    assert f"{HOST} did not answer in time. Look by hand." in said(f"@tansy@{HOST}")
    assert db.session.query(Observation).count() == 0


def test_asking_runs_out(world: World, signed_in: SignIn, server: SocialServer) -> None:
    wren, sent = signed_in("wren"), {"handle": f"@tansy@{HOST}"}
    address = f"/relationships/people/{world.juniper}/check/activity"
    answers = [wren.post(address, sent).status_code for _ in range(11)]
    assert answers == [303] * 10 + [429]
    assert len(server.asked) == 20
