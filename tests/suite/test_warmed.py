"""What is made before workers are forked is what they would make, and it starts nothing. (In them it is there.)"""

import threading

from shipped_store import shipped_store
from warmed import warm

from backend.api.security_schemes import _made
from backend.rehearsal.tools import memory_tools


def test_the_store_and_the_documents_are_there_and_no_thread_was_started() -> None:
    threads = set(threading.enumerate())
    warm()
    assert set(threading.enumerate()) <= threads
    store = shipped_store(memory_tools().names)
    assert store.forms and shipped_store(memory_tools().names) is store
    assert {"/api/v1/claims" in document["paths"] for document in _made.values()} == {True, False}
