"""What lies free is given back, again and again, where the C library can do that."""

import threading

import pytest

from folkmoot import memory
from tests.program import PATIENCE_S


def test_free_memory_is_given_back_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    twice, calls = threading.Event(), iter((False, True))

    def trim(kept_bytes: int) -> int:
        assert kept_bytes == 0
        if next(calls, True):
            twice.set()
        return 1

    monkeypatch.setattr(memory, "EVERY_S", 0.001)
    monkeypatch.setattr(memory, "_of_glibc", {"malloc_trim": trim}.get)
    memory.keep_returning()
    assert twice.wait(PATIENCE_S)


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_of_glibc", {}.get)
    before = threading.active_count()
    memory.keep_returning()
    memory.return_large_blocks()
    assert threading.active_count() == before


def test_elsewhere_no_library_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory.sys, "platform", "darwin")  # type: ignore[attr-defined]  # the module as it imports it
    assert memory._of_glibc("malloc_trim") is None
