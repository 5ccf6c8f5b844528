"""Where things are can be read alone, and a misspelt name in ``.env`` is refused all the same."""

import subprocess
import sys
from pathlib import Path

import pytest

import config
from backend.errors import ConfigError
from config import load_places

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


def test_what_the_file_says_of_places_is_read(env_file: Path) -> None:
    env_file.write_text("port=9001\nAGENT_STORE=shop\n")
    places = load_places()
    assert (places.port, places.agent_store) == (9001, Path("shop"))


def test_another_concern_s_name_and_a_tool_s_are_let_pass(env_file: Path) -> None:
    env_file.write_text("OPENAI_API_KEY=hush\nTOOL_WEATHER_KEY=hush\nCOMPOSE_PROJECT=x\nPORT=9001\n")
    assert load_places().port == 9001


@pytest.mark.parametrize(("written", "meant"), [("PORTT=1", "PORT"), ("OPENAI_API_KEYS=hush", "OPENAI_API_KEY")])
def test_a_misspelt_name_is_refused_of_whatever_concern_it_is(env_file: Path, written: str, meant: str) -> None:
    env_file.write_text(f"HOST=::1\n{written}\n")
    with pytest.raises(ConfigError) as refused:
        load_places()
    assert str(refused.value) == f".env, line 2: {written.partition('=')[0]} is no setting; did you mean {meant}?"


def test_a_wrong_value_is_told_and_one_of_another_concern_is_not_looked_at(env_file: Path) -> None:
    env_file.write_text("PORT=none\nLLM_TIMEOUT_S=none\n")
    with pytest.raises(ConfigError, match=r"\APORT: .*, got 'none'\Z"):
        load_places()


@pytest.mark.parametrize(("names", "others"), [("", False), ("PORT=9001\n", False), ("LOG_LEVEL=INFO\n", True)])
def test_other_concerns_are_imported_only_where_the_file_has_names_of_theirs(
    env_file: Path, names: str, others: bool
) -> None:
    env_file.write_text(names)
    probe = "import sys; from config import load_places; load_places(); print('config.settings' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=env_file.parent, env={"PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, timeout=50,
    )  # fmt: skip
    assert done.stdout == f"{others}\n", done.stderr


def test_the_package_has_what_it_lists_and_no_more() -> None:
    assert all(callable(getattr(config, name)) for name in config.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'load_nothing'"):
        _ = config.load_nothing  # pyright: ignore[reportAttributeAccessIssue]
