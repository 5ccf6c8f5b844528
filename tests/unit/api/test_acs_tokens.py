"""Row H5: seventeen forgeries of ACS's tokens, all refused; the real one is let in."""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from backend.adapters.acs.tokens import AcsTokenCheck
from backend.errors import AuthError, Unavailable

ISSUER, AUDIENCE = "https://acscallautomation.communication.azure.com", "resource-1"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwks() -> dict:
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
    return {"keys": [public | {"kid": "k1", "use": "sig", "alg": "RS256"}]}


def token(key: object = KEY, headers: dict | None = None, algorithm: str = "RS256", **claims: object) -> str:
    now = int(time.time())
    body = {"iss": ISSUER, "aud": AUDIENCE, "exp": now + 300, "nbf": now - 5} | claims
    body = {name: value for name, value in body.items() if value is not None}
    return jwt.encode(body, key, algorithm, headers={"kid": "k1"} | (headers or {}))


@pytest.fixture
async def check():
    fetched = []

    async def keys(_: web.Request) -> web.Response:
        fetched.append(1)
        return web.json_response(jwks())

    app = web.Application()
    app.router.add_get("/calling/keys", keys)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    checker = AcsTokenCheck(f"http://127.0.0.1:{port}/calling/keys", ISSUER, AUDIENCE)
    checker.fetched = fetched
    yield checker
    await runner.cleanup()


async def test_the_services_own_token_is_let_in(check: AcsTokenCheck) -> None:
    assert (await check.check("Bearer " + token()))["iss"] == ISSUER
    await check.check("bearer " + token())


def unsigned() -> str:
    parts = [{"alg": "none", "kid": "k1"}, {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 300}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."


def signed_with_the_public_key() -> str:
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    parts = [{"alg": "HS256", "kid": "k1"}, {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 300}]
    head = ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts)
    mac = hmac.new(pem, head.encode(), hashlib.sha256).digest()
    return f"{head}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def altered() -> str:
    head, body, signature = token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | {"sub": "me"}
    return ".".join([head, base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode(), signature])


def public_jwk(key: rsa.RSAPrivateKey) -> dict:
    return json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key()))


NOW = int(time.time())
FORGERIES = {
    "no algorithm": unsigned,
    "HS256 with the public key": signed_with_the_public_key,
    "another key": lambda: token(OTHER),
    "unknown key id": lambda: token(headers={"kid": "k9"}),
    "expired": lambda: token(exp=NOW - 3600),
    "not yet valid": lambda: token(nbf=NOW + 3600),
    "wrong issuer": lambda: token(iss="https://evil.example"),
    "wrong audience": lambda: token(aud="resource-2"),
    "a list of audiences": lambda: token(aud=["resource-2", AUDIENCE]),
    "no expiry": lambda: token(exp=None),
    "no audience": lambda: token(aud=None),
    "altered": altered,
    "truncated": lambda: token()[:-20],
    "two dots": lambda: "a.b",
    "embedded key": lambda: token(OTHER, headers={"jwk": public_jwk(OTHER)}),
    "key by address": lambda: token(OTHER, headers={"x5u": "https://evil.example/key"}),
    "eight kilobytes": lambda: token(junk="x" * 9000),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
async def test_forgeries_are_refused(check: AcsTokenCheck, name: str) -> None:
    await check.check("Bearer " + token())
    with pytest.raises(AuthError):
        await check.check("Bearer " + FORGERIES[name]())


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer a b"])
async def test_no_token_is_refused(check: AcsTokenCheck, header: str | None) -> None:
    with pytest.raises(AuthError):
        await check.check(header)


async def test_unknown_key_ids_do_not_make_us_fetch_again_and_again(check: AcsTokenCheck) -> None:
    for number in range(20):
        with pytest.raises(AuthError):
            await check.check("Bearer " + token(headers={"kid": f"flood{number}"}))
    assert len(check.fetched) == 1


class Clock:
    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
async def office():
    """Where ACS publishes its keys, which it can change and close."""

    class Office:
        keys: dict = jwks()
        asked = 0
        open = True

        async def answer(self, _: web.Request) -> web.Response:
            self.asked += 1
            return web.json_response(self.keys) if self.open else web.Response(status=503)

    one = Office()
    app = web.Application()
    app.router.add_get("/calling/keys", one.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.url = f"http://127.0.0.1:{runner.addresses[0][1]}/calling/keys"
    yield one
    await runner.cleanup()


@pytest.mark.parametrize("later_s", [16 * 60, 3 * 3600, 100 * 3600])
async def test_a_key_that_was_withdrawn_ends(office, later_s: float) -> None:
    check = AcsTokenCheck(office.url, ISSUER, AUDIENCE, now=(clock := Clock()))
    await check.check("Bearer " + token())
    office.keys = {"keys": [jwks()["keys"][0] | {"kid": "k2"}]}
    clock.time += 14 * 60
    await check.check("Bearer " + token())
    assert office.asked == 1
    clock.time += later_s
    if later_s < 3600:  # the first to come meets the old keys, and has them asked for
        await check.check("Bearer " + token())
        assert check._refreshing is not None
        await check._refreshing
    with pytest.raises(AuthError):
        await check.check("Bearer " + token())
    await check.check("Bearer " + token(headers={"kid": "k2"}))


async def test_while_nobody_can_be_asked_keys_hold_for_a_day_and_no_longer(office) -> None:
    check = AcsTokenCheck(office.url, ISSUER, AUDIENCE, now=(clock := Clock()))
    await check.check("Bearer " + token())
    office.open = False
    for _ in range(20):
        clock.time += 3600
        await check.check("Bearer " + token())
    clock.time += 5 * 3600
    with pytest.raises(Unavailable):
        await check.check("Bearer " + token())
    office.open = True
    await check.check("Bearer " + token())


@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
async def test_a_time_is_a_number(check: AcsTokenCheck, name: str) -> None:
    moment = int(time.time()) + (300 if name == "exp" else -5)
    for value in (str(moment), True):
        with pytest.raises(AuthError):
            await check.check("Bearer " + token(**{name: value}))


async def test_when_the_keys_are_not_to_be_had_it_is_our_fault() -> None:
    checker = AcsTokenCheck("http://127.0.0.1:9/keys", ISSUER, AUDIENCE)
    with pytest.raises(Unavailable):
        await checker.check("Bearer " + token())


@pytest.mark.parametrize("published", [[], [{"kid": "k1"}], {"keys": ["k1"]}, {"keys": 1}, "keys", None])
async def test_keys_in_another_form_are_not_to_be_had_either(published: object) -> None:
    async def keys(_: web.Request) -> web.Response:
        return web.json_response(published)

    app = web.Application()
    app.router.add_get("/keys", keys)
    async with TestServer(app) as server:
        checker = AcsTokenCheck(str(server.make_url("/keys")), ISSUER, AUDIENCE)
        with pytest.raises(Unavailable):
            await checker.check("Bearer " + token())
