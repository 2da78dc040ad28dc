"""What the tests stand on: cycles do not die in a thread that happens to allocate."""

from __future__ import annotations

import threading

from tests import guards


class Cycle:
    """Says in which thread it dies."""

    died: list[threading.Thread] = []  # noqa: RUF012 - of all of them

    def __init__(self) -> None:
        self.self = self

    def __del__(self) -> None:
        Cycle.died.append(threading.current_thread())


def test_a_cycle_dies_on_the_main_thread_after_its_test() -> None:
    Cycle.died.clear()
    Cycle()
    busy = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    busy.start()
    busy.join()
    assert Cycle.died == []
    guards.collect()
    assert Cycle.died == [threading.main_thread()]
