"""What calls leave behind is found soon, though the loaded program is never looked through again."""

import subprocess
import sys

_PROGRAM = """
import gc
loaded = [[i] for i in range(400_000)]   # a loaded program
from backend.boot.collector import spare_the_collector
spare_the_collector()
full = 0
def count(phase, info):
    global full
    full += phase == "stop" and info["generation"] == 2
gc.callbacks.append(count)
living = []
for call in range(100):
    for _ in range(5_000):               # dies young, in a cycle
        a, b = [], []
        a.append(b), b.append(a)
    thing = [[] for _ in range(500)]     # lives while the next fifteen calls come, and leaves a cycle behind
    thing.append(thing)
    living = [*living[-15:], thing]
print(full)
"""


def test_full_collections_come_after_the_loaded_program_was_set_aside() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) >= 1
