"""A real Chromium for tests, without a driver: fetched by npm, led by its own debugging protocol.

The npm is that of the lock of tests (``requirements/node.py``); a browser of the system can be named with
``RINGMASTER_BROWSER``. A Chromium that is fetched (67 MB, pinned with its hash) is kept in ``.tools``.
"""

import asyncio
import base64
import contextlib
import fcntl
import itertools
import json
import os
import subprocess
import tarfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from chromium_process import ChromiumProcess, NoBrowser
from node import NoNode, node, packages
from yarl import URL

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = Path(__file__).resolve().parent / "packages"
UNPACK = """
const fs = require('fs'), zlib = require('zlib'), path = require('path');
const [from, to] = process.argv.slice(1);
for (const name of fs.readdirSync(from).filter((one) => one.endsWith('.br')))
  fs.writeFileSync(path.join(to, name.slice(0, -3)), zlib.brotliDecompressSync(fs.readFileSync(path.join(from, name))));
"""
KEPT = "cookies,local_storage"
"""Where pages of the console keep what outlives them. To have all other places emptied is four times the work."""
LOOK_MS, LOOKS = 50, 40
"""How a page waits for something: two seconds, and then it is asked anew."""
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass(frozen=True)
class Chromium:
    """The program."""

    program: Path
    environment: Mapping[str, str]
    kept: dict[tuple[str, ...], ChromiumProcess] | None = None
    """Those that run, by their options: the next one who asks has one of them. None where each has one of its own."""


_SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Python before 3.11.4 knows no filters; the archive is one whose hash is known."""


def modules(folder: Path = PACKAGES, name: str = "browser") -> Path:
    """``node_modules`` of a folder's lock; of two processes that want them at once, one fetches."""
    kept = ROOT / ".tools"
    kept.mkdir(exist_ok=True)
    with (kept / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return packages(folder, name)
        except NoNode as error:
            raise NoBrowser(str(error)) from error


def find_chromium() -> Chromium:
    """The one that is named, or the one that is kept; fetched if need be."""
    if named := os.environ.get("RINGMASTER_BROWSER"):
        return Chromium(Path(named), {})
    found = modules()
    with (ROOT / ".tools" / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        unpacked = _unpacked(found)
    libraries = next((str(one.parent) for one in unpacked.rglob("libnss3.so*")), str(unpacked))
    return Chromium(unpacked / "chromium", {"LD_LIBRARY_PATH": libraries})


def _unpacked(found: Path) -> Path:
    unpacked = found.parent / "unpacked"
    if not (unpacked / "done").exists():
        unpacked.mkdir(exist_ok=True)
        packed = found / "@sparticuz" / "chromium" / "bin"
        subprocess.run([str(node()), "-e", UNPACK, str(packed), str(unpacked)], check=True, timeout=120)
        for archive in unpacked.glob("*.tar"):
            with tarfile.open(archive) as tar:
                tar.extractall(unpacked, **_SAFELY)
            archive.unlink()
        (unpacked / "chromium").chmod(0o755)
        for one in packed.glob("*.br"):
            one.unlink()
        (unpacked / "done").touch()
    return unpacked


class Refused(Exception):
    """The browser does not do it: a page that is left answers nothing more."""


@dataclass
class Page:
    """One page: what a person can do with it, and what its browser has against it.

    Elements are named by CSS selectors, or by ``role=NAME`` and the like where ``by`` finds them by what is written.
    """

    socket: aiohttp.ClientWebSocketResponse
    errors: list[str] = field(default_factory=list[str])
    """Exceptions that nobody caught."""
    been_at: set[str] = field(default_factory=set[str])
    """Origins that it was sent to."""
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _waiting: dict[int, "asyncio.Future[Any]"] = field(default_factory=dict)

    async def read(self) -> None:
        """Take what the browser says, until it goes."""
        async for message in self.socket:
            told = json.loads(message.data)
            waiting = self._waiting.pop(told.get("id", 0), None)
            if waiting is not None and not waiting.done():
                waiting.set_result(told)
            elif told.get("method") == "Runtime.exceptionThrown":
                details = told["params"]["exceptionDetails"]
                self.errors.append(details.get("exception", {}).get("description") or details["text"])

    async def ask(self, method: str, **parameters: Any) -> Any:
        """Have the browser do something of its protocol."""
        number = next(self._numbers)
        answer = self._waiting[number] = asyncio.get_running_loop().create_future()
        await self.socket.send_json({"id": number, "method": method, "params": parameters})
        async with asyncio.timeout(30):
            told = await answer
        if "error" in told:
            raise Refused(f"{method}: {told['error']}")
        return told["result"]

    async def open(self, address: str) -> None:
        """Go somewhere."""
        if address.startswith("http"):
            self.been_at.add(str(URL(address).origin()))
        await self.ask("Page.navigate", url=address)
        await self.until("document.readyState === 'complete'")

    async def value(self, expression: str) -> Any:
        """What a JavaScript expression comes to; a promise is waited for."""
        answer = await self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    async def until(self, expression: str, limit_s: float = 30) -> Any:
        """Wait until an expression is true. The page looks again and again, and is asked once in a while."""
        looks = (
            f"(async () => {{ for (let times = 0; times < {LOOKS}; times += 1) {{ const found = await ({expression});"
            f" if (found) return found; await new Promise((done) => setTimeout(done, {LOOK_MS})); }} }})()"
        )
        try:
            async with asyncio.timeout(limit_s):
                while True:
                    try:
                        if found := await self.value(looks):
                            return found
                    except Refused:  # the page was left meanwhile
                        await asyncio.sleep(LOOK_MS / 1000)
        except TimeoutError:
            shown = await self.value("document.body.innerText")
            raise AssertionError(f"{expression} has not become true; the page says:\n{shown}") from None

    async def shows(self, text: str, limit_s: float = 30) -> None:
        """Wait until a text is there to be read."""
        # Between two pages there is no body.
        await self.until(f"!!document.body?.innerText.includes({json.dumps(text)})", limit_s)

    async def click(self, selector: str, text: str = "") -> None:
        """Press the first element that fits and holds a text, once it is there and may be pressed."""
        find = (
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".find((one) => !one.disabled && one.textContent.includes({json.dumps(text)}))"
        )
        await self.until(f"!!{find}")
        await self.value(f"{find}.click()")

    async def fill(self, selector: str, text: str) -> None:
        """Write into a field as a person would, so that the page sees it."""
        await self.until(f"!!document.querySelector({json.dumps(selector)})")
        await self.value(
            f"(() => {{ const field = document.querySelector({json.dumps(selector)}); field.value = {json.dumps(text)};"
            "for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true})); })()"
        )

    async def press(self, key: str) -> None:
        """Press a key of the keyboard, such as ``Tab`` or ``Enter``."""
        text = {"Enter": "\r"}.get(key, "")
        code = {"Tab": 9, "Enter": 13, "Escape": 27}.get(key, 0)
        for kind in ("keyDown", "keyUp"):
            await self.ask(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=text
            )

    async def size(self, width: int, height: int) -> None:
        """Give it the size of a screen."""
        await self.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    async def dark(self, on: bool = True) -> None:
        """Light or dark, as the system of the person is."""
        feature = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        await self.ask("Emulation.setEmulatedMedia", features=[feature])

    async def picture(self, path: Path) -> None:
        """Keep what it looks like, as PNG."""
        told = await self.ask("Page.captureScreenshot", format="png")
        _keep(path, base64.b64decode(told["data"]))

    async def violations(self) -> list[str]:
        """What broke the page's Content-Security-Policy since it was opened."""
        return await self.value("window.violations")

    async def barriers(self, rules: Sequence[str] = ()) -> list[str]:
        """What axe-core finds serious or worse for people who use a keyboard, a screen reader or other eyes.

        Args:
            rules: of these only; of all by default.
        """
        if not await self.value("!!window.axe"):
            await self.ask("Runtime.evaluate", expression=(modules() / "axe-core" / "axe.min.js").read_text("utf-8"))
        wanted: dict[str, Any] = {"resultTypes": ["violations"]} | ({"runOnly": [*rules]} if rules else {})
        found = await self.value(f"axe.run(document, {json.dumps(wanted)}).then((all) => all.violations)")
        return [
            f"{one['id']}: {one['help']}: {[node['html'][:160] for node in one['nodes']]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]


@dataclass
class Browser:
    """A browser that runs, as somebody has it who has never used it. Its pages share cookies."""

    web: aiohttp.ClientSession
    port: int
    leads: Page
    """All of it."""
    ends: contextlib.AsyncExitStack
    _pages: list[tuple[str, Page]] = field(default_factory=list["tuple[str, Page]"])

    async def page(self) -> Page:
        """A new page."""
        target = (await self.leads.ask("Target.createTarget", url="about:blank"))["targetId"]
        page = await led(self.web, self.ends, f"ws://127.0.0.1:{self.port}/devtools/page/{target}")
        self._pages.append((target, page))
        await page.ask("Page.enable")
        await page.ask("Runtime.enable")
        await page.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        await page.size(1280, 800)
        return page

    async def forget(self) -> None:
        """Close all pages; nothing stays of what they have kept. (Contexts of their own hang in a single process.)"""
        for target, page in self._pages:
            await page.ask("Page.navigate", url="about:blank")  # it writes nothing any more
            for origin in page.been_at:
                await page.ask("Storage.clearDataForOrigin", origin=origin, storageTypes=KEPT)
            await self.leads.ask("Target.closeTarget", targetId=target)
        await self.leads.ask("Storage.clearCookies")


async def led(web: aiohttp.ClientSession, ends: contextlib.AsyncExitStack, address: str) -> Page:
    """What is led by a socket; let go of with ``ends``."""
    page = Page(await ends.enter_async_context(web.ws_connect(address, max_msg_size=0)))
    ends.callback(asyncio.create_task(page.read()).cancel)
    return page


def _process(chromium: Chromium, options: Sequence[str]) -> ChromiumProcess:
    """One of those that are kept, or else one of its own."""
    kept, which = chromium.kept, tuple(options)
    if kept is not None and which in kept and kept[which].running:
        return kept[which]
    process = ChromiumProcess(chromium.program, options, chromium.environment)
    if kept is not None:
        kept[which] = process
    return process


@asynccontextmanager
async def browser(chromium: Chromium, options: Sequence[str] = ()) -> AsyncGenerator[Browser]:
    """A browser that nobody has used; what was done in it is gone in the end."""
    process, forgotten = _process(chromium, options), False
    try:
        port, path = await process.address()
        async with aiohttp.ClientSession() as web, contextlib.AsyncExitStack() as ends:
            opened = Browser(web, port, await led(web, ends, f"ws://127.0.0.1:{port}{path}"), ends)
            yield opened
            if chromium.kept is not None:
                with contextlib.suppress(Refused, TimeoutError, ConnectionError):
                    await opened.forget()
                    forgotten = True
    finally:
        if not forgotten:
            process.end()


@asynccontextmanager
async def page(chromium: Chromium, options: Sequence[str] = ()) -> AsyncGenerator[Page]:
    """A browser with one page."""
    async with browser(chromium, options) as opened:
        yield await opened.page()


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
