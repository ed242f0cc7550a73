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

PRIVATE = (
    'this caution rests on a sensitive question, so "for_others:" has to say what everybody may'
    " read"
)
FITS = {
    True: "this question is answered with a number: write gte (at least) or lte (at most)",
    False: "this question is answered in words: write in, and the answers",
}


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
            item.fail('nothing stands under "then:": say what follows', "then")
        keys = [effect.key for effect in effects]
        for key in keys:
            if keys.count(key) > 1:
                item.fail(f"the effect {key} stands here twice: take one out", "then")
        private = any(self.questions[c.question].sensitive for c in conditions)
        for effect in effects:
            if private and isinstance(effect, AddCaution) and not effect.for_others:
                item.fail(PRIVATE, "then")
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
            when.fail("one of any, all and always is needed here, and only one")
        (name,) = when.nodes
        if name not in list(Quantifier):
            when.fail(f'"{name}:" is not possible here; choose any, all or always', name)
        quantifier = Quantifier(name)
        if quantifier is Quantifier.ALWAYS:
            if not when.boolean(name):
                when.fail('write true after "always:", or name conditions', name)
            return quantifier, ()
        conditions = tuple(self._condition(entry) for entry in when.entries(name, item.where))
        if not conditions:
            when.fail(f'nothing stands under "{name}:": name a question and its answers', name)
        return quantifier, conditions

    def _condition(self, item: Entry) -> Condition:
        item.keys("question op value")
        question = self.questions[item.known("question", self.questions, "question")]
        operator = item.word("op", Operator)
        if (operator is Operator.IN) == (question.answer is AnswerKind.NUMBER):
            item.fail(FITS[operator is Operator.IN], "op")
        if operator is not Operator.IN:
            return Condition(question.id, operator, bound=item.number("value"))
        values = item.texts("value")
        if not values:
            item.fail('name at least one answer after "value:"', "value")
        for value in values:
            possible = (*words_of(question), *self._also(question))
            if value not in possible:
                words = f'"{value}" is no answer to the question "{question.id}"'
                item.fail(f"{words}; possible: {', '.join(possible)}", "value")
        return Condition(question.id, operator, values=values)

    def _also(self, question: Question) -> tuple[str, ...]:
        """A yes-or-no question may carry "unsure" in a list, so that its kind can change later."""
        return (UNSURE,) if question.answer is AnswerKind.YES_NO else ()

    def _check_unsure(self, item: Entry, rules: Mapping[str, Rule]) -> None:
        for condition in rules[item.id()].conditions:
            takes_unsure = UNSURE in words_of(self.questions[condition.question])
            if takes_unsure and leaves_unsure_open(rules.values(), condition):
                item.fail(
                    f'waits for "no" to the question "{condition.question}", which can be answered'
                    ' "unsure" too: say in a rule what that means',
                    "when",
                )
