"""The worked example counted one by one, and the answer of a page taken apart."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from uuid import UUID

from careteam.features.directory.models import Practitioner
from careteam.features.referrals.models import Referral
from careteam.kit import clock
from careteam.kit.db import db
from tests.support.pages import legible
from tests.support.visitor import Visitor

QUESTIONS = "/network/questions"


def counted() -> list[Referral]:
    """Every referral that counts, one by one."""
    rows = db.session.query(Referral).all()
    return [row for row in rows if row.status not in ("draft", "discarded", "withdrawn")]


def day_of(row: Referral) -> date:
    return row.happened_on or clock.day_of(row.sent_at or row.created_at)


def names() -> dict[UUID, str]:
    return {row.id: row.name for row in db.session.query(Practitioner)}


def answer(visitor: Visitor, question: str) -> tuple[str, dict[str, list[str]]]:
    """The whole page in words, and the cells of each line by its head."""
    page = visitor.get(f"{QUESTIONS}/{question}").text
    lines = {}
    for line in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL):
        head, *cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)
        title = re.search(r"<a[^>]*>([^<]+)</a>", head)
        lines[title[1] if title else legible(head)] = [legible(cell) for cell in cells]
    return unescape(legible(page)), lines
