"""What tests of commands have, too."""

from tests.commands.conftest import data, done, failed

__all__ = ["data", "done", "failed"]
