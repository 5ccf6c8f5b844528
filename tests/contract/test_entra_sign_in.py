"""Signing in with Entra ID against the local Azure: what is let in, and each thing that is not."""

import base64
import json
from collections.abc import AsyncGenerator
from urllib.parse import urlencode

import pytest
from entra_browser import BASE, CLIENT, KEY, TENANT, Browser, Server, entra, query_of

from backend.api.entra_cookie import ENTRA_SESSION_S, UNRENEWED_S
from backend.api.entra_sessions import CHECKED_EVERY_S, STANDS_S
from backend.api.entra_sign_in import AWAY_S, BACK, BEGIN
from backend.api.sealed_note import SealedNote
from backend.domain.unsealed import Unsealed
from local_azure.entra_people import Directory
from local_azure.faults import Fault

ADMIN, EDITOR, VIEWER = "admin@local.example", "editor@local.example", "viewer@local.example"
SESSION_COOKIE = "__Host-ringmaster-8080-entra"
OURS = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def both() -> AsyncGenerator[tuple[Server, Directory]]:
    async with entra() as opened:
        yield opened


@pytest.fixture
def server(both: tuple[Server, Directory]) -> Server:
    return both[0]


@pytest.fixture
def directory(both: tuple[Server, Directory]) -> Directory:
    return both[1]


@pytest.fixture
def browser(server: Server) -> Browser:
    return server.browser()


# -- what is let in --------------------------------------------------------------------------------


async def test_a_person_signs_in_and_is_who_entra_says_with_the_roles_it_says(server: Server, browser: Browser) -> None:
    assert await browser.sign_in(EDITOR) == "/"
    found = await browser.who()
    assert (found["kind"], found["roles"]) == ("entra", ["viewer", "operator", "editor"])
    assert str(found["name"]).startswith(f"{EDITOR} (")
    assert (await browser.http.get("/api/v1/callbacks")).status_code == 200
    assert (await browser.http.get("/api/v1/keys")).status_code == 403
    (entry,) = (one for one in server.trail.entries if one.action == "session.begin")
    assert entry.actor == f"entra:{found['name']}"


async def test_what_is_asked_of_entra(server: Server, browser: Browser) -> None:
    address = await browser.begin()
    assert address.startswith(f"{server.azure.url}/entra/{TENANT}/oauth2/v2.0/authorize?")
    asked, again = query_of(address), query_of(await browser.begin())
    assert (asked["client_id"], asked["redirect_uri"], asked["response_type"]) == (CLIENT, f"{BASE}{BACK}", "code")
    assert asked["code_challenge_method"] == "S256" and len(asked["code_challenge"]) == 43
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name]) >= 43 and asked[name] != again[name]
    assert "code_verifier" not in asked and "secret" not in address


async def test_the_cookies_are_for_this_browser_alone(browser: Browser) -> None:
    away = (await browser.http.get(BEGIN)).headers["set-cookie"].lower()
    assert all(part in away for part in ("httponly", "samesite=lax", "secure", "path=/;", f"max-age={AWAY_S}"))
    assert away.startswith("__host-")
    address = await browser.begin()
    answer = await browser.http.get(f"{BACK}?{await browser.at_entra(address, ADMIN)}")
    assert answer.headers["cache-control"] == "no-store"
    set_anew = [one.lower() for one in answer.headers.get_list("set-cookie")]
    (session,) = (one for one in set_anew if one.startswith("__host-ringmaster-8080-entra=") and "max-age=0" not in one)
    assert all(part in session for part in ("httponly", "samesite=strict", "secure", f"max-age={ENTRA_SESSION_S}"))
    assert "domain" not in session and len(session) < 4096
    assert "admin" not in session
    assert any(one.startswith("__host-ringmaster-8080-entra-away=") and "max-age=0" in one for one in set_anew)


async def test_any_worker_takes_a_browser_back_that_another_has_sent(server: Server, browser: Browser) -> None:
    query = await browser.at_entra(await browser.begin(), VIEWER)
    browser.http._transport = server.worker()
    assert await browser.come_back(query) == "/"
    browser.http._transport = server.worker()
    assert (await browser.who())["roles"] == ["viewer"]


