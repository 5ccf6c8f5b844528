"""Whoever catches everything gives the failure on, or says why not and tells somebody."""

import ast
from pathlib import Path

import pytest

BACKEND = Path(__file__).resolve().parents[2] / "backend"
BROAD = {"Exception", "BaseException"}


def faults(source: str) -> list[str]:
    """What is wrong with the broad handlers of a module, with their lines."""
    if "Exception" not in source and "except:" not in source:
        return []  # BaseException is one, too
    lines = source.splitlines()
    handlers = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler) and is_broad(node)]
    return [f"{node.lineno}: {fault}" for node in handlers if (fault := fault_of(node, lines))]


def is_broad(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in kinds)


def fault_of(handler: ast.ExceptHandler, lines: list[str]) -> str:
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return ""  # it only cleans up
    if "#" not in lines[handler.lineno - 1] and not lines[handler.lineno].strip().startswith("#"):
        return "no reason stands beside it"
    return "" if any(tells(node, handler.name) for one in handler.body for node in ast.walk(one)) else "it tells nobody"


def tells(node: ast.AST, name: str | None) -> bool:
    """Does this raise, log, or hand on what was caught?"""
    match node:
        case ast.Raise():
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
            return True
        case ast.Name(id=used):
            return used == name
        case _:
            return False


def test_what_catches_everything_says_why_and_tells_somebody() -> None:
    modules = sorted(BACKEND.rglob("*.py"))
    found = [
        f"{module.relative_to(BACKEND)}:{fault}" for module in modules for fault in faults(module.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("handler", "fault"),
    [
        ("except Exception:\n pass", "no reason stands beside it"),
        ("except:\n pass", "no reason stands beside it"),
        ("except (ValueError, BaseException) as e:\n f(e)", "no reason stands beside it"),
        ("except Exception:  # why\n pass", "it tells nobody"),
        ("except Exception as e:  # why\n pass", "it tells nobody"),
        ("except Exception as e:  # why\n f(e)", ""),
        ("except Exception:  # why\n log.exception('x')", ""),
        ("except Exception:\n # why\n raise ValueError", ""),
        ("except BaseException:\n f()\n raise", ""),
        ("except ValueError:\n pass", ""),
    ],
)
def test_the_rule_tells_them_apart(handler: str, fault: str) -> None:
    assert faults(f"try:\n f()\n{handler}") == ([f"3: {fault}"] if fault else [])
