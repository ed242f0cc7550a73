"""Going through the whole site by its own links, so that no page is left out."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

LINK = re.compile(r"<a\s[^>]*>")
"""Our pages write attributes in double quotes, with whatever could end a tag escaped."""
DOWNLOADS = re.compile(r"\sdownload[\s=>]")
ADDRESS = re.compile(r'\shref="([^"]+)"')
A_KIND = 2
"""Pages that are looked at of the first kind of an endpoint, for the second may be longer; a kind
is an endpoint and the names of its arguments."""
WITHIN_A_KIND = 6
"""Pages that are asked for their links, of the first kind of an endpoint. Which of them come first
depends on the time of day, and what leads where no other does may be none of these."""
KINDS = 3
"""Kinds of one endpoint that are looked at: filters can be asked for in any combination, and show
the same parts of the page, fuller or emptier."""


def links_in(page: str) -> list[str]:
    """The addresses that a page leads to, by links alone: what is sent by a form acts."""
    links = [link for link in LINK.findall(page) if not DOWNLOADS.search(link)]
    return [html.unescape(found[1]) for found in map(ADDRESS.search, links) if found]


class Explorer:
    """Follows links from some beginnings; `pages` are the addresses of HTML pages to look at."""

    def __init__(self, page: Page, base_url: str, url_map: Map) -> None:
        self.asked = page.context.request
        self.base_url = base_url
        self.addresses = url_map.bind("localhost")
        self.kinds: Counter[str] = Counter()
        self.kinds_of: Counter[str] = Counter()
        self.first_kinds: dict[str, str] = {}
        self.files: set[str] = set()
        self.seen: set[str] = set()
        self.endpoints: set[str] = set()
        self.pages: list[str] = []
        self.one_of_each: list[str] = []
        self.first_of_all: set[str] = set()
        """One page of each endpoint."""
        self.problems: list[str] = []

    def explore(self, beginnings: list[str]) -> None:
        waiting = list(beginnings)
        while waiting:
            path = waiting.pop(0)
            if self.is_wanted(path):
                waiting += self.visit(path)

    def is_wanted(self, path: str) -> bool:
        """Whether the page is of a kind that was not looked at often enough yet."""
        if path in self.seen:
            return False
        self.seen.add(path)
        try:
            endpoint = self.endpoint_of(path)
        except HTTPException:
            self.problems.append(f"{path} leads nowhere")
            return False
        kind = self.kind_of(path)
        self.endpoints.add(endpoint)
        self.first_kinds.setdefault(endpoint, kind)
        if kind not in self.kinds:
            self.kinds_of[endpoint] += 1
        if self.kinds_of[endpoint] > (1 if endpoint in self.files else KINDS):
            return False
        self.kinds[kind] += 1
        if self.kinds[kind] == 1:
            self.one_of_each.append(path)
            if self.kinds_of[endpoint] == 1:
                self.first_of_all.add(path)
        return self.kinds[kind] <= (WITHIN_A_KIND if kind == self.first_kinds[endpoint] else 1)

    def endpoint_of(self, path: str) -> str:
        endpoint: str = self.addresses.match(urlsplit(path).path, method="GET")[0]
        return endpoint

    def kind_of(self, path: str) -> str:
        return " ".join([self.endpoint_of(path), *sorted(parse_qs(urlsplit(path).query))])

    def visit(self, path: str) -> Iterator[str]:
        """The links of the page, which is kept where it is one."""
        answer = self.asked.get(self.base_url + path)
        if answer.status != 200:
            self.problems.append(f"{path} answers {answer.status}")
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        if not is_page or answer.headers.get("content-disposition", "").startswith("attachment"):
            self.one_of_each = [each for each in self.one_of_each if each != path]
            self.files.add(self.endpoint_of(path))
            return
        if self.kinds[self.kind_of(path)] <= A_KIND:
            self.pages.append(path)
        for href in links_in(answer.text()):
            target = urlsplit(urljoin(self.base_url + path, href))
            if f"{target.scheme}://{target.netloc}" == self.base_url:
                yield target.path + (f"?{target.query}" if target.query else "")