async def test_a_line_limits_as_it_does_in_a_token_of_the_api(directory: Directory, browser: Browser) -> None:
    directory.people[VIEWER].roles = ("viewer", "line.dental")
    await browser.sign_in(VIEWER)
    assert (await browser.who())["lines"] == ["dental"]


async def test_a_managed_identity_proves_who_the_server_is_where_there_is_no_secret() -> None:
    async with entra(secret="") as (server, _):
        assert await server.browser().sign_in(ADMIN) == "/"


async def test_of_two_sign_ins_the_later_one_counts(browser: Browser) -> None:
    await browser.sign_in(VIEWER)
    assert (await browser.http.post("/api/v1/session", json={"key": KEY}, headers=OURS)).status_code == 204
    assert (await browser.who())["kind"] == "key"
    await browser.sign_in(VIEWER)
    assert (await browser.who())["kind"] == "entra"


# -- signing out, and what takes a sign-in away ----------------------------------------------------


async def test_signing_out_ends_it_here_and_at_entra(browser: Browser) -> None:
    await browser.sign_in(VIEWER)
    answer = await browser.http.delete("/api/v1/session", headers=OURS)
    leave = answer.json()["next"]
    assert "/oauth2/v2.0/logout?" in leave
    assert query_of(leave)["post_logout_redirect_uri"] == f"{BASE}{BACK}"
    assert query_of(leave)["logout_hint"].startswith("O.")
    assert (await browser.who())["status"] == 401
    assert (await browser.http.get(BACK)).headers["location"] == "/"  # where Entra sends it then
    assert (await browser.http.delete("/api/v1/session", headers=OURS)).status_code == 204  # nobody: nowhere to go


async def test_another_site_signs_nobody_out(browser: Browser) -> None:
    await browser.sign_in(VIEWER)
    evil = {"Origin": "https://evil.example"}
    assert (await browser.http.delete("/api/v1/session", headers=evil)).status_code == 403
    assert (await browser.who())["roles"] == ["viewer"]


async def test_it_ends_after_a_working_day(server: Server, browser: Browser) -> None:
    await browser.sign_in(VIEWER)
    server.clock.s += ENTRA_SESSION_S - 1
    assert (await browser.who())["roles"] == ["viewer"]
    server.clock.s += 1
    assert (await browser.who())["code"] == "auth.expired"


async def test_a_role_that_is_given_or_taken_is_known_in_ten_minutes(
    server: Server, directory: Directory, browser: Browser
) -> None:
    await browser.sign_in(ADMIN)
    directory.people[ADMIN].roles = ("viewer",)
    server.clock.s += CHECKED_EVERY_S - 1
    assert (await browser.who())["roles"][-1] == "admin"
    server.clock.s += 1
    assert (await browser.who())["roles"] == ["viewer"]
    directory.people[ADMIN].roles = ()
    server.clock.s += CHECKED_EVERY_S
    assert (await browser.who())["code"] == "auth.expired"


async def test_who_is_disabled_is_out_in_ten_minutes_and_stays_out(
    server: Server, directory: Directory, browser: Browser
) -> None:
    await browser.sign_in(ADMIN)
    directory.people[ADMIN].disabled = True
    server.clock.s += CHECKED_EVERY_S
    assert (await browser.who())["code"] == "auth.expired"
    directory.people[ADMIN].disabled = False
    server.clock.s += CHECKED_EVERY_S
    assert (await browser.who())["code"] == "auth.expired"


async def test_while_entra_is_away_a_sign_in_stands_for_an_hour(
    server: Server, directory: Directory, browser: Browser
) -> None:
    await browser.sign_in(VIEWER)
    server.azure.state.faults.add("entra", Fault("status", status=503, times=2))
    server.clock.s += CHECKED_EVERY_S
    assert (await browser.who())["roles"] == ["viewer"]
    assert (await browser.who())["roles"] == ["viewer"]  # not asked again at once
    server.clock.s += STANDS_S - CHECKED_EVERY_S
    assert (await browser.who())["status"] == 503
    server.clock.s += 60
    assert (await browser.who())["roles"] == ["viewer"]


