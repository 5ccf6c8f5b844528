"""Outcomes as JUnit XML, which every CI reads."""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as xml

from backend.errors import ConfigError
from backend.rehearsal.rehearse import Outcome

__all__ = ["write_junit"]

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def write_junit(path: Path, outcomes: Sequence[Outcome]) -> None:
    """Write one test suite for each suite, one test case for each conversation, with its transcript.

    Raises:
        ConfigError: the file cannot be written.
    """
    root = xml.Element("testsuites", _counts(outcomes))
    for suite in dict.fromkeys(outcome.suite for outcome in outcomes):
        members = [outcome for outcome in outcomes if outcome.suite == suite]
        element = xml.SubElement(root, "testsuite", {"name": suite, **_counts(members)})
        for outcome in members:
            _case(element, outcome)
    xml.indent(root)
    try:
        xml.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    except OSError as error:
        raise ConfigError(f"--junit: {path} cannot be written ({error.strerror})") from error


def _counts(outcomes: Sequence[Outcome]) -> dict[str, str]:
    return {
        "tests": str(len(outcomes)),
        "failures": str(sum(not outcome.passed for outcome in outcomes)),
        "errors": "0",
        "time": f"{sum(outcome.seconds for outcome in outcomes):.3f}",
    }


def _case(suite: xml.Element, outcome: Outcome) -> None:
    case = xml.SubElement(
        suite, "testcase", {"classname": outcome.suite, "name": outcome.name, "time": f"{outcome.seconds:.3f}"}
    )
    if outcome.problems:
        failure = xml.SubElement(case, "failure", {"message": _clean(outcome.problems[0])})
        failure.text = _clean("\n".join(outcome.problems))
    xml.SubElement(case, "system-out").text = _clean("\n".join([outcome.title, *outcome.transcript]))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
