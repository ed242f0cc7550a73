"""Rules: conditions on answers, and the effects that follow."""

from collections.abc import Mapping
from dataclasses import dataclass

from careteam.domain.pathway.answers import UNSURE, words_of
from careteam.domain.pathway.conditions import leaves_unsure_open
from careteam.domain.pathway.effects import AddCaution
from careteam.domain.pathway.values import Condition, Question, Rule
from careteam.domain.pathway.vocabulary import AnswerKind, Operator, Quantifier
from careteam.features.pathways.reading.effects import Names, read_effect
from careteam.features.pathways.reading.entry import Entry, unique
from careteam.features.pathways.reading.evidence import Sources, read_evidence


@dataclass(frozen=True)
class RuleReader:
    """Reads the rules of one file against its questions, names and sources."""

    questions: Mapping[str, Question]
    names: Names
    sources: Sources

    def read(self, file: Entry) -> dict[str, Rule]:
        rules = unique(file, "rules", "rule", self._rule)
        for item in file.entries("rules"):
            self._check_unsure(item.named(f"rule {item.id()}"), rules)
        return rules

    def _rule(self, item: Entry) -> Rule:
        item.keys("id when then why basis sources")
        quantifier, conditions = self._when(item)
        effects = tuple(read_effect(effect, self.names) for effect in item.entries("then"))
        if not effects:
            item.fail("no effect", "then")
        keys = [effect.key for effect in effects]
        for key in keys:
            if keys.count(key) > 1:
                item.fail(f"effect {key} is there twice", "then")
        private = any(self.questions[c.question].sensitive for c in conditions)
        for effect in effects:
            if private and isinstance(effect, AddCaution) and not effect.for_others:
                item.fail("a caution that rests on a sensitive question needs for_others", "then")
        return Rule(
            id=item.id(),
            quantifier=quantifier,
            conditions=conditions,
            effects=effects,
            why=item.text("why"),
            evidence=read_evidence(item, self.sources),
        )

    def _when(self, item: Entry) -> tuple[Quantifier, tuple[Condition, ...]]:
        when = item.entry("when")
        if len(when.nodes) != 1:
            when.fail("has to hold exactly one of any, all, always")
        (name,) = when.nodes
        if name not in list(Quantifier):
            when.fail(f"{name} is not one of any, all, always", name)
        quantifier = Quantifier(name)
        if quantifier is Quantifier.ALWAYS:
            if not when.boolean(name):
                when.fail("always has to be true", name)
            return quantifier, ()
        conditions = tuple(self._condition(entry) for entry in when.entries(name, item.where))
        if not conditions:
            when.fail("no condition", name)
        return quantifier, conditions

    def _condition(self, item: Entry) -> Condition:
        item.keys("question op value")
        question = self.questions[item.known("question", self.questions, "question")]
        operator = item.word("op", Operator)
        if (operator is Operator.IN) == (question.answer is AnswerKind.NUMBER):
            item.fail(f"op {operator} does not fit a {question.answer} question", "op")
        if operator is not Operator.IN:
            return Condition(question.id, operator, bound=item.number("value"))
        values = item.texts("value")
        if not values:
            item.fail("value is empty", "value")
        for value in values:
            if value not in (*words_of(question), *self._also(question)):
                item.fail(f"{value!r} is no answer of {question.id}", "value")
        return Condition(question.id, operator, values=values)

    def _also(self, question: Question) -> tuple[str, ...]:
        """A yes-or-no question may carry "unsure" in a list, so that its kind can change later."""
        return (UNSURE,) if question.answer is AnswerKind.YES_NO else ()

    def _check_unsure(self, item: Entry, rules: Mapping[str, Rule]) -> None:
        for condition in rules[item.id()].conditions:
            takes_unsure = UNSURE in words_of(self.questions[condition.question])
            if takes_unsure and leaves_unsure_open(rules.values(), condition):
                item.fail(
                    f'waits for "no" to {condition.question}: say what "unsure" means', "when"
                )
