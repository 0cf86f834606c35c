"""Signals of the system reach the window's loop."""

import os
import signal
import sys

import pytest

from novita_desktop.ui.termination import TerminationSignals


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_asks_for_the_end(qtbot, number):
    before = signal.getsignal(number)
    signals = TerminationSignals()
    with qtbot.waitSignal(signals.requested):
        os.kill(os.getpid(), number)
    signals.close()
    assert signal.getsignal(number) == before


def test_closing_gives_the_wake_up_back(qapp):
    TerminationSignals().close()
    assert signal.set_wakeup_fd(-1) == -1
