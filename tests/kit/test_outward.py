"""Asking a server elsewhere: it is cut off when it is slow, huge, lying or leading us inwards."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from careteam.kit.outward import LARGEST, Door, NoAnswer, is_public
from tests.support.social import SocialServer, drips, floods, hangs, says, social_server

HOST = "social.example.org"


@pytest.fixture
def server() -> Iterator[SocialServer]:
    with social_server() as running:
        yield running


def refused(door: Door, host: str = HOST) -> str:
    with pytest.raises(NoAnswer) as error, door.ask(host) as ask:
        ask.json("/it", {})
    return error.value.reason


def test_answer_is_read_and_the_query_written_safely(server: SocialServer) -> None:
    server.answers["/it"] = says(200, {"a": [1]})
    with server.door(HOST).ask(HOST) as ask:
        assert ask.json("/it", {"q": "a&b c"}) == {"a": [1]}
    assert server.asked == ["/it?q=a%26b+c"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (says(302, b"", Location="http://127.0.0.1/"), "sends us elsewhere"),
        (says(200, b"<html>", kind="text/html"), "something else than data"),
        (says(200, b"\x1f\x8b", **{"Content-Encoding": "gzip"}), "something else than data"),
        (says(200, b"{"), "something else than data"),
        (says(200, b"[" * 100_000), "something else than data"),
        (says(200, b" " * (LARGEST + 1)), "too large"),
        (floods, "too large"),
        (says(500, {}), "does not answer this (500)"),
    ],
)
def test_what_is_no_plain_answer_is_cut_off(
    server: SocialServer, answer: object, words: str
) -> None:
    server.answers["/it"] = answer  # type: ignore[assignment]
    assert words in refused(server.door(HOST))
    assert len(server.asked) == 1


@pytest.mark.parametrize("slow", [hangs, drips])
def test_time_is_kept_for_all_of_it(server: SocialServer, slow: object) -> None:
    server.answers["/it"] = slow  # type: ignore[assignment]
    began = time.monotonic()
    assert refused(server.door(HOST, seconds=0.4)) == f"{HOST} did not answer in time."
    assert time.monotonic() - began < 5


def test_only_hosts_that_were_set_are_asked(server: SocialServer) -> None:
    assert "not among the servers" in refused(server.door(HOST), "other.example.org")
    assert server.asked == []


def test_private_address_is_never_asked_not_even_beside_a_public_one(server: SocialServer) -> None:
    door = replace(server.door(HOST), allows=is_public)
    assert "private network" in refused(door)
    assert "private network" in refused(replace(door, resolve=lambda _: ["9.9.9.9", "10.0.0.7"]))
    assert server.asked == []


def test_strange_certificate_and_unknown_name_are_said(server: SocialServer) -> None:
    door = server.door(HOST)
    assert "certificate" in refused(replace(door, context=None))

    def unknown(_: str) -> list[str]:
        raise OSError

    assert refused(replace(door, resolve=unknown)) == f"{HOST} could not be found."


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"],
)  # fmt: skip
def test_address_of_this_machine_or_its_networks(address: str) -> None:
    assert not is_public(address)


def test_address_of_the_open_internet() -> None:
    assert is_public("9.9.9.9")
    assert is_public("2620:fe::fe")
