"""A run of pytest with a crew, as the tests of the crew itself start one."""

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["run"]

_SUITE = Path(__file__).resolve().parent
_PLUGIN = """
from crew import Crew

def pytest_addoption(parser):
    parser.addoption("--crew", type=int)

def pytest_configure(config):
    if config.getoption("--crew"):
        config.pluginmanager.register(Crew(config.getoption("--crew")))
"""


def run(folder: Path, *options: str, **files: str) -> tuple[int, str, list[list[str]]]:
    """A run with a crew: its status, what it says, and what the tests have noted."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = alone\n")
    (folder / "conftest.py").write_text(_PLUGIN)
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *options],
        cwd=folder, env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(_SUITE)},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    noted = folder / "out"
    return done.returncode, done.stdout, [line.split() for line in noted.read_text().splitlines()]
