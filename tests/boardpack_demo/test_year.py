"""The demonstration year rendered month by month: each paper is made, and no check fails in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

CHAPTERS = 20
PAPERS = ("alderwick", "brockmere", "icb", "caldenhurst", "eddlestow", "icb")
"""Whose paper is made, month after month: each place's and the ICB's twice a year."""


def test_a_month_renders_and_nothing_fails(demo: Path, rendered_month: int) -> None:
    month = f"M{rendered_month:02d}"
    place = PAPERS[(rendered_month - 1) % len(PAPERS)]
    verb = ["render", "2024-25", month, "--place", place, "--home", str(demo)]
    done = subprocess.run(
        [sys.executable, "-m", "boardpack", *verb],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert done.returncode == 0, done.stderr
    build = demo / "build/2024-25" / month / place
    checks = json.loads((build / "checks.json").read_text(encoding="utf-8"))["checks"]
    assert [one["id"] for one in checks if one["status"] == "fail"] == []
    assert len(list((build / "notebooks").glob("*.ipynb"))) > CHAPTERS
    assert (build / "board-paper.pdf").stat().st_size > 100_000