async def test_a_wrong_secret_of_ours_signs_nobody_out(server: Server, directory: Directory, browser: Browser) -> None:
    await browser.sign_in(VIEWER)
    directory.secret = "another"
    server.clock.s += CHECKED_EVERY_S
    assert (await browser.who())["roles"] == ["viewer"]


async def test_somebody_else_behind_a_renewal_ends_it(server: Server, directory: Directory, browser: Browser) -> None:
    await browser.sign_in(VIEWER)
    directory.says_instead = {"oid": "somebody-else", "roles": ["admin"]}
    server.clock.s += CHECKED_EVERY_S
    assert (await browser.who())["code"] == "auth.expired"


async def test_without_a_renewal_it_ends_after_an_hour(
    server: Server, directory: Directory, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Directory, "renewal_for", lambda *_: "r" * 4000)  # too long for a cookie
    await browser.sign_in(VIEWER)
    server.clock.s += UNRENEWED_S - 1
    assert (await browser.who())["roles"] == ["viewer"]
    server.clock.s += 1
    assert (await browser.who())["code"] == "auth.expired"


# -- what is refused -------------------------------------------------------------------------------


def trouble(address: str) -> str:
    path, _, query = address.partition("?")
    assert path == "/sign-in", address
    return query.removeprefix("trouble=")


async def refused(browser: Browser, person: str = ADMIN) -> str:
    """Why somebody is not signed in; and they are not."""
    found = trouble(await browser.sign_in(person))
    assert (await browser.who())["status"] == 401
    return found


async def test_who_has_no_role_is_told_so(server: Server, browser: Browser) -> None:
    assert await refused(browser, "nobody@local.example") == "no_role"
    assert server.trail.entries == []


async def test_who_declines_is_told_so(browser: Browser) -> None:
    assert await refused(browser, "cancel") == "denied"


