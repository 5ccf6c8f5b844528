"""The script that sets things up inside Azure: what it makes it makes once, and what it cannot see it leaves alone."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bicep_files import INFRA
from database_stand_in import DatabaseServer, database_server, run
from platform_stand_in import is_a_key, secrets_in, vault_az

SCRIPT = INFRA / "scripts" / "set-up.sh"
NAMES = "api-key data-key verification-key"


@pytest.fixture
def database(postgres_with_passwords: str) -> Iterator[DatabaseServer]:
    server = database_server(postgres_with_passwords, "calls")
    yield server
    with server.connect() as connection:
        connection.execute(b"DROP DATABASE calls WITH (FORCE)")
        connection.execute(b'DROP ROLE IF EXISTS "id-abc"')


@pytest.fixture
def environment(database: DatabaseServer, tmp_path: Path) -> dict[str, str]:
    vault_az(tmp_path / "bin", tmp_path / "vault")
    return {**database.environment("id-abc", tmp_path / "bin"), "VAULT": "kv-abc", "SECRETS": NAMES}


def test_secrets_and_role_are_made_once(environment: dict[str, str], database: DatabaseServer, tmp_path: Path) -> None:
    first = run(SCRIPT, environment)
    assert first.returncode == 0, first.stderr
    made = secrets_in(tmp_path / "vault")
    assert set(made) == set(NAMES.split())
    assert all(is_a_key(secret) for secret in made.values())
    assert len(set(made.values())) == 3
    assert "id-abc" in database.roles
    second = run(SCRIPT, environment)
    assert second.returncode == 0, second.stderr
    assert secrets_in(tmp_path / "vault") == made
    assert not any(secret in first.stdout + first.stderr for secret in made.values())


def test_the_role_owns_what_it_makes_and_nothing_else(environment: dict[str, str], database: DatabaseServer) -> None:
    assert run(SCRIPT, environment).returncode == 0
    with database.connect("calls") as admin:
        admin.execute(b"CREATE TABLE not_its_own (a int)")
    with psycopg.connect(
        host=database.url.host,
        port=database.url.port or 0,
        dbname="calls",
        user="id-abc",
        password="token.for.postgres",
    ) as own:
        own.execute("CREATE TABLE its_own (a int)")
        own.commit()
        for refused in (b"SELECT * FROM not_its_own", b"CREATE ROLE another", b"CREATE SCHEMA another"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(refused)
            own.rollback()


def test_a_secret_that_cannot_be_seen_is_not_made_anew(environment: dict[str, str], tmp_path: Path) -> None:
    assert run(SCRIPT, environment).returncode == 0
    before = secrets_in(tmp_path / "vault")
    denied = run(SCRIPT, {**environment, "DENIED": "yes"})
    assert denied.returncode != 0
    assert "Forbidden" in denied.stderr
    assert secrets_in(tmp_path / "vault") == before
