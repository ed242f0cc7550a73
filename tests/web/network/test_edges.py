"""Past referrals from a list: looked at, confirmed in one, taken back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from careteam.cli.check import problems
from careteam.features.imports.models import ImportDraft
from careteam.features.referrals.models import Referral, ReferralEvent
from careteam.kit.db import db
from careteam.kit.tables import values
from tests.personas import World
from tests.support.statements import statements
from tests.support.visitor import Visitor

SignIn = Callable[[str], Visitor]
LIST = """from;to;date;count;answer
Wren Lead;Ash Seated;2025-11-03;3;accepted
Juniper Outside;wren@example.org;12/11/2025;;declined
Ash Seated;Juniper Outside;2025-11-04;9;accepted
Wren Lead;Nobody Known;2025-11-04;;accepted
Wren Lead;Juniper;2025-11-05;;"""


def bring(visitor: Visitor, rows: str = LIST) -> str:
    answer = visitor.post("/network/import", {"rows": rows})
    assert answer.status_code == 303, answer.text
    return answer.location


def confirm(visitor: Visitor, preview: str) -> str:
    answer = visitor.post(f"{preview}/confirm")
    assert answer.status_code == 303, answer.text
    return answer.location


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def count(model: type[Referral | ReferralEvent] = Referral) -> int:
    db.session.expire_all()
    return db.session.query(model).count()


def test_line_without_a_receiver_says_what_is_missing(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    page = plain(wren.get(bring(wren, "from;to;date;answer\nWren Lead;;2025-11-04;accepted")).text)
    assert re.search(r"Wren Lead row 2 Left empty .* It does not say to whom\.", page)


def test_own_rows_are_imported_and_taken_back(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    preview, before = bring(wren), count()
    page = plain(wren.get(preview).text)
    assert "Import 4 referrals" in page
    assert "Neither of the two is you. A steward imports for others." in page
    assert "“Nobody Known” is not in the directory." in page
    assert count() == before

    choice = re.search(r'name="(person-\d+)"[^>]*>(?:(?!</select>).)*Juniper Outside',
                       wren.get(preview).text, re.DOTALL)  # fmt: skip
    assert choice is not None
    chosen = {"day": "", "answer": "never_answered", choice[1]: str(world.juniper)}
    assert wren.post(preview, chosen).status_code == 303
    assert "Import 5 referrals" in plain(wren.get(preview).text)

    done = confirm(wren, preview)
    assert confirm(wren, preview) == done
    assert count() == before + 5
    statuses = db.session.query(Referral.status).filter(Referral.import_id.is_not(None))
    assert sorted(status for (status,) in statuses) == [
        "closed", "closed", "closed", "declined", "expired",
    ]  # fmt: skip
    assert [each for each in problems() if each.startswith("referral")] == []
    assert "3 , last 3 Nov 2025" in plain(wren.get("/network/list").text)

    again = plain(wren.get(bring(wren)).text)
    assert "Here already (2)" in again
    touched = db.session.query(Referral).filter_by(status="expired").one()
    touched.review_on = None
    touched.reason = "Rang back after all."
    db.session.commit()
    assert wren.post(f"{done}/undo").status_code == 303
    page = plain(wren.get(done).text)
    assert "4 referrals were removed. 1 referral stays" in page
    assert count() == before + 1
    assert signed_in("rowan").get(done).status_code == 404


def test_steward_brings_a_list_about_others_in_few_statements(
    world: World, signed_in: SignIn
) -> None:
    sorrel = signed_in("sorrel")
    rows = "".join(
        f"Ash Seated,Juniper Outside,2025-{month:02}-{day:02},2,accepted\n"
        for month in (9, 10, 11)
        for day in range(1, 29)
    )
    preview = bring(sorrel, f"from,to,date,count,answer\n{rows}")
    assert "Import 168 referrals" in plain(sorrel.get(preview).text)
    before = count()
    with statements() as seen:
        done = confirm(sorrel, preview)
    assert count() == before + 168
    assert len(seen) < 40
    entry = db.session.query(ReferralEvent).filter_by(way="import").first()
    assert entry is not None
    assert (entry.by_name, entry.entered_by) == ("Ash Seated", "Sorrel Steward")
    assert "many" in plain(sorrel.get("/network/list").text)
    sorrel.post(f"{done}/undo")
    assert (count(), count(ReferralEvent)) == (before, 0)


@pytest.mark.either_database
def test_ten_megabytes_of_wrong_ids_are_answered_at_once(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    line = "4f1c2b7a-0000-4000-8000-{0:012};9a0d2b7a-0000-4000-8000-{0:012};2025-01-01\n"
    lines = "".join(line.format(number) for number in range(118_000))
    file = (io.BytesIO(f"from;to;date\n{lines}".encode()), "edges.csv")
    answer = wren.post("/network/import", {"file": file})
    answer.request.input_stream.close()
    assert answer.status_code == 422
    assert "Nobody in these 20,000 rows is in the directory" in answer.text
    assert db.session.query(ImportDraft).count() == 0
    assert count() == db.session.query(Referral).filter(Referral.import_id.is_(None)).count()


@pytest.mark.either_database
def test_list_that_is_too_long_says_from_which_row_it_was_not_read(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "MAX_ROWS", 2)
    wren = signed_in("wren")
    page = plain(wren.get(bring(wren)).text)
    assert "Row 4: this and later rows were not read: the limit is 2." in page
    assert "could not be read" not in page


def test_a_list_of_practitioners_is_no_list_of_referrals(world: World, signed_in: SignIn) -> None:
    wren = signed_in("wren")
    draft = bring(wren).rsplit("/", 1)[1]
    assert wren.get(f"/import/practitioners/{draft}").status_code == 404
    answer = wren.post("/network/import", {"rows": ""})
    assert answer.status_code == 422
    assert "Choose a file or paste some rows." in answer.text
    answer = wren.post(f"/network/import/{draft}", {"day": "2199-01-01", "answer": "accepted"})
    assert answer.status_code == 422
    assert "This day is still to come." in answer.text
