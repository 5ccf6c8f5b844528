"""Keys of the database, tokens of Entra ID, and the key of the settings: who is who."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.api.entra import EntraPeople
from backend.api.entra_claims import person_of
from backend.api.fixed_key import FixedKey
from backend.api.key_desk import KeyDesk, rights_of
from backend.api.key_ring import KeyRing
from backend.api.people import People
from backend.domain.api_key import KeyRights, NewKey, make_key
from backend.errors import AuthError, KeyRefused, RingmasterError, Unavailable
from backend.testing.people_books import MemoryKeys

VIEWER = KeyRights(frozenset(["viewer"]), frozenset(["dental"]), ("+1312",))


class Clock:
    def __init__(self) -> None:
        self.s = 1000.0

    def __call__(self) -> float:
        return self.s

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.s, UTC)


class Book(MemoryKeys):
    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.away = False

    async def list(self) -> list:
        self.reads += 1
        if self.away:
            raise Unavailable("store", "away")
        return await super().list()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def ring(book: Book, clock: Clock) -> KeyRing:
    return KeyRing(book, clock=clock, now=clock.now)


async def made(book: Book, clock: Clock, **changes: object) -> NewKey:
    new = make_key("website", VIEWER, by="me", now=clock.now())
    new = NewKey(new.token, replace(new.key, **changes))
    await book.add(new.key)
    return new


async def test_a_key_opens_what_it_was_made_for(ring: KeyRing, book: Book, clock: Clock) -> None:
    new = await made(book, clock)
    holder = await ring.holder(new.token)
    assert (holder.name, holder.kind, holder.roles) == ("website", "key", {"viewer"})
    assert (holder.lines, holder.destinations, holder.who) == ({"dental"}, ("+1312",), "key:website")


@pytest.mark.parametrize("change", ["cut", "longer", "other case", "other key's secret", "no id", "another mark"])
async def test_what_is_not_the_key_opens_nothing(ring: KeyRing, book: Book, clock: Clock, change: str) -> None:
    token, other = (await made(book, clock)).token, (await made(book, clock)).token
    mark, identifier, secret = token.split("_", 2)
    wrong = {
        "cut": token[:-1],
        "longer": token + "A",
        "other case": f"{mark}_{identifier}_{secret.swapcase()}",
        "other key's secret": f"{mark}_{identifier}_{other.split('_', 2)[2]}",
        "no id": f"{mark}__{secret}",
        "another mark": f"xyz_{identifier}_{secret}",
    }[change]
    await ring.holder(token)
    with pytest.raises(AuthError):
        await ring.holder(wrong)


async def test_a_key_that_was_made_or_revoked_elsewhere_is_known_soon(ring: KeyRing, book: Book, clock: Clock) -> None:
    with pytest.raises(AuthError):
        await ring.holder(make_key("x", VIEWER, by="me", now=clock.now()).token)
    clock.s += 1
    new = await made(book, clock)
    assert (await ring.holder(new.token)).name == "website"
    await book.end(new.key.id, clock.now())
    clock.s += 11
    with pytest.raises(AuthError):
        await ring.holder(new.token)


async def test_a_key_ends_at_its_end(ring: KeyRing, book: Book, clock: Clock) -> None:
    new = await made(book, clock, ends_at=clock.now() + timedelta(seconds=5))
    await ring.holder(new.token)
    clock.s += 5
    with pytest.raises(AuthError):
        await ring.holder(new.token)


async def test_many_requests_read_the_keys_once(ring: KeyRing, book: Book, clock: Clock) -> None:
    new = await made(book, clock)
    for _ in range(50):
        await ring.holder(new.token)
    assert book.reads == 1


async def test_requests_at_once_wait_for_the_first_to_have_read_the_keys(
    ring: KeyRing, book: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a start, and when a key was just added here: the others were refused as if the database were away."""
    new, read, whole = await made(book, clock), asyncio.Event(), book.list

    async def late() -> list:
        await read.wait()
        return await whole()

    monkeypatch.setattr(book, "list", late)
    asking = [asyncio.create_task(ring.holder(new.token)) for _ in range(5)]
    for _ in range(5):
        await asyncio.sleep(0)
    assert not any(one.done() for one in asking)
    read.set()
    assert {one.name for one in await asyncio.gather(*asking)} == {"website"}
    assert book.reads == 1
    read.clear()
    clock.s += 20
    first = asyncio.create_task(ring.holder(new.token))
    await asyncio.sleep(0)
    assert (await ring.holder(new.token)).name == "website", "whoever is known need not wait"
    read.set()
    await first


async def test_guesses_at_unknown_keys_read_them_once_a_second(ring: KeyRing, book: Book, clock: Clock) -> None:
    for _ in range(50):
        with pytest.raises(AuthError):
            await ring.holder(make_key("x", VIEWER, by="me", now=clock.now()).token)
    assert book.reads == 1


async def test_known_keys_open_while_the_database_is_away_but_not_for_ever(
    ring: KeyRing, book: Book, clock: Clock
) -> None:
    new = await made(book, clock)
    await ring.holder(new.token)
    book.away = True
    clock.s += 200
    assert (await ring.holder(new.token)).name == "website"
    clock.s += 200
    with pytest.raises(Unavailable):
        await ring.holder(new.token)


