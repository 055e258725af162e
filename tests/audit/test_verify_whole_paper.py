"""The whole paper of the default month, rendered and verified by the commands themselves."""

from __future__ import annotations

import json
from pathlib import Path

from homes import copied_home

from boardpack.core.home import CHECKOUT
from sealed_project import rendered, run


def test_the_whole_paper_verifies_and_the_certificate_says_what_was_done(tmp_path: Path) -> None:
    build, out = rendered(copied_home(CHECKOUT, tmp_path)), tmp_path / "certificate.json"
    done = run("verify", str(build), "--json", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(out.read_text("utf-8"))
    counts = {step["name"]: step["count"] for step in told["steps"]}
    figures = json.loads((build / "figures.json").read_text("utf-8"))["figures"]
    assert counts["Figures"] == len(figures)
    assert counts["Headlines"] > 1000
    assert counts["Every figure"] > 0.95 * len(figures)
    assert counts["Numbers in HTML"] > 2000
    assert counts["Numbers in PDF"] > 1500
    assert counts["Numbers in Word"] > 1500
    assert counts["Source cells"] > 1500
    assert told["result"] == "no differences"
    assert told["seal"] == json.loads((build / "manifest.json").read_text("utf-8"))["seal"]
    assert told["environment"]["python"]
    assert told["verified_at"].endswith("+00:00")
