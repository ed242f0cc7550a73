"""A client's page, whatever is sent: an answer, and nothing of anybody to whoever is not let in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from careteam.access.reach import forget
from careteam.audit.models import AccessRead
from careteam.features.clients.models import Client
from careteam.features.links.clients import hand_over_page
from careteam.features.links.operations import code_to_read_out
from careteam.features.links.queries import get_link
from careteam.features.notes.models import Note
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World, build_world
from tests.security.asking import bodies_of, forms_for, no_markup, no_secret, odd_queries, rounds
from tests.security.grounds import CANARIES, Findings, Ground, browser_of, build, in_silence
from tests.security.test_get_changes_nothing import everything
from tests.security.test_read_log import broken_read_log, rows_of, words_of
from tests.support.database import TestDatabase
from tests.support.linking import a_linked_referral
from tests.support.own_page import HOST, a_pathway, at_the_door, her_step, inside

BEHIND = "/p/<uuid:link_id>"
INSIDE, DOOR, OTHER = "inside", "at the door", "somebody else"
NO_LOOKS = ("own.help_show", "own.plan_changed", "own.mails_show")
"""Nothing of the record: numbers to ring, whether a plan changed, how often mail comes."""
PERSONAL = (*CANARIES, "Walk ten minutes", "Slept badly", "hazel@example.org")


@pytest.fixture
def ground(app: Flask, database: TestDatabase) -> Iterator[Ground]:
    def made() -> Ground:
        return with_clients(build(app, build_world(), ()))

    with in_silence(database.made_once(app, "ground_of_clients", made)) as ground:
        yield ground


def with_clients(ground: Ground) -> Ground:
    """Hazel inside, the same link at the door of another browser, and Linden on her own page."""
    app, world = ground.app, ground.world
    a_linked_referral(world)
    a_pathway(world, "stress_burnout_sleep")
    step = her_step(world)
    hazel, home = inside(app, world)
    note = uuid4()
    line = {"body": "Slept badly", "information_class": "goal_plan", "new_id": str(note)}
    assert hazel.post(f"{home}/check-in", line).status_code == 303
    assert db.session.get(Note, note) is not None
    stranger, _ = at_the_door(app, _copy(world, world.client_id))
    linden, other = at_the_door(app, _copy(world, _linden(world)))
    code_to_read_out(actor=world.wren, link=get_link(world.wren, UUID(other[3:])), code="424242")
    db.session.commit()
    assert linden.post(f"{other}/code", {"code": "424242"}).status_code == 303
    ground.browsers |= {
        INSIDE: browser_of(hazel, INSIDE, f"{home}/leave"),
        DOOR: browser_of(stranger, DOOR, home),
        OTHER: browser_of(linden, OTHER, f"{other}/leave"),
    }
    ids = ground.ids["hazel"] | {"milestone_id": [step], "note_id": [note]}
    ids["consent_id"] = [world.consent_id]
    ids["held_id"] = [each for each in ids["link_id"] if str(each) != home[3:]]
    for name, address in ((INSIDE, home), (DOOR, home), (OTHER, other)):
        ground.ids[name] = ids | {"link_id": [UUID(address[3:])]}
    return ground


def _linden(world: World) -> UUID:
    client = db.session.query(Client).filter(Client.id != world.client_id).one()
    return client.id


def _copy(world: World, client_id: UUID) -> str:
    """Wren keeps Linden's record too, for as long as the link is made."""
    client = db.session.get_one(Client, client_id)
    client.lead_id = world.wren.practitioner_id  # type: ignore[assignment]
    db.session.flush()
    forget()
    address = hand_over_page(actor=world.wren, client=client)
    db.session.commit()
    return address.removeprefix(HOST)


def judge(found: Findings, name: str, what: str, answer: TestResponse | None) -> None:
    no_markup(found, what, answer)
    if name != INSIDE:
        no_secret(found, what, answer, PERSONAL)


def test_no_page_fails_or_tells(ground: Ground, findings: Findings) -> None:
    queries = odd_queries()
    for name in (INSIDE, DOOR, OTHER):
        browser = ground.browsers[name]
        for at, rule in enumerate(ground.behind(BEHIND, "GET")):
            for asked in ("", queries[at % len(queries)]):
                what = f"{name} GET {rule.rule} ?{asked[:60]}"
                path = f"{ground.path(rule, name)}?{asked}"
                judge(findings, name, what, findings.ask(what, lambda p=path, b=browser: b.get(p)))  # type: ignore[misc]
    findings.tell()


@pytest.mark.either_database
def test_links_of_others_open_nothing(ground: Ground, findings: Findings) -> None:
    for name, whose in ((INSIDE, OTHER), (OTHER, INSIDE), (INSIDE, "missing")):
        for method in ("GET", "POST"):
            for rule in ground.behind(BEHIND, method):
                path, browser = ground.path(rule, whose), ground.browsers[name]
                sent = {"csrf_token": [browser.token]}
                answer = browser.get(path) if method == "GET" else browser.post(path, sent)
                what = f"{name} {method} {rule.rule} ({whose})"
                no_secret(findings, what, answer, PERSONAL)
                if answer.status_code != 404:
                    findings.add(what, f"{answer.status_code}: {what}")
    findings.tell()


