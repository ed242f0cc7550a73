"""Answers as the published documents of both services describe them, read to dates and counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from careteam.domain.relationships.activity import (
    Activity,
    Bluesky,
    Mastodon,
    Post,
    Unreadable,
    activity_words,
    counted,
    source_of,
)

DID = "did:plc:z72i7hdynmk6r22z27h6tvur"
OTHER = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
LONDON = ZoneInfo("Europe/London")


class Answers:
    """Answers by path; `asked` keeps what was asked for."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []

    def json(self, path: str, query: dict[str, str]) -> Any:
        self.asked.append((path, query))
        return self.answers[path]


def bluesky_post(at: str, parent: str | None = None, author: str = DID, **more: Any) -> Any:
    record: dict[str, Any] = {"$type": "app.bsky.feed.post", "text": "...", "createdAt": at}
    if parent:
        strong = {"uri": f"at://{parent}/app.bsky.feed.post/3k", "cid": "bafy"}
        record["reply"] = {"root": strong, "parent": strong}
    return {"post": {"uri": f"at://{author}/app.bsky.feed.post/3l", "cid": "bafy",
                     "author": {"did": author, "handle": "a.bsky.social"}, "record": record,
                     "replyCount": 0, "indexedAt": "2026-03-03T23:30:00.000Z"}, **more}  # fmt: skip


BLUESKY = {
    "/xrpc/app.bsky.actor.getProfile": {
        "did": DID, "handle": "a.bsky.social", "followersCount": 9000, "postsCount": 5},
    "/xrpc/app.bsky.feed.getAuthorFeed": {"cursor": "x", "feed": [
        bluesky_post("2026-03-03T23:30:00.000Z", OTHER),
        bluesky_post("2026-03-01T10:00:00Z", DID),
        bluesky_post("2026-02-01T10:00:00Z"),
        bluesky_post("2026-03-03T10:00:00Z", author=OTHER,
                     reason={"$type": "app.bsky.feed.defs#reasonRepost"}),
    ]},
}  # fmt: skip
ACCOUNT = {"id": "14715", "username": "tansy", "acct": "tansy", "followers_count": 9000}
MASTODON = {
    "/api/v1/accounts/lookup": ACCOUNT,
    "/api/v1/accounts/14715/statuses": [
        {"id": "3", "created_at": "2026-03-02T08:00:00.000Z", "in_reply_to_id": "1",
         "in_reply_to_account_id": "99", "reblog": None},
        {"id": "2", "created_at": "2026-03-01T08:00:00.000Z", "in_reply_to_id": "1",
         "in_reply_to_account_id": "14715", "reblog": None},
        {"id": "1", "created_at": "2026-02-01T08:00:00.000Z", "in_reply_to_id": None,
         "in_reply_to_account_id": None, "reblog": None},
    ],
}  # fmt: skip


def test_bluesky_counts_what_answers_somebody_else() -> None:
    ask = Answers(BLUESKY)
    found = counted(Bluesky("a.bsky.social").posts(ask), LONDON, date(2026, 3, 4))
    assert found == Activity(posts=3, answers=1, last_on=date(2026, 3, 3))
    assert ask.asked[0][1] == {"actor": "a.bsky.social"}
    assert ask.asked[1][1]["actor"] == DID


def test_mastodon_counts_what_answers_somebody_else() -> None:
    ask = Answers(MASTODON)
    found = counted(Mastodon("tansy", "social.example").posts(ask), LONDON, date(2026, 3, 4))
    assert found == Activity(posts=3, answers=1, last_on=date(2026, 3, 2))
    assert ask.asked == [
        ("/api/v1/accounts/lookup", {"acct": "tansy"}),
        ("/api/v1/accounts/14715/statuses", {"limit": "40", "exclude_reblogs": "true"}),
    ]


@pytest.mark.parametrize("wrong", [None, [], {"id": 7}, {"id": "../admin"}, {"id": "14715"}])
def test_what_the_documents_do_not_describe_is_not_read(wrong: Any) -> None:
    answers = {"/api/v1/accounts/lookup": wrong, "/api/v1/accounts/14715/statuses": [{"id": 1}]}
    with pytest.raises(Unreadable):
        Mastodon("tansy", "social.example").posts(Answers(answers))
    feed = {"feed": [{"post": {"author": {"did": DID}, "record": {"createdAt": "yesterday"}}}]}
    with pytest.raises(Unreadable):
        Bluesky("a.example").posts(
            Answers(BLUESKY | {"/xrpc/app.bsky.feed.getAuthorFeed": wrong or feed})
        )


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        ("@tansy@social.example", Mastodon("tansy", "social.example")),
        ("tansy@Social.Example", Mastodon("tansy", "social.example")),
        ("https://social.example/@tansy", Mastodon("tansy", "social.example")),
        ("@tansy.bsky.social", Bluesky("tansy.bsky.social")),
        (" https://bsky.app/profile/tansy.example ", Bluesky("tansy.example")),
        ("tansy", None),
        ("tansy@localhost", None),
        ("tansy@10.0.0.1", None),
        ("tansy@social.example:8443", None),
        ("https://social.example/@tansy/../x", None),
        ("", None),
    ],
)
def test_handle_is_read_or_refused(typed: str, source: object) -> None:
    assert source_of(typed) == source


def test_day_is_the_communitys_and_never_to_come() -> None:
    late = Post(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), True)
    assert counted([late], LONDON, date(2026, 7, 5)).last_on == date(2026, 7, 2)
    assert counted([late], LONDON, date(2026, 6, 5)).last_on == date(2026, 6, 5)
    assert counted([], LONDON, date(2026, 6, 5)) == Activity(0, 0, None)


def test_words_are_counts_alone() -> None:
    found = Activity(40, 12, date(2026, 3, 2))
    assert activity_words(found, "social.example") == (
        "Of the last 40 posts 12 answer somebody else. Counted by machine at social.example."
    )
    assert "No post of their own" in activity_words(Activity(0, 0, None), "social.example")
