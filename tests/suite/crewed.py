"""A run of pytest with a crew, as the tests of the crew itself start one."""

import os
from pathlib import Path

import nursery

__all__ = ["run"]

_SUITE = Path(__file__).resolve().parent
_PLUGIN = """
from crew import Crew

def pytest_addoption(parser):
    parser.addoption("--crew", type=int)

def pytest_configure(config):
    if config.getoption("--crew"):
        config.pluginmanager.register(Crew(config.getoption("--crew"), patience_s=0.5))
"""


def run(folder: Path, *options: str, **files: str) -> tuple[int, str, list[list[str]]]:
    """A run with a crew: its status, what it says, and what the tests have noted."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = alone\n")
    (folder / "conftest.py").write_text(_PLUGIN)
    for name, text in files.items():
        (folder / f"test_{name}.py").write_text(text)
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(_SUITE)}
    done = nursery.run(["-m", "pytest", "-q", *options], env=environment, cwd=folder, timeout=60)
    noted = folder / "out"
    return done.returncode, done.stdout, [line.split() for line in noted.read_text().splitlines()]
