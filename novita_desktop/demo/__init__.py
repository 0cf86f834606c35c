"""A replica of Novita's API on a loopback port, with its real catalogue and marked sample answers.

It serves `--demo` and is the test double of every test. It knows HTTP and nothing of the rest of
the program. Importing this package is cheap: the host is imported when it is first used, by
`DemoThread` on its own thread. Scenarios and control endpoints: `docs/demo-host.md`.
"""

from typing import TYPE_CHECKING

from novita_desktop.demo.thread import DemoThread

if TYPE_CHECKING:
    from novita_desktop.demo.host import DemoHost

__all__ = ["DemoHost", "DemoThread"]


def __getattr__(name: str) -> object:
    """Import `DemoHost` on its first use."""
    if name == "DemoHost":
        from novita_desktop.demo.host import DemoHost  # noqa: PLC0415

        return DemoHost
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
