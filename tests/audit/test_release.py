"""A release: what stands against it, what it keeps, and that nothing released is written over."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from boardpack import cli
from boardpack.audit.release import Released, ReleaseRefused, release, release_findings
from boardpack.build.progress import Timed
from boardpack.build.status import made_from, release_record, status_of
from boardpack.errors import FINDINGS, BuildFault, InputFaults
from boardpack.sources.released import latest_version, read_released
from sealed_project import alter
from small_paper import (
    MONTH,
    RELEASED,
    ROLES,
    TOTAL,
    build_of,
    check,
    comment,
    layout_of,
    rendered,
    rendered_project,
    stub_outputs,
)

RATES = """rate,from,to,value,unit,source
fnc_higher_weekly,2031-04-01,2032-03-31,400.00,GBP per week,yet to come
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered_project(tmp_path_factory.mktemp("whole") / "project")


@pytest.fixture
def root(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rendered paper of the test's own, and quick outputs for what it renders."""
    stub_outputs(monkeypatch, check("pass"))
    return Path(shutil.copytree(whole, tmp_path / "project"))


def released(root: Path) -> Released:
    return release(layout_of(root), *ROLES, Timed())


def reasons(root: Path, *roles: str) -> str:
    return "\n".join(release_findings(layout_of(root), *(roles or ROLES)))


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_clean_paper_is_released_and_its_register_frozen(root: Path) -> None:
    build = build_of(root)
    assert (build / "html" / "index.html").read_text() == "draft"
    register = (build / "figures.json").read_bytes()
    done = released(root)
    assert (done.version, done.folder, done.changes) == (1, root / RELEASED, "")
    kept = files(root / RELEASED)
    assert set(kept) == {
        *("figures.json", "checks.json", "manifest.json", "board-paper.pdf"),
        *("release.json", "wording.json"),
    }
    assert kept["figures.json"] == register
    record = json.loads(kept["release.json"])
    assert (record["preparer"], record["reviewer"]) == ROLES
    assert record["version"] == 1
    assert (build / "html" / "index.html").read_text() == "released"
    assert json.loads((build / "manifest.json").read_text())["paper"]["status"] == "released"


def test_a_frozen_register_is_read_by_the_month_after(root: Path) -> None:
    released(root)
    found = {figure.id: figure for figure in read_released(layout_of(root).paper, MONTH)}
    assert found[TOTAL].is_computed
    line = (root / RELEASED / "figures.json").read_text().splitlines()[found[TOTAL].row - 1]
    assert f'"id": "{TOTAL}"' in line


def test_an_open_error_stands_against_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub_outputs(monkeypatch, check("fail"))
    rendered(root)
    assert "cast.total fails and no waiver answers for it" in reasons(root)
    with pytest.raises(ReleaseRefused) as refused:
        released(root)
    assert refused.value.exit_code == FINDINGS
    assert not (root / RELEASED).exists()


@pytest.mark.parametrize(("status", "severity"), [("waived", "error"), ("fail", "warning")])
def test_a_waived_error_and_a_warning_do_not(
    root: Path, monkeypatch: pytest.MonkeyPatch, status: str, severity: str
) -> None:
    stub_outputs(monkeypatch, check(status, severity))
    rendered(root)
    assert reasons(root) == ""


@pytest.mark.parametrize("reviewer", ["Finance Manager", " finance  manager ", " "])
def test_two_different_roles_are_needed(root: Path, reviewer: str) -> None:
    assert "role" in reasons(root, "Finance Manager", reviewer)


def test_a_missing_build_stands_against_it(root: Path) -> None:
    shutil.rmtree(build_of(root))
    assert "render the paper first" in reasons(root)


@pytest.mark.parametrize(
    "name",
    ["data/raw/2023-24/M06/position.csv", "params/2023-24/M06.yml", "notebooks/02_position.ipynb"],
)
def test_a_stale_build_stands_against_it_and_names_what_changed(root: Path, name: str) -> None:
    with (root / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    said = reasons(root)
    assert f"{name}: has changed" in said
    assert "render the paper again" in said


def test_an_altered_build_stands_against_it(root: Path) -> None:
    (build_of(root) / "board-paper.pdf").write_text("another paper")
    assert "board-paper.pdf: has changed" in reasons(root)


def test_commentary_against_the_figures_stands_against_it(root: Path) -> None:
    comment(root, "Prescribing is underspent by £2,213k.\n")
    rendered(root)
    assert "is contradicted" in reasons(root)


def test_commentary_with_the_figures_does_not(root: Path) -> None:
    comment(root, "Prescribing is overspent by £2,213k.\n")
    rendered(root)
    assert reasons(root) == ""


def test_commentary_that_no_figure_supports_needs_an_acceptance(root: Path) -> None:
    comment(root, "The team spent £77,123 on new desks.\n")
    rendered(root)
    assert "not supported, and no reviewer has accepted it" in reasons(root)
    accepted = root / "params/2023-24/M06/bromley/accepted.csv"
    row = 'position,"£77,123",Director of Finance,Seen on the invoice'
    accepted.write_text(f"chapter,words,reviewer_role,reason\n{row}\n", encoding="utf-8")
    rendered(root)
    assert reasons(root) == ""


def test_a_released_paper_is_not_released_twice(root: Path) -> None:
    released(root)
    kept = files(root / RELEASED)
    assert "nothing has changed since" in reasons(root)
    with pytest.raises(ReleaseRefused):
        released(root)
    assert files(root / RELEASED) == kept


def test_a_release_renders_again_as_released_until_something_changes(root: Path) -> None:
    build = build_of(root)
    released(root)
    sealed = (build / "manifest.json").read_bytes()
    rendered(root)
    assert (build / "manifest.json").read_bytes() == sealed
    comment(root, "Words of our own.\n")
    assert status_of(layout_of(root)) == "draft"
    rendered(root)
    assert (build / "html" / "index.html").read_text() == "draft"


def test_a_status_in_the_parameters_releases_nothing(root: Path) -> None:
    run = root / "params/2023-24/M06.yml"
    run.write_text(run.read_text().replace("status: draft", "status: released"))
    assert (rendered(root) / "html" / "index.html").read_text() == "draft"


def test_a_correction_is_a_new_version_with_its_changes(root: Path) -> None:
    released(root)
    first = files(root / RELEASED)
    comment(root, "A correction: Prescribing is overspent by £2,213k.\n")
    rendered(root)
    done = released(root)
    assert (done.version, done.folder) == (2, root / RELEASED / "v2")
    assert "A correction" in done.changes
    assert (done.folder / "changes.txt").read_text() == done.changes
    kept = {name: data for name, data in files(root / RELEASED).items() if "/" not in name}
    assert kept == first
    assert latest_version(root / RELEASED) == 2


def test_a_paper_published_before_boardpack_is_followed_by_version_two(root: Path) -> None:
    earlier = root / RELEASED / "figures.json"
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes((root / "data/released/2023-24/M05/bromley/figures.json").read_bytes())
    published = earlier.read_bytes()
    done = released(root)
    assert done.version == 2
    assert "Figures added" in done.changes
    assert earlier.read_bytes() == published


def test_files_that_are_no_release_are_not_written_over(root: Path) -> None:
    note = root / RELEASED / "note.txt"
    note.parent.mkdir(parents=True)
    note.write_text("ours")
    with pytest.raises(BuildFault, match="writes over nothing"):
        released(root)
    assert files(root / RELEASED) == {"note.txt": b"ours"}


def test_a_damaged_release_record_is_told_plainly(root: Path) -> None:
    released(root)
    (root / RELEASED / "release.json").write_text("{")
    with pytest.raises(InputFaults, match=r"release\.json.*Restore it"):
        layout_of(root)


def test_the_command_tells_each_reason_on_a_line_and_exits_1(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roles = ["--preparer", "Finance Manager", "--reviewer", "Finance Manager"]
    shutil.rmtree(build_of(root))
    command = ["boardpack", "release", "2023-24", "M06", *roles, "--home", str(root)]
    monkeypatch.setattr(sys, "argv", command)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == FINDINGS
    lines = capsys.readouterr().err.splitlines()
    assert any("two different roles" in line for line in lines)
    assert any("render the paper first" in line for line in lines)


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks of the small paper, wherever it is computed again."""
    monkeypatch.setattr("boardpack.build.examine.run_checks", lambda *told: (check(),))


@pytest.mark.usefixtures("examined")
def test_a_released_paper_stays_released_whatever_is_declared_for_later(root: Path) -> None:
    released(root)
    report = root / "params/report.yml"
    entries = "[{name: Prescribing, to: 2023-24 M06}, {name: Medicines, from: 2023-24 M07}]"
    alter(report, "prescribing: Prescribing", f"prescribing: {entries}")
    rates = root / "data/reference/rates.csv"
    alter(rates, "rate,from,to,value,unit,source\n", RATES)
    forms = "extracts:\n  ledger: [{to: 2023-24 M07}, {from: 2023-24 M08, scale: thousands}]\n"
    (root / "params/layouts.yml").write_text(forms, encoding="utf-8")
    other = root / "data/released/2023-24/M05/lewisham/figures.json"
    other.parent.mkdir()
    other.write_text('{"figures": []}', encoding="utf-8")
    layout = layout_of(root)
    assert status_of(layout) == "released"
    assert made_from(layout) != release_record(layout)["made_from"]  # type: ignore[index]
    rendered(root)
    assert (build_of(root) / "html" / "index.html").read_text() == "released"
    assert "nothing has changed since" in reasons(root)


@pytest.mark.usefixtures("examined")
def test_a_released_paper_whose_figures_checks_or_names_change_is_a_draft(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released(root)
    report, register = (
        root / "params/report.yml",
        root / "data/released/2023-24/M05/bromley/figures.json",
    )
    said, published = report.read_text(encoding="utf-8"), register.read_text(encoding="utf-8")
    alter(report, "prescribing: Prescribing", "prescribing: Medicines")
    assert status_of(layout_of(root)) == "draft"
    report.write_text(f"{said}\n", encoding="utf-8")
    assert status_of(layout_of(root)) == "released"
    register.write_text(published.replace('"value": "-', '"value": "-1'), encoding="utf-8")
    assert status_of(layout_of(root)) == "draft"
    register.write_text(published, encoding="utf-8")
    failing = lambda *told: (check("fail"),)  # noqa: E731
    monkeypatch.setattr("boardpack.build.examine.run_checks", failing)
    assert status_of(layout_of(root)) == "draft"
