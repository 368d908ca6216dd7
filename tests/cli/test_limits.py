"""As many hosts at once as there are handles for."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

WITHIN = """
import resource, sys
from pathlib import Path
from feedmaker.cli.limits import within_limits
from feedmaker.settings import load_settings
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[2]), int(sys.argv[3])))
settings = within_limits(load_settings(Path(sys.argv[1])))
print(settings.fetch.hosts_at_once, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@pytest.mark.parametrize(("soft", "hard", "hosts"), [(64, 64, 4), (20, 20, 1), (64, 600, 16), (600, 600, 16)])
def test_hosts_at_once_are_bounded_by_handles_which_are_raised_as_far_as_they_may_be(
    soft: int, hard: int, hosts: int, tmp_path: Path
) -> None:
    config = tmp_path / "sources.yaml"
    config.write_text(json.dumps({"sources": {"town": "https://news.example/"}}))
    command = [sys.executable, "-c", WITHIN, str(config), str(soft), str(hard)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == f"{hosts} {hard}"
    assert ("raise the limit of open files" in done.stdout + done.stderr) == (hosts < 16)
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] != soft
