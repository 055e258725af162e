"""Three bodies and two months on a real scheduler, with a fault to mend and a worker that dies.

Only with `BOARDPACK_AIRFLOW_PYTHON`, as scripts/test_scheduler.py sets it: Airflow has an
environment of its own. The homes are light: one place or two, three chapters.
"""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from airflow_running import DAG, Airflow, airflow, kill_worker, wait_for
from boardpack.core.home import CHECKOUT
from boardpack_demo.icb import PLACES, SIZES
from boardpack_demo.make import make_demo
from boardpack_demo.plants import plant_named
from boardpack_demo.sizes import Body

PYTHON = os.environ.get("BOARDPACK_AIRFLOW_PYTHON", "")
pytestmark = pytest.mark.skipif(
    not PYTHON, reason="python scripts/test_scheduler.py runs this, with Airflow at hand"
)
YEAR, MONTHS = "2024-25", ("M01", "M02")
KEPT = ("summary", "position", "assurance")
FAULT = plant_named("misspelt-column")
RUN = "one"
OVER = {"success", "failed"}


def _light(folder: Path, places: int, *plants: str) -> Path:
    """A body of a place or two with two months, and three chapters in its papers."""
    names = dict(list(PLACES.items())[:places])
    sizes = {place: SIZES[place] / Decimal(5) for place in names}
    make_demo(folder, months=len(MONTHS), plants=plants, body=Body(names, sizes))
    report = folder / "params/report.yml"
    said = yaml.safe_load(report.read_text(encoding="utf-8"))
    order = yaml.safe_load((CHECKOUT / "book/_toc.yml").read_text(encoding="utf-8"))
    chapters = [one["file"].partition("_")[2] for p in order["parts"] for one in p["chapters"]]
    left = {name: {"leave_out": "Not in this paper"} for name in chapters if name not in KEPT}
    report.write_text(yaml.safe_dump({**said, "chapters": left}, sort_keys=False), encoding="utf-8")
    return folder


def _papers(home: Path) -> list[str]:
    said = yaml.safe_load((home / "params/report.yml").read_text(encoding="utf-8"))
    return [*said["places"], "icb"]


def _standing(home: Path, month: str) -> list[str]:
    """The papers of a month that stand whole: a build takes its place in one step."""
    folder = home / "build" / YEAR / month
    return [one for one in _papers(home) if (folder / one / "manifest.json").is_file()]


def _stamps(home: Path) -> dict[tuple[str, str], tuple[int, int]]:
    """When each paper that stands was made, and in which file: another render changes both."""
    found = {}
    for month in MONTHS:
        for paper in _standing(home, month):
            told = (home / "build" / YEAR / month / paper / "manifest.json").stat()
            found[month, paper] = (told.st_ino, told.st_mtime_ns)
    return found


def _ended(running: Airflow, tasks: int) -> bool:
    found = running.tasks(RUN)
    return len(found) == tasks and all(one.state in OVER for one in found)


def test_every_paper_is_whole_the_fault_is_told_and_nothing_is_made_twice(tmp_path: Path) -> None:
    homes = [
        _light(tmp_path / "wexmoor", 2),
        _light(tmp_path / "vale", 1, FAULT.name),
        _light(tmp_path / "moor", 1),
    ]
    (tmp_path / "airflow").mkdir()
    tasks = len(homes) * len(MONTHS)
    with airflow(tmp_path / "airflow", PYTHON) as running:
        asked = {"homes": list(map(str, homes)), "year": YEAR, "months": list(MONTHS)}
        running.api(
            f"/dags/{DAG}/dagRuns", {"dag_run_id": RUN, "logical_date": None, "conf": asked}
        )
        wait_for(lambda: _standing(homes[0], MONTHS[0]))
        kill_worker(homes[0], MONTHS[0])
        stood = _stamps(homes[0])
        assert len([one for one in stood if one[0] == MONTHS[0]]) < len(_papers(homes[0]))

        wait_for(lambda: _ended(running, tasks))
        ended = {(Path(one.home).name, one.month): one for one in running.tasks(RUN)}
        failed = ended.pop(("vale", "M02"))
        assert (failed.state, failed.tries) == ("failed", 1)
        assert FAULT.says in running.logs(failed.index)
        assert {one.state for one in ended.values()} == {"success"}
        tries = {name: one.tries for name, one in ended.items() if one.tries > 1}
        assert tries == {("wexmoor", "M01"): 2}

        before = [_stamps(home) for home in homes]
        assert stood.items() <= before[0].items()
        make_demo(
            homes[1],
            months=len(MONTHS),
            body=Body({"alderwick": "Alderwick"}, {"alderwick": SIZES["alderwick"] / 5}),
        )
        again = {"dag_run_id": RUN, "only_failed": True, "dry_run": False, "task_ids": ["papers"]}
        running.api(f"/dags/{DAG}/clearTaskInstances", again)
        wait_for(lambda: all(one.state == "success" for one in running.tasks(RUN)))

    for home, earlier in zip(homes, before, strict=True):
        now = _stamps(home)
        assert list(now) == [(month, paper) for month in MONTHS for paper in _papers(home)]
        assert earlier.items() <= now.items()
