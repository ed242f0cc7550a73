"""Referrals: the list, writing, one letter with its thread, and those of the past."""

from careteam.web.referrals import (
    acting,
    attaching,
    chasing,
    lists,
    papers,
    past,
    question_by_link,
    questions,
    telling,
    writing,
)
from careteam.web.referrals.room import room

__all__ = [
    "acting",
    "attaching",
    "chasing",
    "lists",
    "papers",
    "past",
    "question_by_link",
    "questions",
    "room",
    "telling",
    "writing",
]
