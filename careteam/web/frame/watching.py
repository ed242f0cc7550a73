"""A page that is open while somebody else changes the plan asks, cheaply and often, for news."""

from __future__ import annotations

from uuid import UUID

from flask import g, jsonify, make_response, request
from werkzeug.wrappers import Response

from careteam.domain.wording import list_words
from careteam.features.plans.watch_queries import Mark, News, mark_of, news_since
from careteam.kit import clock
from careteam.web.frame.filters import instant

MOST_NAMED = 3
STOPS = "What has to stop was changed."


def news_of_plan(goal_id: UUID) -> Response:
    """304 while the plan stands as the caller knows it, else a sentence on what changed since the
    page was made; empty where that was the reader alone."""
    now = mark_of(g.actor, goal_id)
    since = Mark.read(request.args.get("since", "")) or now
    if str(now) in request.if_none_match:
        response = make_response("", 304)
    else:
        response = jsonify(text=_words(news_since(g.actor, goal_id, since, now)))
    response.set_etag(str(now))
    return response


def _words(news: News) -> str:
    told = [f"{_who(news.names)} changed this plan{_when(news)}."] if news.names else []
    if news.published:
        told.append(f"Version {news.published} was published.")
    if news.answered:
        told.append(f"{_who(news.answered)} said what they think of it.")
    return " ".join([*told, STOPS] if news.stops else told)


def _who(names: tuple[str, ...]) -> str:
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return list_words(names)


def _when(news: News) -> str:
    if news.at is None:
        return ""
    local = clock.local(news.at)
    return f" at {local:%H:%M}" if local.date() == clock.today() else f" on {instant(news.at)}"
