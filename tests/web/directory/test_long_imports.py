"""A long import is left to the worker, who says how far it is, and is whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from careteam.features.accounts.models import Account
from careteam.features.directory.models import Practitioner
from careteam.features.imports import working
from careteam.features.imports.models import ImportDraft
from careteam.kit import clock
from careteam.kit.db import db
from tests.personas import World
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


@pytest.fixture
def rowan(world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """With whom five rows are a long list, and a worker says how far it is after each."""
    monkeypatch.setattr(working, "MANY", 4)
    monkeypatch.setattr("careteam.features.imports.contents.REPORTS_EVERY", 1)
    return signed_in("rowan")


def asked(rowan: Visitor) -> str:
    rows = "\n".join(f"Ida Example{number}x, physio" for number in range(5))
    preview = rowan.post("/import/practitioners", {"rows": rows}).location
    assert rowan.post(f"{preview}/confirm").location == preview
    return str(preview)


def break_off(monkeypatch: pytest.MonkeyPatch, operation: str) -> None:
    """A worker's round in which this operation of its own fails."""

    def broken(**_: Any) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(working, operation, broken)
        with pytest.raises(ExceptionGroup):
            working.work_imports()


def count() -> int:
    db.session.rollback()
    return db.session.query(Practitioner).count()


def test_worker_writes_it_and_says_how_far_it_is(
    rowan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview, before, told = asked(rowan), count(), []
    answer = rowan.get(preview)
    assert "The list waits to be imported" in answer.text
    assert answer.headers["Refresh"] == "2"
    report = working._report

    def watched(draft_id: Any, percent: int) -> None:
        report(draft_id, percent)
        db.session.rollback()
        told.append(db.session.get_one(ImportDraft, draft_id).percent)
        db.session.rollback()

    monkeypatch.setattr(working, "_report", watched)
    assert working.work_imports() == "Lists imported: 1."
    assert told == [0, 18, 36, 54, 72, 90]
    assert count() == before + 5
    assert rowan.get(preview).location == f"{preview}/done"
    assert "5 entries are in the directory now" in rowan.get(f"{preview}/done").text
    assert working.work_imports() is None


def test_page_says_how_far_it_is_and_nothing_else_can_be_done_meanwhile(rowan: Visitor) -> None:
    preview, before = asked(rowan), count()
    draft = db.session.query(ImportDraft).one()
    draft.working_since, draft.percent = clock.now(), 45
    db.session.commit()
    page = rowan.get(preview).text
    assert "45%, reading the rows" in page
    assert "Back to the rows" not in page
    rowan.post(preview, {"default": "osteopath"})
    rowan.post(f"{preview}/call-off")
    rowan.post(f"{preview}/confirm", {"now": "yes"})
    assert "45%" in rowan.get(preview).text
    assert working.work_imports() is None, "somebody is at it"
    assert count() == before
    with clock.stopped(clock.now() + timedelta(minutes=3)):
        assert working.work_imports() == "Lists imported: 1.", "whoever was at it is gone"


def test_without_a_worker_it_can_be_done_at_once_or_called_off(rowan: Visitor) -> None:
    preview, before = asked(rowan), count()
    assert "Import here and now" not in rowan.get(preview).text
    with clock.stopped(clock.now() + timedelta(seconds=30)):
        assert "No worker has come to it yet" in rowan.get(preview).text
    with clock.stopped(clock.now() + timedelta(minutes=11)):
        assert "Refresh" not in rowan.get(preview).headers, "it does not ask for ever"
    rowan.post(f"{preview}/call-off")
    assert "What would be written" in rowan.get(preview).text
    assert working.work_imports() is None
    assert rowan.post(f"{preview}/confirm", {"now": "yes"}).location == f"{preview}/done"
    assert count() == before + 5


def test_one_that_breaks_off_leaves_nothing_and_says_so(
    rowan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview, before = asked(rowan), count()
    break_off(monkeypatch, "confirm_import")
    assert count() == before
    assert "The import broke off, and nothing was written" in rowan.get(preview).text
    rowan.post(f"{preview}/confirm")
    assert working.work_imports() == "Lists imported: 1."


def test_list_of_an_account_that_was_closed_is_not_imported(rowan: Visitor, world: World) -> None:
    asked(rowan)
    before = count()
    db.session.get_one(Account, world.rowan.account_id).disabled_at = clock.now()
    db.session.commit()
    assert working.work_imports() is None
    assert count() == before


def test_preview_says_how_many_rows_there_are_and_that_many_take_a_while(
    rowan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "\n".join(f"Ida Example{number}x, physio" for number in range(5))
    preview = rowan.post("/import/practitioners", {"rows": rows}).location
    page = rowan.get(preview).text
    assert "5 rows from pasted rows" in page
    assert "takes some seconds" not in page
    monkeypatch.setattr("careteam.web.directory.importing.TAKES_A_WHILE", 4)
    assert "takes some seconds" in rowan.get(preview).text


def imported(rowan: Visitor) -> str:
    preview = asked(rowan)
    assert working.work_imports() == "Lists imported: 1."
    return preview


def test_long_one_is_taken_back_by_the_worker(rowan: Visitor) -> None:
    before = count()
    preview = imported(rowan)
    for _ in range(2):
        assert rowan.post(f"{preview}/undo").location == f"{preview}/done"
    answer = rowan.get(f"{preview}/done")
    assert "The import waits to be taken back" in answer.text
    assert answer.headers["Refresh"] == "2"
    assert count() == before + 5
    assert working.work_imports() == "Lists taken back: 1."
    assert "5 entries were taken back" in rowan.get(f"{preview}/done").text
    assert count() == before
    assert working.work_imports() is None


def test_taking_back_is_called_off_or_done_at_once(rowan: Visitor) -> None:
    before = count()
    preview = imported(rowan)
    rowan.post(f"{preview}/undo")
    with clock.stopped(clock.now() + timedelta(seconds=30)):
        assert "Take back here and now" in rowan.get(f"{preview}/done").text
    rowan.post(f"{preview}/call-off")
    assert "Undo the import" in rowan.get(f"{preview}/done").text
    assert working.work_imports() is None
    rowan.post(f"{preview}/undo", {"now": "yes"})
    assert count() == before


def test_taking_back_that_breaks_off_leaves_everything_and_says_so(
    rowan: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = imported(rowan)
    before = count()
    rowan.post(f"{preview}/undo")
    break_off(monkeypatch, "undo_practitioners")
    assert count() == before
    assert "Taking it back broke off" in rowan.get(f"{preview}/done").text
    rowan.post(f"{preview}/undo")
    assert working.work_imports() == "Lists taken back: 1."
    assert "broke off" not in rowan.get(f"{preview}/done").text
