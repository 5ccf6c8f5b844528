"""A worker of ``--crew``, as who gives out the work sees it."""

import math
import os
import signal
import sys
import time
from collections.abc import Sequence
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest
from hand import Hand

__all__ = ["Files", "Member"]

Files = dict[str, list[int]]
"""Tests of each file, by their numbers among all that were collected."""


class Member:
    """A process, what it is given of, and what it has not ended.

    Args:
        number: it is called by it.
        files: what it takes from.
        in_gaps: has it only what others leave of the processor?
        ahead: a file that it collects and plays by itself, while the others are collected still.
    """

    def __init__(self, number: int, files: Files, *, in_gaps: bool = False, ahead: str = "") -> None:
        self.number = number
        self.name = f"gw{number}"
        self.files = files
        self.in_gaps = in_gaps
        self.ahead = ahead
        self.numbers: Sequence[int] = ()
        """Which its tests are, in the order in which it has collected them itself."""
        self.pid = 0
        self.left: list[int] = []
        """What it has been given and has not ended."""
        self.until = math.inf
        """When it must have been heard of again, by ``time.monotonic``."""
        self.wire: Connection

    def fork(self, session: pytest.Session, count: int, others: Sequence["Member"]) -> None:
        """Have a process of its own. Nothing may run in a thread here: a fork has one only."""
        self.wire, theirs = Pipe()
        sys.stdout.flush()  # or both would write it
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                for member in (*others, self):
                    member.wire.close()  # while a copy of it is open here, nobody sees that we are gone
                status = Hand(session, theirs, self.name, count, in_gaps=self.in_gaps).work(self.ahead)
            finally:
                os._exit(status)
        theirs.close()

    def called(self, number: int) -> int:
        """Which test this is, among all of them."""
        return self.numbers[number] if self.ahead else number

    def ended(self, until: float) -> bool:
        """Wait for the process so long; is it over?"""
        while self.pid and not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        self.pid = 0
        return True

    def end(self, until: float) -> None:
        """Wait for the process; kill it when its time is up."""
        if not self.ended(until):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0
