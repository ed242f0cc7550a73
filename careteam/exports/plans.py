"""A recovery plan as PDF."""

from __future__ import annotations

from dataclasses import asdict

from careteam.exports.typesetting import typeset
from careteam.features.plans.client_sheet import ClientSheet
from careteam.features.plans.sheet import PlanSheet


def plan_pdf(sheet: PlanSheet) -> bytes:
    data = asdict(sheet)
    del data["made_at"]
    return typeset("plan.typ", data | {"day": f"{sheet.day.day} {sheet.day:%B %Y}"}, sheet.made_at)


def client_plan_pdf(sheet: ClientSheet) -> bytes:
    """The client's page; the practitioners' is `plan_pdf`."""
    data = asdict(sheet)
    del data["made_at"]
    day = f"{sheet.day.day} {sheet.day:%B %Y}"
    return typeset("client_plan.typ", data | {"day": day}, sheet.made_at)
