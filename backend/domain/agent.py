"""Agents as operations people write them (agent_store/agents). Strict: unknown keys are errors."""

from functools import lru_cache
from typing import Literal

from pydantic import Field

from backend.domain.phrases import Phrases
from backend.domain.spec import LanguageTag, Name, PhraseLanguage, Spec, Texts
from backend.domain.speech import RecognitionOptions, Voice

__all__ = [
    "AgentSpec",
    "HandoffSpec",
    "ModelSpec",
    "SpeechSpec",
    "ToolUse",
    "TurnsSpec",
    "VoiceSpec",
]


class ModelSpec(Spec):
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
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = None
    """How long a reasoning model (o1 and later, gpt-5) thinks before it speaks; other models are not told."""
    verbosity: Literal["low", "medium", "high"] | None = None
    """How much a gpt-5 model says; other models are not told."""
    deadline_seconds: float | None = Field(default=None, ge=1, le=60)
    """Limit on one answer, fallbacks included. Left out: MODEL_DEADLINE_MS."""


class VoiceSpec(Spec):
    """The voice that the caller hears."""

    name: str = "en-US-AvaMultilingualNeural"
    """Azure neural voice."""
    language: LanguageTag = "en-US"
    """Language of what is said, as a BCP 47 tag."""
    style: str | None = None
    """Speaking style, where the voice has it: empathetic, chat, cheerful."""
    style_degree: float | None = Field(default=None, ge=0.01, le=2)
    """How strong the style is: 1 is as it comes, 2 twice as strong."""
    rate: str | None = Field(default=None, pattern=r"^[+-]\d{1,2}%$")
    """Faster or slower, such as +5%."""
    pitch: str | None = Field(default=None, pattern=r"^[+-]\d{1,2}%$")
    """Higher or lower, such as -2%."""
    volume: str | None = Field(default=None, pattern=r"^[+-]\d{1,2}%$")
    """Louder or softer, such as +10%."""

    def voice(self) -> Voice:
        """The value that the engine works with."""
        return Voice(self.name, self.language, self.style, self.rate, self.pitch, self.style_degree, self.volume)


class SpeechSpec(Spec):
    """How the caller is understood."""

    languages: tuple[LanguageTag, ...] = Field(default=("en-US",), min_length=1, max_length=10)
    """Languages that the caller may speak, the likeliest first. Azure tells ten apart at most."""
    phrases: tuple[str, ...] = ()
    """Words that callers use here and a general recognizer mishears."""
    expect_answers: bool = False
    """Tell the recognizer, question by question, what answers sound like, from the form and the language: days where a
    day is asked, figures where a number is. Costs one more connection for each question."""
    silence_ms: int = Field(default=500, ge=100, le=5000)
    """Silence, in milliseconds, after which the service calls an utterance finished."""
    semantic_segmentation: bool = False
    """Let the service end utterances by meaning."""

    def options(self) -> RecognitionOptions:
        """The value that the engine works with."""
        return RecognitionOptions(self.languages, self.phrases, self.silence_ms, self.semantic_segmentation)


class TurnsSpec(Spec):
    """How turns are taken."""

    interruptible: bool = True
    """May the caller stop the agent by speaking?"""
    min_interrupt_words: int = Field(default=1, ge=1, le=10)
    """Words that must have been recognized before the agent stops for good."""
    ignored_phrases: tuple[str, ...] = (
        "uh-huh",
        "uh huh",
        "huh",
        "mhm",
        "mm-hmm",
        "mm hmm",
        "mmhmm",
        "mm",
        "hm",
        "hmm",
        "ah",
        "aha",
        "oh",
        "okay",
        "ok",
        "yeah",
        "yep",
        "yup",
        "yes",
        "sure",
        "right",
        "alright",
        "all right",
        "got it",
        "gotcha",
        "i see",
        "i understand",
        "understood",
        "of course",
        "exactly",
        "fine",
        "good",
        "great",
        "perfect",
        "cool",
        "sounds good",
        "makes sense",
        "i know",
        "i hear you",
        "no problem",
        "thank you",
        "thanks",
        "ajá",
        "aja",
        "mjm",
        "ujum",
        "sí",
        "claro",
        "ya",
        "órale",
        "ándele",
        "entiendo",
        "gracias",
        "perfecto",
        "exacto",
    )
    """What never interrupts while the agent speaks; it counts as an answer when the agent is silent."""
    endpointing: Literal["service", "local", "smart"] = "smart"
    """Who decides that the caller has finished: the speech service, local silence, or both with sense."""
    local_silence_ms: int = Field(default=450, ge=150, le=3000)
    """Silence after a stable partial that ends a turn under ``local`` and ``smart``."""
    unfinished_silence_ms: int = Field(default=1600, ge=300, le=8000)
    """Silence that ``smart`` allows when the thought or number is visibly incomplete."""
    heard_silence_ms: int = Field(default=785, ge=0, le=3000)
    """Silence before which an answer is made but not heard, under ``smart``; a model needs that time anyway."""
    sure_silence_ms: int = Field(default=540, ge=0, le=3000)
    """The same where what was asked for is surely all there: an address with its city, a question, a wish."""
    story_silence_ms: int = Field(default=960, ge=0, le=5000)
    """The same where callers often go on: after a bare yes or no, a name, a scene that is only set ("I was parked")."""
    early_thinking: bool = True
    """Start the model on a stable partial."""
    idle_seconds: float = Field(default=8.0, ge=2, le=120)
    """Silence of the caller before they are asked."""
    idle_prompts: tuple[str, ...] | None = None
    """What is said after each silence. Left out: the phrase ``still_there``."""
    idle_goodbye: str | None = None
    """What is said before giving up. Left out: the phrase ``hang_up``."""
    hold_seconds: float = Field(default=45.0, ge=5, le=600)
    """Silence of a caller who has asked for a moment ("hold on, let me find my papers") before they are spoken to."""
    hold_prompts: tuple[str, ...] | None = None
    """What is said after each such silence; when all was said, the caller is asked as one who says nothing. Left out:
    the phrase ``still_here``."""
    fillers: tuple[str, ...] | None = None
    """What is said while a tool or the model is slow. Left out: the phrase ``fillers``."""
    apology: str | None = None
    """What is said at the hard limit, before a way out is offered. Left out: the phrase ``slow``."""


