from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from explorer.app.background import lock


def test_threads_hand_over_soon() -> None:
    before = sys.getswitchinterval()
    try:
        lock.share_soon()
        assert sys.getswitchinterval() == pytest.approx(lock.INTERVAL)
    finally:
        sys.setswitchinterval(before)


def test_the_hundred_waits_of_a_step_are_a_fraction_of_a_frame() -> None:
    """A frame is 1/60 s; a step that runs beside it asks for the lock a hundred times."""
    assert 100 * lock.INTERVAL < 0.16 / 60


@pytest.mark.skipif(sys.platform != "linux", reason="timer slack is Linux's")
def test_a_threads_waits_are_its_own() -> None:
    slack: list[int] = []

    def work() -> None:
        lock.wake_on_time()
        slack.append(int(Path(f"/proc/{threading.get_native_id()}/timerslack_ns").read_text()))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert slack == [1]
