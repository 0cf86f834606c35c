"""Keeps the system from writing the program's memory, which holds the key, to the disk.

Python's last words after a crash (`log_files`) name places in the source alone and are enough.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes

    SEM_FAILCRITICALERRORS = 0x0001
    SEM_NOGPFAULTERRORBOX = 0x0002
    """Without it, Windows Error Reporting may keep a dump of a process that crashed:
    https://learn.microsoft.com/windows/win32/api/errhandlingapi/nf-errhandlingapi-seterrormode"""

    def forbid_memory_images() -> None:
        """Have no image of this process kept when it crashes."""
        ctypes.windll.kernel32.SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX)
else:
    import resource

    def forbid_memory_images() -> None:
        """Have no image of this process kept when it crashes."""
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
