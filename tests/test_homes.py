"""Tests work on what the project holds, whatever somebody's checkout keeps beside it."""

from __future__ import annotations

from pathlib import Path

from homes import copied_home


def test_what_working_in_a_checkout_leaves_is_not_copied(tmp_path: Path) -> None:
    kept = tmp_path / "checkout/params/.earlier/2023-24/M06/bromley/1"
    for folder in (kept, tmp_path / "checkout/data/raw"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("1")
    home = copied_home(tmp_path / "checkout", tmp_path / "home")
    assert [path.name for path in sorted(home.rglob("*"))] == ["data", "raw", "file", "params"]
