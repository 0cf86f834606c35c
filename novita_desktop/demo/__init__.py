"""A replica of Novita's API on a loopback port, with its real catalogue and marked sample answers.

It serves `--demo` and is the test double of every test. It knows HTTP and nothing of the rest of
the program. Importing this package is cheap: the server library is imported when a host starts.
The scenarios and control endpoints are described in `docs/demo-host.md`.
"""

from novita_desktop.demo.host import DemoHost
from novita_desktop.demo.thread import DemoThread

__all__ = ["DemoHost", "DemoThread"]
