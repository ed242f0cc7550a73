"""`flask demo`: fills what is empty, is silent where it is not, takes out what it put in."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from careteam.access.actor import Actor
from careteam.cli.demo import PASSWORD, first_password
from careteam.settings import Settings
from tests.personas import World
from tests.support.visitor import Visitor


def demo(app: Flask, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=("demo", *options))
    return result.exit_code, result.output


@pytest.mark.either_database
def test_empty_community_is_filled_and_the_printed_line_signs_in(app: Flask):
    code, output = demo(app, "--if-empty")

    email, password = output.removeprefix("Sample data are in. Sign in with ").split(
        " and the password: "
    )
    visitor = Visitor(app)
    assert code == 0
    assert visitor.sign_in(email, password.strip()).status_code == 303
    assert "Sample data." in visitor.get("/account").text


@pytest.mark.either_database
def test_second_start_is_silent(sample: Actor, app: Flask):
    assert demo(app, "--if-empty") == (0, "")


@pytest.mark.either_database
def test_start_without_the_example_says_that_it_is_in(sample: Actor, app: Flask):
    said = app.test_cli_runner().invoke(args=("setup-link",)).output

    assert said.startswith("The worked example is in this data folder.")


def test_people_who_are_there_are_left_alone(app: Flask, world: World):
    assert demo(app, "--if-empty") == (0, "")
    assert demo(app)[0] == 1


@pytest.mark.either_database
def test_removal_says_what_went_and_how_to_begin(sample: Actor, app: Flask):
    code, output = demo(app, "--remove")

    assert code == 0
    assert "Removed: 60 practitioners, 4 clients, " in output
    assert "flask setup-link" in output
    assert demo(app, "--remove") == (1, "Error: There are no sample data here.\n")


@pytest.mark.parametrize(
    ("values", "is_known"),
    [
        ({}, True),
        ({"host": "0.0.0.0"}, False),
        ({"public_url": "https://team.example.org"}, False),
        ({"proxy_hops": 1}, False),
    ],
)
def test_known_password_is_used_on_ones_own_computer_only(values, is_known):
    settings = Settings(database_url="sqlite:///x.sqlite3", data_folder=Path("var"), **values)

    assert (first_password(settings) == PASSWORD) is is_known
