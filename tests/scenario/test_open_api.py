"""Whatever a client sends to the documented API, the server answers as its document says and never breaks."""

import asyncio
import json
import os
import shutil
from pathlib import Path

import pytest
import schemathesis
from house import House, house
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

pytestmark = [
    pytest.mark.real,
    pytest.mark.long_call,  # it computes as well, and is among the longest: it begins first
    pytest.mark.timeout(480),
    # It is the server, on the test's own loop, that draws from `random` while a request is thought up.
    pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies"),
]

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = int(os.environ.get("API_EXAMPLES", "5"))
"""Of each operation: the first of so many. More of them before a release."""
_STREAM = "text/event-stream"
_STREAM_S = 2
"""What comes without end is read for so long: its head, and what stands at its beginning, come at once."""


def abuse(home: House) -> list[str]:
    schema = schemathesis.openapi.from_url(f"{home.url}/openapi.json")
    found: list[str] = []
    streams = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        streams += (endless := _STREAM in json.dumps(operation.definition.raw))

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def once(case: Case) -> None:
            case.call_and_validate(
                timeout=_STREAM_S if endless else 60,
                checks=[
                    not_a_server_error,
                    status_code_conformance,
                    content_type_conformance,
                    response_schema_conformance,
                ],
            )

        try:
            once()
        except Exception as error:
            found.append(f"{operation.label}: {error!r}\n{error}")
    assert streams, "the live feed is not in the document"
    return found


async def test_no_request_breaks_the_server(tmp_path: Path) -> None:
    for store in ("agent_store", "prompt_store"):
        shutil.copytree(ROOT / store, tmp_path / store)
    async with house(
        tmp_path, AGENT_STORE=str(tmp_path / "agent_store"), PROMPT_STORE=str(tmp_path / "prompt_store")
    ) as home:
        found = await asyncio.to_thread(abuse, home)
    assert found == [], "\n".join(found)