class HandoffSpec(Spec):
    """An agent that this one may hand the caller to."""

    to: Name
    """The other agent."""
    when: str = Field(min_length=3)
    """When to do so, in words that complete "hand over when the caller has ..."."""
    style: Literal["announced", "silent"] = "announced"
    """Does the next agent greet (announced) or simply go on (silent)?"""
    announcement: Texts = ""
    """Jinja line that this agent says, in its own voice, before the other one speaks, such as "My colleague will take
    your report now.", or that by language. A caller who hears another voice without a word wonders what happened."""


class ToolUse(Spec):
    """A tool, or a set of tools, with single functions switched off."""

    name: Name
    """Of the tool or set."""
    disabled: tuple[Name, ...] = ()
    """Functions of the set that this agent may not use."""


class AgentSpec(Spec):
    """One agent: agent_store/agents/NAME.yaml."""

    name: Name
    """The same as the file's name."""
    description: str = Field(min_length=3)
    """What this agent is for; the other agents are told this."""
    owner: str = ""
    """Who answers for this agent: a team or an address. For people only."""
    draft: bool = False
    """Work in progress: checked, but on no line and reached by no hand-off yet."""
    prompt: str = Field(pattern=r"^[\w./-]+\.jinja$")
    """File in prompt_store."""
    greeting: Texts = ""
    """Jinja line said when the caller first comes to this agent, or that by language: {en: ..., es: ...}. Empty: the
    model opens."""
    greeting_interruptible: bool = True
    """May the caller talk over the greeting that opens a call? Not where the law wants it heard."""
    return_greeting: Texts = ""
    """Jinja line said when the caller comes back, or that by language. Empty: nothing, the model goes on."""
    opening_tool: Name | None = None
    """Tool that is called, with nothing in it, whenever a caller is handed to this agent: after the greeting it asks
    the first question from what is known already. One that looks something up and cannot do without an argument (the
    caller's question) is given what the hand-off brings: whoever hands over is asked for it, and the answer is heard
    without a round of the model; where it was not told, the model goes on. Left out: the greeting asks the first
    question, or the model."""
    questions: Literal["model", "tool"] = "model"
    """Who words the question that a tool wants asked: the model, or the tool itself, at once and always the same
    (a model round faster, and its sound is kept)."""
    model: ModelSpec = ModelSpec()
    """Which model answers."""
    voice: VoiceSpec = VoiceSpec()
    """What the caller hears."""
    voices: dict[LanguageTag, str] = Field(default_factory=dict)
    """Azure neural voices for callers who are heard to speak another language of the line: {es-MX: es-MX-DaliaNeural}.
    Left out: the agent's own voice, where it is multilingual."""
    speech: SpeechSpec = SpeechSpec()
    """How the caller is understood."""
    turns: TurnsSpec = TurnsSpec()
    """How turns are taken."""
    tools: tuple[Name | ToolUse, ...] = ()
    """Tools it may use; nothing else is offered or run."""
    handoffs: tuple[HandoffSpec, ...] = ()
    """Agents it may hand over to."""
    says: dict[PhraseLanguage, Phrases] = Field(default_factory=dict)
    """Phrases that this agent says otherwise, by language: {en: {goodbye: Take care.}}. It overrules the line."""
    variables: dict[str, str] = Field(default_factory=dict)
    """Constants for the prompt, as {{ vars.NAME }}."""

    def uses(self) -> tuple[ToolUse, ...]:
        """The tools, in the long form."""
        return tuple(t if isinstance(t, ToolUse) else _whole(t) for t in self.tools)


@lru_cache(512)
def _whole(name: str) -> ToolUse:
    """A tool or set with all its functions."""
    return ToolUse(name=name)
