"""Whose turn is it to write into the SQLite file? The kernel's queue of one side file says so.

SQLite's own waiting is a sleep and a try, and starves one of two busy processes completely. `flock` wakes who waits,
and the kernel lets go of the lock when its process dies.
"""

import fcntl
import os
from pathlib import Path

from folkmoot.db.faults import StorageFault

NETWORK_FILE_SYSTEMS = frozenset(
    {
        *("afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "ocfs2", "orangefs", "smb2", "smb3", "smbfs"),
        *("fuse.ceph-fuse", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
    }
)
"""Where locks, or memory shared by processes, are known to be wrong on some machines."""

MOUNTS = Path("/proc/self/mountinfo")


class FileLock:
    """A lock between processes, and between users within one. Waiting has no end: whoever holds it is alive."""

    __slots__ = ("_file",)

    def __init__(self, path: Path) -> None:
        """Open the side file, and make it where it is missing. It is never deleted: another may wait on it.

        It is opened for reading only, so that whoever may read it can lock it, whichever user made it.

        Raises:
            StorageFault: it can neither be opened nor made.
        """
        try:
            self._file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageFault(f"cannot open the lock file {path}: {error.strerror}") from error

    def acquire(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._file)

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


def network_file_system(path: Path, mounts: str) -> str | None:
    """Say which network file system a path lies on, or None where it is a local one.

    Args:
        path: absolute, without links.
        mounts: what the kernel says in `/proc/self/mountinfo`.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        place, _, source = line.partition(" - ")
        fields = place.split(" ")
        if len(fields) < 5:
            continue
        point = Path(fields[4].encode().decode("unicode_escape"))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), source.split(" ")[0]
    return kind if kind in NETWORK_FILE_SYSTEMS else None
