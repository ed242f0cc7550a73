"""The guided look at somebody: a few facts, each left open where it was not looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import InputRequired, Optional

from careteam.domain.relationships.activity import source_of
from careteam.domain.relationships.observing import ANSWERS, RESULTS, Fact
from careteam.features.directory.models import Practitioner
from careteam.features.relationships.observations import Looked
from careteam.kit import clock
from careteam.kit.errors import Invalid
from careteam.web.frame.forms import Form, choices, line, sensible_day

NOT_LOOKED = ("", "Not looked at")
FACTS_ONLY = "A fact, not an opinion. They can read it."


def _choice(label: str, offered: Mapping[str, str], empty: str = NOT_LOOKED[1]) -> RadioField:
    named = [("", empty), *((value, words.capitalize()) for value, words in offered.items())]
    return RadioField(label, choices=choices(named), default="")


def _day(label: str, default: object = None) -> DateField:
    return DateField(label, validators=[Optional(), sensible_day], default=default)


class CheckForm(Form):
    observed_on = _day("Looked on", clock.today)
    register = _choice("What the register shows", RESULTS[Fact.REGISTER])
    body = line("Register", longest=120)
    number = line("Number", longest=60)
    register_link = line("Address of the register’s page", longest=500)
    until_on = _day("Insurance seen, valid until")
    website = _choice("What the website shows", RESULTS[Fact.WEBSITE])
    website_link = line("Address of the website", longest=500)
    last_post_on = _day("Last post on")
    answers_public = _choice("Answers the public", ANSWERS)
    is_helpful = _choice("Tone is helpful", ANSWERS)
    social_link = line("Address of the social media profile", longest=500)
    social_note = line("What you saw", longest=300, description=FACTS_ONLY)
    reference = BooleanField("I asked somebody who knows their work")
    reference_note = line("Whom, and what they said they saw", longest=300, description=FACTS_ONLY)
    met_on = _day("Met in person on")

    def begin(self, entry: Practitioner) -> None:
        """What the entry says already."""
        self.body.data, self.number.data = entry.registration_body, entry.registration_number
        self.website_link.data = entry.website
        social = entry.social or ""
        self.social_link.data = social if social.startswith(("https://", "http://")) else None

    def looks(self) -> list[Looked]:
        """One for each fact that was looked at. Raises `Invalid` where there is none."""
        day: date | None = self.observed_on.data
        found = [*self._of_papers(day), *self._of_public(day), *self._of_people(day)]
        if not found:
            raise Invalid("Note at least one fact.", field="register")
        return found

    def _of_papers(self, day: date | None) -> list[Looked]:
        found = []
        if self.register.data:
            found.append(
                Looked(
                    Fact.REGISTER,
                    day,
                    result=self.register.data,
                    body=self.body.data,
                    number=self.number.data,
                    link=self.register_link.data,
                )
            )
        if self.until_on.data:
            found.append(Looked(Fact.INSURANCE, day, until_on=self.until_on.data))
        return found

    def _of_public(self, day: date | None) -> list[Looked]:
        found = []
        if self.website.data:
            link = self.website_link.data
            found.append(Looked(Fact.WEBSITE, day, result=self.website.data, link=link))
        answers, helpful = self.answers_public.data or None, self.is_helpful.data or None
        if self.last_post_on.data or answers or helpful or self.social_note.data:
            found.append(
                Looked(
                    Fact.SOCIAL,
                    day,
                    last_post_on=self.last_post_on.data,
                    answers_public=answers,
                    is_helpful=helpful,
                    link=self.social_link.data,
                    note=self.social_note.data,
                )
            )
        return found

    def _of_people(self, day: date | None) -> list[Looked]:
        found = []
        if self.reference.data or self.reference_note.data:
            found.append(Looked(Fact.REFERENCE, day, note=self.reference_note.data))
        if self.met_on.data:
            if self.met_on.data > clock.today():
                raise Invalid("This day is still to come.", field="met_on")
            found.append(Looked(Fact.MET, self.met_on.data))
        return found


class ActivityForm(Form):
    """Whose public posts are to be counted."""

    handle = line(
        "Handle on Bluesky or Mastodon",
        InputRequired("Type the handle."),
        longest=200,
        description="For example: name.bsky.social, @name@server.example",
    )

    @classmethod
    def of(cls, entry: Practitioner) -> ActivityForm:
        known = entry.social if source_of(entry.social or "") else None
        return cls(None, data={"handle": known})


class AnswerForm(Form):
    said = line("What you say to it", longest=500)
    is_contested = BooleanField("It is not right")
