"""What every test shares: the Hypothesis profile, and a Qt that needs no display."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

# Qt aborts the whole process when it finds no display, whichever test asks for it first.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
