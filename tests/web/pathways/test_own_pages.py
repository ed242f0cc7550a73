"""Stewards copy, bring, change, publish and retire pathways; everybody else chooses among them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest

from careteam.features.pathways import operations
from careteam.features.pathways.content import keep_up
from careteam.features.pathways.models import OwnPathway, PathwayVersion
from careteam.kit.db import db
from tests.personas import World
from tests.support.own_pathways import NAME, a_copy, publish
from tests.support.visitor import Visitor

SignedIn = Callable[[str], Visitor]


@pytest.fixture(autouse=True)
def _nothing_held():
    yield
    keep_up(None)


def the_own() -> OwnPathway:
    db.session.expire_all()
    return db.session.query(OwnPathway).one()


def test_a_steward_copies_a_pathway_publishes_it_and_a_member_chooses_it(
    world: World, signed_in: SignedIn
) -> None:
    sorrel = signed_in("sorrel")
    assert "Copy and edit" in sorrel.get("/pathways/skin_flare").text
    answer = sorrel.post("/pathways/skin_flare/copy", {"title": "Our skin days"})
    assert answer.status_code == 303
    assert "Our skin days" not in signed_in("wren").get("/pathways").text

    page = sorrel.get(answer.location)
    assert "nothing keeps it from being published" in page.text
    path, version = answer.location, the_own().version
    assert sorrel.post(f"{path}/publish", {"note": "", "version": version}).status_code == 422
    answer = sorrel.post(f"{path}/publish", {"note": "First", "version": version})
    assert answer.status_code == 303

    assert "Our skin days" in signed_in("wren").get("/pathways").text
    shown = signed_in("wren").get("/pathways/own_our_skin_days")
    assert shown.status_code == 200
    assert "Draft for clinical review" in shown.text
    goal_page = signed_in("wren").get(f"/clients/{world.client_id}/goals/new")
    assert "Our skin days" in goal_page.text


def test_sending_the_copy_twice_makes_one(world: World, signed_in: SignedIn) -> None:
    sorrel = signed_in("sorrel")
    fields = {"title": "Ours", "new_id": "00000000-0000-4000-8000-00000000aaaa"}
    first = sorrel.post("/pathways/skin_flare/copy", fields)
    second = sorrel.post("/pathways/skin_flare/copy", fields)

    assert first.location == second.location
    assert db.session.query(OwnPathway).count() == 1


def test_a_title_that_is_taken_is_refused_with_what_was_typed(
    world: World, signed_in: SignedIn
) -> None:
    a_copy(world)
    answer = signed_in("sorrel").post("/pathways/skin_flare/copy", {"title": "Desk backs"})

    assert answer.status_code == 422
    assert "Choose another title" in answer.text
    assert 'value="Desk backs"' in answer.text


def test_a_pathway_leaves_as_a_file_with_a_plain_name(world: World, signed_in: SignedIn) -> None:
    wren = signed_in("wren")
    answer = wren.get("/pathways/skin_flare/file")

    assert answer.headers["Content-Disposition"] == "attachment; filename=skin_flare.yaml"
    assert answer.text == operations.source_of(world.wren, "skin_flare")
    assert wren.get("/pathways/no_such/file").status_code == 404


def test_a_file_is_brought_and_its_problems_are_named(world: World, signed_in: SignedIn) -> None:
    sorrel, text = signed_in("sorrel"), operations.source_of(world.wren, "skin_flare")
    broken = text.replace("requirement: required", "requirement: perhaps")
    answer = sorrel.post("/pathways/bring", {"file": (BytesIO(broken.encode()), "x.yaml")})
    assert answer.status_code == 422
    assert answer.text.count("&#34;perhaps&#34; is not possible after") > 2
    assert "“requirement: perhaps”: role " in answer.text
    assert "title: " in answer.text
    assert db.session.query(OwnPathway).count() == 0

    answer = sorrel.post("/pathways/bring", {"file": (BytesIO(text.encode()), "x.yaml")})
    assert answer.status_code == 303
    assert the_own().pathway == "own_skin_flare"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a: &a [x]\nb: *a\n", "begin with &amp; or *"),
        (b"\xff\xfe\x00", "no plain text"),
        (b"x" * 400_000, "larger than 256 kB"),
        (b"{" * 50_000, "levels lie in each other"),
        (b"", "Choose a file"),
    ],
)
def test_hostile_files_are_refused_in_words(
    world: World, signed_in: SignedIn, data: bytes, words: str
) -> None:
    answer = signed_in("sorrel").post("/pathways/bring", {"file": (BytesIO(data), "x.yaml")})

    assert answer.status_code == 422
    assert words in answer.text


def test_a_megabyte_of_text_is_refused(world: World, signed_in: SignedIn) -> None:
    answer = signed_in("sorrel").post("/pathways/bring", {"source": "x" * 1024 * 1024})

    assert answer.status_code == 422
    assert db.session.query(OwnPathway).count() == 0


def test_a_draft_is_changed_as_text_and_late_text_is_shown_beside_the_other(
    world: World, signed_in: SignedIn
) -> None:
    own = a_copy(world)
    sorrel, path, version = signed_in("sorrel"), f"/pathways/own/{own.id}/text", own.version
    text = own.source.replace("title: Desk backs", "title: Desks and backs")
    assert sorrel.post(path, {"source": text, "version": version}).status_code == 303
    assert the_own().title == "Desks and backs"

    late = sorrel.post(path, {"source": "# mine\n" + text, "version": version})
    assert late.status_code == 409
    assert "# mine" in late.text
    assert the_own().title == "Desks and backs"
    assert "# mine" not in the_own().source


def test_a_draft_may_be_wrong_and_says_where(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    sorrel, path = signed_in("sorrel"), f"/pathways/own/{own.id}"
    text = own.source.replace("requirement: required", "requirement: perhaps", 1)
    sorrel.post(f"{path}/text", {"source": text, "version": own.version})
    line = text[: text.index("perhaps")].count("\n") + 1

    assert f"Line {line}" in sorrel.get(path).text
    answer = sorrel.post(f"{path}/publish", {"note": "x", "version": the_own().version})
    assert answer.status_code == 422
    assert db.session.query(PathwayVersion).count() == 0


@pytest.mark.parametrize("source", ["", "]", "id: other\ntitle: T", "id: own_desk_backs"])
def test_text_that_is_no_draft_of_it_is_refused(
    world: World, signed_in: SignedIn, source: str
) -> None:
    own = a_copy(world)
    answer = signed_in("sorrel").post(
        f"/pathways/own/{own.id}/text", {"source": source, "version": own.version}
    )

    assert answer.status_code == 422


def test_publishing_an_old_draft_is_refused(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    answer = signed_in("sorrel").post(
        f"/pathways/own/{own.id}/publish", {"note": "x", "version": own.version + 3}
    )

    assert answer.status_code == 409
    assert "changed meanwhile" in answer.text


def test_retiring_takes_it_from_the_list_and_restoring_brings_it_back(
    world: World, signed_in: SignedIn
) -> None:
    own = a_copy(world)
    publish(world, own)
    path, sorrel, wren = f"/pathways/own/{own.id}", signed_in("sorrel"), signed_in("wren")
    assert wren.get(f"/pathways/{NAME}").status_code == 200
    assert sorrel.post(f"{path}/retire").status_code == 303
    assert wren.get(f"/pathways/{NAME}").status_code == 404
    assert "Retired" in sorrel.get("/pathways").text
    assert sorrel.post(f"{path}/restore").status_code == 303
    assert wren.get(f"/pathways/{NAME}").status_code == 200


def test_versions_can_be_taken_away(world: World, signed_in: SignedIn) -> None:
    own = a_copy(world)
    publish(world, own)
    version = db.session.query(PathwayVersion).one()
    answer = signed_in("sorrel").get(f"/pathways/own/{own.id}/versions/{version.id}")

    assert answer.headers["Content-Disposition"] == f"attachment; filename={NAME}_1.yaml"
    assert "version: 1.0.0" in answer.text


@pytest.mark.parametrize("end", ["", "/text", "/publish", "/file"])
def test_members_see_no_draft(world: World, signed_in: SignedIn, end: str) -> None:
    own = a_copy(world)

    assert signed_in("wren").get(f"/pathways/own/{own.id}{end}").status_code == 403
    assert signed_in("wren").get("/pathways/bring").status_code == 403
    assert signed_in("wren").get("/pathways/skin_flare/copy").status_code == 403
