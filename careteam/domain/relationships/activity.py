"""How active somebody is in public, as far as dates and counts tell: nothing of what they wrote.

Bluesky: lexicons `app.bsky.actor.getProfile`, `app.bsky.feed.getAuthorFeed` and
`app.bsky.feed.post` of the AT Protocol. Mastodon: `GET /api/v1/accounts/lookup` and
`GET /api/v1/accounts/:id/statuses` of its API documents. Both answer without an account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Protocol

BLUESKY = "public.api.bsky.app"
POSTS = 40
"""Looked at, the latest first: as many as Mastodon gives at once."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = rf"(?:{_LABEL}\.)+[a-z]{{2,63}}"
_ON_MASTODON = re.compile(
    rf"(?:https://(?P<host1>{_DOMAIN})/@(?P<name1>[a-z0-9_.-]{{1,64}})/?"
    rf"|@?(?P<name2>[a-z0-9_.-]{{1,64}})@(?P<host2>{_DOMAIN}))",
    re.IGNORECASE,
)
_ON_BLUESKY = re.compile(
    rf"(?:https://bsky\.app/profile/|@)?(?P<handle>{_DOMAIN})/?", re.IGNORECASE
)


class Unreadable(Exception):
    """What came back is not what the documents describe."""


class Asks(Protocol):
    """One host that answers with JSON."""

    def json(self, path: str, query: dict[str, str]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Post:
    at: datetime
    answers_somebody: bool


@dataclass(frozen=True, slots=True)
class Activity:
    """Of the latest posts: how many there were, how many answer somebody else, and the last day."""

    posts: int
    answers: int
    last_on: date | None


class Source(Protocol):
    """One handle at one service: whom to ask, and what is read there."""

    @property
    def host(self) -> str: ...
    @property
    def page(self) -> str: ...
    def posts(self, ask: Asks) -> list[Post]: ...


@dataclass(frozen=True, slots=True)
class Bluesky:
    handle: str

    @property
    def host(self) -> str:
        return BLUESKY

    @property
    def page(self) -> str:
        return f"https://bsky.app/profile/{self.handle}"

    def posts(self, ask: Asks) -> list[Post]:
        """What they only passed on is left out. Raises `Unreadable`."""
        did = _text(ask.json("/xrpc/app.bsky.actor.getProfile", {"actor": self.handle}), "did")
        query = {"actor": did, "limit": str(POSTS), "filter": "posts_with_replies"}
        feed = _part(ask.json("/xrpc/app.bsky.feed.getAuthorFeed", query), "feed", list)
        found = []
        for each in feed:
            post = _part(each, "post", dict)
            if "reason" not in each and _text(_part(post, "author", dict), "did") == did:
                found.append(_bluesky_post(post, did))
        return found


def _bluesky_post(post: dict[str, Any], did: str) -> Post:
    """The earlier of both times: the record's is its author's word, the other when it was seen."""
    record = _part(post, "record", dict)
    at = min(_instant(_text(record, "createdAt")), _instant(_text(post, "indexedAt")))
    reply = record.get("reply")
    if reply is None:
        return Post(at, False)
    parent = _text(_part(reply, "parent", dict), "uri")
    return Post(at, not parent.startswith(f"at://{did}/"))


@dataclass(frozen=True, slots=True)
class Mastodon:
    name: str
    server: str

    @property
    def host(self) -> str:
        return self.server

    @property
    def page(self) -> str:
        return f"https://{self.server}/@{self.name}"

    def posts(self, ask: Asks) -> list[Post]:
        """What they only passed on is left out. Raises `Unreadable`."""
        id_ = _text(ask.json("/api/v1/accounts/lookup", {"acct": self.name}), "id")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id_):
            raise Unreadable
        query = {"limit": str(POSTS), "exclude_reblogs": "true"}
        answer = ask.json(f"/api/v1/accounts/{id_}/statuses", query)
        if not isinstance(answer, list):
            raise Unreadable
        found = []
        for each in answer:
            at = _instant(_text(each, "created_at"))
            to = each.get("in_reply_to_account_id")
            if each.get("reblog") is None:
                found.append(Post(at, to is not None and to != id_))
        return found


def source_of(typed: str) -> Source | None:
    """Whose activity is meant; None for what is no handle of either service."""
    typed = typed.strip()
    at_mastodon = _ON_MASTODON.fullmatch(typed)
    if at_mastodon:
        name = at_mastodon["name1"] or at_mastodon["name2"]
        return Mastodon(name, (at_mastodon["host1"] or at_mastodon["host2"]).lower())
    at_bluesky = _ON_BLUESKY.fullmatch(typed)
    return Bluesky(at_bluesky["handle"].lower()) if at_bluesky else None


def counted(posts: Iterable[Post], zone: tzinfo, today: date) -> Activity:
    """Posts of days to come, which a server may claim, count as today's."""
    latest = sorted(posts, key=lambda post: post.at, reverse=True)[:POSTS]
    last_on = min(latest[0].at.astimezone(zone).date(), today) if latest else None
    return Activity(len(latest), sum(post.answers_somebody for post in latest), last_on)


def activity_words(found: Activity, host: str) -> str:
    if not found.posts:
        return f"No post of their own to be seen. Counted by machine at {host}."
    posts = "post" if found.posts == 1 else f"{found.posts} posts"
    answer = "answers" if found.answers == 1 else "answer"
    return (
        f"Of the last {posts} {found.answers} {answer} somebody else. Counted by machine at {host}."
    )


def _part(value: Any, name: str, kind: type) -> Any:
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind):
        raise Unreadable
    return found


def _text(value: Any, name: str) -> str:
    found: str = _part(value, name, str)
    return found


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
