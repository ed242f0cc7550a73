"""Everything that is wrong is told at once."""

from __future__ import annotations

import pytest

from careteam.kit.errors import Conflict, Invalid, check_all


def refuse(message: str, field: str | None = None) -> None:
    raise Invalid(message, field=field)


def test_every_check_is_run_and_each_field_told_once() -> None:
    ran: list[str] = []

    def two() -> None:
        raise Invalid("No a.", field="a", others=[Invalid("No b.", field="b")])

    with pytest.raises(Invalid) as refused:
        check_all(two, lambda: refuse("No b either.", "b"), lambda: ran.append("last"), refuse_c)
    told = [(each.field, each.message) for each in refused.value.every]
    assert told == [("a", "No a."), ("b", "No b."), ("c", "No c.")]
    assert ran == ["last"]


def refuse_c() -> None:
    refuse("No c.", "c")


def test_nothing_wrong_is_no_refusal() -> None:
    check_all(lambda: None, lambda: 3)


def test_another_error_is_told_by_itself() -> None:
    def late() -> None:
        raise Conflict("Too late.")

    with pytest.raises(Conflict, match="Too late"):
        check_all(lambda: refuse("No a.", "a"), late)
