"""Choices that callers of another language would be offered in the words of the file: "oprima 1 para one home"."""

from collections.abc import Iterable, Iterator, Mapping

from backend.agents.problem import Fault
from backend.domain.agent import AgentSpec
from backend.domain.field_spec import FieldSpec
from backend.domain.form_spec import FormSpec
from backend.domain.line import LineSpec
from backend.domain.spec import in_language

__all__ = ["unnamed_choices"]


def unnamed_choices(form: FormSpec, agents: Mapping[str, AgentSpec], lines: Iterable[LineSpec]) -> Iterator[Fault]:
    """Fields whose third question would name the choices in a language that the caller does not speak.

    Args:
        form: whose fields.
        agents: of the store.
        lines: those that speak one language only need nothing.
    """
    using = {name for name, agent in agents.items() if any(use.name in form.tool_names for use in agent.uses())}
    others = {tag: line for line in lines if using & set(line.agents) for tag in line.languages[1:]}
    for tag, line in sorted(others.items()):
        for index, field in enumerate(form.fields):
            texts = field.texts_in(tag)
            if field.kind != "choice" or texts is None or texts.simple:
                continue
            if name := _unnamed(field, tag):
                base = tag.partition("-")[0]
                yield (
                    ("fields", index, "choices"),
                    (
                        f"callers in {tag}, which the line {line.name} speaks too, who are not understood twice hear "
                        f"{name!r} as it is written here; give texts.{base} a simple question, such as "
                        "'Press 1 for ..., or 2 for ...'"
                    ),
                )


def _unnamed(field: FieldSpec, tag: str) -> str:
    """The first choice that is offered and whose value is no word of this language; empty where there is none."""
    offered = [one for one in field.choices if one.offered and one.value is not None]
    lacking = [str(one.value) for one in offered if str(one.value).lower() not in (in_language(one.words, tag) or ())]
    return lacking[0] if lacking else ""
