"""Holders of links as personas: one opened it, one got it passed on, one is on the team; and of the
link to an entry in the directory one who opened it and one who showed the code."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID, uuid4

from careteam.features.clients.models import Goal
from careteam.features.consents.models import Consent
from careteam.features.directory.models import Practitioner
from careteam.features.letters.models import Attachment
from careteam.features.links.entries import entry_address
from careteam.features.links.models import Link
from careteam.features.measures.models import Measurement
from careteam.features.notes.models import Note
from careteam.features.referrals.handing_out import hand_over_link
from careteam.features.referrals.models import Referral
from careteam.kit.db import db
from tests.features.plans.worlds import a_step, hazels_goal
from tests.personas import World
from tests.security.grounds import CANARIES, Ground, browser_of
from tests.support.files import a_png
from tests.support.linking import a_linked_referral, a_place, confirm, open_link
from tests.support.visitor import Visitor

OF_REFERRAL, OF_ENTRY = "/r/<uuid:link_id>", "/e/<uuid:link_id>"
HOLDERS = {
    "opened": OF_REFERRAL,
    "passed on": OF_REFERRAL,
    "confirmed": OF_REFERRAL,
    "entry opened": OF_ENTRY,
    "entry confirmed": OF_ENTRY,
}
"""By persona, where the pages behind their link begin."""
LETTER = ("Eats too little for her training.", "Could you look at her meals?")
PERSONAL = (*CANARIES, *LETTER, "Eat breakfast", "Slept badly", "Clinic plan")
"""What nobody is shown who has not shown a code; initials are no secret."""
OF_JUNIPER = ("Juniper Outside", "Cooks with beans")
"""What stands in the entry; a link of a referral names its receiver at once."""
UNSHOWN = {
    "opened": PERSONAL,
    "passed on": PERSONAL,
    "confirmed": (),
    "entry opened": (*PERSONAL, *OF_JUNIPER),
    "entry confirmed": PERSONAL,
}
SHOWN = {"confirmed": PERSONAL, "entry confirmed": OF_JUNIPER}
"""By persona, what they may not be shown, and what those who showed a code are."""


def with_holders(ground: Ground) -> Ground:
    """The ground with a browser and ids of their own for each holder.

    By persona the ids are those of the link and of what it made; "<persona> beside" has rows of
    others behind the own link, "<persona> elsewhere" the own rows behind the link of another.
    """
    app, world = ground.app, ground.world
    _widen(world)
    _, asked = a_linked_referral(world)
    referral_id, seated, home = a_place(app, world)
    made = _make_one_of_each(world, seated, home, referral_id)
    opened, first = open_link(app, asked)
    passed_on, _ = open_link(app, _another_copy(world, referral_id))
    entry = _copy_to_entry(world)
    glanced, own = open_link(app, entry)
    herself, _ = open_link(app, entry)
    confirm(herself, own)
    ground.browsers |= {
        "opened": browser_of(opened, "opened", f"{first}/code"),
        "passed on": browser_of(passed_on, "passed on", f"{home}/code"),
        "confirmed": browser_of(seated, "confirmed", f"{home}/notes/new"),
        "entry opened": browser_of(glanced, "entry opened", own),
        "entry confirmed": browser_of(herself, "entry confirmed", f"{own}/edit"),
    }
    homes = (first, home, home, own, own)
    links = {name: UUID(path[3:]) for name, path in zip(HOLDERS, homes, strict=True)}
    for name, link_id in links.items():
        others = {key: ids for key, ids in ground.ids["hazel"].items() if key in made}
        ground.ids[name] = made | {"link_id": [link_id]}
        ground.ids[f"{name} beside"] = others | {"link_id": [link_id]}
        foreign = next(each for each in links.values() if each != link_id)
        ground.ids[f"{name} elsewhere"] = made | {"link_id": [foreign]}
    return ground


def _widen(world: World) -> None:
    """Something is measured that Juniper may know of."""
    db.session.get_one(Goal, world.goal_id).measure = "pain_nrs"
    db.session.commit()


def _make_one_of_each(
    world: World, seated: Visitor, home: str, referral_id: UUID
) -> dict[str, list[UUID]]:
    """A step, a note, a value and a file of the holder's, and treatment begun."""
    for consent in db.session.query(Consent).filter_by(practitioner_id=world.juniper):
        consent.classes = [*consent.classes, "functional_status"]
    seat_id = db.session.get_one(Referral, referral_id).seat_id
    step = a_step(world, hazels_goal(world), "Eat breakfast", owner=str(seat_id)).id
    db.session.commit()
    ids = {name: uuid4() for name in ("note_id", "measurement_id", "attachment_id")}
    note = {"body": "Slept badly", "audience": "team", "information_class": "safety_alerts"}
    value = {"measure": "pain_nrs", "value": "3", "taken_on": "2026-03-04", "how": "by phone"}
    file = {
        "file": (BytesIO(a_png()), "x.png"),
        "label": "Clinic plan",
        "information_class": "goal_plan",
    }
    for path, sent, name in (
        ("notes/new", note, "note_id"),
        ("value", value, "measurement_id"),
        ("files", file, "attachment_id"),
    ):
        sent = sent | {"new_id": str(ids[name])}
        kind = "multipart/form-data" if name == "attachment_id" else None
        assert seated.post(f"{home}/{path}", sent, content_type=kind).status_code == 303, path
    assert seated.post(f"{home}/start").status_code == 303
    for model, key in ((Note, "note_id"), (Measurement, "measurement_id")):
        assert db.session.get(model, ids[key]) is not None
    assert db.session.get(Attachment, ids["attachment_id"]) is not None
    db.session.commit()
    return {"milestone_id": [step], **{name: [id_] for name, id_ in ids.items()}}


def _copy_to_entry(world: World) -> str:
    db.session.get_one(Practitioner, world.juniper).bio = OF_JUNIPER[1]
    address = entry_address(world.juniper, "juniper@example.org")
    db.session.commit()
    assert address is not None
    return address.removeprefix("https://team.example.org")


def _another_copy(world: World, referral_id: UUID) -> str:
    referral = db.session.get_one(Referral, referral_id)
    address = hand_over_link(actor=world.wren, referral=referral)
    assert db.session.query(Link).filter_by(referral_id=referral_id).count() == 1
    db.session.commit()
    return address.removeprefix("https://team.example.org")