@pytest.mark.either_database
def test_hazel_is_shown_what_the_others_are_not(ground: Ground) -> None:
    """Else the tests above would look for words that are nowhere."""
    answers = [ground.browsers[INSIDE].get(path) for path in ground.pages(BEHIND, INSIDE)]
    shown = "".join(words_of(answer) for answer in answers)
    assert [words for words in PERSONAL if words not in shown] == []


def test_rows_of_another_client_are_not_there(ground: Ground, findings: Findings) -> None:
    browser = ground.browsers[OTHER]
    for method in ("GET", "POST"):
        for rule in ground.behind(BEHIND, method):
            if len(rule.arguments) == 1:
                continue
            path = ground.path(rule, OTHER)
            sent = {"csrf_token": [browser.token], "version": ["1"], "status": ["done"]}
            answer = browser.get(path) if method == "GET" else browser.post(path, sent)
            if answer.status_code != 404:
                findings.add(rule.rule, f"{answer.status_code} for {method} {rule.rule}")
    findings.tell()


@pytest.mark.either_database
def test_page_of_a_client_opens_no_page_of_others(ground: Ground, findings: Findings) -> None:
    browser = ground.browsers[INSIDE]
    for rule in ground.rules("GET"):
        if rule.rule.startswith(BEHIND):
            continue
        what = f"GET {rule.rule}"
        answer = findings.ask(what, lambda r=rule: browser.get(ground.path(r, "hazel")))  # type: ignore[misc]
        no_secret(findings, what, answer, PERSONAL)
    findings.tell()


def test_no_form_fails_or_tells(ground: Ground, findings: Findings) -> None:
    for name in (INSIDE, DOOR, OTHER):
        ground.forms.clear()
        browser = ground.browsers[name]
        ground.walk(findings, name, ground.pages(BEHIND, name))
        for rule in ground.behind(BEHIND, "POST"):
            shown = bool(ground.forms.get(rule.endpoint))
            for form in forms_for(ground, rule):
                path = form.action or ground.path(rule, name)
                for sent in rounds(form, findings.tried) if shown else [form.filled]:
                    what = f"{name} POST {rule.rule} {str(sent)[:80]}"
                    sent = sent | {"csrf_token": [browser.token]}
                    answer = findings.ask(what, lambda p=path, s=sent, b=browser: b.post(p, s))  # type: ignore[misc]
                    judge(findings, name, what, answer)
    findings.tell()


@pytest.mark.either_database
def test_no_body_fails(ground: Ground, findings: Findings) -> None:
    browser = ground.browsers[INSIDE]
    ground.walk(findings, INSIDE, ground.pages(BEHIND, INSIDE))
    for at, rule in enumerate(ground.behind(BEHIND, "POST")):
        form = forms_for(ground, rule)[0]
        path, bodies = form.action or ground.path(rule, INSIDE), bodies_of(form)
        kinds = list(bodies)
        for kind in (kinds[at % 12], kinds[(at + 6) % 12]):
            what, options = f"POST {rule.rule} with {kind}", bodies[kind]
            findings.ask(what, lambda p=path, o=options: browser.post(p, o.pop("data"), **o))  # type: ignore[misc]
    findings.tell()


@pytest.mark.either_database
def test_looking_changes_nothing(ground: Ground) -> None:
    before = everything()
    for name in (INSIDE, DOOR, OTHER):
        for rule in ground.behind(BEHIND, "GET"):
            ground.browsers[name].get(ground.path(rule, name))
            ground.browsers[name].head(ground.path(rule, name))
    after = everything()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


@pytest.mark.either_database
def test_own_looks_are_written_down_and_none_at_the_door(ground: Ground) -> None:
    key = f"client:{ground.ids[INSIDE]['link_id'][0]}"
    for at, rule in enumerate(ground.behind(BEHIND, "GET"), start=1):
        with clock.stopped(clock.now() + timedelta(hours=at)):
            before = rows_of(ground.world)
            ground.browsers[DOOR].get(ground.path(rule, DOOR))
            assert rows_of(ground.world) == before, rule
            if rule.endpoint not in NO_LOOKS:
                ground.browsers[INSIDE].get(ground.path(rule, INSIDE))
                assert (key, "identity_contact") in rows_of(ground.world) - before, rule
    assert db.session.query(AccessRead).filter(AccessRead.actor_key == "client:None").count() == 0


@pytest.mark.either_database
def test_page_that_cannot_be_written_down_is_not_shown(ground: Ground) -> None:
    with clock.stopped(clock.now() + timedelta(hours=1)), broken_read_log():
        for rule in ground.behind(BEHIND, "GET"):
            if rule.endpoint in NO_LOOKS:
                continue
            answer = ground.browsers[INSIDE].get(ground.path(rule, INSIDE))
            assert answer.status_code == 503, rule
            assert [word for word in PERSONAL if word in answer.text] == []
