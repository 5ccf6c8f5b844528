"""Settings that are each allowed, and make no sense together."""

from collections.abc import Hashable, Iterator, Sequence

from backend.agents.hours_check import senseless_hours
from backend.agents.problem import Fault, Place
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec, NextStepsSpec
from backend.domain.spec import texts_of

__all__ = ["senseless_agent", "senseless_line"]

_PROMPTS = ("idle_prompts", "hold_prompts", "fillers")


def senseless_agent(agent: AgentSpec) -> Iterator[Fault]:
    """What cannot be meant in an agent."""
    turns = agent.turns
    if turns.unfinished_silence_ms < turns.local_silence_ms:
        message = f"expected at least local_silence_ms ({turns.local_silence_ms}), got {turns.unfinished_silence_ms}"
        yield ("turns", "unfinished_silence_ms"), message
    if agent.model.deployment and agent.model.deployment in agent.model.fallback:
        yield (
            ("model", "fallback"),
            f"{agent.model.deployment} is the first choice already; name another one",
        )
    if agent.opening_tool and agent.opening_tool not in {use.name for use in agent.uses()}:
        yield ("opening_tool",), f"{agent.opening_tool} is not among this agent's tools"
    yield from _twice("tools", [use.name for use in agent.uses()])
    yield from _twice("handoffs", [handoff.to for handoff in agent.handoffs])
    spoken = [(("turns", key), getattr(turns, key)) for key in ("idle_goodbye", "apology")]
    spoken += [(("turns", key, i), t) for key in _PROMPTS for i, t in enumerate(getattr(turns, key) or ())]
    yield from _unrendered(spoken)


def senseless_line(line: LineSpec) -> Iterator[Fault]:
    """What cannot be meant in a line."""
    yield from _twice("numbers", line.numbers)
    yield from _twice("agents", line.agents)
    if line.person.number in line.numbers:
        message = f"{line.person.number} is this line's own number; callers would come back to it"
        yield ("person", "number"), message
    if line.voicemail.action == "leave" and not all(text.strip() for _, text in texts_of(line.voicemail.message)):
        yield ("voicemail", "message"), "a machine is to be left a message; expected a sentence"
    told = line.recording.announcement
    if line.recording.enabled and told is not None and not told.strip():
        yield ("recording", "announcement"), "callers who are recorded must be told; expected a sentence"
    if line.recording.enabled and line.recording.by == "acs" and line.placing.via != "acs":
        told = (
            f"ACS does not hear the calls that this line places over {line.placing.via}: they can be recorded by this "
            "server only; expected by: server, or placing.via: acs"
        )
        yield ("recording", "by"), told
    yield from senseless_hours(line)
    yield from _unrendered(
        [
            (("person", "announcement"), line.person.announcement),
            (("person", "failure"), line.person.failure),
            *(
                (("next_steps", key, *below), text)
                for key in NextStepsSpec.model_fields
                for below, text in texts_of(getattr(line.next_steps, key))
            ),
            (("person", "emergency"), line.person.emergency),
            (("person", "emergency_failure"), line.person.emergency_failure),
            (("person", "still_ringing"), line.person.still_ringing),
            *((("person", "waiting", index), text) for index, text in enumerate(line.person.waiting or ())),
            (("time_limit", "notice"), line.time_limit.notice),
            (("time_limit", "say"), line.time_limit.say),
            *((("voicemail", "message", *below), text) for below, text in texts_of(line.voicemail.message)),
            (("recording", "announcement"), line.recording.announcement),
            (("hours", "closed"), line.hours.closed if line.hours else None),
            (("overflow", "full"), line.overflow.full),
        ]
    )


def _twice(key: str, values: Sequence[Hashable]) -> Iterator[Fault]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield (key, index), f"{value} is there twice; keep one"


def _unrendered(lines: Sequence[tuple[Place, str | None]]) -> Iterator[Fault]:
    """Only greetings and announcements of hand-offs are templates; everywhere else the braces would be read out."""
    for path, text in lines:
        if text and ("{{" in text or "{%" in text):
            yield path, "is said as it stands; {{ }} works in greeting, return_greeting and prompts only"
