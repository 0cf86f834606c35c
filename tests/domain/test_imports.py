"""The domain is cheap to load: what is slow or speaks to the network comes only when needed."""

import subprocess
import sys

SCRIPT = """
import pkgutil, sys
import novita_desktop.domain as domain
for module in pkgutil.iter_modules(domain.__path__):
    if module.name not in {"template_limits"}:
        __import__(f"novita_desktop.domain.{module.name}")
print(*sorted(sys.modules))
"""

# `template_limits` is the door to python-liquid: `templates` opens it for the first text with braces.
SLOW = {"httpx", "aiohttp", "ssl", "liquid", "jsonschema", "referencing", "pygments", "asyncio"}


def test_loading_the_domain_loads_nothing_slow():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "novita_desktop.domain.templates" in loaded
    assert loaded & SLOW == set()
