"""A worker that is killed while a claim is being filed: it is filed once, whichever worker goes on with the call (C2).

``KILLS`` says how many workers are killed on each kind of database; the moment is another one for each.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nursery import run

from backend.adapters.files.spool import FileSpool
from backend.adapters.sql.audit_book import SqlAuditBook
from backend.adapters.sql.call_records import SqlCallRecords
from backend.adapters.sql.callback_book import SqlCallbackBook
from backend.adapters.sql.case_book import SqlCaseBook
from backend.adapters.sql.database import Database
from backend.adapters.sql.entry_writer import SqlEntryWriter
from backend.domain.case_number import NumberPattern
from backend.domain.unsealed import Unsealed
from backend.engine.desk.kept_cases import KeptCases
from backend.engine.desk.outbox import Outbox

NUMBERS = NumberPattern("CLA-{year}-{random:6}")

KILLS = int(os.environ.get("KILLS", "10"))
LONGEST_S = 0.015


async def worker(database: Database, folder: Path, name: str) -> tuple[Outbox, KeptCases]:
    """A worker's cases, as the server joins them."""
    records, cases, wishes = SqlCallRecords(database, name), SqlCaseBook(database), SqlCallbackBook(database)
    shelf = FileSpool(folder, f"db.{name}", Unsealed())
    outbox = Outbox(SqlEntryWriter(records, cases, wishes, SqlAuditBook(database)), name, [shelf])
    await outbox.start()
    return outbox, KeptCases(cases, outbox)


async def file_one(url: str, folder: Path, call_id: str, ready: int, go: int) -> None:
    """What the worker does that is killed; every other one finds the database away and files into its spool."""
    database = Database(url)
    outbox, cases = await worker(database, folder, call_id)
    await cases.save_fields(call_id, "fnol", "POL-1", {"a": 1})
    if int(call_id[1:]) % 2:
        outbox.note_away(OSError())
    os.write(ready, b"!")
    os.read(go, 1)
    await cases.file(call_id, "fnol", NUMBERS)
    os.write(ready, b"!")
    await asyncio.sleep(60)


def kill_all(url: str, folder: Path) -> None:
    """Fork a worker for each call, let it file, and kill it at a random moment; says how many had done it by then."""
    chance, done = random.Random(2), 0
    for number in range(KILLS):
        ready, said = os.pipe()
        waits, go = os.pipe()
        worker_pid = os.fork()
        if worker_pid == 0:
            try:
                asyncio.run(file_one(url, folder, f"c{number}", said, waits))
            finally:
                os._exit(1)
        os.close(said)
        assert os.read(ready, 1) == b"!"
        os.write(go, b"!")
        time.sleep(chance.random() * LONGEST_S)
        os.kill(worker_pid, signal.SIGKILL)
        os.waitpid(worker_pid, 0)
        done += os.read(ready, 1) == b"!"
        for one in (ready, waits, go):
            os.close(one)
    print(done)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    found = Database(database_url)
    await found.migrate()
    yield found
    await found.close()


@pytest.mark.real
async def test_a_claim_is_filed_once_whenever_its_worker_is_killed(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    command = [__file__, database_url, str(tmp_path)]
    done = await asyncio.to_thread(run, command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    assert done.returncode == 0, done.stderr
    print(f"{done.stdout.strip()} of {KILLS} had filed when they were killed")
    outbox, cases = await worker(database, tmp_path, "next")
    async with asyncio.timeout(30):
        while await asyncio.to_thread(lambda: list(tmp_path.glob("db.c*"))):
            await asyncio.sleep(0.05)
    numbers = {
        (await cases.file(f"c{number}", "fnol", NUMBERS)).number for number in range(KILLS)
    }  # the call goes on here
    filed = await SqlCaseBook(database).list(limit=KILLS * 2)
    assert len(numbers) == KILLS
    assert {claim.number for claim in filed} == numbers
    assert all(claim.fields == {"a": 1} and not claim.notes for claim in filed)
    await outbox.close()


if __name__ == "__main__":
    kill_all(sys.argv[1], Path(sys.argv[2]))
