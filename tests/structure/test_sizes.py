"""Nothing in the package is too long to be read at once."""

import statistics

from tests.structure.source import modules

MODULE_MAX_LINES = 600
MODULE_P90_LINES = 300
FUNCTION_MAX_LINES = 60
FUNCTION_P90_LINES = 30
FUNCTION_MEDIAN_LINES = 10


def test_modules_are_short() -> None:
    lines = {module.name: module.lines for module in modules()}
    assert {name: count for name, count in lines.items() if count > MODULE_MAX_LINES} == {}
    assert statistics.quantiles(lines.values(), n=10)[-1] <= MODULE_P90_LINES


def test_functions_are_short() -> None:
    lines = {
        f"{module.name}:{function.lineno} {function.name}": (function.end_lineno or function.lineno)
        - function.lineno
        + 1
        for module in modules()
        for function in module.functions()
    }
    assert {name: count for name, count in lines.items() if count > FUNCTION_MAX_LINES} == {}
    assert statistics.quantiles(lines.values(), n=10)[-1] <= FUNCTION_P90_LINES
    assert statistics.median(lines.values()) <= FUNCTION_MEDIAN_LINES
