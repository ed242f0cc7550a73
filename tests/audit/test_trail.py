"""Changes and looks are written down, without a value of anybody's, and only ever added."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from careteam.access.operation import OPERATIONS, operation
from careteam.audit.models import AuditEvent
from careteam.audit.sentences import SENTENCES
from careteam.features.accounts.operations import change_own_details
from careteam.features.accounts.queries import get_account
from careteam.kit.db import db
from tests.personas import World


def test_change_is_kept_as_names_of_fields(world: World) -> None:
    assert world.wren.account_id is not None
    account = get_account(world.wren, world.wren.account_id)
    change_own_details(
        actor=world.wren,
        account=account,
        name="Wren Renamed",
        email=account.email,
        keeps_ties_private=True,
    )
    db.session.commit()
    event = db.session.query(AuditEvent).order_by(AuditEvent.number.desc()).first()
    assert event is not None
    assert event.action == "account.changed"
    assert event.fields == ["accounts.keeps_ties_private", "accounts.name"]
    assert event.actor_name == "Wren Lead"
    assert event.object_id == str(account.id)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET action = 'x'", "DELETE FROM audit_events"]
)
def test_trail_cannot_be_changed(world: World, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only grows"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_every_operation_has_a_sentence() -> None:
    import careteam.web  # noqa: F401  (declares every operation that a page can reach)

    assert OPERATIONS
    for declared in OPERATIONS.values():
        assert declared.action in SENTENCES, declared.name


def test_operation_takes_keywords_and_an_actor() -> None:
    with pytest.raises(TypeError, match="keyword-only"):

        @operation(None, action="account.changed")
        def positional(actor: object) -> None: ...

    with pytest.raises(TypeError, match="needs the argument"):

        @operation(None, on="account", action="account.changed")
        def without(*, actor: object) -> None: ...
