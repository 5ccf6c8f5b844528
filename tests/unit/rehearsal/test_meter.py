"""A result says which model thought, and what a stand-in cannot judge."""

from collections.abc import AsyncGenerator
from io import StringIO

import pytest
from rich.console import Console

from backend.domain.model import ModelDone, ModelEvent, ModelRequest, TextDelta
from backend.rehearsal.meter import Meter
from backend.rehearsal.rehearse import Outcome
from backend.rehearsal.report import show_outcomes


class _Model:
    async def answer(self, request: ModelRequest) -> AsyncGenerator[ModelEvent, None]:
        yield TextDelta("Hello.")
        yield ModelDone("stop", "gpt-x", prompt_tokens=40, completion_tokens=2)


def _printed(*models: str, tokens: int = 0) -> str:
    out = StringIO()
    show_outcomes(Console(file=out, width=200), [Outcome("a", "b", "Title", (), models=models, tokens=tokens)])
    return out.getvalue()


async def test_the_meter_passes_everything_on_and_counts() -> None:
    meter = Meter(_Model())
    request = ModelRequest(deployment="d", messages=())
    for _ in range(2):
        assert [type(event) async for event in meter.answer(request)] == [TextDelta, ModelDone]
    assert (list(meter.models), meter.tokens) == (["gpt-x"], 84)


@pytest.mark.parametrize(
    ("models", "expected"), [(("stand-in",), "cannot judge the wording"), (("gpt-x",), "Played on gpt-x; 84 tokens")]
)
def test_a_result_names_the_model(models: tuple[str, ...], expected: str) -> None:
    assert expected in _printed(*models, tokens=84)
