"""The board of referrals on a desk, the same as lists on a phone: what needs me first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from careteam.access.permissions import Permission
from careteam.domain.referral import Column
from careteam.domain.referral.board import COLUMNS, EITHER_WAY
from careteam.features.referrals.queries import (
    Stage,
    count_board,
    count_open_questions,
    list_board,
    list_questions,
    list_referrals,
)
from careteam.kit.paging import page_number
from careteam.web.frame.forms import page
from careteam.web.referrals.cards import cards_of, usual_of
from careteam.web.referrals.room import room

DIRECTIONS = {"in": True, "out": False}
QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. Without any of the last three it is the board."""

    direction: str
    stage: Stage | None = None
    column: Column | None = None
    questions: bool = False

    @property
    def incoming(self) -> bool | None:
        return DIRECTIONS.get(self.direction)

    @property
    def show(self) -> str | None:
        if self.questions:
            return QUESTIONS
        return self.stage or self.column

    @property
    def is_over(self) -> bool:
        return self.stage is Stage.OVER or self.column is Column.CLOSED

    def head(self, column: Column) -> str:
        if self.incoming is None:
            return EITHER_WAY[column]
        words = COLUMNS[column]
        return words.receiver if self.incoming else words.sender

    def href(self, show: str | None = None, **more: Any) -> str:
        return url_for("referrals.referral_list", way=self.direction or None, show=show, **more)


@room.get("/referrals", access=Permission.READ_DIRECTORY)
def referral_list() -> ResponseReturnValue:
    asked = _asked()
    counts = count_board(g.actor, asked.incoming)
    frame: dict[str, Any] = {
        "asked": asked,
        "columns": counts.columns,
        "needing": counts.needing,
        "open_questions": count_open_questions(g.actor),
    }
    if asked.questions:
        return page("referrals/question_list.html", found=_questions(asked), **frame)
    if asked.show is None:
        return _board_page(asked, frame)
    usual = usual_of(g.actor)
    found = list_referrals(
        g.actor,
        stage=asked.stage,
        column=asked.column,
        incoming=asked.incoming,
        dues=usual.dues,
        page=page_number(request.args.get("page")),
    )
    return page(
        "referrals/referral_list.html",
        found=found,
        cards=cards_of(found.items, usual, is_over=asked.is_over),
        **frame,
    )


def _board_page(asked: Asked, frame: dict[str, Any]) -> ResponseReturnValue:
    usual = usual_of(g.actor)
    board = list_board(g.actor, asked.incoming, usual.dues)
    return page(
        "referrals/board.html",
        board={
            column: cards_of(lines, usual, is_over=column is Column.CLOSED)
            for column, lines in board.columns.items()
        },
        first=cards_of(board.first, usual),
        **frame,
    )


def _questions(asked: Asked) -> Any:
    number = page_number(request.args.get("page"))
    return list_questions(g.actor, incoming=asked.incoming, page=number)


def _asked() -> Asked:
    """What the address says; what it says wrongly is left out."""
    direction, show = request.args.get("way", ""), request.args.get("show")
    return Asked(
        direction=direction if direction in DIRECTIONS else "",
        stage=Stage(show) if show in set(Stage) else None,
        column=Column(show) if show in set(Column) else None,
        questions=show == QUESTIONS,
    )
