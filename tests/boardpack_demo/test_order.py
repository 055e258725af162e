"""No figure depends on the order of a set: Python shuffles them anew in each process."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

COMPUTED = """
import json, sys
from pathlib import Path
from boardpack.figures.chapters import NEEDS, compute
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
paper = load_paper(Path(sys.argv[1]), parse_month("2024-25", "M07"), "alderwick")
json.dump([figure.to_json() for figure in compute(paper, *NEEDS)], sys.stdout)
"""


def computed(home: Path, seed: int) -> dict[str, str]:
    """Each figure of the month, as a process with this order of sets computes it."""
    run = subprocess.run(
        [sys.executable, "-c", COMPUTED, str(home)],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(run.stdout)
    return {one["id"]: hashlib.sha256(json.dumps(one).encode()).hexdigest() for one in figures}


def test_the_same_figures_whatever_the_order_of_sets(demo: Path) -> None:
    one, other = computed(demo, 1), computed(demo, 2)
    assert list(one) == list(other)
    assert len(one) > 5000
    assert [name for name in one if one[name] != other[name]] == []
