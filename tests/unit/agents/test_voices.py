"""A misspelt voice is an error, one that nobody knows a warning, and what may be another voice is let be."""

from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from backend.agents.check import check_store
from backend.agents.files import read_files
from backend.agents.store import load_store
from backend.agents.voices import KNOWN_VOICES
from backend.domain.tool import ToolNames
from backend.errors import StoreError

TOOLS = ToolNames({"end_call": frozenset({"end_call"})})
LINE = (
    'name: main\nnumbers: ["+18005550100"]\nentry: one\nagents: [one]\n'
    'person: {number: "+18005550199"}\ntimezone: America/Chicago\n'
)


def write(root: Path, voice: str) -> tuple[Path, Path]:
    for folder in ("agent_store/agents", "agent_store/lines", "prompt_store"):
        (root / folder).mkdir(parents=True)
    language = "es-MX" if voice.lower().startswith("es") else "en-US"
    (root / "agent_store/agents/one.yaml").write_text(
        f"name: one\ndescription: Helps.\nprompt: one.jinja\ntools: [end_call]\n"
        f"voice:\n  name: {voice}\n  language: {language}\nspeech: {{languages: [{language}]}}\n"
    )
    (root / "agent_store/lines/main.yaml").write_text(LINE + f"languages: [{language}]\n")
    (root / "prompt_store/one.jinja").write_text("You help.")
    return root / "agent_store", root / "prompt_store"


@pytest.mark.parametrize(
    ("voice", "meant"),
    [
        ("en-US-AvaMultilinguaNeural", "en-US-AvaMultilingualNeural"),
        ("en-US-AvaMultilingualNeurall", "en-US-AvaMultilingualNeural"),
        ("en-US-AvaMultilingualNeural2", "en-US-AvaMultilingualNeural"),
        ("en-US-JenyNeural", "en-US-JennyNeural"),
        ("en-US-AndrwMultilingualNeural", "en-US-AndrewMultilingualNeural"),
        ("en-US-avaneural", "en-US-AvaNeural"),
        ("es-MX-DalisNeural", "es-MX-DaliaNeural"),
        ("en-US-Ava:DragonHDLatestNeura", "en-US-Ava:DragonHDLatestNeural"),
    ],
)
def test_a_misspelt_voice_is_refused(tmp_path: Path, voice: str, meant: str) -> None:
    with pytest.raises(StoreError) as refused:
        load_store(*write(tmp_path, voice), TOOLS)
    (problem,) = refused.value.problems
    assert problem.startswith("agent_store/agents/one.yaml:6: ")
    assert meant in problem or "ends in Neural" in problem


@pytest.mark.parametrize(
    "voice",
    [
        "en-US-AmaNeural",
        "en-US-ZephyrMultilingualNeural",
        "es-MX-OctaviaNeural",
        "MeridianBrandNeural",
        "en-US-GusNeural",
        "en-US-Andrew3:DragonHDLatestNeural",
    ],
)
def test_a_voice_that_nobody_knows_is_a_warning(tmp_path: Path, voice: str) -> None:
    loaded = load_store(*write(tmp_path, voice), TOOLS)
    (warning,) = loaded.warnings
    assert f"the voice {voice} is not known here" in str(warning)


@pytest.mark.parametrize(
    "voice", ["en-US-AvaMultilingualNeural", "es-MX-DaliaNeural", "en-US-Ava:DragonHDLatestNeural"]
)
def test_a_known_voice_is_not_spoken_of(tmp_path: Path, voice: str) -> None:
    checked = check_store(read_files(*write(tmp_path, voice)), TOOLS)
    assert (checked.problems, checked.warnings) == ([], [])


def test_no_known_voice_would_be_taken_for_another_with_a_long_name() -> None:
    """Else the rule of one letter would refuse voices that there are, before they were known here."""
    known = [voice for voice in KNOWN_VOICES if not voice.startswith(("zh-", "ko-"))]
    pairs = [(one, other) for one in known for other in known if one < other and one[:5] == other[:5]]
    close = [pair for pair in pairs if Levenshtein.distance(*pair, score_cutoff=1) == 1]
    names = {tuple(name.split("-")[2].removesuffix("Neural").split(":")[0] for name in pair) for pair in close}
    assert names
    assert all(max(map(len, pair)) <= 4 or pair[0].rstrip("2") == pair[1].rstrip("2") for pair in names), names