LIES = {
    "nonce of another sign-in": ({"nonce": "another"}, "unproven"),
    "no nonce": ({"nonce": None}, "unproven"),
    "for another application": ({"aud": "another"}, "unproven"),
    "for several": ({"aud": [CLIENT, "another"]}, "unproven"),
    "of another issuer": ({"iss": "https://login.microsoftonline.com/another/v2.0"}, "tenant"),
    "of another tenant": ({"tid": "another"}, "tenant"),
    "over": ({"exp": 1_000_000}, "clock"),
    "not yet begun": ({"nbf": 9_000_000_000}, "clock"),
    "without an end": ({"exp": None}, "unproven"),
    "of nobody": ({"oid": None, "sub": 7}, "unproven"),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_proof_that_is_wrong_in_one_thing_proves_nothing(
    directory: Directory, browser: Browser, lie: str
) -> None:
    directory.says_instead, expected = LIES[lie]
    assert await refused(browser) == expected


async def test_an_unsigned_proof_proves_nothing(directory: Directory, browser: Browser) -> None:
    directory.unsigned = True
    assert await refused(browser) == "unproven"


async def test_a_state_of_another_browser_is_refused_before_entra_is_asked(server: Server, browser: Browser) -> None:
    """An attacker who gives their own code to somebody else does not sign them in as the attacker."""
    attacker = server.browser()
    theirs = await attacker.at_entra(await attacker.begin(), ADMIN)
    await browser.begin()
    assert trouble(await browser.come_back(theirs)) == "stale"
    assert (await browser.who())["status"] == 401
    assert await attacker.come_back(theirs) == "/"  # the code was not used up


@pytest.mark.parametrize("change", ["no state", "empty state", "two states", "no code", "nothing known"])
async def test_an_answer_that_is_not_whole_is_refused(browser: Browser, change: str) -> None:
    query = await browser.at_entra(await browser.begin(), ADMIN)
    found = query_of(f"x?{query}")
    state = found.pop("state")
    changed = {
        "no state": urlencode(found),
        "empty state": urlencode(found | {"state": ""}),
        "two states": urlencode({"state": state} | found) + "&state=another",
        "no code": urlencode({"state": state}),
        "nothing known": "a=b",
    }[change]
    assert trouble(await browser.come_back(changed)) in ("stale", "unproven")
    assert (await browser.who())["status"] == 401


async def test_a_code_works_once(server: Server, browser: Browser) -> None:
    query = await browser.at_entra(await browser.begin(), ADMIN)
    kept = dict(browser.http.cookies)
    assert await browser.come_back(query) == "/"
    thief = server.browser()  # has seen everything, the cookie included
    thief.http.cookies.update(kept)
    assert trouble(await thief.come_back(query)) == "stale"
    assert (await thief.who())["status"] == 401


async def test_a_stolen_code_is_worth_nothing_without_the_verifier(server: Server, browser: Browser) -> None:
    """A code of one sign-in, put into another one's answer: Entra finds that the verifier is not of its challenge."""
    victim = server.browser()
    stolen = query_of(f"x?{await victim.at_entra(await victim.begin(), ADMIN)}")["code"]
    own = query_of(await browser.begin())["state"]
    assert trouble(await browser.come_back(urlencode({"code": stolen, "state": own}))) == "stale"
    assert (await browser.who())["status"] == 401


async def test_who_takes_too_long_begins_again(server: Server, browser: Browser) -> None:
    query = await browser.at_entra(await browser.begin(), ADMIN)
    server.clock.s += AWAY_S
    assert trouble(await browser.come_back(query)) == "stale"


async def test_a_browser_that_never_left_does_not_come_back(browser: Browser) -> None:
    assert trouble(await browser.come_back("code=a&state=b")) == "stale"
    assert trouble(await browser.come_back("error=access_denied&state=b")) == "stale"


async def test_our_secret_is_wrong(directory: Directory, browser: Browser) -> None:
    directory.secret = "another"
    assert await refused(browser) == "setup"


async def test_another_tenant_in_the_settings_is_told(browser: Browser, directory: Directory) -> None:
    directory.says_instead = {"iss": f"https://login.microsoftonline.com/{CLIENT}/v2.0"}
    assert await refused(browser) == "tenant"


FAULTS = {
    "down": Fault("status", status=500), "busy": Fault("status", status=429), "gone": Fault("abort"),
    "garbage": Fault("garbage"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_entra_does_not_say_signs_nobody_in(server: Server, browser: Browser, fault: str) -> None:
    query = await browser.at_entra(await browser.begin(), ADMIN)
    server.azure.state.faults.add("entra", FAULTS[fault])
    assert trouble(await browser.come_back(query)) == ("unproven" if fault == "garbage" else "away")
    assert (await browser.who())["status"] == 401


async def test_who_sends_wrong_codes_without_end_is_stopped(browser: Browser) -> None:
    for _ in range(20):
        await browser.come_back("code=a&state=b")
    assert (await browser.http.get(f"{BACK}?code=a&state=b")).status_code == 429


# -- forged cookies --------------------------------------------------------------------------------


def forged(note: object) -> str:
    return json.dumps([9_000_000_000, note])


SESSION = {"id": "x", "claims": {"roles": ["admin"], "sub": "x"}, "checked": 9e9, "renewal": ""}


@pytest.mark.parametrize(
    "value",
    [
        forged(SESSION), base64.urlsafe_b64encode(forged(SESSION).encode()).decode(), "rm1.", "rm1.aaaaaaaa.",
        "rm1.aaaaaaaa.AAAA", "", "AAAA", "é", "[]", "null", "1", "rm1..", "\x00",
    ],
)  # fmt: skip
async def test_a_cookie_that_we_have_not_sealed_is_nobodys(server: Server, value: str) -> None:
    header = {"Cookie": f"{SESSION_COOKIE}={value}".encode()}
    answer = await server.browser().http.get("/api/v1/session", headers=header)
    assert answer.status_code == 401


async def test_the_cookie_of_one_step_is_none_of_the_other(server: Server, browser: Browser) -> None:
    await browser.begin()
    away = browser.http.cookies[f"{SESSION_COOKIE}-away"]
    other = server.browser()
    other.http.cookies.set(SESSION_COOKIE, away)
    assert (await other.who())["status"] == 401
    other.http.cookies.set("__Host-ringmaster-8080-key", away)
    assert (await other.who())["status"] == 401


async def test_a_cipher_that_seals_nothing_opens_nothing() -> None:
    async with entra(cipher=Unsealed()) as (server, _):
        assert trouble(await server.browser().sign_in(ADMIN)) == "stale"


async def test_a_changed_cookie_is_nobodys(browser: Browser, server: Server) -> None:
    await browser.sign_in(ADMIN)
    session = browser.http.cookies[SESSION_COOKIE]
    for at in (5, 14, 40, len(session) // 2, len(session) - 3):
        changed = session[:at] + ("A" if session[at] != "A" else "B") + session[at + 1 :]
        other = server.browser()
        other.http.cookies.set(SESSION_COOKIE, changed)
        assert (await other.who())["status"] in (401, 429)


async def test_a_site_beside_ours_plants_no_session_and_no_sign_in(server: Server, browser: Browser) -> None:
    """What evil.voice.example sets for voice.example has no ``__Host-`` in its name: a browser does not allow it."""
    attacker = server.browser()
    query = await attacker.at_entra(await attacker.begin(), ADMIN)
    browser.http.cookies.set("ringmaster-8080-entra-away", attacker.http.cookies[f"{SESSION_COOKIE}-away"])
    assert trouble(await browser.come_back(query)) == "stale"
    await attacker.sign_in(ADMIN)
    browser.http.cookies.set("ringmaster-8080-entra", attacker.http.cookies[SESSION_COOKIE])
    assert (await browser.who())["message"] == "not authorized"
    await browser.sign_in(VIEWER)
    assert (await browser.who())["roles"] == ["viewer"]


async def test_what_another_version_has_sealed_is_begun_again(server: Server, browser: Browser) -> None:
    later = {"id": "x", "claims": {}, "checked": 0.0, "renewal": "", "what_comes_later": 1}
    kinds = {SESSION_COOKIE: "browser session of Entra ID", f"{SESSION_COOKIE}-away": "browser at Entra ID"}
    for name, kind in kinds.items():
        browser.http.cookies.set(name, SealedNote(server.cipher, kind, server.clock).seal(later, 60))
    assert (await browser.who())["code"] == "auth.expired"
    assert trouble(await browser.come_back("code=a&state=b")) == "stale"


async def test_who_was_not_let_in_may_choose_another_account(browser: Browser) -> None:
    assert "prompt" not in query_of(await browser.begin())
    assert query_of(await browser.begin("?choose=1"))["prompt"] == "select_account"


async def test_wrong_keys_from_an_address_keep_nobody_of_entra_out(browser: Browser) -> None:
    for _ in range(25):
        await browser.http.post("/api/v1/session", json={"key": "x" * 40}, headers=OURS)
    assert await browser.sign_in(VIEWER) == "/"


# -- where it leads --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["next=https://evil.example", "redirect_uri=https://evil.example", "to=//evil"])
async def test_nobody_is_sent_elsewhere(browser: Browser, query: str) -> None:
    address = (await browser.http.get(f"{BEGIN}?{query}")).headers["location"]
    assert "evil" not in address
    back = await browser.at_entra(address, ADMIN)
    assert await browser.come_back(f"{back}&{query}") == "/"


async def test_a_host_header_does_not_move_the_address_to_come_back_to(browser: Browser) -> None:
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}):
        address = (await browser.http.get(BEGIN, headers=headers)).headers["location"]
        assert query_of(address)["redirect_uri"] == f"{BASE}{BACK}"
