"""Whoever leaves while the browser still asks for the microphone is not heard after that."""

import json
import subprocess
from pathlib import Path

import pytest
from chromium import ROOT
from node import NoNode, node

SCRIPT = """
const track = { live: true, stop() { this.live = false; } };
let allow;
class Context {
  audioWorklet = { addModule: async () => {} };
  async resume() {}
  async close() {}
  createMediaStreamSource = () => ({ connect() {} });
}
class Worklet { port = {}; connect() {} disconnect() {} }
const navigator = { mediaDevices: { getUserMedia: () => new Promise((given) => {
  allow = () => given({ getTracks: () => [track] });
}) } };
const fakes = { document: { querySelector: () => null }, AudioContext: Context, AudioWorkletNode: Worklet, navigator };
for (const [name, value] of Object.entries(fakes)) Object.defineProperty(globalThis, name, { value });
const { Audio } = await import(process.argv[2]);
const audio = new Audio(16000, {});
const opened = audio.open({ microphone: true });
while (!allow) await new Promise(setImmediate);
if (process.argv[3] === "left") audio.close();
allow();
await opened;
console.log(JSON.stringify(track.live));
"""


@pytest.mark.parametrize(("what", "live"), [("stays", True), ("left", False)])
def test_a_microphone_that_comes_on_after_one_has_left_goes_off(tmp_path: Path, what: str, live: bool) -> None:
    try:
        program = str(node())
    except NoNode as error:
        pytest.skip(str(error))
    source = ROOT / "backend/console/src/softphone/audio.js"
    (tmp_path / "audio.mjs").write_bytes(source.read_bytes())
    (tmp_path / "run.mjs").write_text(SCRIPT, "utf-8")
    command = [program, str(tmp_path / "run.mjs"), str(tmp_path / "audio.mjs"), what]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout) is live
