"""Every route with real ids in it, asked by everybody: the ground of the hostile tests.

Nothing here knows a room. Addresses come from the URL map, ids from the rows of a filled world,
fields from the forms that the pages show.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unittest import mock
from urllib.parse import quote_plus, urlencode, urlsplit
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import inspect
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from careteam.access.permissions import Permission
from careteam.features.clients.models import Client as ClientRow
from careteam.features.clients.models import Goal
from careteam.features.pathways.content import load_content
from careteam.kit.db import Base, db
from tests.access.worlds import fill_every_model
from tests.personas import World
from tests.support.forms import PageForm, forms_of
from tests.support.visitor import TOKEN, Visitor

MISSING = "00000000-0000-4000-8000-000000000000"
CANARIES = ("Hazel Sample", "Walk to the shop without pain")
PERSONAS = ("stranger", "wren", "ash", "rowan", "sorrel")
ON_BOTH_DATABASES = "wren"
"""Who asks again on the other database: the one to whom the most is shown and calculated."""
EVERYBODY = [
    name if name == ON_BOTH_DATABASES else pytest.param(name, marks=pytest.mark.either_database)
    for name in PERSONAS
]
OUT_OF_REACH = ("stranger", "rowan", "sorrel")
STEWARDS_OWN = {
    Permission.MANAGE_ACCOUNTS,
    Permission.MANAGE_COMMUNITY,
    Permission.MANAGE_PATHWAYS,
}
COOKIES = ("careteam", "careteam-form", "careteam-browser")
LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)')
WORD = re.compile(r"(?<!^)(?=[A-Z])")


@cache
def quoted(text: str, *options: str) -> str:
    """The same long texts are sent again and again."""
    return quote_plus(text, *options)


@dataclass
class Findings:
    """What went wrong, with the first request of each kind; told all at once.

    `tried` counts the fields that were hostile by themselves, see `asking.rounds`.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    tried: set[tuple[str, str]] = field(default_factory=set)

    def add(self, what: str, wrong: str) -> None:
        self.kinds.setdefault(wrong, what)

    def ask(self, what: str, request: Callable[[], TestResponse]) -> TestResponse | None:
        self.asked += 1
        try:
            answer = request()
        except Exception as error:
            self.add(what, _cause(error))
            return None
        if answer.status_code >= 500:
            self.add(what, f"{answer.status_code} for {what.split(' {')[0]}")
        return answer

    def tell(self) -> None:
        lines = [f"{wrong}\n    {what}" for wrong, what in self.kinds.items()]
        assert not lines, f"{len(lines)} kinds in {self.asked} requests\n" + "\n".join(lines)


def _cause(error: BaseException) -> str:
    """Type, start of message, and the last lines of ours that it passed."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "/careteam/" in name and "/web/frame/" not in name and "site-packages" not in name:
            frames.append(f"{name.rsplit('/careteam/', 1)[1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} {str(error)[:160]!r} at {' < '.join(reversed(frames[-3:]))}"


@dataclass
class Browser:
    """Cookies and form token of one persona; a request leaves both as they were."""

    app: Flask
    name: str
    cookie: str
    token: str

    def get(self, path: str) -> TestResponse:
        return self._send(path, method="GET")

    def head(self, path: str) -> TestResponse:
        return self._send(path, method="HEAD")

    def post(self, path: str, fields: Any, **options: Any) -> TestResponse:
        if isinstance(fields, dict) and all(isinstance(each, list) for each in fields.values()):
            # as a browser would, but for brackets: thousands are read quicker as they are
            fields = urlencode(fields, doseq=True, safe="[", quote_via=quoted)
            options = {"content_type": "application/x-www-form-urlencoded"} | options
        return self._send(path, method="POST", data=fields, **options)

    def _send(self, path: str, **options: Any) -> TestResponse:
        db.session.remove()
        for name in list(g):
            g.pop(name)
        headers = [("Cookie", self.cookie), ("X-CSRFToken", self.token)]
        builder = EnvironBuilder(path, headers=headers, **options)
        try:
            request = builder.get_request()
            # not by a client, which would read the long address again, for cookies that stay
            return TestResponse(*run_wsgi_app(self.app, request.environ), request=request)
        finally:
            builder.close()
            for name in list(g):
                g.pop(name)
            db.session.remove()


@dataclass
class Ground:
    app: Flask
    world: World
    browsers: dict[str, Browser]
    ids: dict[str, dict[str, list[UUID]]]
    forms: dict[str, list[PageForm]] = field(default_factory=dict)

    def rules(self, method: str) -> list[Rule]:
        found = [rule for rule in self.app.url_map.iter_rules() if method in (rule.methods or ())]
        return sorted((r for r in found if r.endpoint != "static"), key=lambda rule: rule.rule)

    def behind(self, prefix: str, method: str) -> list[Rule]:
        """The pages whose addresses begin so: those behind one kind of link."""
        return [rule for rule in self.rules(method) if rule.rule.startswith(prefix)]

    def pages(self, prefix: str, whose: str) -> list[str]:
        """The addresses of these pages with ids filled in."""
        return [self.path(rule, whose) for rule in self.behind(prefix, "GET")]

    def path(self, rule: Rule, whose: str) -> str:
        """`whose` is "hazel", "linden" or "missing"; an id of a row about neither fits all."""
        values = {name: self._value(name, whose) for name in rule.arguments}
        path = rule.rule
        for name, value in values.items():
            path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
        return path

    def is_stewards(self, rule: Rule) -> bool:
        return self.app.extensions["careteam_access"].get(rule.endpoint) in STEWARDS_OWN

    def concerns_client(self, rule: Rule) -> bool:
        return any(self.ids["hazel"].get(name) for name in rule.arguments)

    def _value(self, name: str, whose: str) -> str:
        if not name.endswith("_id"):
            return "x"
        if whose == "missing":
            return MISSING
        known = self.ids[whose].get(name) or self.ids["shared"].get(name) or []
        return str(known[0]) if known else MISSING

    def learn_once(self, findings: Findings) -> None:
        """As `learn`, for the ground's first test of forms; the others find them known."""
        if not self.forms:
            self.learn(findings)

    def learn(self, findings: Findings) -> None:
        """Walk every page and what it links to; keep real addresses and forms by endpoint.

        The steward begins where nobody else may come; what links lead her to besides she sees too.
        """
        every = self.rules("GET")
        for name, rules in (
            ("wren", every),
            ("sorrel", [rule for rule in every if self.is_stewards(rule)]),
            ("stranger", every),
        ):
            self.walk(findings, name, [self.path(rule, "hazel") for rule in rules])

    def walk(self, findings: Findings, name: str, waiting: list[str]) -> None:
        """As `learn`, in one browser and from these addresses on."""
        seen: set[tuple[str, ...]] = set()
        while waiting:
            address = waiting.pop(0)
            endpoint = self._endpoint(address, "GET")
            names = sorted(part.split("=")[0] for part in urlsplit(address).query.split("&"))
            if endpoint is None or (endpoint, *names) in seen:
                continue
            seen.add((endpoint, *names))
            what = f"{name} GET {endpoint} {names}"
            answer = findings.ask(what, lambda a=address: self.browsers[name].get(a))  # type: ignore[misc]
            if answer is not None and answer.mimetype == "text/html":
                waiting += [html.unescape(each) for each in LINK.findall(answer.text)]
                self._keep_forms(answer.text, address)

    def _keep_forms(self, page: str, address: str) -> None:
        for form in forms_of(page):
            form.action = form.action or address
            endpoint = self._endpoint(form.action, "POST") if form.method == "post" else None
            if endpoint:
                self.forms.setdefault(endpoint, []).append(form)

    def _endpoint(self, address: str, method: str) -> str | None:
        try:
            found = self.app.url_map.bind("localhost").match(urlsplit(address).path, method)
        except HTTPException:
            return None
        return str(found[0]) if found[0] != "static" else None


