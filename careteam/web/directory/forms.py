"""Forms of the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    FileField,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Email, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from careteam.features.directory.availability import Availability, availability_of
from careteam.features.directory.details import MOST_DISCIPLINES, MOST_WORKPLACES, Details, Work
from careteam.features.directory.interests import INTERESTS
from careteam.features.directory.models import Practitioner
from careteam.features.directory.trust import LONGEST as LONGEST_TRUST
from careteam.kit.languages import language_name
from careteam.web.directory.choices import (
    ACCEPTING,
    WAYS,
    LanguagesField,
    NthChoice,
    discipline_choices,
)
from careteam.web.frame.forms import Form, choices, line, sensible_day, text

EMAIL = Email("This is not an e-mail address.")


def _another_discipline(place: int) -> NthChoice:
    return NthChoice(
        "Another discipline",
        place=place,
        name="disciplines",
        id=f"disciplines-{place + 1}",
        choices=lambda: discipline_choices("None"),
    )


def _fee(label: str) -> DecimalField:
    return DecimalField(
        label,
        places=2,
        validators=[Optional(), NumberRange(0, 999_999, "Give a fee of 0 or more.")],
        render_kw={"inputmode": "decimal"},
    )


class WorkForm(PlainForm):
    practice = line("Practice")
    place = line("Town")
    days = line("Days")
    phone = line("Telephone there", render_kw={"type": "tel"})


class PractitionerForm(Form):
    """`practice`, `place` and `days` are those of the first workplace, `workplaces` the others."""

    name = line("Name", InputRequired("Give a name."))
    kind = RadioField(
        "This is",
        choices=choices((("person", "A person"), ("service", "A service"))),
        default="person",
    )
    disciplines = NthChoice(
        "Main discipline",
        place=0,
        choices=lambda: discipline_choices("Choose a discipline"),
        validators=[InputRequired("Choose a discipline.")],
    )
    discipline_2 = _another_discipline(1)
    discipline_3 = _another_discipline(2)
    discipline_4 = _another_discipline(3)
    discipline_5 = _another_discipline(4)
    discipline_6 = _another_discipline(5)
    practice = line("Practice")
    place = line("Town")
    days = line("Days")
    workplaces = FieldList(FormField(WorkForm), max_entries=MOST_WORKPLACES)
    languages = LanguagesField("Languages")
    phone = line("Telephone", render_kw={"type": "tel", "autocomplete": "off"})
    email = line("E-mail", Optional(), EMAIL, render_kw={"type": "email", "autocomplete": "off"})
    website = line("Website", render_kw={"inputmode": "url"})
    social = line("Social media")
    accepting = RadioField("Takes new clients", choices=choices(ACCEPTING), default="unknown")
    usual_wait_days = IntegerField(
        "Usual wait in days", validators=[Optional(), NumberRange(0, 1095, "0 to 1095 days.")]
    )
    sees_in_person = BooleanField("In person", default=True)
    sees_online = BooleanField("Online")
    visits_homes = BooleanField("Home visits")
    is_public_service = BooleanField("Public or free service")
    fee_from = _fee("Fee from")
    fee_to = _fee("Fee up to")
    registration_body = line("Register")
    registration_number = line("Registration number")
    bio = text("About")

    @property
    def more_disciplines(self) -> list[NthChoice]:
        return [self[f"discipline_{number}"] for number in range(2, MOST_DISCIPLINES + 1)]

    def show(self, details: Details) -> None:
        """Fill the form with what an entry says."""
        for name, value in details.values().items():
            if name not in ("disciplines", "languages", "workplaces"):
                self[name].data = value
        chosen = dict(enumerate(details.disciplines))
        for place, field in enumerate((self.disciplines, *self.more_disciplines)):
            field.data = chosen.get(place, "")
        self.languages.data = ", ".join(map(language_name, details.languages))
        first, *others = (*details.workplaces, Work())[: max(1, len(details.workplaces))]
        self.practice.data, self.place.data, self.days.data = (
            first.practice,
            first.place,
            first.days,
        )
        while self.workplaces.entries:
            self.workplaces.pop_entry()
        for work in others:
            self.workplaces.append_entry(work)
        self.offer_another_workplace()

    def offer_another_workplace(self) -> None:
        """One empty workplace at the end, to be filled without a script."""
        entries = self.workplaces.entries
        if len(entries) < MOST_WORKPLACES - 1 and not (
            entries and not any(entries[-1].data.values())
        ):
            self.workplaces.append_entry()

    def details(self, first_phone: str | None = None) -> Details:
        """What was typed. `first_phone` is that of the first workplace, which has no field."""
        plain = {
            name: self[name].data
            for name in Details.__dataclass_fields__
            if name not in ("disciplines", "languages", "workplaces", "fee_from", "fee_to")
        }
        chosen = (field.data for field in (self.disciplines, *self.more_disciplines))
        works = (
            Work(self.practice.data, self.place.data, self.days.data, first_phone),
            *(Work(**entry) for entry in self.workplaces.data),
        )
        return Details(
            **plain,
            fee_from=_rounded(self.fee_from.data),
            fee_to=_rounded(self.fee_to.data),
            disciplines=tuple(dict.fromkeys(filter(None, chosen))),
            languages=tuple(sorted(self.languages.codes)),
            workplaces=tuple(work for work in works if not work.is_empty),
        )


def _rounded(fee: Decimal | None) -> Decimal | None:
    return None if fee is None else fee.quantize(Decimal("0.01"))


RADII = (
    ("", "25 km"),
    ("5", "5 km"),
    ("10", "10 km"),
    ("50", "50 km"),
    ("100", "100 km"),
    ("any", "Any distance"),
)


class SearchForm(Form):
    """State in the address, so it carries no token."""

    class Meta:
        csrf = False

    q = line(
        "Find in the directory", render_kw={"type": "search", "placeholder": "Name, place, work"}
    )
    discipline = SelectField(
        "Discipline", choices=lambda: discipline_choices("Any discipline"), default=""
    )
    place = line("Near", render_kw={"placeholder": "Town"})
    within = SelectField(
        "Within",
        choices=choices(RADII),
        default="",
    )
    language = SelectField("Speaks", choices=[], default="")
    accepting = BooleanField("Takes new clients")
    ways = SelectMultipleField(
        "Sees clients",
        choices=choices(WAYS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    fee = _fee("Fee at most")
    public = BooleanField("Public or free")
    retired = BooleanField("Taken out of the directory")


class AvailabilityForm(Form):
    """What is true today: said whole, by whoever keeps the entry."""

    accepting = RadioField(
        "Takes new clients",
        id="takes-clients",
        choices=choices((("yes", "Yes"), ("no", "Not now"))),
        validators=[InputRequired("Choose yes or no.")],
    )
    usual_wait_days = IntegerField(
        "Usual wait in days", validators=[Optional(), NumberRange(0, 1095, "0 to 1095 days.")]
    )
    away_until = DateField("Away until", validators=[Optional(), sensible_day])

    @classmethod
    def of(cls, entry: Practitioner) -> AvailabilityForm:
        said = availability_of(entry, entry.accepting)
        return cls(None, data=asdict(said))

    @property
    def said(self) -> Availability:
        return Availability(self.accepting.data, self.usual_wait_days.data, self.away_until.data)


class VerifyForm(Form):
    on = DateField("Checked on", validators=[Optional(), sensible_day])


class RegistrationForm(Form):
    registration_body = line("Register", InputRequired("Say which register."))
    registration_number = line("Registration number")
    checked_on = DateField("Looked up on", validators=[Optional(), sensible_day])


class InterestForm(Form):
    """Whether one has an interest in somebody who is named to clients."""

    kind = RadioField(
        "Your interest in them",
        choices=[SelectChoice("", "None"), *(SelectChoice(*each) for each in INTERESTS.items())],
        default="",
    )


class TrustForm(Form):
    """One sentence of one's own about somebody."""

    sentence = line("Why you trust them, in one sentence", longest=LONGEST_TRUST)


