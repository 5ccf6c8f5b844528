"""``ringmaster store``: the versions that are and were live, going back to one, and mending an older store."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import typer
from rich.table import Table

from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.version_figures import SqlVersionFigures
from backend.adapters.terminal.screen import as_written, screen
from backend.agents.check import check_store
from backend.agents.edit import Edit, difference, whole_version
from backend.agents.files import StoreFiles
from backend.agents.folder import StoreFolder
from backend.agents.report import run_check
from backend.agents.seeding import seed_contents
from backend.agents.store import AgentStore
from backend.agents.upgrade import OutdatedLine, OutdatedServer, lines_to_mend, mended, mended_server, servers_to_mend
from backend.boot.live_store import StoreParts, store_parts
from backend.cli.audited import noted, who_runs, with_database
from backend.domain.timezone import is_zone
from backend.errors import ConfigError, EditConflict, EditRefused, NotInStore
from backend.tool_store.built_in_tools import tool_names
from config import Settings

__all__ = ["end_share", "plant_seed", "put_live", "roll_back", "show_diff", "show_revisions", "show_share", "upgrade"]

_out = screen()
_STYLES = (("+++", "bold"), ("---", "bold"), ("@@", "cyan"), ("+", "green"), ("-", "red"))


def show_revisions(settings: Settings, limit: int) -> None:
    """Print the versions that were live, the newest first, the live one marked."""
    _with_store(settings, lambda parts: _revisions(parts, limit))


def show_diff(settings: Settings, version: str) -> None:
    """Print what would change if ``version`` went live now."""
    _with_store(settings, lambda parts: _diff(parts, version))


def roll_back(settings: Settings, version: str) -> None:
    """Make ``version`` live; servers that run take it over."""
    _with_store(settings, lambda parts: _roll_back(parts, version))


def put_live(settings: Settings, version: str, share: int | None, note: str, override: str) -> None:
    """Put a draft or an earlier version live, for all new calls or for ``share`` percent of them.

    Raises:
        NotRehearsed: a line demands what it has not passed, and ``override`` is empty.
        ConfigError: a share without Redis, by which running servers would hear of it.
    """
    if share is None:
        _with_store(settings, lambda parts: _put_live(parts, version, note, override))
        return
    _require_redis(settings)
    _with_database(settings, lambda parts, database: _begin_share(parts, database, version, share, note, override))


def show_share(settings: Settings) -> None:
    """Print the share of calls with another version, and how both versions do.

    Raises:
        ConfigError: without Redis only the server itself knows.
    """
    _require_redis(settings)

    async def work(parts: StoreParts, database: Database) -> None:
        await parts.sharing.follow()
        share = parts.sharing.share
        if share is None:
            _out.print("every new call gets the live version")
            return
        figures = await SqlVersionFigures(database).figures((share.base, share.version), share.since)
        _out.print(f"{share.percent} of 100 new calls get {share.version}, by {share.actor}", markup=False)
        table = Table("", share.base, share.version, box=None, pad_edge=False)
        both = [figures[name].plain() for name in (share.base, share.version)]
        for name in both[0]:
            table.add_row(name, *(str(one[name]) for one in both))
        _out.print(table)

    _with_database(settings, work)


def end_share(settings: Settings) -> None:
    """Take the share back: every new call gets the live version.

    Raises:
        ConfigError: without Redis no server would hear of it.
    """
    _require_redis(settings)

    async def work(parts: StoreParts, database: Database) -> None:
        async with noted(SqlAuditBook(database), "store.take_back", "") as hand:
            share = await parts.sharing.end()
            if share is not None:
                hand.target, hand.before, hand.after = share.version, share.version, share.base
        said = f"{share.version} is given to no new call any more" if share else "there is no share"
        _out.print(f"[green]ok[/]: {said}")

    _with_database(settings, work)


def plant_seed(settings: Settings, *, yes: bool) -> None:
    """Show how the store that the image brings differs from the live one, and put it live when asked to.

    Raises:
        ConfigError: STORE_SEED is not set, or there is no store.
    """
    seed = settings.connections.store_seed
    if seed is None:
        raise ConfigError("STORE_SEED: expected a folder with agent_store and prompt_store, it is not set")
    contents = seed_contents(seed)

    async def work(parts: StoreParts) -> None:
        if not _show(parts.live.store.files, contents):
            _out.print("[green]ok[/]: the store that the image brings is live")
        elif yes or typer.confirm("Put this live?"):
            edit = Edit(contents, who_runs(), whole=True)
            outcome = await parts.live.edit(edit)
            _out.print(f"[green]ok[/]: {outcome.store.version} is live in place of {outcome.previous}")

    _with_store(settings, work)


def upgrade(settings: Settings, directory: Path | None, timezone: str, *, yes: bool) -> int:
    """Mend on disk what earlier versions let pass; a running server takes it over. Gives the exit status.

    Args:
        settings: where the store is, when ``directory`` is not given.
        directory: folder that holds agent_store and prompt_store.
        timezone: for lines that name none; asked for when empty.
        yes: write without asking.

    Raises:
        ConfigError: ``timezone`` is none, or there is no store.
        EditConflict, EditRefused: somebody else changed the store meanwhile, or it cannot be written.
    """
    connections = settings.connections
    agents = directory / "agent_store" if directory else connections.agent_store
    prompts = directory / "prompt_store" if directory else connections.prompt_store
    if timezone and not is_zone(timezone):
        raise ConfigError(f"--timezone: expected a time zone such as America/Chicago, got {timezone!r}")
    if not agents.is_dir() or not prompts.is_dir():
        raise ConfigError(f"expected agent_store and prompt_store, there are none at {agents.parent}")
    folder = StoreFolder(agents, prompts)
    files = asyncio.run(folder.load())
    checked = check_store(files, tool_names())
    lines, servers = lines_to_mend(checked, files), servers_to_mend(checked, files)
    lent = {name: raw.decode() for name, raw in checked.lent.items()}
    if lines or servers or lent:
        after = _mend_all(files, lines, timezone) | _mend_servers(files, servers) | lent
        _show(files.contents(), after)
        if not yes and not typer.confirm("Write this?"):
            return 1
        asyncio.run(_write(folder, files, after))
        put = f", {len(lent)} file(s) put into the store" if lent else ""
        _out.print(f"[green]ok[/]: {len(lines)} line(s) and {len(servers)} tool server(s) mended{put}")
    else:
        _out.print("[green]ok[/]: nothing has to be mended")
    return run_check(agents, prompts, tool_names())


def _mend_servers(files: StoreFiles, servers: list[OutdatedServer]) -> dict[str, str]:
    contents = files.contents()
    for server in servers:
        for name in server.opened:
            words = f"{name} of {server.spec.name} could be run by anybody who rings, and that stays so; is it meant?"
            _out.print(words, soft_wrap=True, markup=False)
    return {server.file: mended_server(contents[server.file], server.spec) for server in servers}


def _mend_all(files: StoreFiles, lines: list[OutdatedLine], timezone: str) -> dict[str, str]:
    after = files.contents()
    for line in lines:
        zone = timezone or (_ask_zone(line) if line.needs_zone else "")
        if line.moves_hours:
            words = f"{line.spec.name}: its hours named no time zone and were taken as those of Chicago until now"
            _out.print(words, soft_wrap=True)
        after[line.file] = mended(after[line.file], line.spec, zone)
    return after


def _ask_zone(line: OutdatedLine) -> str:
    while True:
        said: str = typer.prompt(
            f"Time zone of the callers of {line.spec.name}, such as America/Chicago", default=line.likely_zone or None
        )
        if said and is_zone(said):
            return said
        _out.print(f"there is no time zone {said!r}", markup=False)


async def _write(folder: StoreFolder, read: StoreFiles, after: Mapping[str, str]) -> None:
    before = read.contents()
    async with folder.alone():
        if folder.read().contents() != before:
            raise EditConflict("the store was changed by somebody else in the meantime; run the command again")
        try:
            folder.write({name: text for name, text in after.items() if text != before.get(name)})
        except OSError as error:
            raise EditRefused(f"the store's folders cannot be written: {error.strerror}") from error


def _with_store(settings: Settings, work: Callable[[StoreParts], Awaitable[None]]) -> None:
    _with_database(settings, lambda parts, _: work(parts))


def _with_database(settings: Settings, work: Callable[[StoreParts, Database], Awaitable[None]]) -> None:
    async def run(database: Database) -> None:
        async with store_parts(settings, database, tool_names(), watch=False) as parts:
            await work(parts, database)

    with_database(settings, run)


async def _revisions(parts: StoreParts, limit: int) -> None:
    status = parts.live.status()
    table = Table("version", "first live", "by", "", box=None, pad_edge=False)
    for revision in await parts.revisions.list(limit=limit):
        at = revision.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        now = "live" if revision.version == status.version else ""
        table.add_row(*as_written(revision.version, at, revision.actor, now))
    _out.print(table)
    if status.rejected:
        _out.print("\n[red]the store on disk does not pass the check;[/] `ringmaster check` says why")


async def _diff(parts: StoreParts, version: str) -> None:
    kept = await parts.revisions.get(await _whole(parts, version))
    assert kept is not None
    if not _show(parts.live.store.files, kept.files):
        _out.print("no difference to the live version")


def _show(before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Print how they differ. Do they?"""
    _, diff = difference(before, after)
    for line in diff.splitlines():
        style = next((style for start, style in _STYLES if line.startswith(start)), "")
        _out.print(line, style=style, markup=False, soft_wrap=True)
    return bool(diff)


