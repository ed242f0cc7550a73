"""Accounts made and rescued on the machine itself."""

from __future__ import annotations

import re

from flask import Flask

from tests.personas import PASSWORD, World
from tests.support.visitor import Visitor


def test_forgotten_password_of_the_only_steward_is_set_by_command(
    world: World, app: Flask, visitor: Visitor
) -> None:
    told = app.test_cli_runner().invoke(args=["password", "Sorrel@example.org"])
    assert told.exit_code == 0, told.output
    found = re.search(r"first password (\S+)", told.output)
    assert found
    assert visitor.sign_in("sorrel@example.org", PASSWORD).status_code == 422
    assert visitor.sign_in("sorrel@example.org", found.group(1)).status_code == 303
    assert visitor.get("/accounts").location == "/account/password"


def test_password_of_nobody_is_refused(world: World, app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["password", "nobody@example.org"])
    assert told.exit_code == 1
    assert "There is no account with this e-mail." in told.output


def test_account_needs_an_address_that_can_exist(world: World, app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["account", "Zoe Example", "notmail"])
    assert told.exit_code == 1
    assert "This is not an e-mail address." in told.output
