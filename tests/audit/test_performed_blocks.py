"""What notebooks show without a block of their own is compared when a month is performed again."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import plain_notebook as plain
from boardpack.audit.verification.performed_again import compare_blocks, shown
from boardpack.document.blocks import MIME


def written(build: Path, notebook: dict[str, Any]) -> Path:
    """A build with this notebook."""
    (build / "notebooks").mkdir(parents=True)
    path = build / "notebooks" / f"{plain.NAME}.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return build


def test_every_block_of_every_cell_is_compared(tmp_path: Path) -> None:
    honest = written(tmp_path / "a", plain.NOTEBOOK)
    step = compare_blocks(honest, written(tmp_path / "b", plain.NOTEBOOK))
    assert step.findings == ()
    assert step.count == 9  # two headings, prose of two cells, three pictures, two printed texts


@pytest.mark.parametrize(("cell", "part", "other"), [(1, "markdown", "x"), (1, "data", "eA==")])
def test_what_a_markdown_cell_shows_cannot_be_changed(
    cell: int, part: str, other: str, tmp_path: Path
) -> None:
    changed = deepcopy(plain.NOTEBOOK)
    items = changed["cells"][cell]["metadata"]["boardpack"]["shown"]
    item = next(one for one in items if part in one)
    item[part] = other
    sealed = written(tmp_path / "a", changed)
    (finding,) = compare_blocks(sealed, written(tmp_path / "b", plain.NOTEBOOK)).findings
    assert item["id"] in str(finding)


def test_what_a_cell_draws_cannot_be_changed(tmp_path: Path) -> None:
    changed = deepcopy(plain.NOTEBOOK)
    drawn = next(
        o for c in changed["cells"] for o in c.get("outputs", ()) if "image/png" in o["data"]
    )
    drawn["data"][MIME]["alt"] = "Beds rise"
    sealed = written(tmp_path / "a", changed)
    assert len(compare_blocks(sealed, written(tmp_path / "b", plain.NOTEBOOK)).findings) == 1


@pytest.mark.parametrize("damage", [{"boardpack": []}, {"boardpack": {"shown": 3}}, []])
def test_a_damaged_cell_is_read_as_far_as_it_goes(damage: Any, tmp_path: Path) -> None:
    changed = deepcopy(plain.NOTEBOOK)
    changed["cells"][1]["metadata"] = damage
    path = written(tmp_path, changed) / "notebooks" / f"{plain.NAME}.ipynb"
    assert len(list(shown(path))) == 6
