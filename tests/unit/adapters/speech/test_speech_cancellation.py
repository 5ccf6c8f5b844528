"""The SDK's cancellations as our errors."""

import pytest
from azure.cognitiveservices.speech import CancellationErrorCode as Code
from azure.core.exceptions import ClientAuthenticationError, ServiceRequestError

from backend.adapters.speech.cancellation import cancelled, refused
from backend.errors import ProviderError, ProviderRejected, RateLimited, TimedOut, Unavailable

UPGRADE = "WebSocket upgrade failed: Internal service error ({}). Error Details: Failed with HTTP\nws://127.0.0.1"


@pytest.mark.parametrize(
    ("code", "details", "error"),
    [
        (Code.AuthenticationFailure, "Authentication error (401)", ProviderRejected),
        (Code.BadRequest, "", ProviderRejected),
        (Code.Forbidden, "Quota", ProviderRejected),
        (Code.ServiceError, UPGRADE.format(404), ProviderRejected),
        (Code.ServiceError, UPGRADE.format(500), Unavailable),
        (Code.TooManyRequests, "Too many requests (429)", RateLimited),
        (Code.ServiceTimeout, "", TimedOut),
        (Code.ConnectionFailure, "WS_ERROR", Unavailable),
        (Code.ServiceUnavailable, "(503)", Unavailable),
        (Code.RuntimeError, "0x13", Unavailable),
        (Code.NoError, "", Unavailable),
    ],
)
def test_each_code_has_its_error(code: Code, details: str, error: type[ProviderError]) -> None:
    assert type(cancelled(code, details)) is error


def test_every_code_of_the_sdk_is_mapped() -> None:
    assert all(isinstance(cancelled(code, "details"), ProviderError) for code in Code)


def test_an_identity_that_gets_no_token_is_rejected() -> None:
    assert type(refused(ClientAuthenticationError("no managed identity here"))) is ProviderRejected
    assert type(refused(ServiceRequestError("no route"))) is Unavailable


def test_only_the_first_line_is_told() -> None:
    assert str(cancelled(Code.ServiceError, UPGRADE.format(500))).endswith("Failed with HTTP")
    error = refused(RuntimeError("Exception with error code: \n[CALL STACK BEGIN]\n/usr/lib/x.so"))
    assert "CALL STACK" not in str(error)
    assert len(str(cancelled(Code.ServiceError, "x" * 5000))) < 400
