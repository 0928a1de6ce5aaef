"""What do a process and all that it started cost? CPU time and memory, from `/proc`."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """Give a process and all below it, parents first, siblings by age."""
    below: dict[int, list[int]] = {}
    for pid in sorted(int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()):
        fields = _stat(pid)
        if fields:
            below.setdefault(int(fields[1]), []).append(pid)
    found = [root]
    for pid in found:
        found.extend(below.get(pid, ()))
    return found


def cpu_s(roots: Iterable[int]) -> float:
    """Give the CPU time so far of these processes and all below them, those that ended and were waited for, too."""
    return sum(_ticks(pid) for root in roots for pid in tree(root)) / _TICKS_A_SECOND


def _ticks(pid: int) -> int:
    fields = _stat(pid)
    return sum(int(field) for field in fields[11:15])


def _stat(pid: int) -> list[str]:
    """Give the fields of `stat` behind the name; none where the process has gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rsplit(") ", 1)[1].split()


def pss_bytes(pid: int) -> int:
    """Give a process's memory; what it shares is divided among those who share it."""
    for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def parent(pid: int) -> int:
    """Give the parent of a process that is there."""
    return int(_stat(pid)[1])


def memory(root: int) -> Iterator[tuple[int, int]]:
    """Give each process of a tree with its memory."""
    for pid in tree(root):
        yield pid, pss_bytes(pid)
