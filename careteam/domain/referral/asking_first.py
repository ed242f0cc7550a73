"""One question before anything is sent, about no client: answered by yes, no or not now."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(days=90)
"""After its sending a question can be answered by its link for so long."""


class Reply(StrEnum):
    """The answer of one tap."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"


REPLIES: Mapping[Reply, str] = {Reply.YES: "Yes", Reply.NO: "No", Reply.NOT_NOW: "Not now"}


def may_be_answered(status: str, sent_at: datetime, now: datetime) -> bool:
    """Whether an answer is still taken: until it is taken back or has grown old.

    An answer may be changed, since a yes in March is none in May.
    """
    return status != "withdrawn" and now < sent_at + LASTS
