"""Whoever leaves while the browser still asks for the microphone, or takes another one, is not heard by it any more."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from chromium import ROOT
from node import NoNode, node

FAKES = """
const track = { live: true, stop() { this.live = false; } };
let allow;
class Context {
  audioWorklet = { addModule: async () => {} };
  async resume() {}
  async close() {}
  createMediaStreamSource = () => ({ connect() {}, disconnect() {} });
}
const worklets = [];
class Worklet {
  port = { postMessage: (told) => (this.told = told) };
  constructor() { worklets.push(this); }
  connect() {}
  disconnect() {}
}
const navigator = { mediaDevices: { getUserMedia: () => new Promise((given) => {
  allow = () => given({ getTracks: () => [track] });
}) } };
const fakes = { document: { querySelector: () => null }, AudioContext: Context, AudioWorkletNode: Worklet, navigator };
for (const [name, value] of Object.entries(fakes)) Object.defineProperty(globalThis, name, { value });
const { Audio } = await import(process.argv[2]);
const frames = [];
const audio = new Audio(16000, { frame: (pcm) => frames.push(pcm), played() {} });
"""
LEAVES = """
const opened = audio.open({ microphone: true });
while (!allow) await new Promise(setImmediate);
if (process.argv[3] === "left") audio.close();
allow();
await opened;
console.log(JSON.stringify(track.live));
"""
CHANGES = """
const opened = audio.open({ microphone: true });
while (!allow) await new Promise(setImmediate);
allow();
await opened;
allow = undefined;
const changed = audio.change("another");
while (!allow) await new Promise(setImmediate);
allow();
await changed;
for (const one of worklets) one.port.onmessage?.({ data: { pcm: one } }); // the first says silence for ever
const [voice, first, second] = worklets;
console.log(JSON.stringify([frames.length === 1 && frames[0] === second, first.told, second.told ?? null]));
"""


@pytest.mark.parametrize(("what", "live"), [("stays", True), ("left", False)])
def test_a_microphone_that_comes_on_after_one_has_left_goes_off(tmp_path: Path, what: str, live: bool) -> None:
    assert told(tmp_path, LEAVES, what) is live


def test_of_two_microphones_only_the_latest_is_heard(tmp_path: Path) -> None:
    assert told(tmp_path, CHANGES) == [True, "over", None]


def told(folder: Path, script: str, *more: str) -> Any:
    """What a script tells that was run beside the softphone's audio."""
    try:
        program = str(node())
    except NoNode as error:
        pytest.skip(str(error))
    source = ROOT / "backend/console/src/softphone/audio.js"
    (folder / "audio.mjs").write_bytes(source.read_bytes())
    (folder / "run.mjs").write_text(FAKES + script, "utf-8")
    command = [program, str(folder / "run.mjs"), str(folder / "audio.mjs"), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(done.stdout)
