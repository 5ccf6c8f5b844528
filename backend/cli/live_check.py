"""``ringmaster check --live``: do the services have the voices and the deployments that the store names?"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from backend.adapters.openai.chat_model import OpenAiChatModel
from backend.adapters.speech.voice_list import listed_voices
from backend.agents.check import check_store
from backend.agents.checked import Checked
from backend.agents.files import read_files
from backend.agents.problem import Problem, nearest
from backend.boot.model import greeting, model_address
from backend.boot.speech import speech_service
from backend.domain.agent import AgentSpec, ModelSpec
from backend.domain.tool import ToolNames
from backend.errors import ConfigError, ProtocolError, ProviderError
from config import Settings

__all__ = ["check_live"]


@dataclass(slots=True)
class _Answers:
    """What came of asking."""

    faults: list[Problem] = field(default_factory=list[Problem])
    sound: list[str] = field(default_factory=list[str])
    unasked: list[str] = field(default_factory=list[str])
    """What could not be asked, and why."""


def check_live(settings: Settings, agent_store: Path, prompt_store: Path, tools: ToolNames, console: Console) -> int:
    """Ask, and print what is wrong and what could not be asked. Gives the exit status: 0 everything is there."""
    checked = check_store(read_files(agent_store, prompt_store), tools)
    answers = _Answers()
    asyncio.run(_ask(settings, checked, answers))
    for problem in sorted(set(answers.faults)):
        console.print(f"  {problem}", style="red", markup=False, highlight=False, soft_wrap=True)
    for words in answers.unasked:
        console.print(f"could not be asked: {words}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    for words in answers.sound:
        console.print(words, markup=False, highlight=False, soft_wrap=True)
    return 1 if answers.faults or answers.unasked else 0


async def _ask(settings: Settings, checked: Checked, answers: _Answers) -> None:
    _tell_recorders(settings, checked, answers)
    await asyncio.gather(_ask_voices(settings, checked, answers), _ask_models(settings, checked, answers))


async def _ask_voices(settings: Settings, checked: Checked, answers: _Answers) -> None:
    try:
        listed = await listed_voices(speech_service(settings.azure))
    except (ConfigError, ProviderError, ProtocolError) as error:
        answers.unasked.append(f"voices; {error}")
        return
    names = {agent.voice.name for agent in _agents(checked)}
    for agent in _agents(checked):
        if agent.voice.name not in listed:
            message = f"the speech service has no voice {agent.voice.name}{nearest(agent.voice.name, listed)}"
            answers.faults.append(checked.sources[f"agent:{agent.name}"].problem(("voice", "name"), message))
    answers.sound.append(
        f"voices: the speech service lists {len(listed)}, {len(names & listed)} of {len(names)} are used"
    )


async def _ask_models(settings: Settings, checked: Checked, answers: _Answers) -> None:
    address = model_address(settings)
    if not address.base_url and not address.endpoint:
        answers.unasked.append("deployments; AZURE_OPENAI_ENDPOINT or OPENAI_BASE_URL is not set")
        return
    model = OpenAiChatModel(address)
    try:
        specs = list(dict.fromkeys(agent.model for agent in _agents(checked)))
        found = await asyncio.gather(*(model.silent(greeting(spec)) for spec in specs))
    finally:
        await model.close()
    silent = dict(zip(specs, found, strict=True))
    for agent in _agents(checked):
        for deployment, why in silent[agent.model].items():
            place, named = _named(agent.model, deployment)
            message = f"the deployment {deployment}{named} does not answer: {why}"
            answers.faults.append(checked.sources[f"agent:{agent.name}"].problem(place, message))
    asked = {name for spec in specs for name in (spec.deployment or address.deployment, *spec.fallback)}
    missing = {name for each in found for name in each}
    answers.sound.append(f"deployments: {len(asked - missing)} of {len(asked)} answer")


def _tell_recorders(settings: Settings, checked: Checked, answers: _Answers) -> None:
    """Who records what, for each line that ACS is to record: it hears what goes over it, and nothing else."""
    for line in checked.lines.values():
        if not line.recording.enabled or line.recording.by != "acs":
            continue
        if "acs" not in settings.ways:
            message = "ACS cannot record: no call comes over it, for ACS_ENDPOINT is not set; expected by: server"
            answers.faults.append(checked.sources[f"line:{line.name}"].problem(("recording", "by"), message))
            continue
        others = [*(way for way in settings.ways if way != "acs"), "the softphone"]
        answers.sound.append(
            f"recordings: of line {line.name} ACS records calls over ACS, this server those over {', '.join(others)}"
        )


def _named(spec: ModelSpec, deployment: str) -> tuple[tuple[str | int, ...], str]:
    """Where a deployment was named, and by which setting where the agent does not name one."""
    if deployment in spec.fallback:
        return ("model", "fallback", spec.fallback.index(deployment)), ""
    return ("model", "deployment"), "" if spec.deployment else " (AZURE_OPENAI_DEPLOYMENT)"


def _agents(checked: Checked) -> Iterator[AgentSpec]:
    """Agents whose file can be read; what is lost of others is not guessed."""
    return (agent for name, agent in checked.agents.items() if f"agent:{name}" not in checked.lost)
