"""The SDK's types come when they are asked for, and all of them come."""

import json
import subprocess
import sys

import pytest

SEEN = """
import json, sys
{before}
import backend.adapters.openai.chat_model
import openai
loaded = [name for name in sys.modules if name.startswith("openai.types.")]
{after}
print(json.dumps({{"first": len(loaded), "responses": "openai.types.responses.response" in loaded, "after": {told}}}))
"""


def seen(after: str = "", told: str = "0", before: str = "") -> dict[str, object]:
    program = SEEN.format(before=before, after=after, told=told)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_server_loads_no_types_that_it_does_not_use() -> None:
    found = seen()
    assert found["responses"] is False
    assert 0 < int(str(found["first"])) < 150


@pytest.mark.parametrize(
    "after",
    [
        "kind = openai.types.Embedding",
        "from openai.types import Embedding as kind",
        "import openai.types as types; kind = types.Embedding",
        "from openai.types.embedding import Embedding as kind",
        "from multiprocessing.pool import ThreadPool\n"
        "(kind,) = set(ThreadPool(8).map(lambda _: openai.types.Embedding, range(8)))",
    ],
)
def test_who_asks_for_another_gets_it(after: str) -> None:
    told = '[kind.__name__, kind is openai.types.Embedding, "Batch" in dir(openai.types)]'
    assert seen(after, told)["after"] == ["Embedding", True, True]


def test_those_of_responses_come_too() -> None:
    after = "from openai.types.responses import Response as kind"
    told = "[kind.__name__, kind is openai.types.responses.Response, 'ResponseError' in dir(openai.types.responses)]"
    assert seen(after, told)["after"] == ["Response", True, True]
    assert seen("kind = openai.types.responses.Response", "kind.__name__")["after"] == "Response"


def test_what_there_is_not_is_told_as_ever() -> None:
    after = "try: openai.types.Nothing\nexcept AttributeError as error: said = str(error)"
    assert "openai.types" in str(seen(after, "said")["after"])


def test_who_has_the_sdk_already_keeps_it() -> None:
    assert seen(before="import openai", told="type(openai.types).__name__")["after"] == "module"
