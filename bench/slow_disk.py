"""A layer between SQLite and the disk that makes every sync slower: what a real disk does, which virtual ones hide."""

import time
from typing import Any

import apsw

NAME = "slow"
_kept: list[apsw.VFS] = []


def slow_down(sync_ms: float) -> None:
    """Let every sync of databases that this process opens from now on take so much longer."""
    if sync_ms <= 0:
        return
    usual = apsw.vfs_names()[0]

    def sync(file: Any, flags: int) -> None:  # noqa: ANN401 -- a class made below
        apsw.VFSFile.xSync(file, flags)
        time.sleep(sync_ms / 1000)

    file_class = type("SlowFile", (apsw.VFSFile,), {"xSync": sync})
    disk = type("SlowDisk", (apsw.VFS,), {"xOpen": lambda _, name, flags: file_class(usual, name, flags)})
    _kept.append(disk(NAME, usual))
    apsw.set_default_vfs(NAME)
