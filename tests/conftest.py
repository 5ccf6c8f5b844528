"""What many tests share: the order they run in, a real PostgreSQL, and a real LiveKit server."""

import faulthandler
import logging
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from chromium import Chromium, NoBrowser, find_chromium
from crew import Crew
from hypothesis import HealthCheck, settings
from left_behind import LeftBehind
from nursery import seed
from order import TwoKinds, give_way, in_order
from quick_certificates import read_once
from quick_postgres import kept_in
from quick_sqlite import at_once, threads_again
from quick_statements import compiled_anew, compiled_once
from quick_tables import take_over
from second_chance import EXCUSED, SecondPass, read_excuses
from sparing import Sparing
from sqlalchemy import make_url
from still_running import StillRunning
from warmed import warm

from backend.adapters.sql import database
from backend.engine.conversation.floor_states import FloorStates
from backend.errors import ConfigError
from backend.language.languages import LANGUAGES
from backend.language.ready import make_ready
from local_azure.livekit.server_process import LiveKitServer, find_livekit_server, livekit_server
from local_azure.postgres_server import postgres_server

FloorStates.strict = True
_upgrade_to = take_over()
_make_engine = compiled_once()
read_once()
at_once()

# Speed lives in benchmarks: on a busy machine the same example takes many times as long, and is no worse for it.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


def _as_it_is() -> None:
    """Load what programs of ours are, and take back what is otherwise in tests."""
    FloorStates.strict = False
    database.upgrade_to = _upgrade_to
    compiled_anew(_make_engine)
    threads_again()
    faulthandler.disable()  # it would write where pytest does
    for name in ("backend.boot.server", "backend.boot.worker", "backend.cli.commands.serve", "local_azure.develop"):
        import_module(name)
    make_ready(LANGUAGES)
    root = logging.getLogger()
    for handler in [*root.handlers]:
        root.removeHandler(handler)


@contextmanager
def _beside(folder: Path) -> Iterator[None]:
    """What a crew has together: programs that are forked, and the data of a new PostgreSQL."""
    with seed(folder, _as_it_is), kept_in(folder):
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    """What ``make test`` says in its passes."""
    parser.addoption("--crew", type=int, default=0, help="so many workers, forked once everything is collected")
    parser.addoption("--second-chance", action="store_true", help="fail for whoever passes only now; list them")


def pytest_configure(config: pytest.Config) -> None:
    """Clean up after failures, know what runs, and watch a second pass."""
    config.pluginmanager.register(LeftBehind())
    config.pluginmanager.register(Sparing())
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(StillRunning())
    if config.getoption("--crew"):
        config.pluginmanager.register(Crew(config.getoption("--crew"), warm, _beside))
    if config.getoption("--second-chance"):
        config.pluginmanager.register(SecondPass(read_excuses(EXCUSED.read_text("utf-8"))))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TwoKinds | None:
    """What waits beside what computes (``tests/suite/order.py``)."""
    return TwoKinds(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """Workers that compute give way from here on. (``pytest_runtestloop`` xdist's workers keep to themselves.)"""
    give_way()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What waits first (``tests/suite/order.py``), and unmeasured: a call that is measured falls behind its clock."""
    in_order(items)
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(pytest.mark.no_cover)


_left_out = pytest.StashKey[int]()


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count the tests that need LiveKit and were not chosen, so that the last lines can say so."""
    for item in items:
        if item.get_closest_marker("livekit") is not None:
            item.config.stash[_left_out] = item.config.stash.get(_left_out, 0) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not run."""
    for marker, what in (("livekit", "tests against a real LiveKit server"), ("browser", "tests in a browser")):
        skipped = [report for report in terminalreporter.stats.get("skipped", ()) if marker in report.keywords]
        why = {report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple)}
        if skipped:
            told = f"{len(skipped)} {what} NOT RUN: {'; '.join(sorted(why))}"
            terminalreporter.write_line(told, yellow=True, bold=True)
    left_out = config.stash.get(_left_out, 0)
    if left_out and "livekit" in config.option.markexpr:
        terminalreporter.write_line(
            f"{left_out} tests against a real LiveKit server NOT RUN: `make test-livekit` runs them",
            yellow=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """A real browser. Where none can be had the tests that need it are skipped, loudly, but not where ``CI`` is set."""
    try:
        return find_chromium()
    except NoBrowser as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session", name="livekit_server")
def _livekit_server() -> Iterator[LiveKitServer]:
    """A real LiveKit server on loopback. Where none was built the tests that need it are skipped, loudly."""
    if find_livekit_server() is None:
        pytest.skip("no LiveKit server: `make .tools/livekit-server` builds one")
    with livekit_server() as server:  # one that was built and does not start is a failure
        yield server


@pytest.fixture(scope="session")
def postgres_address() -> Iterator[str]:
    """A real PostgreSQL; ``TEST_POSTGRES_URL`` names another one.

    Where none can be started the tests that need it are skipped, but not where ``CI`` is set.
    """
    with ExitStack() as ends:
        try:
            yield os.environ.get("TEST_POSTGRES_URL") or ends.enter_context(postgres_server())[0]
        except ConfigError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(error))


@pytest.fixture
def by_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are made by all migrations, one after the other, as a server has it."""
    monkeypatch.setattr(database, "upgrade_to", _upgrade_to)


@contextmanager
def _schema(address: str) -> Iterator[str]:
    schema = f"ringmaster_test_{secrets.token_hex(6)}"
    with psycopg.connect(_plain(address), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
        yield make_url(address).update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(False)
        connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def _plain(address: str) -> str:
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres(postgres_address: str) -> Iterator[str]:
    """A schema of this session's own on a real PostgreSQL."""
    with _schema(postgres_address) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def new_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/deep/new.db"
        return
    with _schema(request.getfixturevalue("postgres_address")) as url:
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def own_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database without tables, for all tests of a file: what they only read is written once."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('own')}/r.db"
        return
    with _schema(request.getfixturevalue("postgres_address")) as url:
        yield url


@pytest.fixture
def new_postgres_url(postgres_address: str) -> Iterator[str]:
    """A PostgreSQL without tables."""
    with _schema(postgres_address) as url:
        yield url


_EMPTIED = b"""
DO $$
DECLARE one text;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables
        WHERE schemaname = current_schema() AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', one);
    END LOOP;
    FOR one IN SELECT sequencename FROM pg_sequences
        WHERE schemaname = current_schema() AND last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', one);
    END LOOP;
END $$
"""
"""TRUNCATE gives every table and index a new file: a tenth of a second of the server, four hundred times. What is there
is a few rows."""


@pytest.fixture
def empty_postgres(postgres: str) -> str:
    """The same, with nothing in it: no test finds what another has left."""
    with psycopg.connect(_plain(postgres), autocommit=True) as connection:
        connection.execute(_EMPTIED)
    return postgres


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: a SQLite file, and a real PostgreSQL."""
    if request.param == "postgres":
        found: str = request.getfixturevalue("empty_postgres")
        return found
    return f"sqlite+aiosqlite:///{tmp_path}/deep/r.db"


@pytest.fixture(scope="session")
def postgres_with_passwords(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own that asks everybody but its administrator for a password."""
    folder = tmp_path_factory.mktemp("postgres")
    with ExitStack() as ends:
        try:
            url, _ = ends.enter_context(postgres_server(folder=folder))
        except ConfigError as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(error))
        rules = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 password\n"
        (folder / "data" / "pg_hba.conf").write_text(rules)
        with psycopg.connect(_plain(url), autocommit=True) as connection:
            connection.execute("SELECT pg_reload_conf()")
        yield url