def build(app: Flask, world: World, names: Iterable[str] = PERSONAS) -> Ground:
    goal = db.session.get_one(Goal, world.goal_id)
    goal.pathway = next(iter(load_content().pathways))
    fill_every_model(world)
    browsers = {name: _browser(app, name) for name in names}
    return Ground(app, world, browsers, _ids(world))


def _browser(app: Flask, name: str) -> Browser:
    visitor = Visitor(app)
    if name != "stranger":
        assert visitor.sign_in(f"{name}@example.org", "quiet river stones").status_code == 303
    return browser_of(visitor, name, "/account" if name != "stranger" else "/sign-in")


def browser_of(visitor: Visitor, name: str, page: str) -> Browser:
    """The visitor's cookies as they are, with the form token of this page."""
    found = TOKEN.search(visitor.get(page).text)
    assert found, page
    jar = {key: visitor.client.get_cookie(key) for key in COOKIES}
    cookie = "; ".join(f"{key}={value.value}" for key, value in jar.items() if value)
    return Browser(visitor.app, name, cookie, found.group(1))


def _ids(world: World) -> dict[str, dict[str, list[UUID]]]:
    """Ids of rows by the name an address would use, for both clients and for what is shared."""
    found: dict[str, dict[str, list[UUID]]] = {"hazel": {}, "linden": {}, "shared": {}}
    names = {row.id: row.name for row in db.session.query(ClientRow)}
    for mapper in Base.registry.mappers:
        if [column.name for column in inspect(mapper.class_).primary_key] != ["id"]:
            continue
        argument = f"{WORD.sub('_', mapper.class_.__name__).lower()}_id"
        for row in db.session.query(mapper.class_):
            client_id = getattr(row, "client_id", None)
            whose = "shared"
            if client_id is not None:
                whose = "hazel" if client_id == world.client_id else "linden"
            found[whose].setdefault(argument, []).append(row.id)
    assert len(names) == 2
    found["hazel"]["goal_id"].sort(key=lambda each: each != world.goal_id)
    found["hazel"]["seat_id"].sort(key=lambda each: each != world.seat_id)
    db.session.rollback()
    return found


@contextmanager
def in_silence(ground: Ground) -> Iterator[Ground]:
    """Nothing is kept of what is asked, and nobody's log is filled."""
    ground.app.logger.disabled = True
    try:
        with nothing_kept():
            yield ground
    finally:
        ground.app.logger.disabled = False


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Everything a request does is flushed and taken back, so that each finds the same rows."""

    def taken_back() -> None:
        db.session.flush()
        db.session.rollback()

    with mock.patch.object(db.session, "commit", taken_back):
        yield
