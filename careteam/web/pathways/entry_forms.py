"""Which form shows an entry of which part, and how a stored value comes into it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from careteam.features.pathways.parts import Part, Values
from careteam.web.pathways.part_forms import (
    EntryForm,
    MeasureForm,
    MilestoneForm,
    PhaseForm,
    QuestionForm,
    RoleForm,
    keep_what_is_there,
)
from careteam.web.pathways.rule_forms import RuleForm
from careteam.web.pathways.statement_forms import ClaimForm, ContraindicationForm, RedFlagForm

TICKED = {"covers", "depends_on", "alternatives", "sources"}
COUNTED = {"start_week", "end_week", "target_day", "count_min", "count_max"}
FORMS: dict[str, type[EntryForm]] = {
    "phases": PhaseForm,
    "roles": RoleForm,
    "milestones": MilestoneForm,
    "screening": QuestionForm,
    "rules": RuleForm,
    "red_flags": RedFlagForm,
    "contraindications": ContraindicationForm,
    "claims": ClaimForm,
    "outcome_measures": MeasureForm,
}


def entry_form(part: Part, draft: Values, entry: Values | None = None) -> EntryForm:
    """The form of a part; with `entry` it shows what is stored, else what was sent."""
    form = FORMS[part.key]
    if entry is None:
        made = form()
    else:
        data = {name: _presentable(name, value) for name, value in entry.items()}
        made = form(formdata=None, data=data)
    made.offer(draft)
    if entry is not None:
        made.show(entry)
    for field in made:
        keep_what_is_there(field)
    return made


def _presentable(name: str, value: Any) -> Any:
    """What a field can show of a value, which in a draft may be of any kind."""
    if name in TICKED:
        listed = value if isinstance(value, list) else []
        return [str(each) for each in listed if not isinstance(each, dict | list)]
    if value is None or isinstance(value, dict | list):
        return None
    if name == "measure_value":
        return Decimal(str(value)) if isinstance(value, int | float) else None
    if name in COUNTED:
        return value if isinstance(value, int) else None
    return bool(value) if name == "sensitive" else str(value)
