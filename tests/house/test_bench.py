"""The benches run: what docs/performance.md says can be repeated."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
SMALL = {
    "claims_list.py": ["--claims", "300", "--pages", "12"],
    "desk.py": ["--claims", "300", "--rounds", "1"],
    "lookalike.py": ["--items", "20", "--queries", "2"],
}


@pytest.mark.parametrize("name", SMALL)
def test_a_bench_over_a_made_newsroom_runs(name):
    done = subprocess.run(
        [sys.executable, str(BENCH / name), *SMALL[name]], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "waited" in done.stdout
