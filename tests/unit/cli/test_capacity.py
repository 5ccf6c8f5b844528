"""``ringmaster capacity`` and the page that it writes."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from backend.cli.application import app
from backend.cli.capacity import page_of
from backend.domain.capacity import CLAIM, DEFAULT_QUOTAS, MEASURED, Replica
from config.prices import PriceSettings

PAGE = Path("docs/capacity.md")


def test_the_page_is_what_the_command_writes() -> None:
    replicas = [Replica(cores=cores, memory_gib=2.0 * cores) for cores in (1, 2, 4)]
    told = page_of(replicas, CLAIM, DEFAULT_QUOTAS, PriceSettings().price_list())
    assert PAGE.read_text("utf-8") == told, "write it anew: ringmaster capacity --page docs/capacity.md"


def test_the_page_says_that_it_is_computed_and_from_what_and_when() -> None:
    told = PAGE.read_text("utf-8")
    assert "not measured" in told
    assert MEASURED.date in told
    assert f"{MEASURED.loop_s:.2f} s of an event loop" in Path("docs/benchmarks.md").read_text("utf-8")
    assert f"{MEASURED.threads_s:.2f} s of other threads" in Path("docs/benchmarks.md").read_text("utf-8")


def test_own_figures_change_what_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PRICE_PHONE_MINUTE", "1")
    monkeypatch.setenv("PRICE_CURRENCY", "EUR")
    page = tmp_path / "page.md"
    typed = ["capacity", "--cores", "8", "--minutes", "10", "--tokens-a-minute", "10000000", "--page", str(page)]
    done = CliRunner().invoke(app, typed)
    assert done.exit_code == 0, done.output
    told = page.read_text("utf-8")
    assert "| 8 | 16 |" in told
    assert "A call of 10 minutes, in EUR" in told
    assert "| telephone | 10 minutes | 10.0000 |" in told
    assert "recognitions at once,\nat 100 calls" in told
