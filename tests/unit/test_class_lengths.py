"""No class of the server has so many lines that it is more than one thing."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST = 250


def lengths() -> dict[str, int]:
    found: dict[str, int] = {}
    for path in sorted((ROOT / "backend").rglob("*.py")):
        text = path.read_text("utf-8")
        if text.count("\n") < MOST:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ClassDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                found[node.name] = max(lines, found.get(node.name, 0))
    return found


def test_classes_have_one_duty() -> None:
    too_long = {name: lines for name, lines in lengths().items() if lines > MOST}
    assert too_long == {}
