"""Tokens of the managed identity in place of passwords: Redis and PostgreSQL, both real, and tokens that change."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack

import psycopg
import pytest
from redis.asyncio import Redis
from sqlalchemy import make_url, text

from backend.adapters.redis.client import connect, guarded
from backend.adapters.sql.database import Database
from backend.boot.databases import open_database, open_redis
from backend.errors import ConfigError, SessionLost, Unavailable
from config.connections import ConnectionSettings
from local_azure.redis_server import redis_server

OBJECT_ID = "0f3c2b1a-0000-4000-8000-5d6e7f809a1b"


class Tokens:
    """``TokenSource`` with tokens of our choice."""

    def __init__(self) -> None:
        self.now = "first.token"
        self.gone = False
        self.asked = 0

    async def token(self) -> str:
        """The one that is good now."""
        self.asked += 1
        if self.gone:
            raise Unavailable("identity", "no token")
        return self.now

    async def close(self) -> None:
        """Nothing to close."""
        self.gone = True


@pytest.fixture
def tokens() -> Tokens:
    """Tokens, the first of which is good."""
    return Tokens()


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A real Redis."""
    with redis_server() as (url, _):
        yield url


@pytest.fixture
async def admin(redis_url: str) -> AsyncGenerator[Redis]:
    """Whoever says in Redis which token is good."""
    redis = Redis.from_url(redis_url)
    await _let_in(redis, "first.token")
    yield redis
    await redis.aclose()


async def _let_in(admin: Redis, token: str) -> None:
    await admin.execute_command("ACL", "SETUSER", OBJECT_ID, "reset", "on", "~*", "&*", "+@all", f">{token}")


def as_identity(redis_url: str) -> str:
    return redis_url.replace("redis://", f"redis://{OBJECT_ID}@")


async def test_redis_is_signed_in_to_with_a_token(redis_url: str, admin: Redis, tokens: Tokens) -> None:
    redis = connect(as_identity(redis_url), 2.0, tokens)
    assert await guarded(redis.execute("", "ACL", "WHOAMI")) == OBJECT_ID.encode()
    await redis.aclose()


async def test_a_connection_whose_token_ran_out_is_made_anew_within_the_command(
    redis_url: str, admin: Redis, tokens: Tokens
) -> None:
    redis = connect(as_identity(redis_url), 2.0, tokens)
    await guarded(redis.set("a", "1", ex=60))
    await _let_in(admin, "second.token")  # ends the connections of this user, as Azure does
    await admin.execute_command("CLIENT", "KILL", "USER", OBJECT_ID)
    tokens.now = "second.token"
    assert await guarded(redis.get("a")) == b"1"
    assert tokens.asked == 2
    await redis.aclose()


async def test_an_old_token_and_no_token_are_a_lost_session_and_no_other_error(
    redis_url: str, admin: Redis, tokens: Tokens
) -> None:
    redis = connect(as_identity(redis_url), 2.0, tokens)
    await _let_in(admin, "second.token")
    with pytest.raises(SessionLost):
        await guarded(redis.get("a"))
    tokens.gone = True
    with pytest.raises(SessionLost):
        await guarded(redis.get("a"))
    await redis.aclose()


async def test_the_first_token_is_there_before_a_command_has_to_wait_for_it(
    redis_url: str, admin: Redis, tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.boot.databases.EntraTokens", lambda _: tokens)
    async with AsyncExitStack() as stack:
        settings = ConnectionSettings(redis_url=as_identity(redis_url), redis_by_entra=True)  # pyright: ignore[reportArgumentType]
        redis = await open_redis(settings, stack)
        assert tokens.asked == 1
        assert redis is not None
        await guarded(redis.ping())
    assert tokens.gone


@pytest.fixture
def role(postgres_with_passwords: str) -> Iterator[str]:
    """A role of a PostgreSQL that asks for passwords; its password is the first token."""
    plain = make_url(postgres_with_passwords).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute("CREATE ROLE \"id-abc\" LOGIN PASSWORD 'first.token'")
        connection.execute('GRANT CREATE ON SCHEMA public TO "id-abc"')
        yield plain
        connection.execute('DROP OWNED BY "id-abc" CASCADE')
        connection.execute('DROP ROLE "id-abc"')


def as_role(url: str) -> str:
    return (
        make_url(url)
        .set(drivername="postgresql+psycopg", username="id-abc", password=None)
        .render_as_string(hide_password=False)
    )


async def test_postgres_is_signed_in_to_with_a_token_for_each_connection(role: str, tokens: Tokens) -> None:
    database = Database(as_role(role), tokens=tokens)
    await database.migrate()
    with psycopg.connect(role, autocommit=True) as admin:
        admin.execute("ALTER ROLE \"id-abc\" PASSWORD 'second.token'")
    await database.ping()  # a connection outlives its token
    tokens.now = "second.token"
    async with database.reading() as one, database.reading() as other:
        for session in (one, other):
            assert (await session.execute(text("SELECT current_user"))).scalar() == "id-abc"
    assert tokens.asked == 2
    await database.close()
    assert tokens.gone


async def test_no_token_is_an_unavailable_database(role: str, tokens: Tokens) -> None:
    tokens.gone = True
    database = Database(as_role(role), tokens=tokens)
    with pytest.raises(Unavailable):
        await database.ping()
    await database.close()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql+psycopg://role@db.example.com/ringmaster", "sent unencrypted"),
        ("postgresql+psycopg://role@db.example.com/ringmaster?sslmode=prefer", "sent unencrypted"),
        ("postgresql+psycopg://role:secret@db.example.com/ringmaster?sslmode=require", "DATABASE_URL"),
        ("postgresql+psycopg://db.example.com/ringmaster?sslmode=require", "DATABASE_URL"),
        ("sqlite+aiosqlite://", "DATABASE_URL"),
        ("nonsense", "DATABASE_URL"),
    ],
)
def test_a_database_that_no_token_should_go_to_is_refused(url: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        open_database(ConnectionSettings(database_url=url, database_by_entra=True))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"redis://{OBJECT_ID}@redis.example.com:10000/0", "sent unencrypted"),
        ("rediss://redis.example.com:10000/0", "user in the URL"),
        (f"rediss://{OBJECT_ID}:secret@redis.example.com:10000/0", "without a password"),
    ],
)
async def test_a_redis_that_no_token_should_go_to_is_refused(url: str, why: str) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(ConfigError, match=why):
            await open_redis(ConnectionSettings(redis_url=url, redis_by_entra=True), stack)  # pyright: ignore[reportArgumentType]
