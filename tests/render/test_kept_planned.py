"""A chapter whose title, or whose being printed, a home changes is run again, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.kept_chapters import Now
from boardpack.render.layout import Layout
from boardpack.render.manifest import sources_of


@pytest.mark.parametrize(
    ("entry", "changed"),
    [
        ("cash: {title: Money in the bank}", {"18_cash"}),
        ("cash: {leave_out: Told elsewhere}", {"18_cash"}),
        ("cash: {after: position}", set()),
    ],
)
def test_only_the_chapter_that_is_changed_is_run_again(
    entry: str, changed: set[str], tmp_path: Path
) -> None:
    for folder in ("params", "data"):
        shutil.copytree(CHECKOUT / folder, tmp_path / folder)

    def seals() -> dict[str, str]:
        layout = Layout(CHECKOUT, load_paper(tmp_path, Month(2023, 6), "bromley"))
        now = Now(layout, sources_of(layout))
        return {name: now.seal(f"planned {name}") for name in ("02_position", "18_cash")}

    before = seals()
    with (tmp_path / "params" / "report.yml").open("a", encoding="utf-8") as file:
        file.write(f"chapters:\n  {entry}\n")
    after = seals()
    assert {name for name in after if after[name] != before[name]} == changed
