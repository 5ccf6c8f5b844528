"""Do voices, languages and styles fit each other?"""

from collections.abc import Sequence

from backend.agents.problem import Fault, nearest
from backend.domain.agent import AgentSpec
from backend.domain.line import LineSpec

__all__ = ["check_languages", "check_line_languages", "in_voice", "spoken_in"]


_STYLES = frozenset(
    "advertisement_upbeat affectionate angry assistant calm chat chat-casual cheerful conversation customerservice "
    "depressed disgruntled documentary-narration embarrassed empathetic envious excited fearful friendly gentle "
    "hopeful lyrical narration-professional narration-relaxed newscast newscast-casual newscast-formal poetry-reading "
    "sad serious shouting sorry sports_commentary sports_commentary_excited story strict terrified unfriendly "
    "whispering".split()
)
"""learn.microsoft.com/azure/ai-services/speech-service/speech-synthesis-markup-voice; the service ignores others."""


def check_languages(agent: AgentSpec) -> list[Fault]:
    """Faults of one agent: a voice of another language, languages that cannot be told apart, no such style."""
    voice, faults = agent.voice, list[Fault]()
    prefix = "-".join(voice.name.split("-")[:2])
    spoken = "-" not in prefix or "Multilingual" in voice.name or prefix.lower() == voice.language.lower()
    if not spoken:
        message = f"the voice {voice.name} speaks {prefix}, not {voice.language}; choose another voice or language"
        faults.append((("voice", "name"), message))
    if "-" in prefix and "Neural" not in voice.name and "DragonHD" not in voice.name:
        faults.append((("voice", "name"), f"expected a voice whose name ends in Neural, got {voice.name!r}"))
    understood = {_base(language) for language in agent.speech.languages}
    if _base(voice.language) not in understood:
        heard = ", ".join(agent.speech.languages)
        message = f"it speaks {voice.language} but understands only {heard}; add {voice.language} to speech.languages"
        faults.append((("voice", "language"), message))
    faults += [
        (("voices", tag), f"the voice {name} does not speak {tag}; choose one whose name begins with {tag}")
        for tag, name in agent.voices.items()
        if "Multilingual" not in name and not name.lower().startswith(tag.lower())
    ]
    if voice.style is not None and voice.style not in _STYLES:
        faults.append((("voice", "style"), f"there is no style {voice.style!r}{nearest(voice.style, _STYLES)}"))
    return faults + _ambiguous(agent.speech.languages)


def spoken_in(agent: AgentSpec, language: str) -> AgentSpec | None:
    """The agent as it speaks another language: in its voice for that, or in its own where that speaks all.

    ``None`` where it has no voice for it.
    """
    if not language or _base(language) == _base(agent.voice.language):
        return agent
    name = agent.voices.get(language) or next(
        (name for tag, name in agent.voices.items() if _base(tag) == _base(language)), ""
    )
    if not name and "Multilingual" not in agent.voice.name:
        return None
    other = {"language": language} | ({"name": name, "style": None, "style_degree": None} if name else {})
    return agent.model_copy(update={"voice": agent.voice.model_copy(update=other)})


def in_voice(agent: AgentSpec, name: str) -> AgentSpec:
    """The agent in another voice, where that speaks its language; as it is, else. Styles are of one voice only."""
    if not name or not ("Multilingual" in name or name.lower().startswith(f"{agent.voice.language.lower()}-")):
        return agent
    other = {"name": name, "style": None, "style_degree": None}
    return agent.model_copy(update={"voice": agent.voice.model_copy(update=other)})


def _ambiguous(languages: Sequence[str]) -> list[Fault]:
    """The service tells languages apart, not their regions: one of each is all that it takes."""
    first: dict[str, str] = {}
    faults: list[Fault] = []
    for index, language in enumerate(languages):
        other = first.setdefault(_base(language), language)
        if other != language or language in languages[:index]:
            message = f"{other} and {language} are one language to the service; name one of them"
            faults.append((("speech", "languages", index), message))
    return faults


def check_line_languages(line: LineSpec, agent: AgentSpec) -> list[Fault]:
    """Languages that a line promises and one of its agents does not understand."""
    understood = {_base(language) for language in agent.speech.languages}
    mute = [
        (("languages", index), f"{agent.name} has no voice for {language}; add one to its voices")
        for index, language in enumerate(line.languages)
        if len(line.languages) > 1 and _base(language) in understood and spoken_in(agent, language) is None
    ]
    return mute + [
        (("languages", index), f"{agent.name} does not understand {language}; add it to its speech.languages")
        for index, language in enumerate(line.languages)
        if _base(language) not in understood
    ]


def _base(language: str) -> str:
    return language.partition("-")[0].lower()
