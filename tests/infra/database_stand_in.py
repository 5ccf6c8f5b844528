"""Azure Database for PostgreSQL, as far as the set-up script speaks to it: a real one with the Entra function."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from platform_stand_in import OPAQUE, bare_environment
from sqlalchemy import URL, make_url

from local_azure.postgres_server import find_postgres

_PRINCIPALS = """
CREATE OR REPLACE FUNCTION pg_catalog.pgaadauth_create_principal_with_oid(text, text, text, boolean, boolean)
RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L', $1, '{token}');
  RETURN 'Created role for ' || $1;
END $$
"""


@dataclass(frozen=True)
class DatabaseServer:
    """One server with an empty database, and where it is."""

    url: URL
    database: str

    def connect(self, database: str = "") -> psycopg.Connection:
        """As its administrator."""
        return psycopg.connect(
            self.url.set(drivername="postgresql", database=database or "postgres").render_as_string(False),
            autocommit=True,
        )

    @property
    def roles(self) -> set[str]:
        """Roles that may log in."""
        with self.connect() as connection:
            rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper").fetchall()
        return {str(row[0]) for row in rows}

    def environment(self, role: str, folder: Path) -> dict[str, str]:
        """What infra/modules/set-up.bicep tells the script of it. ``folder`` stands on PATH before all else."""
        binaries = find_postgres()
        assert binaries is not None
        return {
            **bare_environment(folder, binaries),
            "DATABASE_HOST": str(self.url.host),
            "PGPORT": str(self.url.port),
            "PGSSLMODE": "disable",  # the binaries of the tests have no TLS
            "DATABASE": self.database,
            "ADMINISTRATOR": "postgres",
            "ROLE": role,
            "ROLE_OBJECT_ID": "0f3c2b1a-0000-4000-8000-5d6e7f809a1b",
            "PAUSE": "0",
        }


def database_server(url: str, database: str) -> DatabaseServer:
    """Make it ready."""
    server = DatabaseServer(make_url(url), database)
    with server.connect() as connection:
        connection.execute(_PRINCIPALS.format(token=OPAQUE["https://ossrdbms-aad.database.windows.net"]).encode())
        connection.execute(f'CREATE DATABASE "{database}"'.encode())
    return server


def run(script: Path, environment: Mapping[str, str], *, answer: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a script to its end."""
    return subprocess.run(
        [str(script)], env=dict(environment), input=answer, capture_output=True, text=True, timeout=60, check=False
    )
