"""Outputs that cannot be read as they are seen are findings, and no crash."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boardpack.audit.verification import outputs_seen
from boardpack.audit.verification.outputs_seen import MOST, hold_seen


def build(root: Path, **outputs: bytes) -> Path:
    """A build of one chapter without a block, and of some outputs."""
    (root / "notebooks").mkdir()
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "notebooks" / "01_summary.ipynb").write_text(json.dumps(notebook))
    (root / "figures.json").write_text('{"figures": []}')
    for end, content in outputs.items():
        (root / f"board-paper.{end}").write_bytes(content)
    return root


@pytest.mark.parametrize("end", ["pdf", "docx", "xlsx", "pptx"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF"])
def test_a_damaged_output_is_named(end: str, content: bytes, tmp_path: Path) -> None:
    found = hold_seen(build(tmp_path, **{end: content})).findings
    assert f"board-paper.{end}" in {finding.subject for finding in found}


def test_an_output_that_is_missing_is_named(tmp_path: Path) -> None:
    missing = {finding.subject for finding in hold_seen(build(tmp_path)).findings}
    assert missing >= {"board-paper.html", *outputs_seen.HOLDS}


def test_damaged_notebooks_are_a_finding(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "notebooks" / "01_summary.ipynb").write_text("[")
    assert hold_seen(tmp_path).findings


def test_many_faults_of_one_output_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = [(f"page {n}", "shows what the paper does not.") for n in range(MOST + 5)]
    monkeypatch.setattr(outputs_seen, "HOLDS", {"board-paper.pdf": lambda *told: faults})
    monkeypatch.setattr(outputs_seen, "reader_of", lambda path: lambda file: [])
    build(tmp_path, pdf=b"x")
    told = [f.what for f in hold_seen(tmp_path).findings if f.subject == "board-paper.pdf"]
    assert len(told) == MOST + 1
    assert told[0] == "page 0: shows what the paper does not."
    assert told[-1] == "5 more of the kind."
