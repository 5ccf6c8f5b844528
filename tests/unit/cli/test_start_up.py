"""The command line is quick because it imports what it runs; and what it lists is what there is."""

import gc
import json
import os
import signal
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from backend import __version__
from backend.__main__ import main
from backend.cli.application import _Commands, app
from backend.tool_store.built_in_names import BUILT_IN
from backend.tool_store.built_in_tools import tool_names

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ("azure", "openai", "sqlalchemy", "alembic", "fastapi", "starlette", "uvicorn", "aiohttp", "numpy", "redis")
PROBE = """
import gc, json, sys
from backend.__main__ import main
sys.argv = ["ringmaster", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    garbage = {"collects": gc.isenabled(), "frozen": gc.get_freeze_count()}
    print(json.dumps({"status": end.code, "modules": sorted(sys.modules), **garbage}), file=sys.stderr)
"""


@dataclass(frozen=True)
class End:
    """How a command stood when it ended."""

    status: int
    modules: list[str]
    collects: bool
    """Does Python look for garbage?"""
    frozen: int
    """Objects that it does not look at when it ends."""

    @property
    def packages(self) -> set[str]:
        """What it had loaded something of."""
        return {name.partition(".")[0] for name in self.modules}


@cache
def ended(*typed: str, folder: Path = ROOT) -> End:
    """A command in a process of its own, once for whatever is asked of it."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *typed], cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=50,
    )  # fmt: skip
    return End(**json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("typed", [["--help"], ["--version"], ["check"], ["check", "--help"], ["dev", "--help"]])
def test_a_quick_command_imports_no_sdk(typed: list[str]) -> None:
    end = ended(*typed)
    assert end.status == 0
    assert not end.packages & set(HEAVY)


def test_check_loads_no_reader_of_words_and_knows_the_tools_all_the_same() -> None:
    modules = ended("check").modules
    assert not [name for name in modules if name.startswith(("backend.forms", "backend.language.en"))]
    assert tool_names() == BUILT_IN


def test_check_of_a_sound_store_imports_nothing_that_only_faults_or_other_commands_need(tmp_path: Path) -> None:
    end = ended("check", str(ROOT), folder=tmp_path)
    assert end.status == 0
    modules = end.modules
    assert not [name for name in modules if name.partition(".")[0] in {"rich", "rapidfuzz", "jsonschema", "bm25s"}]
    assert {name for name in modules if name.startswith("config.")} == {
        f"config.{name}" for name in ("address", "concern", "connections", "env_file", "places", "reading", "shapes")
    }


def test_the_version_is_told() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.output) == (0, f"ringmaster {__version__}\n")


def test_the_api_has_the_same_version() -> None:
    assert "0.1.0" not in (ROOT / "backend/api/application.py").read_text("utf-8")
    assert f'version = "{__version__}"' not in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("name", list(_Commands.later))
def test_what_the_list_says_of_a_command_is_what_its_docstring_says(name: str) -> None:
    one = _Commands.later[name]
    command = getattr(import_module(one.module), name.replace("-", "_"))
    said = command.info.help if isinstance(command, typer.Typer) else command.__doc__
    assert (said or "").startswith(one.help.rstrip("."))


@pytest.mark.parametrize("name", list(_Commands.later))
def test_every_command_is_listed_and_has_a_help_of_its_own(name: str) -> None:
    assert f" {name} " in CliRunner().invoke(app, ["--help"]).output
    own = CliRunner().invoke(app, [name, "--help"])
    assert own.exit_code == 0 and "Usage" in own.output


def test_a_misspelt_command_is_told_with_the_nearest() -> None:
    done = CliRunner().invoke(app, ["reherse"])
    assert done.exit_code == 2 and "rehearse" in done.output


@pytest.mark.parametrize("name", ["dev", "call", "emulator", "bench"])
def test_a_command_whose_package_is_not_there_is_not_offered_and_says_why(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from backend.cli import group

    monkeypatch.setattr(group, "find_spec", lambda name: None)
    assert f" {name} " not in CliRunner().invoke(app, ["--help"]).output
    done = CliRunner().invoke(app, [name, "--help"])
    assert done.exit_code == 2 and "not installed" in done.output


@pytest.mark.parametrize(
    ("typed", "collects"), [(["check"], False), (["chat", "--help"], True), (["store", "diff"], True)]
)
def test_garbage_is_collected_in_all_but_the_shortest_commands(typed: list[str], collects: bool) -> None:
    assert ended(*typed).collects is collects


@pytest.mark.parametrize(
    ("typed", "looks"),
    [(["check"], False), (["--help"], False), (["--version"], False), (["chat", "--help"], True)],
)
def test_python_does_not_look_for_garbage_at_the_end_of_the_shortest(typed: list[str], looks: bool) -> None:
    assert (ended(*typed).frozen == 0) is looks


@pytest.mark.parametrize("command", ["serve", "dev", "emulator"])
def test_a_server_looks_for_garbage_when_it_is_ready_and_not_before(command: str) -> None:
    probe = """
import gc
from backend.boot import collector
from backend.cli.group import LazyGroup
from backend.__main__ import main
from typer.core import TyperCommand
def seen():
    print(gc.isenabled())
    collector.spare_the_collector()
    print(gc.isenabled())
LazyGroup.resolve_command = lambda self, ctx, args: (args[0], TyperCommand(args[0], callback=seen), [])
main()
"""
    done = subprocess.run([sys.executable, "-c", probe, command], cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert done.stdout.split() == ["False", "True"], done.stderr


class _Interrupted(types.ModuleType):
    """The command line at the moment when somebody presses Ctrl-C, while it is being imported or later."""

    at_import = True
    signal = signal.SIGINT

    @property
    def run(self) -> Callable[[], None]:
        if self.at_import:
            signal.raise_signal(self.signal)
        return lambda: signal.raise_signal(self.signal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("at_import", [True, False])
@pytest.mark.parametrize("usual", [signal.default_int_handler, signal.SIG_IGN])
def test_a_command_is_ended_in_silence_however_early(
    monkeypatch: pytest.MonkeyPatch, number: signal.Signals, at_import: bool, usual: Any
) -> None:
    if (number, usual) == (signal.SIGINT, signal.SIG_IGN):
        return  # it passes us by, as it should
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    commands = _Interrupted("application")
    commands.at_import, commands.signal = at_import, number
    monkeypatch.setitem(sys.modules, "backend.cli.application", commands)
    try:
        signal.signal(signal.SIGINT, usual)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # what is not taken passes by, and this test fails
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        gc.enable()
        for each, handler in before.items():
            signal.signal(each, handler)
    assert end.value.code == 130
