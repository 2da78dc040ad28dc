"""Once Qt has started modules are imported without a second reading of their source."""

from __future__ import annotations

import subprocess
import sys

CODE = """
from explorer.ui.application import create_application
create_application([])
import linecache
import explorer.ui.window
print([name for name in linecache.cache if name.endswith("window.py")])
"""


def test_the_source_of_a_module_is_not_read_for_features_of_pyside() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
