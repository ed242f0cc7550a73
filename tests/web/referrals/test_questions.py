"""Ask first: by inbox, by mail, by link, by mouth; answered in one tap, about nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from careteam.audit.models import AuditEvent
from careteam.features.outbox.models import Message
from careteam.features.referrals.models import FirstQuestion, Referral
from careteam.features.responsiveness.figures import measure_one
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]
WORDS = "Do you take fertility clients in May?"


def ask(wren: Visitor, to: object, route: str = "inbox", **more: str) -> tuple[str, FirstQuestion]:
    form = {"to": str(to), "text": WORDS, "route": route, "new_id": str(uuid4()), **more}
    answer = wren.post("/questions/new", form)
    assert answer.status_code == 303, answer.text
    return answer.location, question()


def question() -> FirstQuestion:
    db.session.expire_all()
    return db.session.query(FirstQuestion).one()


def link_in(text: str) -> str:
    found = re.search(r"https://team\.example\.org(/q/[^\s<\"]+)", text)
    assert found, text
    return found.group(1)


def test_member_answers_from_the_inbox_in_one_tap(world: World, signed_in: SignedIn) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    address, row = ask(wren, world.rowan.practitioner_id)
    assert (row.status, row.sent_by) == ("sent", "inbox")
    mail = db.session.query(Message).one()
    assert mail.recipient == "rowan@example.org"
    assert WORDS not in mail.body
    assert 'class="count">1<' in rowan.get("/referrals").text
    assert WORDS in rowan.get("/referrals?show=questions").text
    assert WORDS in rowan.get(address).text
    assert rowan.post(f"{address}/answer", {"reply": "yes", "word": "Two."}).status_code == 303
    row = question()
    assert (row.status, row.reply, row.word, row.reply_way) == (
        "answered",
        "yes",
        "Two.",
        "account",
    )
    page = wren.get(address).text
    assert f"/referrals/new?to={world.rowan.practitioner_id}" in page
    assert "Two." in wren.get("/referrals?show=questions&way=out").text


def test_mailed_link_is_answered_without_account_and_code(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    ask(signed_in("wren"), world.juniper, "mail")
    mail = db.session.query(Message).one()
    assert WORDS in mail.body
    path = link_in(mail.body)
    holder = Visitor(app)
    shown = holder.get(path)
    assert shown.status_code == 200
    assert WORDS in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Thank you" in holder.post(path, {"reply": "not_now", "word": "In June"}).text
    row = question()
    assert (row.reply, row.word, row.reply_way, row.entered_by) == (
        "not_now",
        "In June",
        "link",
        None,
    )
    assert holder.post(path, {"reply": "no"}).status_code == 200
    assert question().reply == "no"
    said = db.session.query(AuditEvent).filter_by(action="question.answered").all()
    assert {event.actor_name for event in said} == {"Juniper Outside"}


def test_opening_and_scanning_change_nothing(app: Flask, world: World, signed_in: SignedIn) -> None:
    address, _ = ask(signed_in("wren"), world.juniper, "link")
    path = link_in(signed_in("wren").post(f"{address}/link").text)
    holder = Visitor(app)
    holder.get(path)
    holder.head(path)
    assert holder.post_bare(path, {"reply": "yes"}).status_code in (400, 403)
    assert holder.post(path, {"reply": "perhaps"}).status_code == 422
    assert (question().status, question().reply) == ("sent", None)


def test_mangled_old_and_withdrawn_links_look_alike(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    address, _ = ask(wren, world.juniper, "link")
    path = link_in(wren.post(f"{address}/link").text)
    holder = Visitor(app)
    mangled = holder.get(path[:-2])
    assert mangled.status_code == 404
    with clock.stopped(clock.now() + timedelta(days=91)):
        assert holder.get(path).text == mangled.text
    assert wren.post(f"{address}/withdraw").status_code == 303
    assert holder.get(path).text == mangled.text
    assert holder.get("/q/x").text == mangled.text
    assert wren.post(f"{address}/link").status_code == 409


def test_answer_by_telephone_is_entered_by_hand(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    address, _ = ask(wren, world.juniper, "phone")
    assert wren.post(f"{address}/answer", {"reply": "no", "way": "phone"}).status_code == 303
    row = question()
    assert (row.reply, row.reply_way, row.entered_by) == ("no", "phone", "Wren Lead")
    assert "entered by hand by Wren Lead" in wren.get(address).text


def test_nobody_else_sees_it(world: World, signed_in: SignedIn) -> None:
    address, _ = ask(signed_in("wren"), world.rowan.practitioner_id)
    for name in ("ash", "sorrel"):
        other = signed_in(name)
        assert other.get(address).status_code == 404
        assert other.post(f"{address}/answer", {"reply": "yes"}).status_code == 404
        assert WORDS not in other.get("/referrals?show=questions").text
    assert signed_in("rowan").post(f"{address}/withdraw").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": ""}, "What would you like to know?"),
        ({"route": "inbox"}, "Not a valid choice"),
        ({"to": ""}, "Choose somebody"),
    ],
)
def test_wrong_input_keeps_what_was_typed(
    world: World, signed_in: SignedIn, wrong: dict[str, str], said: str
) -> None:
    wren = signed_in("wren")
    form = {"to": str(world.juniper), "text": WORDS, "route": "phone", "new_id": str(uuid4())}
    answer = wren.post("/questions/new", form | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.query(FirstQuestion).count() == 0


def test_pressing_twice_asks_once(world: World, signed_in: SignedIn) -> None:
    wren, new_id = signed_in("wren"), str(uuid4())
    for _ in range(2):
        ask(wren, world.rowan.practitioner_id, new_id=new_id)
    assert db.session.query(Message).count() == 1


def test_somebody_is_found_to_ask(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    assert wren.get("/questions/new").status_code == 200
    assert f"/questions/new?to={world.juniper}" in wren.get("/questions/new?q=juniper").text
    assert "Nobody matches" in wren.get("/questions/new?q=zzz").text
    assert wren.get(f"/questions/new?to={uuid4()}").status_code == 404


def test_question_counts_neither_as_referral_nor_in_answering(
    world: World, signed_in: SignedIn
) -> None:
    from careteam.features.directory.queries import get_practitioner

    address, _ = ask(signed_in("wren"), world.rowan.practitioner_id)
    signed_in("rowan").post(f"{address}/answer", {"reply": "yes"})
    assert db.session.query(Referral).count() == 0
    assert world.rowan.practitioner_id is not None
    entry = get_practitioner(world.wren, world.rowan.practitioner_id)
    figures = measure_one(world.wren, entry)
    assert (figures.n, figures.is_empty) == (0, True)


def told() -> list[tuple[str, str]]:
    """Of answers, by mail: to whom, and the words."""
    db.session.expire_all()
    mails = db.session.query(Message).filter_by(subject="Your question is answered")
    return [(mail.recipient, mail.body) for mail in mails]


def test_asker_is_told_once_by_mail_without_the_words(
    app: Flask, world: World, signed_in: SignedIn
) -> None:
    wren = signed_in("wren")
    address, _ = ask(wren, world.juniper, "link")
    path = link_in(wren.post(f"{address}/link").text)
    holder = Visitor(app)
    for _ in range(3):
        assert holder.post(path, {"reply": "yes", "word": "Two places."}).status_code == 200
    [(recipient, body)] = told()
    assert recipient == "wren@example.org"
    assert "Juniper Outside has answered" in body
    assert f"https://team.example.org{address}" in body
    for words in (WORDS, "Two places.", "Yes"):
        assert words not in body
    wren.post(f"{address}/read")
    holder.post(path, {"reply": "no"})
    assert len(told()) == 2


def test_answer_stands_on_today_until_it_is_read(world: World, signed_in: SignedIn) -> None:
    wren, rowan = signed_in("wren"), signed_in("rowan")
    address, _ = ask(wren, world.rowan.practitioner_id)
    assert "Wren Lead asks you" in rowan.get("/").text
    assert "Questions" not in wren.get("/").text.partition("<main")[2]
    rowan.post(f"{address}/answer", {"reply": "yes"})
    assert "Wren Lead asks you" not in rowan.get("/").text
    for page in ("/", address, "/referrals?show=questions"):
        assert f'action="{address}/read"' in wren.get(page).text
    assert "Rowan Member answered" in wren.get("/").text
    assert rowan.post(f"{address}/read").status_code == 403
    assert signed_in("ash").post(f"{address}/read").status_code == 404
    assert wren.post(f"{address}/read").location == address
    for page in ("/", address, "/referrals?show=questions"):
        assert f'action="{address}/read"' not in wren.get(page).text
    rowan.post(f"{address}/answer", {"reply": "not_now"})
    assert "Rowan Member answered" in wren.get("/").text


def test_answer_entered_by_hand_is_no_news(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    address, _ = ask(wren, world.juniper, "phone")
    wren.post(f"{address}/answer", {"reply": "no", "way": "phone"})
    assert told() == []
    assert "Juniper Outside answered" not in wren.get("/").text


def test_question_too_old_to_be_answered_leaves_today(world: World, signed_in: SignedIn) -> None:
    ask(signed_in("wren"), world.rowan.practitioner_id)
    rowan = signed_in("rowan")
    with clock.stopped(clock.now() + timedelta(days=5)):
        assert "Wren Lead asks you" in rowan.get("/").text
    with clock.stopped(clock.now() + timedelta(days=91)):
        rowan = signed_in("rowan")
        assert "Wren Lead asks you" not in rowan.get("/").text
