"""Who looked at whom: written down before anything is shown, once an hour, and never skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from unittest import mock

import pytest
from flask import Flask, g
from flask.typing import ResponseReturnValue
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from careteam.audit.models import AccessRead
from careteam.features.clients.models import Client
from careteam.kit import clock
from careteam.kit.db import db, reading
from careteam.web.frame.room import _whole
from tests.personas import World
from tests.security.grounds import CANARIES, Ground
from tests.support.visitor import Visitor

LISTS = {"/", "/clients", "/clients/away", "/referrals"}
"""Today and the lists: they open nobody's record, and note only clients that others keep."""

EVERY_FEW = 3
"""Pages asked for a second time within the hour: one place decides it for all of them."""
FOUND: dict[str, list[str]] = {}
SignIn = Callable[[str], Visitor]


def rows_of(world: World) -> Counter[tuple[str, str]]:
    found = db.session.query(AccessRead).filter_by(client_id=world.client_id)
    counted = Counter((row.actor_key, row.information_class) for row in found)
    db.session.rollback()
    return counted


@contextmanager
def broken_read_log() -> Iterator[None]:
    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO access_reads"):
            raise OperationalError(statement, {}, Exception("disk full"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)


def pages_with_hazel(ground: Ground, name: str) -> list[str]:
    """Addresses whose page names Hazel or her goal to this persona; every ground has the same."""
    if name not in FOUND:
        browser = ground.browsers[name]
        paths = dict.fromkeys(ground.path(rule, "hazel") for rule in ground.rules("GET"))
        answers = {path: words_of(browser.get(path)) for path in paths}
        FOUND[name] = [path for path in paths if any(word in answers[path] for word in CANARIES)]
    return FOUND[name]


def words_of(answer: TestResponse) -> str:
    """The text of a page; a file is no text, and what stands in it is tested beside it."""
    return answer.text if (answer.mimetype or "").startswith("text/") else ""


def own_lists(name: str) -> set[str]:
    """Lists that note nothing of Hazel: Wren keeps her record, Ash only has a seat."""
    return LISTS if name == "wren" else set()


@pytest.mark.either_database
@pytest.mark.parametrize("name", ["wren", "ash"])
def test_page_about_a_client_is_written_down_once_an_hour(ground: Ground, name: str) -> None:
    browser, world = ground.browsers[name], ground.world
    opened = [path for path in pages_with_hazel(ground, name) if path not in own_lists(name)]
    assert opened
    for hour, path in enumerate(opened, start=1):
        with clock.stopped(clock.now() + timedelta(hours=hour)):
            before = rows_of(world)
            assert browser.get(path).status_code == 200
            first = rows_of(world)
            assert first - before, f"{path} shows a client and writes nothing down"
            assert set((first - before).values()) == {1}
            if hour % EVERY_FEW == 0:
                browser.get(path)
                assert rows_of(world) == first, f"{path} writes the same look twice"


@pytest.mark.either_database
@pytest.mark.parametrize("name", ["wren", "ash"])
def test_page_that_cannot_be_written_down_is_not_shown(ground: Ground, name: str) -> None:
    opened = [path for path in pages_with_hazel(ground, name) if path not in own_lists(name)]
    with clock.stopped(clock.now() + timedelta(hours=1)), broken_read_log():
        for path in opened:
            answer = ground.browsers[name].get(path)
            assert answer.status_code == 503, path
            said = answer.text + str(answer.headers)
            assert not [word for word in CANARIES if word in said], path


def test_list_of_own_clients_opens_none(ground: Ground) -> None:
    for path in LISTS:
        assert "Hazel Sample" in ground.browsers["wren"].get(path).text
    assert not rows_of(ground.world)


@pytest.mark.parametrize("path", ["/", "/clients"])
def test_list_with_clients_of_others_is_written_down(ground: Ground, path: str) -> None:
    assert "Hazel Sample" in ground.browsers["ash"].get(path).text
    assert (ground.world.ash.key, "identity_contact") in rows_of(ground.world)


def test_wrong_form_that_shows_a_client_is_written_down(world: World, signed_in: SignIn) -> None:
    answer = signed_in("wren").post(f"/clients/{world.client_id}/edit", {"name": ""})
    assert answer.status_code == 422
    assert (world.wren.key, "identity_contact") in rows_of(world)


def test_change_and_its_look_are_kept_together_or_not_at_all(
    world: World, signed_in: SignIn
) -> None:
    wren = signed_in("wren")
    form = {"name": "Hazel Other", "version": "1", "was": "{}"}
    with broken_read_log():
        answer = wren.post(f"/clients/{world.client_id}/edit", form)
    assert answer.status_code == 503
    assert db.session.get_one(Client, world.client_id).name == "Hazel Sample"
    db.session.rollback()
    assert wren.post(f"/clients/{world.client_id}/edit", form).status_code == 303
    assert db.session.get_one(Client, world.client_id).name == "Hazel Other"
    assert (world.wren.key, "identity_contact") in rows_of(world)


def test_two_pages_at_one_moment_write_one_row(world: World, signed_in: SignIn) -> None:
    """The second finds nothing stored yet, and the first is quicker."""
    wren, path = signed_in("wren"), f"/clients/{world.client_id}"
    wren.get(path)
    written = rows_of(world)
    with mock.patch("careteam.audit.reads.find_stored_reads", return_value=set()):
        assert wren.get(path).status_code == 200
    assert rows_of(world) == written


def test_what_is_loaded_while_an_answer_streams_is_written_down(app: Flask, world: World) -> None:
    def streaming() -> ResponseReturnValue:
        def lines() -> Iterator[str]:
            yield db.session.get_one(Client, world.client_id).name

        return app.response_class(lines(), mimetype="text/csv")

    db.session.remove()
    with app.test_request_context("/"), reading():
        g.actor = world.wren
        answer = app.make_response(_whole(streaming, commits=False)())
        assert answer.get_data(as_text=True) == "Hazel Sample"
        db.session.rollback()
    assert (world.wren.key, "identity_contact") in rows_of(world)