async def _roll_back(parts: StoreParts, version: str) -> None:
    outcome = await parts.live.rollback(await _whole(parts, version), who_runs())
    if not outcome.changed:
        _out.print(f"[green]ok[/]: {outcome.store.version} is live already")
        return
    _out.print(f"[green]ok[/]: {outcome.store.version} is live in place of {outcome.previous}")
    for name in outcome.changed:
        _out.print(f"  {name}", markup=False)


def _require_redis(settings: Settings) -> None:
    if not settings.connections.redis_url.get_secret_value():
        raise ConfigError("REDIS_URL is not set, so no server would hear of the share; ask the server itself over HTTP")


async def _begin_share(
    parts: StoreParts, database: Database, version: str, share: int, note: str, override: str
) -> None:
    async with noted(SqlAuditBook(database), "store.put_live", version) as hand:
        hand.before, hand.detail = parts.live.store.version, {"share": share, "override": bool(override)}
        store = await _prepared(parts, version)
        hand.target = hand.after = store.version
        await parts.live.require_release(store, Edit({}, hand.who, override=override))
        await parts.sharing.begin(store.version, share, hand.who, note)
    _out.print(f"[green]ok[/]: {share} of 100 new calls get {store.version}")


async def _prepared(parts: StoreParts, version: str) -> AgentStore:
    kept = await parts.revisions.get(version)  # a draft is in no list, so it is named whole
    return await parts.tried.prepare(version if kept else await _whole(parts, version))


async def _put_live(parts: StoreParts, version: str, note: str, override: str) -> None:
    store, actor = await _prepared(parts, version), who_runs()
    edit = whole_version(store.files, (parts.live.store.version,), actor, note=note, override=override)
    outcome = await parts.live.edit(edit)
    _out.print(f"[green]ok[/]: {outcome.store.version} is live in place of {outcome.previous}")


async def _whole(parts: StoreParts, beginning: str) -> str:
    """The one version that begins so."""
    found = [revision.version for revision in await parts.revisions.list(limit=1000)]
    fitting = [version for version in found if version.startswith(beginning)]
    if len(fitting) != 1:
        what = "no version in the database begins" if not fitting else f"{len(fitting)} versions begin"
        raise NotInStore(f"{what} with {beginning!r}; `ringmaster store revisions` lists them")
    return fitting[0]
