"""Who asks for the API's document waits while it is made; calls do not."""

import sys
import threading
from collections import OrderedDict

import httpx2
import pytest
from test_rights import api, somebody


async def test_a_thread_makes_it_when_somebody_first_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.api.security_schemes._made", OrderedDict())  # by an earlier test it is no proof
    by: list[int] = []

    def noted(**_: object) -> dict[str, object]:
        by.append(threading.get_ident())
        return {"paths": {"/readyz": {}}}

    monkeypatch.setattr("fastapi.applications.get_openapi", noted)
    app, interval = api(somebody("viewer")), sys.getswitchinterval()
    assert not by
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as http:
        for _ in range(2):
            assert "/readyz" in (await http.get("/openapi.json")).json()["paths"]
    assert len(by) == 1 and by[0] != threading.get_ident() and sys.getswitchinterval() == interval
