"""The page of the console and its files: what everybody gets, and under which policy."""

import gzip
import re

import httpx2

from backend.api.application import create_api
from backend.api.services import Access, ApiServices
from backend.console.files import console_files


def client() -> httpx2.AsyncClient:
    services = ApiServices(
        desk=None, records=None, cases=None, callbacks=None, case_search=None, store=None, open_media=None,
        access=Access(loopback=False, api_key="k" * 40),
    )  # fmt: skip
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(create_api(services)), base_url="http://test")


async def test_the_page_allows_nothing_but_its_own_files() -> None:
    async with client() as http:
        first, second = await http.get("/"), await http.get("/sign-in")
    policies = [answer.headers["content-security-policy"] for answer in (first, second)]
    assert policies[0].startswith("default-src 'none'; ")
    assert "unsafe" not in policies[0] and "frame-ancestors 'none'" in policies[0]
    nonces = [re.findall(r"'nonce-([\w-]{20,})'", policy) for policy in policies]
    assert len(set(nonces[0])) == 1 and nonces[0] != nonces[1]
    assert f'nonce="{nonces[0][0]}"' in first.text
    assert not re.search(r"<script(?![^>]*src=)|https?://|\son\w+=", first.text)
    assert first.headers["cache-control"] == "no-store"
    assert "microphone=(self)" in first.headers["permissions-policy"]


async def test_each_file_that_the_page_names_is_there_under_its_build() -> None:
    async with client() as http:
        page = await http.get("/")
        named = re.findall(r"/console/[\w.]+\?\w+", page.text)
        assert len(named) == 2 and all(one.endswith(f"?{console_files().build}") for one in named)
        kinds = [(await http.get(one)).headers["content-type"].partition(";")[0] for one in named]
        assert kinds == ["text/css", "text/javascript"]
        assert "immutable" in (await http.get(named[0])).headers["cache-control"]
        assert (await http.get("/console/..%2ffiles.py")).status_code in (401, 404)
        assert (await http.get("/console/none.js")).status_code == 404


async def test_the_api_page_keeps_its_own_policy() -> None:
    async with client() as http:
        docs = await http.get("/docs", headers={"Authorization": f"Bearer {'k' * 40}"})
    assert docs.status_code == 200
    assert "content-security-policy" not in docs.headers


def test_all_of_it_comes_in_less_than_250_kilobytes() -> None:
    files = console_files().files.values()
    assert sum(len(gzip.compress(one.body)) for one in files) < 250_000
