"""Before the window goes: training stops, and what is being kept is waited for."""

from __future__ import annotations

from functools import partial

from explorer.app.background.jobs import Jobs
from explorer.app.keeping.keeper import Keeper
from explorer.app.state import Action, State
from explorer.app.training.trainer import Trainer
from explorer.app.verbs import Verbs


def leave(
    state: State, session: Verbs, jobs: Jobs, trainer: Trainer, keeper: Keeper, limit: float
) -> bool:
    """Whether the window may go, once what is being kept has had ``limit`` seconds.

    Where it may not a message says what is not kept, and asks.
    """
    trainer.leave()
    well = not jobs.keeping or jobs.finish(limit)
    if well and keeper.leave():
        return True
    trainer.stay()
    anyway = Action("Close all the same", session.closing_wanted.emit)
    said = state.now.message
    if jobs.keeping:
        text = f"what was learned is still being kept, after {limit:.0f} s: wait for it"
        session.say(text, "warn", actions=[anyway], holds=partial(getattr, jobs, "keeping"))
    elif not well and said is not None and anyway.text not in [a.text for a in said.actions]:
        actions = [*said.actions, anyway]
        session.say(said.text, said.tone, said.details, actions, said.seen, said.holds)
    return False
