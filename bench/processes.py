"""What do a process and all that it started cost? CPU time and memory, from the kernel's own books (Linux)."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

PROC = Path("/proc")
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_CPU_OF_PROCESS = 2
"""In the number of a clock: user and system time of a process and its threads (clock_getcpuclockid)."""


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
    """Give the CPU time so far of these processes and all below them, those that ended and were waited for, too.

    Of what runs it is exact; the books in `/proc/PID/stat` know hundredths of a second only, which is enough for what
    has ended.
    """
    return sum(_spent_s(pid) for root in roots for pid in tree(root))


def _spent_s(pid: int) -> float:
    fields = _stat(pid)
    if not fields:
        return 0.0
    ended = (int(fields[13]) + int(fields[14])) / _TICKS_A_SECOND
    try:
        return time.clock_gettime((~pid << 3) | _CPU_OF_PROCESS) + ended
    except OSError:  # it has ended, and its parent has not waited for it yet
        return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND + ended


def _stat(pid: int) -> list[str]:
    """Give the fields of `stat` behind the name; none where the process has gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rsplit(") ", 1)[1].split()


def pss_bytes(pid: int) -> int:
    """Give a process's memory; what it shares is divided among those who share it. None left: 0."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def parent(pid: int) -> int:
    """Give the parent of a process that is there."""
    return int(_stat(pid)[1])


def memory(root: int) -> Iterator[tuple[int, int]]:
    """Give each process of a tree with its memory."""
    for pid in tree(root):
        yield pid, pss_bytes(pid)