async def test_a_key_is_hashed_once_and_then_known(
    ring: KeyRing, book: Book, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, hashed = await made(book, clock), []
    whole = type(new.key).fits
    monkeypatch.setattr(type(new.key), "fits", lambda key, token: hashed.append(token) or whole(key, token))
    for _ in range(10):
        await ring.holder(new.token)
    assert hashed == [new.token]


async def test_a_flood_of_guesses_is_not_let_pile_up(ring: KeyRing, book: Book, clock: Clock) -> None:
    token = (await made(book, clock)).token
    answers = await asyncio.gather(*(ring.holder(f"{token}{n}") for n in range(100)), return_exceptions=True)
    kinds = [type(answer) for answer in answers]
    assert kinds.count(AuthError) + kinds.count(Unavailable) == 100
    assert kinds.count(Unavailable) >= 50


class Tokens:
    def __init__(self, cases: dict | None) -> None:
        self.cases = cases

    async def check(self, authorization: str | None) -> dict:
        if self.cases is None or authorization != "Bearer a.b.c":
            raise AuthError("no")
        return self.cases


def person(**cases: object):
    return person_of({"oid": "1-2", "preferred_username": "ann@example.com", **cases})


def test_app_roles_of_our_names_are_roles() -> None:
    assert person(roles=["editor", "Billing.Admin", 5]).roles == {"editor"}
    assert person(roles=["viewer", "line.dental"]).lines == {"dental"}
    assert person(roles=["viewer"]).lines is None
    assert person(roles="admin").roles == person().roles == frozenset()
    assert person().who == "entra:ann@example.com (1-2)"
    assert person_of({"azp": "app", "oid": "app", "roles": ["viewer"]}).who == "entra:app"
    assert person_of({"preferred_username": "a\nb"}).name == "ab"


async def who(people: People, *authorization: str) -> object:
    try:
        found = await people.who([("authorization", value) for value in authorization], {}, {})
    except RingmasterError as error:
        return type(error)
    return found and found.who


async def test_each_token_is_looked_at_by_its_own_kind(ring: KeyRing, book: Book, clock: Clock) -> None:
    new = await made(book, clock)
    people = People(FixedKey("fixed"), ring, EntraPeople(Tokens({"oid": "ann", "roles": ["viewer"]})))
    assert await who(people) is None
    assert await who(people, "Bearer fixed") == "key:API_KEY"
    assert await who(people, f"bearer {new.token}") == "key:website"
    assert await who(people, "Bearer a.b.c") == "entra:ann"
    for wrong in ("Bearer fixed2", "Basic fixed", "fixed", "Bearer a.b.d", f"Bearer {new.token}x"):
        assert await who(people, wrong) is AuthError, wrong
    assert await who(people, "Bearer fixed", "Bearer fixed") is AuthError
    assert await who(People(FixedKey("")), "Bearer ") is AuthError
    assert await who(People(FixedKey("")), "Bearer a.b.c") is AuthError


def test_nobody_shows_a_key_by_accident(ring: KeyRing) -> None:
    new = make_key("website", VIEWER, by="me", now=datetime.now(UTC))
    shown = repr(new) + repr(new.key) + repr(ring) + repr(People(FixedKey("fixed"), ring))
    assert not any(secret in shown for secret in (new.token, new.key.hash, new.key.salt, "fixed"))


@pytest.fixture
def desk(book: Book) -> KeyDesk:
    return KeyDesk(book)


async def test_a_key_is_rotated_with_both_live_for_a_while(desk: KeyDesk, book: Book) -> None:
    first = await desk.add("website", VIEWER, by="me")
    second = await desk.rotate("website", by="me", overlap=timedelta(days=7))
    live = {key.id: key for key in await desk.list()}
    assert (second.key.rights, second.token) != (None, first.token)
    assert live[second.key.id].rights == VIEWER
    assert live[first.key.id].ends_at - datetime.now(UTC) > timedelta(days=6)
    with pytest.raises(KeyRefused, match="two valid keys"):
        await desk.rotate("website", by="me", overlap=timedelta(days=7))
    await desk.revoke("website", first.key.id)
    await desk.rotate("website", by="me", overlap=timedelta(0))
    assert sum(key.lives(datetime.now(UTC)) for key in await book.list()) == 1


async def test_a_name_has_one_key_unless_it_is_rotated(desk: KeyDesk) -> None:
    await desk.add("website", VIEWER, by="me", days=30)
    with pytest.raises(KeyRefused, match="rotate"):
        await desk.add("website", VIEWER, by="me")
    assert len(await desk.revoke("website")) == 1
    await desk.add("website", VIEWER, by="me")
    for act in (desk.revoke("none"), desk.rotate("none", by="me", overlap=timedelta(0))):
        with pytest.raises(KeyRefused, match="no valid key"):
            await act
    with pytest.raises(KeyRefused, match="name"):
        await desk.add("a b", VIEWER, by="me")
    for name in ("API_KEY", "api_key"):  # the audit would take its deeds for those of the key of the settings
        with pytest.raises(KeyRefused, match="audit"):
            await desk.add(name, VIEWER, by="me")


@pytest.mark.parametrize(
    ("role", "lines", "destinations", "says"),
    [
        ("root", None, [], "role: expected viewer"),
        ("viewer", ["dentel"], [], "no line 'dentel'"),
        ("operator", None, ["1312"], "destinations"),
        ("operator", None, ["+0"], "destinations"),
    ],
)
def test_rights_that_are_none_are_refused(role: str, lines: list, destinations: list, says: str) -> None:
    with pytest.raises(KeyRefused, match=says):
        rights_of(role, lines, destinations, known=["dental"])
