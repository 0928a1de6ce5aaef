"""What do the structure tests look at? Every module of the package, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "folkmoot"


@dataclass(frozen=True)
class Module:
    """A file of the package: `name` is its path below the package, `room` the first part of that."""

    name: str
    room: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_module(path) for path in sorted(PACKAGE.rglob("*.py")))


def _module(path: Path) -> Module:
    name = path.relative_to(PACKAGE)
    text = path.read_text()
    return Module(str(name), name.parts[0].removesuffix(".py"), text, ast.parse(text))


def called_name(call: ast.Call) -> str:
    """Give the last part of what is called: `b` of `a.b(…)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
