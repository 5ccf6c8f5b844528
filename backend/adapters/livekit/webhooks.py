"""LiveKit's webhooks: a body, and a token that holds its SHA-256 and is signed with our secret.

docs.livekit.io/home/server/webhooks: the header ``Authorization`` is the bare token, without ``Bearer``. It is checked
here rather than by ``WebhookReceiver`` of the SDK, which decodes the body first (so that another encoding of the same
text passes where its bytes do not), compares hashes in a time that tells how alike they are, and forgives a minute.
"""

import hashlib
import hmac
from base64 import b64decode
from binascii import Error as NoBase64

import jwt
from google.protobuf.json_format import Parse, ParseError
from livekit.protocol.webhook import WebhookEvent

from backend.domain.room_event import RoomEvent
from backend.errors import AuthError, ProtocolError

__all__ = ["read_webhook"]

_CLOCKS_S = 10
"""Clocks of two machines may differ by so much."""


def read_webhook(body: bytes, authorization: str, key: str, secret: str) -> RoomEvent:
    """One webhook.

    Raises:
        AuthError: it is not signed with our secret, too old, or not about this body.
        ProtocolError: it is no event.
    """
    _check(body, authorization, key, secret)
    try:
        event = Parse(body, WebhookEvent(), ignore_unknown_fields=True)
    except (ParseError, UnicodeDecodeError, RecursionError) as error:
        raise ProtocolError("the webhook is not a LiveKit event") from error
    if not event.id or not event.event:
        raise ProtocolError("the webhook is not a LiveKit event: it has no id or no name")
    return RoomEvent(event.id, event.event, event.room.name)


def _check(body: bytes, authorization: str, key: str, secret: str) -> None:
    try:
        claims = jwt.decode(
            authorization,
            secret,
            algorithms=["HS256"],
            issuer=key,
            leeway=_CLOCKS_S,
            options={"require": ["exp", "iss"]},
        )
        told = b64decode(str(claims.get("sha256", "")), validate=True)
    except (jwt.PyJWTError, NoBase64, ValueError) as error:
        raise AuthError(f"a webhook's token is not valid: {type(error).__name__}") from error
    if not hmac.compare_digest(told, hashlib.sha256(body).digest()):
        raise AuthError("a webhook's body does not match its token")
