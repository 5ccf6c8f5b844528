"""A tool that answers from the record of the caller who was verified, and from no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backend.domain.book_spec import BookRecord, DeclaredBook, LookUpSpec, TopicSpec
from backend.domain.question import Question
from backend.domain.spec import in_language
from backend.domain.tool import FieldProblem, ToolOutcome
from backend.language.others import is_about_others
from backend.language.tokens import words
from backend.tool_store.concern import Concern
from backend.tool_store.context import ToolContext
from backend.tool_store.definition import ToolDefinition

__all__ = ["look_up_tool"]

_ARGUMENT = "question"
_TIMEOUT_MS = 5000
Render = Callable[[str, Mapping[str, Any]], str]


def look_up_tool(spec: LookUpSpec, book: DeclaredBook, concern: Concern, render: Render) -> ToolDefinition:
    """The tool of a look-up.

    Args:
        spec: what it answers.
        book: where the record is.
        concern: what waits for the caller behind the answer.
        render: fills in a Jinja line.
    """

    async def run(ctx: ToolContext, question: str) -> ToolOutcome:
        assert ctx.session.subject is not None, "the policy lets nobody else in"
        record = await ctx.books.open(book).get(ctx.session.subject.id)
        if record is None:
            return ToolOutcome(False, spec.gone, code="tool.failed")
        say = _Answer(spec, ctx.language, render).to(question, record, ctx.session.subject.name)
        answer = ToolOutcome(True, "Answered from the record.", say=say, ask=_in(spec.otherwise, ctx.language) or None)
        return await concern.goes_on(ctx, answer)

    return ToolDefinition(
        spec.name, spec.description, run, _OneQuestion(spec.question), "read", spec.requires, _TIMEOUT_MS, None
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is said to a question, in one language."""

    spec: LookUpSpec
    tag: str
    render: Render

    def to(self, question: str, record: BookRecord, caller: str) -> str:
        """The answer. What is the caller's own must not be told as if it were somebody else's."""
        about = in_language(self.spec.about, self.tag) or ()
        if is_about_others(self.tag, question, caller, about, in_language(self.spec.of_things, self.tag) or ()):
            return _in(self.spec.own_only, self.tag)
        unknown = in_language(self.spec.unknown, self.tag)
        if unknown and not self._asked(question):
            return unknown
        clauses = [self.render(_in(topic.say, self.tag), {"record": record}) for topic in self._topics(question)]
        link = _in(_LINKS, self.tag)
        spoken = link.join(dict.fromkeys(" ".join(clause.split()) for clause in clauses))
        return f"{spoken[:1].upper()}{spoken[1:]}."

    def _topics(self, question: str) -> list[TopicSpec]:
        """What was asked for, else what is told then; with each what is told with it."""
        asked = self._asked(question) or [topic for topic in self.spec.topics if topic.default] or [self.spec.topics[0]]
        names = {name for topic in asked for name in (topic.name, *topic.also)}
        return [topic for topic in self.spec.topics if topic.name in names]

    def _asked(self, question: str) -> list[TopicSpec]:
        said = set(words(question))
        return [topic for topic in self.spec.topics if self._is_asked(topic, said)]

    def _is_asked(self, topic: TopicSpec, said: set[str]) -> bool:
        wanted, unless = in_language(topic.words, self.tag) or (), in_language(topic.unless, self.tag) or ()
        return bool(said.intersection(wanted)) and not said.intersection(unless)


_LINKS = {"en": ", and ", "es": " y "}


def _in(texts: Mapping[str, str], tag: str) -> str:
    return in_language(texts, tag) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True)
class _OneQuestion:
    """``Arguments``: the caller's question."""

    description: str

    def schema(self) -> dict[str, Any]:
        """One text."""
        question = {"type": "string", "description": self.description}
        return {
            "type": "object",
            "properties": {_ARGUMENT: question},
            "required": [_ARGUMENT],
            "additionalProperties": False,
        }

    def read(self, given: dict[str, Any]) -> dict[str, Any] | tuple[FieldProblem, ...]:
        """A text, and nothing else: whose record it is no model chooses."""
        problems = [FieldProblem(name, "there is no such argument") for name in given if name != _ARGUMENT]
        if not isinstance(given.get(_ARGUMENT), str):
            problems.append(FieldProblem(_ARGUMENT, "expected the caller's question, as text"))
        return tuple(problems) or given

    def question(self, name: str) -> Question | None:
        """The model passes the question on."""
        return None
