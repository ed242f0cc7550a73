"""What a row says otherwise than the entry that is there. All made up."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from careteam.domain.importing.differing import differences

MOST = {"disciplines": 2, "workplaces": 2}


class Work(NamedTuple):
    practice: str | None = None
    place: str | None = None
    days: str | None = None
    phone: str | None = None


EMPTY: dict[str, Any] = {
    "name": "Ida Example", "email": None, "phone": None, "website": None, "accepting": "unknown",
    "bio": None, "fee_from": None, "fee_to": None, "registration_body": None,
    "registration_number": None, "disciplines": ("osteopath",), "languages": (), "workplaces": (),
}  # fmt: skip
QUAY = Work("Quay Rooms", "Bath", "Monday")


@pytest.mark.parametrize(
    ("says", "brought", "found"),
    [
        ({"phone": "1"}, {}, {}),
        ({"phone": "1"}, {"phone": "2"}, {"phone": {"phone": "2"}}),
        ({}, {"name": "Dr Ida Example"}, {"name": {"name": "Dr Ida Example"}}),
        ({"accepting": "yes"}, {"accepting": "unknown"}, {}),
        ({"accepting": "yes"}, {"accepting": "no"}, {"accepting": {"accepting": "no"}}),
        ({"website": "https://www.ida.org/"}, {"website": "http://ida.org"}, {}),
        ({"bio": "Mornings. Rings back."}, {"bio": "Mornings"}, {}),
        ({"fee_from": 40, "fee_to": 60}, {"fee_from": 40, "fee_to": 60}, {}),
        (
            {"fee_from": 40, "fee_to": 60},
            {"fee_from": 45, "fee_to": 60},
            {"fee": {"fee_from": 45, "fee_to": 60}},
        ),
        (
            {"registration_body": "HCPC"},
            {"registration_number": "PH1"},
            {"registration": {"registration_number": "PH1"}},
        ),
        ({"languages": ("en",)}, {"languages": ("en",)}, {}),
        (
            {"languages": ("en",)},
            {"languages": ("pl",)},
            {"languages": {"languages": ("en", "pl")}},
        ),
        (
            {},
            {"disciplines": ("dietitian", "podiatrist")},
            {"disciplines": {"disciplines": ("osteopath", "dietitian")}},
        ),
        ({"disciplines": ("a", "b")}, {"disciplines": ("c",)}, {}),
        ({"workplaces": (QUAY,)}, {"workplaces": (Work("quay rooms"),)}, {}),
        (
            {"workplaces": (QUAY,)},
            {"workplaces": (Work(None, "Bath", phone="2"),)},
            {"workplaces": {"workplaces": (QUAY._replace(phone="2"),)}},
        ),
        (
            {"workplaces": (QUAY,)},
            {"workplaces": (Work("Mill", "York"),)},
            {"workplaces": {"workplaces": (QUAY, Work("Mill", "York"))}},
        ),
        ({"workplaces": (QUAY, Work("Mill"))}, {"workplaces": (Work("Third"),)}, {}),
    ],
)
def test_only_what_is_said_otherwise_differs(
    says: dict[str, Any], brought: dict[str, Any], found: dict[str, Any]
) -> None:
    assert differences(EMPTY | says, EMPTY | brought, MOST) == found
