"""Options that a kind, or what is written beside them, leaves without a use: they would do nothing, in silence."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from backend.agents.problem import Fault, Place
from backend.domain.agent import AgentSpec
from backend.domain.form_spec import FormSpec
from backend.domain.identity_spec import IdentitySpec
from backend.domain.line import LineSpec
from backend.domain.tool_server import AnswerSpec, AnyServer, HttpFunction

__all__ = ["unused_by_agent", "unused_by_fields", "unused_by_functions", "unused_by_line", "unused_by_parts"]


_NUMBERS = ("digits", "code", "phone", "postal_code", "integer", "money", "date", "time")
_OF_FIELDS: Mapping[str, tuple[str, ...]] = {
    "choices": ("choice", "yes_no", "integer", "person"),
    "values": ("choice",),
    "ordered": ("choice",),
    "otherwise": ("choice",),
    "parts": ("group",),
    "list": ("person",),
    "answer": ("yes_no",),
    "details": ("yes_no",),
    "prevails": ("yes_no",),
    "nobody": ("person",),
    "relationship": ("person",),
    "companions": ("person",),
    "digits": _NUMBERS,
    "pattern": ("code",),
    "least": ("integer",),
    "greatest": ("integer",),
    "past": ("date", "time"),
    "future": ("date",),
    "within_days": ("date",),
    "least_words": ("text", "name"),
    "longest": ("text", "code", "yes_no"),
}
"""The kinds of fields that use an option; what is not here belongs to all of them, or is looked at elsewhere."""
_OF_TEXTS: Mapping[str, tuple[str, ...]] = {
    "rest": ("address", "group"),
    "span": ("time",),
    "nothing": ("person",),
    "one": ("person",),
    "many": ("person",),
    "caller": ("person",),
    "unnamed": ("person",),
}
"""Likewise, of what is said about a field."""
_OF_CHOICES: Mapping[str, tuple[str, ...]] = {
    "say": ("choice", "yes_no"),
    "short": ("choice", "yes_no"),
    "bare": ("choice",),
    "offered": ("choice", "integer"),
}
"""Likewise, of one answer among several."""
_OF_PARTS: Mapping[str, tuple[str, ...]] = {"digits": ("integer", "digits", "code")}
"""Likewise, of the parts of a group."""
_OF_SECRETS: Mapping[str, tuple[str, ...]] = {"digits": ("digits", "code", "postal_code")}
"""Likewise, of what callers show who they are with."""

_OF_ENDPOINTING: Mapping[str, tuple[str, ...]] = {
    "local_silence_ms": ("local", "smart"),
    "unfinished_silence_ms": ("smart",),
    "heard_silence_ms": ("smart",),
    "sure_silence_ms": ("smart",),
    "story_silence_ms": ("smart",),
}
"""Silences, and who of those that may end a turn looks at them."""


def unused_by_fields(form: FormSpec) -> Iterator[Fault]:
    """Options of a form's fields, of their texts, choices and parts, that their kinds do not use."""
    for index, field in enumerate(form.fields):
        place: Place = ("fields", index)
        yield from _unused(field, field.kind, _OF_FIELDS, place)
        if _is_given(field, "most") and not field.list:
            yield (*place, "most"), "most does nothing without list: true; take it out"
        for language, texts in field.texts.items():
            yield from _unused(texts, field.kind, _OF_TEXTS, (*place, "texts", language))
        if field.kind in _OF_FIELDS["choices"]:
            for at, choice in enumerate(field.choices):
                yield from _unused(choice, field.kind, _OF_CHOICES, (*place, "choices", at))
        for at, part in enumerate(field.parts):
            yield from _unused(part, part.kind, _OF_PARTS, (*place, "parts", at))
            if part.within and not part.values:
                yield (*place, "parts", at, "within"), "within chooses among values; name a list under values"


def unused_by_parts(identity: IdentitySpec) -> Iterator[Fault]:
    """Options of an identity's parts that their kinds do not use."""
    for index, part in enumerate(identity.parts):
        yield from _unused(part, part.kind, _OF_SECRETS, ("parts", index))


def unused_by_functions(server: AnyServer) -> Iterator[Fault]:
    """Options of a server's functions that what else is written there leaves without a use."""
    for index, function in enumerate(server.functions):
        place: Place = ("functions", index)
        if function.open and (function.requires is not None or function.effect == "read"):
            why = "requires is kept all the same" if function.requires else "it changes nothing"
            yield (*place, "open"), f"open does nothing here: {why}; take it out"
        yield from _expects_nothing(function.answer, (*place, "answer"))
        if isinstance(function, HttpFunction):
            for status, answer in function.failures.items():
                yield from _expects_nothing(answer, (*place, "failures", status))


def _expects_nothing(answer: AnswerSpec, place: Place) -> Iterator[Fault]:
    if answer.expects and not answer.ask:
        yield (*place, "expects"), "expects does nothing without ask, the question that is put to the caller"


def unused_by_agent(agent: AgentSpec) -> Iterator[Fault]:
    """Options of an agent that its other options leave without a use."""
    if agent.voice.style_degree is not None and not agent.voice.style:
        yield ("voice", "style_degree"), "style_degree does nothing without a style"
    for option, used in _OF_ENDPOINTING.items():
        if agent.turns.endpointing not in used and _is_given(agent.turns, option):
            ways = " or ".join(used)
            yield ("turns", option), f"{option} does nothing under endpointing: {agent.turns.endpointing}, only {ways}"


def unused_by_line(line: LineSpec) -> Iterator[Fault]:
    """Options of a line that its other options leave without a use."""
    if _is_given(line.voicemail, "message") and line.voicemail.action != "leave":
        yield ("voicemail", "message"), "nobody hears the message: a machine is hung up on; expected action: leave"
    if _is_given(line.placing, "trunk") and line.placing.via != "livekit":
        yield ("placing", "trunk"), "trunk does nothing for calls that are placed via acs; expected via: livekit"


def _unused(
    spec: BaseModel,
    kind: str,
    used: Mapping[str, tuple[str, ...]],
    place: Place,
) -> Iterator[Fault]:
    for option, kinds in used.items():
        if kind not in kinds and _is_given(spec, option):
            by = f"{', '.join(map(_named, kinds[:-1]))} or {_named(kinds[-1])}" if kinds[1:] else _named(kinds[0])
            yield (*place, option), f"{option} does nothing for {_named(kind)}: only {by} uses it; take it out"


def _is_given(spec: BaseModel, option: str) -> bool:
    """Is it written, and does it ask for anything?"""
    if option not in spec.model_fields_set:
        return False
    unset: Any = type(spec).model_fields[option].get_default(call_default_factory=True)
    return getattr(spec, option) != unset


def _named(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
