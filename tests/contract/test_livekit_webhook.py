"""LiveKit's webhooks: what is not signed by it, not about this body, or too old, changes nothing."""

import base64
import hashlib
import json
import time

import jwt
import pytest

from backend.adapters.livekit.webhooks import read_webhook
from backend.errors import AuthError, ProtocolError

KEY, SECRET = "devkey", "a secret that is long enough for a token"
BODY = json.dumps({"event": "room_finished", "id": "EV_1", "room": {"name": "café", "sid": "RM_1"}}).encode()


def signed(body: bytes, *, key: str = KEY, secret: str = SECRET, lives_s: float = 300, **claims: object) -> str:
    """A token as LiveKit makes it."""
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    now = int(time.time())
    whole = {"iss": key, "nbf": now - 5, "exp": now + int(lives_s), "sha256": digest, **claims}
    return jwt.encode({name: value for name, value in whole.items() if value is not None}, secret, "HS256")


def test_a_webhook_as_livekit_sends_it_is_read() -> None:
    event = read_webhook(BODY, signed(BODY), KEY, SECRET)
    assert (event.id, event.type, event.room) == ("EV_1", "room_finished", "café")


OTHER = BODY.replace(b"room_finished", b"room_started!")
DECODED = json.dumps(json.loads(BODY), ensure_ascii=False).encode()
SPACED = json.dumps(json.loads(BODY), indent=1).encode()

REFUSED = {
    "no token": (BODY, ""),
    "no jwt": (BODY, "a.b.c"),
    "Bearer before it": (BODY, f"Bearer {signed(BODY)}"),
    "another body's hash": (BODY, signed(OTHER)),
    "one letter of the body changed": (OTHER, signed(BODY)),
    "body written with other letters": (DECODED, signed(BODY)),
    "body written with other spaces": (SPACED, signed(BODY)),
    "a byte behind the body": (BODY + b"\n", signed(BODY)),
    "hash in hex": (BODY, signed(BODY, sha256=hashlib.sha256(BODY).hexdigest())),
    "hash cut off": (BODY, signed(BODY, sha256=base64.b64encode(hashlib.sha256(BODY).digest()[:16]).decode())),
    "no hash": (BODY, signed(BODY, sha256=None)),
    "empty hash": (BODY, signed(BODY, sha256="")),
    "expired": (BODY, signed(BODY, lives_s=-30)),
    "without an end": (BODY, signed(BODY, exp=None)),
    "not yet good": (BODY, signed(BODY, nbf=int(time.time()) + 3600)),
    "another project's key": (BODY, signed(BODY, key="otherkey")),
    "no key named": (BODY, signed(BODY, iss=None)),
    "another secret": (BODY, signed(BODY, secret="another secret that is just as long")),
    "not signed": (BODY, jwt.encode({"iss": KEY, "exp": time.time() + 60, "sha256": "x"}, "", "none")),
    "signed in another way": (BODY, jwt.encode({"iss": KEY, "exp": time.time() + 60}, SECRET * 2, "HS512")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_webhook_that_does_not_hold_is_refused(name: str) -> None:
    body, token = REFUSED[name]
    with pytest.raises(AuthError):
        read_webhook(body, token, KEY, SECRET)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"event": "x"}', b'{"id": "EV_1"}', b"\xff\xfe"])
def test_what_is_signed_and_no_event_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_webhook(body, signed(body), KEY, SECRET)


def test_fields_of_a_newer_server_are_passed_over() -> None:
    body = json.dumps({"event": "room_started", "id": "EV_2", "room": {"name": "r", "newer": 1}, "newest": {}}).encode()
    assert read_webhook(body, signed(body), KEY, SECRET).room == "r"
