"""A rule as a sentence that can be read out: "If ... then ...: because ..."."""

from collections.abc import Mapping
from dataclasses import dataclass

from careteam.domain.pathway.answers import NO, UNSURE, YES
from careteam.domain.pathway.catalogue import Content
from careteam.domain.pathway.effects import (
    PRECEDENCE,
    AddCaution,
    AddRole,
    BlockPlan,
    Effect,
    HideMeasure,
    HoldManualTherapy,
    OfferPathway,
    RaiseRedFlag,
    RemoveRole,
    RequireClearance,
    RestrictInformation,
    SeeFirst,
    SwitchPathway,
)
from careteam.domain.pathway.values import Condition, Pathway, Rule
from careteam.domain.pathway.vocabulary import HoldScope, Operator, Quantifier, Urgency
from careteam.domain.wording import list_words

ANSWER_WORDS: Mapping[str, str] = {YES: "yes", NO: "no", UNSURE: "not sure"}

HELD: Mapping[HoldScope, str] = {
    HoldScope.ALL: "no hands-on work at all",
    HoldScope.ABDOMEN: "no hands-on work on belly, pelvis or low back",
    HoldScope.LIMB: "no hands-on work on that limb",
    HoldScope.LOCAL: "no hands-on work on or near the place",
}

WITHIN: Mapping[Urgency, str] = {
    Urgency.EMERGENCY: "now",
    Urgency.SAME_DAY: "today",
    Urgency.URGENT: "within days",
    Urgency.SOON: "within two to four weeks",
    Urgency.ROUTINE: "before the work starts",
    Urgency.INFORMATION: "when it suits",
}


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The parts of the sentence. ``condition`` is empty for a rule that always holds."""

    rule: str
    condition: str
    effects: tuple[str, ...]
    because: str

    @property
    def sentence(self) -> str:
        then = list_words(self.effects)
        start = f"If {self.condition}, then {then}" if self.condition else f"Always: {then}"
        return f"{start}: because {_lower(self.because)}"


def answer_words(answer: str) -> str:
    """An answer as it is read out: 'clinicians only' for `clinicians_only`."""
    return ANSWER_WORDS.get(answer, answer.replace("_", " "))


def rule_words(content: Content, pathway: Pathway, rule: Rule) -> RuleWords:
    """The rule in words: what is answered, what follows, and why."""
    joint = " and " if rule.quantifier is Quantifier.ALL else " or "
    always = rule.quantifier is Quantifier.ALWAYS
    return RuleWords(
        rule=rule.id,
        condition="" if always else joint.join(_condition(pathway, c) for c in rule.conditions),
        effects=tuple(effect_words(content, pathway, effect) for effect in _ordered(rule)),
        because=rule.why.rstrip(".") + ".",
    )


def _ordered(rule: Rule) -> list[Effect]:
    return sorted(rule.effects, key=lambda effect: PRECEDENCE.index(type(effect)))


def _condition(pathway: Pathway, condition: Condition) -> str:
    question = pathway.question_by_id[condition.question]
    asked = f"“{question.ask}” is answered"
    if condition.operator is Operator.IN:
        words = [answer_words(value) for value in condition.values]
        return f"{asked} {list_words(words, 'or')}"
    end = "or more" if condition.operator is Operator.AT_LEAST else "or fewer"
    return f"{asked} with {condition.bound:g} {question.unit} {end}"


def effect_words(content: Content, pathway: Pathway, effect: Effect) -> str:
    """What follows, as the rest of a sentence without its full stop."""
    match effect:
        case RaiseRedFlag():
            flag = pathway.red_flag_by_id[effect.red_flag]
            return f"a red flag is raised ({_lower(flag.sign)})"
        case BlockPlan():
            return "the plan does not start"
        case SeeFirst():
            who = discipline_words(content, effect.discipline)
            return f"the {who} comes before anybody else, {WITHIN[effect.urgency]}"
        case HoldManualTherapy():
            return f"{HELD[effect.scope]} until: {_lower(effect.until)}"
        case RequireClearance():
            who = discipline_words(content, effect.discipline)
            return f"a written clearance by the {who} is needed before “{_phase(pathway, effect)}”"
        case RemoveRole():
            return f"the {discipline_words(content, effect.discipline)} is not wanted now"
        case AddRole():
            who = discipline_words(content, effect.discipline)
            return f"the {who} is {effect.requirement.value} on the team"
        case SwitchPathway():
            return f"the pathway “{_title(content, effect.pathway)}” takes the place of this one"
        case OfferPathway():
            return f"the pathway “{_title(content, effect.pathway)}” may run beside this one"
        case HideMeasure():
            return f"{measure_words(content, effect.measure)} is neither collected nor shown"
        case RestrictInformation():
            return f"{class_words(content, effect.information_class)} is for clinical roles only"
        case AddCaution():
            return f"everybody is told: {effect.text.rstrip('.')}"


def discipline_words(content: Content, discipline: str) -> str:
    """The discipline in the middle of a sentence: 'general practitioner or family doctor'."""
    known = content.catalogue.disciplines.get(discipline)
    if known is None:
        return discipline.replace("_", " ")
    *others, last = known.label.split(" (")[0].split(" / ")
    return _lower(f"{', '.join(others)} or {last}" if others else last)


def measure_words(content: Content, measure: str) -> str:
    known = content.catalogue.measures.get(measure)
    return _lower(known.name) if known else measure.replace("_", " ")


def class_words(content: Content, information_class: str) -> str:
    known = content.catalogue.matrix.class_by_id.get(information_class)
    return _lower(known.label) if known else information_class.replace("_", " ")


def _phase(pathway: Pathway, effect: RequireClearance) -> str:
    return pathway.phases[pathway.phase_index[effect.before_phase]].name


def _title(content: Content, pathway: str) -> str:
    known = content.find(pathway, None)
    return known.title if known else pathway


def _lower(text: str) -> str:
    """The text inside a sentence: a first capital falls unless the word is an abbreviation."""
    first = text.split(" ", 1)[0]
    is_name = first in _NAMES or any(char.isupper() for char in first[1:])
    return text if is_name else text[:1].lower() + text[1:]


_NAMES = frozenset({"Achilles", "I", "English", "Pilates", "Alexander"})
