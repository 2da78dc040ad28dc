"""explorer.compute.keeping.waiting: what ended unheard, the newest first."""

from __future__ import annotations

from pathlib import Path

from explorer.compute import unheard
from explorer.compute.keeping.waiting import FindWaiting
from explorer.models.files.holding import held
from tests.compute.keeping.test_prune import runs_in


def test_those_with_a_mark_and_no_writer_wait(tmp_path: Path) -> None:
    assert FindWaiting(tmp_path / "nowhere").answer() == ()
    runs = runs_in(tmp_path)
    assert FindWaiting(tmp_path).answer() == ()
    for run in runs[:3]:
        (run / unheard.MARK).touch()
    assert {run.path for run in FindWaiting(tmp_path).answer()} == set(runs[:3])
    with held(runs[1]):
        assert runs[1] not in {run.path for run in FindWaiting(tmp_path).answer()}
    unheard.forget(runs[0])
    assert {run.path for run in FindWaiting(tmp_path).answer()} == {runs[1], runs[2]}
