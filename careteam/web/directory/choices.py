"""Choices of the directory's forms, and fields for several values under one name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import SelectChoice, SelectField, StringField, ValidationError

from careteam.features.directory.catalogue import disciplines_by_group
from careteam.kit.languages import LANGUAGES, language_name, parse_languages
from careteam.kit.text import clean

ACCEPTING = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
WAYS = (("in_person", "In person"), ("online", "Online"), ("home_visit", "Home visits"))


def discipline_choices(empty: str) -> list[SelectChoice]:
    """Every discipline under its group; `empty` is what stands for none."""
    return [
        SelectChoice("", empty),
        *(
            SelectChoice(id_, label, optgroup=group)
            for group, pairs in disciplines_by_group().items()
            for id_, label in pairs
        ),
    ]


def language_choices(codes: Iterable[str]) -> list[SelectChoice]:
    """Languages by name; codes that are not known are left out."""
    known = sorted(set(codes) & set(LANGUAGES), key=language_name)
    return [
        SelectChoice("", "Any language"),
        *(SelectChoice(code, language_name(code)) for code in known),
    ]


class NthChoice(SelectField):
    """One of several choices that are sent under the same name; `place` counts from 0."""

    def __init__(self, *arguments: Any, place: int, **options: Any) -> None:
        super().__init__(*arguments, default="", **options)
        self.place = place

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist[self.place : self.place + 1])


class LanguagesField(StringField):
    """Languages as people write them; `codes` after a valid form are those understood."""

    codes: tuple[str, ...] = ()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = clean(", ".join(valuelist))

    def pre_validate(self, form: Any) -> None:
        read = parse_languages(self.data or "")
        if read.unknown:
            raise ValidationError(f"We do not know the language “{read.unknown[0]}”.")
        self.codes = read.codes
