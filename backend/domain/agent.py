"""Agents and lines as operations people write them (agent_store). Strict: unknown keys are errors."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.speech import RecognitionOptions, Voice

__all__ = [
    "AgentSpec",
    "HandoffSpec",
    "HoursSpec",
    "LineSpec",
    "ModelSpec",
    "OverflowSpec",
    "PersonSpec",
    "RecordingSpec",
    "SpeechSpec",
    "ToolUse",
    "TurnsSpec",
    "VoiceSpec",
]

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""Lower-case words joined by underscores; the file has the same name."""

PhoneNumber = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$")]
"""E.164: a plus sign and 7 to 15 digits."""


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class ModelSpec(_Spec):
    """Which model answers, and how."""

    deployment: str = ""
    """Azure OpenAI deployment, or model name elsewhere. Empty: AZURE_OPENAI_DEPLOYMENT."""
    temperature: float = Field(default=0.6, ge=0, le=2)
    """0 is strict, 2 is wild."""
    top_p: float | None = Field(default=None, gt=0, le=1)
    """Nucleus sampling; leave it out unless you know why."""
    max_tokens: int = Field(default=400, ge=16, le=4096)
    """Longest answer, in tokens; 400 are about a minute and a half of speech."""
    fallback: tuple[str, ...] = ()
    """Deployments that take over, in this order, when the first fails."""


class VoiceSpec(_Spec):
    """The voice that the caller hears."""

    name: str = "en-US-AvaMultilingualNeural"
    """Azure neural voice."""
    language: str = "en-US"
    """Language of what is said, as a BCP 47 tag."""
    style: str | None = None
    """Speaking style, where the voice has it: empathetic, chat, cheerful."""
    rate: str | None = Field(default=None, pattern=r"^[+-]\d{1,2}%$")
    """Faster or slower, such as +5%."""
    pitch: str | None = Field(default=None, pattern=r"^[+-]\d{1,2}%$")
    """Higher or lower, such as -2%."""

    def voice(self) -> Voice:
        """The value that the engine works with."""
        return Voice(self.name, self.language, self.style, self.rate, self.pitch)


class SpeechSpec(_Spec):
    """How the caller is understood."""

    languages: tuple[str, ...] = ("en-US",)
    """Languages that the caller may speak, the likeliest first."""
    phrases: tuple[str, ...] = ()
    """Words that callers use here and a general recogniser mishears."""
    silence_ms: int = Field(default=500, ge=100, le=5000)
    """Silence, in milliseconds, after which the service calls an utterance finished."""
    semantic_segmentation: bool = False
    """Let the service end utterances by meaning."""

    def options(self) -> RecognitionOptions:
        """The value that the engine works with."""
        return RecognitionOptions(self.languages, self.phrases, self.silence_ms, self.semantic_segmentation)


class TurnsSpec(_Spec):
    """How turns are taken."""

    interruptible: bool = True
    """May the caller stop the agent by speaking?"""
    min_interrupt_words: int = Field(default=1, ge=1, le=10)
    """Words that must have been recognised before the agent stops for good."""
    ignored_phrases: tuple[str, ...] = (
        "uh-huh",
        "uh huh",
        "mhm",
        "mm-hmm",
        "mm hmm",
        "mmhmm",
        "okay",
        "ok",
        "yeah",
        "right",
        "i see",
    )
    """What never interrupts while the agent speaks; it counts as an answer when the agent is silent."""
    endpointing: Literal["service", "local", "smart"] = "smart"
    """Who decides that the caller has finished: the speech service, local silence, or both with sense."""
    local_silence_ms: int = Field(default=450, ge=150, le=3000)
    """Silence after a stable partial that ends a turn under ``local`` and ``smart``."""
    unfinished_silence_ms: int = Field(default=1600, ge=300, le=8000)
    """Silence that ``smart`` allows when the thought or number is visibly incomplete."""
    early_thinking: bool = True
    """Start the model on a stable partial."""
    idle_seconds: float = Field(default=8.0, ge=2, le=120)
    """Silence of the caller before he is asked."""
    idle_prompts: tuple[str, ...] = ("Are you still there?", "I can't hear you. Are you still on the line?")
    """What is said after each silence."""
    idle_goodbye: str = "I can't hear you, so I'll hang up now. Please call us again any time. Goodbye."
    """What is said before giving up."""
    fillers: tuple[str, ...] = ("One moment please.", "Thanks for holding, I'm still on it.")
    """What is said while a tool or the model is slow."""
    apology: str = "I'm sorry, this is taking longer than it should."
    """What is said at the hard limit, before a way out is offered."""


