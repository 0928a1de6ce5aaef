"""How does a process give memory back that it no longer needs? glibc keeps it unless it is told; others need nothing.

Large threads are made of tens of thousands of pieces, which are freed with what is kept lying among them. Left to
itself glibc keeps all of that: two web processes that had read a large site held 90 MB more than with this.
"""

import ctypes
import sys
import threading
from collections.abc import Callable

EVERY_S = 2.0

_LARGE_BLOCK_BYTES = 256 * 1024
_ARENAS = 2
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8


def return_large_blocks() -> None:
    """Let this process and its children give large blocks back to the system as soon as they are free.

    Without it glibc keeps more of them the larger they were.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)
        mallopt(_M_TRIM_THRESHOLD, _LARGE_BLOCK_BYTES)
        mallopt(_M_ARENA_MAX, _ARENAS)


def keep_returning() -> None:
    """Give back what lies free among what is used, every two seconds, in a thread that ends with the process.

    It takes 0.3 ms where there is nothing to give, and 4 ms for 25 MB; Python goes on meanwhile.
    """
    trim = _of_glibc("malloc_trim")
    if trim is None:
        return
    pause = threading.Event()

    def work() -> None:
        while not pause.wait(EVERY_S):
            trim(0)

    threading.Thread(target=work, name="folkmoot-memory", daemon=True).start()


def _of_glibc(name: str) -> Callable[..., int] | None:
    """Find a function of the C library; None where it is another library, or another system."""
    found: Callable[..., int] | None = None
    if sys.platform == "linux":
        found = getattr(ctypes.CDLL(None), name, None)
    return found
