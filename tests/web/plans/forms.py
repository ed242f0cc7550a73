"""What the form of a milestone sends when nothing in it was touched."""

from __future__ import annotations

from careteam.features.plans.models import Milestone


def form_of(row: Milestone, **values: object) -> dict[str, object]:
    return {
        "title": row.title,
        "owner": "lead",
        "due_on": row.due_on.isoformat(),
        "version": row.version,
    } | values
