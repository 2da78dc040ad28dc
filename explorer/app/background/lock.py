"""How long a thread waits for Python's lock while the window holds it.

A training step asks for the lock after each of its hundred operations. While the window works, it
would wait Python's usual 5 ms each time. Python can be told to hand over sooner, but Linux rounds a
thread's waits up by 50 us (its timer slack, see prctl(2)), which a thread may forgo for itself.

The window, in turn, gives the lock up and has to ask for it again whenever one of Qt's own values
(a QPointF, a QColor, a QPainter) goes out of use in Python, and with every signal: what runs with
each move of the pointer should have few of either.
"""

from __future__ import annotations

import ctypes
import sys

INTERVAL = 0.00002  # seconds
PR_SET_TIMERSLACK = 29  # linux/prctl.h


def share_soon() -> None:
    """Let threads ask for the lock after ``INTERVAL``."""
    sys.setswitchinterval(INTERVAL)


def wake_on_time() -> None:
    """On Linux, let the calling thread's waits end when they should; elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, ctypes.c_ulong(1), 0, 0, 0)