class HandoffSpec(_Spec):
    """An agent that this one may hand the caller to."""

    to: Name
    """The other agent."""
    when: str = Field(min_length=3)
    """When to do so, in words that complete "hand over when the caller has ..."."""
    style: Literal["announced", "silent"] = "announced"
    """Does the next agent greet (announced) or simply go on (silent)?"""


class ToolUse(_Spec):
    """A tool, or a set of tools, with single functions switched off."""

    name: Name
    disabled: tuple[Name, ...] = ()


class AgentSpec(_Spec):
    """One agent: agent_store/agents/NAME.yaml."""

    name: Name
    """The same as the file's name."""
    description: str = Field(min_length=3)
    """What this agent is for; the other agents are told this."""
    prompt: str = Field(pattern=r"^[\w./-]+\.jinja$")
    """File in prompt_store."""
    greeting: str = ""
    """Jinja line said when the caller first comes to this agent. Empty: the model opens."""
    return_greeting: str = ""
    """Jinja line said when the caller comes back. Empty: nothing, the model goes on."""
    questions: Literal["model", "tool"] = "model"
    """Who words the question that a tool wants asked: the model, or the tool itself, at once and always the same
    (a model round faster, and its sound is kept)."""
    model: ModelSpec = ModelSpec()
    voice: VoiceSpec = VoiceSpec()
    speech: SpeechSpec = SpeechSpec()
    turns: TurnsSpec = TurnsSpec()
    tools: tuple[Name | ToolUse, ...] = ()
    """Tools it may use; nothing else is offered or run."""
    handoffs: tuple[HandoffSpec, ...] = ()
    """Agents it may hand over to."""
    variables: dict[str, str] = Field(default_factory=dict)
    """Constants for the prompt, as {{ vars.NAME }}."""

    def uses(self) -> tuple[ToolUse, ...]:
        """The tools, in the long form."""
        return tuple(t if isinstance(t, ToolUse) else ToolUse(name=t) for t in self.tools)


class PersonSpec(_Spec):
    """Where a person is reached."""

    number: PhoneNumber
    """Number to transfer to."""
    announcement: str = "I'm connecting you with a colleague now. Please stay on the line."
    """Said before the transfer."""
    failure: str = "I couldn't reach a colleague just now."
    """Said when the transfer failed; the agent goes on."""


class RecordingSpec(_Spec):
    """Recording of calls."""

    enabled: bool = False
    announcement: str = "This call may be recorded for quality purposes."
    """Said before the greeting when recording is on."""


class HoursSpec(_Spec):
    """Opening hours; outside them the line says ``closed`` and hangs up."""

    timezone: str = "America/Chicago"
    open: str = Field(default="00:00", pattern=r"^\d\d:\d\d$")
    close: str = Field(default="24:00", pattern=r"^\d\d:\d\d$")
    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    )
    closed: str = "We are closed at the moment. Please call again during our opening hours."


class OverflowSpec(_Spec):
    """What happens to a call beyond capacity."""

    action: Literal["reject", "redirect"] = "reject"
    number: PhoneNumber | None = None
    """Where redirected calls go."""


class LineSpec(_Spec):
    """One phone line: agent_store/lines/NAME.yaml."""

    name: Name
    """The same as the file's name."""
    description: str = ""
    company: str = "Ringmaster"
    """Name that agents use for the house they answer for; {{ line.company }} in prompts."""
    numbers: tuple[PhoneNumber, ...] = Field(min_length=1)
    """Numbers that lead here; no other line may have them."""
    entry: Name
    """Agent that answers."""
    agents: tuple[Name, ...] = Field(min_length=1)
    """Agents of this line."""
    person: PersonSpec
    """Where a person is reached; every line has one."""
    languages: tuple[str, ...] = ("en-US",)
    timezone: str = ""
    """Time zone of "today" and "yesterday" in what callers say, such as America/Chicago. Empty: the server's own."""
    recording: RecordingSpec = RecordingSpec()
    hours: HoursSpec | None = None
    overflow: OverflowSpec = OverflowSpec()
    variables: dict[str, str] = Field(default_factory=dict)
    """Constants for prompts, as {{ line.vars.NAME }}."""
