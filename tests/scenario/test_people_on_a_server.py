"""A whole server with its database: keys open what they were made for, and everything is in the audit."""

from pathlib import Path

import aiohttp
import pytest
from house import House, house

pytestmark = [pytest.mark.real, pytest.mark.timeout(120)]

ADMIN = "an-admin-key-of-the-settings-with-43-letters"


class People:
    def __init__(self, home: House, web: aiohttp.ClientSession) -> None:
        self._home, self._web = home, web

    async def ask(self, key: str, method: str, path: str, **body: object) -> tuple[int, object]:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        given = {"json": body} if method == "POST" else {}
        async with self._web.request(method, f"{self._home.url}{path}", headers=headers, **given) as answer:
            return answer.status, await answer.json(content_type=None)

    async def statuses(self, key: str) -> list[int]:
        asked = ("/api/v1/calls", "/api/v1/keys", "/api/v1/audit")
        return [(await self.ask(key, "GET", path))[0] for path in asked]


def written(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("r.db*"))


async def test_keys_open_what_they_are_for_and_all_is_in_the_audit(tmp_path: Path) -> None:
    async with house(tmp_path, API_KEY=ADMIN) as home, aiohttp.ClientSession() as web:
        people = People(home, web)
        wanted = {"name": "website", "role": "operator", "lines": ["insurance"]}
        status, made = await people.ask(ADMIN, "POST", "/api/v1/keys", **wanted)
        assert status == 201
        key = made["key"]
        assert await people.statuses(key) == [200, 403, 403]
        assert await people.statuses(ADMIN) == [200, 200, 200]
        assert await people.statuses("") == [401, 401, 401]
        status, refused = await people.ask(key, "POST", "/api/v1/calls", to="+442071838750")
        assert (status, "another country" in refused["error"]["message"]) == (409, True)
        await people.ask(ADMIN, "DELETE", "/api/v1/keys/website")
        assert await people.statuses(key) == [401, 401, 401]
        _, entries = await people.ask(ADMIN, "GET", "/api/v1/audit?by=people&limit=100")
        done = [(one["actor"], one["action"], one["outcome"]) for one in reversed(entries)]
        for entry in (
            ("key:API_KEY", "keys.add", "ok"),
            ("key:website", "calls.list", "ok"),
            ("key:website", "calls.place", "call.refused"),
            ("key:API_KEY", "keys.revoke", "ok"),
            ("key:API_KEY", "audit.read", "ok"),
        ):
            assert entry in done, done
        assert key not in str(entries)
        assert key[-20:].encode() not in written(tmp_path)
