"""Whose number a colleague is shown in a transfer, and by which name the service tells of it."""

from typing import Any

import pytest

from backend.adapters.acs.call_control import AcsCallControl


class Connection:
    def __init__(self) -> None:
        self.source: Any = None
        self.operation = ""

    async def transfer_call_to_participant(self, target: Any, **options: Any) -> None:
        self.source, self.operation = options["source_caller_id_number"], options["operation_context"]


@pytest.mark.parametrize(
    ("show", "context", "source"),
    [
        (False, {"Caller": "+13125550142"}, "+18005550100"),
        (True, {"Caller": "+13125550142"}, "+13125550142"),
        (True, {}, "+18005550100"),
        (True, {"Caller": "anonymous"}, "+18005550100"),
    ],
)
async def test_the_source_of_a_transfer(
    monkeypatch: pytest.MonkeyPatch, context: dict[str, str], source: str, *, show: bool
) -> None:
    control = AcsCallControl("http://127.0.0.1:9", "a2V5", "http://127.0.0.1:9", "+18005550100", show_caller=show)
    connection = Connection()
    monkeypatch.setattr(control._client, "get_call_connection", lambda _: connection)
    await control.transfer("c1", to="+18005550199", context=context, token="t1", operation="o1")
    assert connection.source.properties["value"] == source
    assert connection.operation == "o1"
    await control.close()
