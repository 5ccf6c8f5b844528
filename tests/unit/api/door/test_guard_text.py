"""Text that cannot be kept, or that two readers may read in two ways, is a fault of its sender."""

import asyncio
import json

import pytest
from guarded import AUTH, KEY, LOCAL, Unread, answer_of, app, client, scope_of
from hypothesis import given
from hypothesis import strategies as some

from backend.api.door.body import Bodies
from backend.api.door.refusal import Refusal

BAD_TEXTS = [
    '"\\ud800"',
    '"a\\udfffb"',
    '"\\udc00\\ud800"',
    '"\\u0000"',
    '{"\\ud800": 1}',
    '"\\\\\\ud800"',
    '"\\\\\\u0000"',
]
GOOD_TEXTS = ['"\\ud83d\\ude00"', '"\\\\ud800"', '"\\\\u0000"', '"é"', '"\\\\\\\\ud800"']


@pytest.mark.parametrize("text", BAD_TEXTS)
@pytest.mark.parametrize(
    "path", ["/api/v1/store/changes", "/api/v1/store/rollback", "/api/v1/chat", "/api/v1/calls", "/api/v1/tools/x"]
)
async def test_half_of_a_character_is_a_fault_of_the_sender(path: str, text: str) -> None:
    async with client(LOCAL) as http:
        answer = await http.post(path, content='{"a":' + text + "}", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "request.invalid")


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ['"\\u0000"', '"\\ud800"', '"plain"'])
async def test_json_in_another_encoding_is_not_read(coding: str, text: str) -> None:
    body = f'{{"text": {text}}}'.encode(coding)
    async with client(LOCAL) as http:
        answer = await http.post("/api/v1/chat", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["message"].startswith(("expected JSON in UTF-8", "the body contains the NUL"))


@pytest.mark.parametrize(
    "body",
    ['{"to": "+13125550142", "to": "+13125550143"}', '{"files": {"a": "1", "a": null}}', '[{"x": [{"b": 1, "b": 1}]}]'],
)
async def test_a_key_that_comes_twice_is_two_requests(body: str) -> None:
    async with client(LOCAL) as http:
        answer = await http.post("/api/v1/calls", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, "twice" in answer.json()["error"]["message"]) == (422, True)


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [
        ('{"text": ' + "9" * 5_000 + "}", 422, "a number with too many digits"),
        ('{"text": ' + "[" * 20_000 + "]" * 20_000 + "}", 400, "is nested too deeply"),
    ],
)
async def test_json_that_no_reader_of_ours_reads_is_told_so(body: str, status: int, why: str) -> None:
    async with client(LOCAL) as http:
        answer = await http.post("/api/v1/calls", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, why in answer.json()["error"]["message"]) == (status, True)


@pytest.mark.parametrize("coding", ["gzip, chunked", "identity", "xchunked", "chunked, chunked"])
async def test_a_body_comes_plain_or_in_chunks(coding: str) -> None:
    scope = scope_of(
        "POST", "/api/v1/chat", host="127.0.0.1", transfer_encoding=coding, content_type="application/json"
    )
    assert (await answer_of(app(LOCAL), scope, Unread()))[0] == 501


@pytest.mark.parametrize("text", GOOD_TEXTS)
async def test_what_only_looks_like_it_passes(text: str) -> None:
    async def once() -> dict:
        return {"type": "http.request", "body": text.encode()}

    again = await Bodies().read("/x", {"content-type": "application/json"}, once, provider=False)
    assert (await again())["body"].decode() == text


@given(
    some.recursive(some.none() | some.text(), lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner))
)
def test_the_check_of_text_agrees_with_what_can_be_written(value: object) -> None:
    body = json.dumps(value).encode()

    async def once() -> dict:
        return {"type": "http.request", "body": body}

    async def taken() -> bool:
        try:
            await Bodies().read("/x", {"content-type": "application/json"}, once, provider=False)
        except Refusal:
            return False
        return True

    plain = json.dumps(json.loads(body), ensure_ascii=False)
    try:
        plain.encode()
        whole = True
    except UnicodeEncodeError:
        whole = False
    assert asyncio.run(taken()) is (whole and not zero_in(json.loads(body)))


def zero_in(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(zero_in(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(zero_in(part) for part in value)


@pytest.mark.parametrize(
    "path", ["/api/v1/claims/%00", "/api/v1/claims/%ff", "/api/v1/calls?line=%00", "/api/v1/calls/a%0Ab"]
)
async def test_an_address_is_text(path: str) -> None:
    async with client(LOCAL) as http:
        assert (await http.get(path)).status_code == 400


async def test_a_header_that_counts_once_comes_once() -> None:
    async with client(LOCAL, api_key=KEY) as http:
        twice = [("Authorization", f"Bearer {KEY}"), ("Authorization", "Bearer x")]
        assert (await http.get("/api/v1/agents", headers=twice)).status_code == 401
        origins = [("Origin", "http://127.0.0.1:8080"), ("Origin", "http://evil.example"), *AUTH.items()]
        assert (await http.post("/api/v1/chat", headers=origins, json={})).status_code == 400
