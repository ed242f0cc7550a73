"""How the main person keeps in touch: contacts, next steps, rhythms she wishes for, an outreach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from careteam.domain.relationships.touches import Kind
from careteam.features.demo.cast import MAIN
from careteam.features.demo.keys import practitioner_id, sample_id
from careteam.features.relationships.models import Campaign, CampaignTarget, Tending, Touch
from careteam.kit import clock
from careteam.kit.db import db

PRACTICE = "Lantern Lane Fertility Clinic (made up)"


@dataclass(frozen=True, slots=True)
class Noted:
    """`days` ago, and the next step in so many days from today."""

    key: str | None
    kind: Kind
    days: int
    note: str | None = None
    next_step: str | None = None
    next_in: int | None = None


TOUCHES = (
    Noted("saffron", Kind.MET, 40, "Shared a table at the pelvic health evening."),
    Noted("saffron", Kind.THANK_YOU, 39),
    Noted("saffron", Kind.DEMO_OFFERED, 12, "Would like one on a Thursday.", "Agree on a day", 0),
    Noted("maud", Kind.MET, 1, "First coffee. Sees people in the evenings."),
    Noted("leonie", Kind.CALL, 130, "Back from leave in spring."),
    Noted(None, Kind.CV_LEFT, 9, "With Rosie at the desk.", "Ask for the practice manager", 5),
)
RHYTHMS = (("leonie", 3), ("saffron", 6))


OUTREACH = ("saffron", "maud", None)
"""Whom her outreach is about; None is the practice."""


def add_keeping_in_touch() -> None:
    today, me = clock.today(), practitioner_id(MAIN)
    for number, each in enumerate(TOUCHES):
        touch = Touch(
            id=sample_id("touch", str(number)),
            author_id=me,
            practitioner_id=practitioner_id(each.key) if each.key else None,
            practice=None if each.key else PRACTICE,
            kind=each.kind.value,
            happened_on=today - timedelta(days=each.days),
            note=each.note,
            next_step=each.next_step,
            is_sample=True,
        )
        if each.next_in is not None:
            touch.next_on = today + timedelta(days=each.next_in)
        db.session.add(touch)
    for key, months in RHYTHMS:
        db.session.add(
            Tending(
                author_id=me,
                practitioner_id=practitioner_id(key),
                every_months=months,
                wished_on=today - timedelta(days=150),
                is_sample=True,
            )
        )
    _add_outreach()


def _add_outreach() -> None:
    mine = {"author_id": practitioner_id(MAIN)}
    campaign = Campaign(
        id=sample_id("campaign", "fertility"),
        name="Fertility clinics within 20 km",
        steps="visit,cv,demo,follow_up",
        began_on=clock.today() - timedelta(days=60),
        is_sample=True,
        **mine,
    )
    db.session.add(campaign)
    db.session.flush()
    for number, key in enumerate(OUTREACH):
        target = CampaignTarget(
            id=sample_id("target", str(number)),
            campaign_id=campaign.id,
            practitioner_id=practitioner_id(key) if key else None,
            practice=None if key else PRACTICE,
            is_sample=True,
            **mine,
        )
        db.session.add(target)