class RetireForm(Form):
    reason = line("Why")


class LinkForm(Form):
    """A steward gives the entry an account: one that is there, or a new one."""

    account = SelectField("Account", choices=[])


class NewAccountForm(Form):
    email = line("E-mail", InputRequired("Give an e-mail address."), EMAIL)
    password = line("First password", InputRequired("Give a password."), longest=1000)


class ImportForm(Form):
    file = FileField(
        "A file: .xlsx, .csv or .vcf", render_kw={"accept": ".csv,.xlsx,.vcf,text/csv,text/vcard"}
    )
    rows = text("Or paste them here", longest=1_000_000)


def correction_form(
    columns: Iterable[Any],
    lacking: Iterable[int],
    ticks: Mapping[str, str],
    encodings: Mapping[str, str],
) -> type[Form]:
    """A form with a choice for each column, one for all rows, one for each row that lacks a
    discipline, and a box for each of `ticks`: its words by the name of its field. Where there are
    `encodings`, one of them is chosen."""
    fields: dict[str, Any] = {
        f"column-{index}": SelectField(heading, choices=choices(held), default="")
        for index, heading, held in columns
    }
    fields |= {
        f"row-{number}": SelectField(
            "Discipline",
            choices=lambda: discipline_choices("Choose a discipline"),
            default="",
        )
        for number in lacking
    }
    fields |= {name: BooleanField(words) for name, words in ticks.items()}
    fields["default"] = SelectField(
        "All rows without one are",
        choices=lambda: discipline_choices("Leave them out"),
        default="",
    )
    if encodings:
        fields["encoding"] = SelectField(
            "The letters are those of", choices=choices(tuple(encodings.items()))
        )
    return type("CorrectionForm", (Form,), fields)


BANDS = (("none", "0"), ("few", "1–2"), ("some", "3–5"), ("many", "more"))


def history_form(ids: Iterable[Any]) -> type[Form]:
    """Two choices for each person: how many I sent, how many I received."""
    fields: dict[str, Any] = {}
    for id_ in ids:
        fields[f"sent-{id_}"] = RadioField("I sent", choices=choices(BANDS), default="none")
        fields[f"received-{id_}"] = RadioField("I received", choices=choices(BANDS), default="none")
    return type("HistoryForm", (Form,), fields)
