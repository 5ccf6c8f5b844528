"""What must not leave the process, whoever wrote it into a record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.telemetry import redaction
from backend.adapters.telemetry.redaction import exception_text, masked_attributes, masked_field, masked_text
from backend.errors import Unavailable

SECRETS = {
    "http://h/api/v1/calls/answer?key=EGSECRET99": "EGSECRET99",
    "GET /api/v1/chat?session=chat-0123456789abcdef": "chat-0123456789abcdef",
    "/api/v1/claims?policy_id=POL-A10001&x=1": "POL-A10001",
    "https://h/api/v1/calls/callbacks/TOKENTOKEN/extra": "TOKENTOKEN",
    "wss://h/api/v1/media/stream/SECRETTOKEN": "SECRETTOKEN",
    "redis://:hunter22@cache:6379/0": "hunter22",
    "Authorization: Bearer abcdefgh12345678": "abcdefgh12345678",
    "AccountKey=qwertzuiop==;x": "qwertzuiop",
    "policy_id: POL-B20417": "POL-B20417",
    "call me at +1 (206) 555-0123 please": "555",
    "card 4111-1111-1111-1111": "4111",
    "card 4111 1111 1111 1111.": "1111",
    "social 078-05-1120": "1120",
    "john.smith+claims@mail.example.com": "john.smith",
    "vin 1HGCM82633A004352": "A004352",
    "vin 1hgcm82633a004352 it is": "a004352",
    "token xJ3k9sKq02LmPq81ZxCvBnMaSdFgHjKl4": "ZxCvBnMa",
    "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl": "eyJzdWIiOi",
    "x-eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl": "eyJzdWIiOi",
    "a?b=/c?session=chat-0123456789": "chat-0123456789",
    "went to h/x?who=karen": "karen",
    "x.sig=qwertzuiop&y": "qwertzuiop",
    "error-code: qwertzuiop": "qwertzuiop",
    "my_api-key  =  qwertzuiop": "qwertzuiop",
}


@pytest.mark.parametrize(("text", "secret"), SECRETS.items())
def test_it_is_masked(text: str, secret: str) -> None:
    assert secret not in masked_text(text)
    assert secret not in str(masked_field("why", text))
    assert secret not in str(masked_field("why", {"deep": [text]}))


@pytest.mark.parametrize(
    "text",
    [
        "media broke",
        "2026-11-26T05:38:32.123+00:00",
        "d2f0c1b2-1111-2222-3333-444455556666",
        "10.0.0.12:6379",
        "provider.unavailable",
        "took 1234 ms",
        "agent_store/agents/auth.yaml line 12",
        "is it there? yes/no, why?",
        "monkeys are not keys",
        "line: insurance, agent=auth",
    ],
)
def test_what_operators_need_stays(text: str) -> None:
    assert masked_text(text) == text


@given(st.text(alphabet="0123456789", min_size=7, max_size=16), st.sampled_from(["", " ", "-", ".", ") ", "–"]))
def test_no_long_number_stays_however_it_is_written(digits: str, between: str) -> None:
    written = between.join(digits)
    assert digits[-4:] not in masked_text(f"they said {written} twice").replace(between, "")


PIECES = (
    "key-", "key", "key=", "key =", "key  ", "session_", "policy_id", "code-", "a", "a-", "a.", "a@", "a-a.", "1", "1 ",
    "1-", "(1", "a1B", "a1B-", "eyJ", "eyJ-", "eyJ.", "/", "?", "/?", "a?", "://", "a://?", "bearer ", "/callbacks/",
    " ", "\u00e4",
)  # fmt: skip


@pytest.mark.timeout(20)  # a hundred times what it takes; the square of so many letters is forty seconds at the least
@pytest.mark.parametrize("piece", PIECES)
def test_no_text_of_a_stranger_takes_long_to_mask(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever grows with the square of the text would not end within the time of a test: 200,000 letters are fifty
    times what is looked at."""
    monkeypatch.setattr(redaction, "_LONGEST", 200_000)
    masked_text((piece * 200_000)[:200_000])


@given(st.text(max_size=300))
def test_any_text_can_be_masked_and_stays_bounded(text: str) -> None:
    assert len(masked_text(text * 30)) < 20_000


def test_long_numbers_in_fields_are_masked_and_ids_stay() -> None:
    assert masked_field("number", 12065550123) == "***"
    assert masked_field("status", 503) == 503
    assert masked_field("call_id", "1234567890123456") == "1234567890123456"


def test_spans_keep_only_attributes_that_are_known() -> None:
    clean = masked_attributes(
        {
            "ringmaster.call.id": "c1",
            "http.route": "/x",
            "gen_ai.input.messages": "my name is john",
            "gen_ai.tool.call.arguments": "{}",
            "exception.message": "john",
            "exception.stacktrace": "john",
            "client.address": "10.1.1.1",
            "url.full": "http://h/?key=1",
            "caller": "john",
        }
    )
    assert clean == {"ringmaster.call.id": "c1", "http.route": "/x"}


def test_an_error_of_others_is_told_by_its_kind_and_ours_by_its_text() -> None:
    try:
        try:
            {}["john smith"]
        except KeyError as inner:
            raise Unavailable("store", "down, +12065550123 rang") from inner
    except Unavailable as error:
        told = exception_text((type(error), error, error.__traceback__))
    assert "john" not in told.replace('{}["john smith"]', "")  # the line of code is the program's own
    assert "KeyError: ***" in told
    assert "store: down, *** rang" in told
    assert "test_redaction.py" in told
