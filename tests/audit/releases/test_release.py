"""A release: what stands against it, what it keeps, and that nothing released is written over."""

from __future__ import annotations

import json
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from boardpack import cli
from boardpack.audit.releases.release import (
    ReleaseRefused,
    approval_findings,
    prepare,
    release,
    release_findings,
)
from boardpack.audit.releases.release_all import prepare_all, release_all
from boardpack.audit.releases.release_check import check_release
from boardpack.audit.verification.finding import Step
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.core.errors import FINDINGS, BuildFault, InputFaults, UsageFault
from boardpack.core.run_log import read_log
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.prose.commentary import COLUMNS
from boardpack.prose.stale_words import record_written
from boardpack.reading.released import latest_version, read_released
from boardpack.reading.released_chain import Chain
from boardpack.render.progress import Timed
from boardpack.render.proposal import Person, proposal_file, read_person, read_proposal
from boardpack.render.status import made_from, release_record, status_of
from sealed_project import alter
from small_paper import (
    APPROVER,
    MONTH,
    PREPARER,
    RELEASED,
    TOTAL,
    build_of,
    check,
    comment,
    layout_of,
    prepared,
    released,
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


def reasons(root: Path) -> str:
    return "\n".join(release_findings(layout_of(root)))


def against(root: Path, by: Person = APPROVER) -> str:
    """What stands against somebody's approval."""
    return "\n".join(approval_findings(layout_of(root), by))


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
    for act, person in (("prepared", PREPARER), ("approved", APPROVER)):
        told = record[act]
        assert (told["name"], told["role"]) == (person.name, person.role)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["when"])
    assert (record["version"], record["replaces"]) == (1, None)
    assert not proposal_file(layout_of(root)).exists()
    assert (build / "html" / "index.html").read_text() == "released"
    assert json.loads((build / "manifest.json").read_text())["paper"]["status"] == "released"


def test_a_release_holds_and_each_names_what_stood_before_it(root: Path) -> None:
    def step() -> Step:
        return check_release(Sealed(build_of(root), root, root))

    published = {f"data/released/2023-24/{code}/bromley" for code in ("M04", "M05")}
    assert "A draft" in step().note
    assert "calls the paper released" not in str(step().findings)
    released(root)
    first = json.loads((root / RELEASED / "release.json").read_text())
    assert set(first["files"]) == {path.name for path in (root / RELEASED).iterdir()} - {
        "release.json"
    }
    assert first["chain"]["first"] == RELEASED.as_posix()
    assert set(first["chain"]["before"]) == published
    assert step().findings == ()
    assert "approved by Sam Roy, Director of Finance" in step().note
    corrected(root)
    released(root)
    second = json.loads((root / RELEASED / "v2/release.json").read_text())
    assert set(second["chain"]["before"]) == {RELEASED.as_posix()}
    assert {"changes.txt", "changes.csv"} <= set(second["files"])
    assert step().findings == ()
    assert Chain(root).held().broken == ()
    assert "data/released/2023-24/M06/bromley/release.json" in step_inputs(root)


def step_inputs(root: Path) -> set[str]:
    """What the build names as its inputs."""
    return set(json.loads((build_of(root) / "manifest.json").read_text())["inputs"])


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


@pytest.mark.parametrize(
    ("by", "another"),
    [
        (Person("ann  lee", "Director of Finance"), "another person"),
        (Person("Sam Roy", " finance manager"), "another role"),
    ],
)
def test_another_person_in_another_role_approves(root: Path, by: Person, another: str) -> None:
    prepared(root)
    assert another in against(root, by)
    with pytest.raises(ReleaseRefused, match=another):
        release(layout_of(root), by, Timed())
    assert not (root / RELEASED).exists()
    assert against(root) == ""


@pytest.mark.parametrize("text", ["Ann Lee", "Ann Lee, ", ", Finance Manager", " "])
def test_a_person_has_a_name_and_a_role(text: str) -> None:
    with pytest.raises(UsageFault, match="a person and a role"):
        read_person(text)


def test_a_role_may_have_a_comma() -> None:
    assert read_person(" Ann  Lee, Head of Finance, Place ") == Person(
        "Ann Lee", "Head of Finance, Place"
    )


def test_what_nobody_prepared_is_not_released(root: Path) -> None:
    with pytest.raises(ReleaseRefused, match="Nobody has prepared"):
        release(layout_of(root), APPROVER, Timed())
    assert not (root / RELEASED).exists()


def test_preparing_releases_nothing_and_changes_no_byte_of_a_first_version(root: Path) -> None:
    before = files(build_of(root))
    prepared(root)
    assert files(build_of(root)) == before
    assert not (root / RELEASED).exists()
    assert status_of(layout_of(root)) == "draft"


def test_what_changed_since_it_was_prepared_is_not_released(root: Path) -> None:
    prepared(root)
    comment(root, "Words of our own.\n")
    assert "has changed" in against(root) or "is additional" in against(root)
    rendered(root)
    assert "Ann Lee, Finance Manager prepared" in against(root)
    assert "Prepare it again" in against(root)
    assert released(root).version == 1


def test_what_stands_against_a_release_stands_against_preparing_it(root: Path) -> None:
    comment(root, "Prescribing is underspent by £2,213k.\n")
    rendered(root)
    with pytest.raises(ReleaseRefused, match="is contradicted"):
        prepared(root)
    assert read_proposal(layout_of(root)) is None


def test_a_damaged_proposal_is_told_plainly(root: Path) -> None:
    prepared(root)
    proposal_file(layout_of(root)).write_text("{")
    with pytest.raises(InputFaults, match="prepare the paper again"):
        against(root)


def test_a_line_to_be_confirmed_stands_against_it(root: Path) -> None:
    run = root / "params/2023-24/M06.yml"
    text = run.read_text()
    board_date = next(line for line in text.splitlines() if line.startswith("board_date:"))
    run.write_text(text.replace(board_date, f"{board_date}  # to be confirmed"))
    rendered(root)
    assert "board_date is still to be confirmed" in reasons(root)


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
    sentence = '"The team spent £77,123 on new desks."'
    row = f"position,{sentence},Ann Lee,Director of Finance,2023-11-01,Seen on the invoice"
    accepted.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    rendered(root)
    assert reasons(root) == ""


def test_words_whose_figures_have_moved_stand_against_a_release(root: Path) -> None:
    comment(root, "The place is overspent by [[position.bromley.total.ytd_variance]].\n")
    rendered(root)
    layout = layout_of(root)
    record = json.loads((build_of(root) / "figures.json").read_text(encoding="utf-8"))
    register = Register(figure_from_json(item) for item in record["figures"])
    moved = {"position.bromley.total.ytd_variance": Decimal(-1)}
    record_written(layout.paper, register, moved)
    rendered(root)
    assert "was -1, is -2400000. Write it anew" in reasons(root)
    record_written(layout.paper, register)
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


def corrected(root: Path) -> None:
    comment(root, "A correction: Prescribing is overspent by £2,213k.\n")
    rendered(root)


def test_a_correction_is_a_new_version_with_its_changes(root: Path) -> None:
    released(root)
    first = files(root / RELEASED)
    corrected(root)
    done = released(root)
    assert (done.version, done.folder) == (2, root / RELEASED / "v2")
    assert "A correction" in done.changes
    assert (done.folder / "changes.txt").read_text() == done.changes
    assert (done.folder / "changes.csv").read_text().startswith("figure,label,unit,before,after")
    kept = {name: data for name, data in files(root / RELEASED).items() if "/" not in name}
    assert kept == first
    assert latest_version(root / RELEASED) == 2


def test_a_second_version_needs_a_reason_and_says_it(root: Path) -> None:
    released(root)
    corrected(root)
    version = layout_of(root).paper.version
    assert version is not None
    assert (version.number, version.replaces, version.reason) == (2, 1, "")
    assert "not yet given" in version.sentence
    with pytest.raises(ReleaseRefused, match="--reason why it is replaced"):
        prepare(layout_of(root), PREPARER, " ", Timed())
    prepared(root, reason="The ledger was corrected.")
    manifest = json.loads((build_of(root) / "manifest.json").read_text())
    assert manifest["paper"]["status"] == "draft"
    assert manifest["paper"]["version"]["reason"] == "The ledger was corrected."
    assert f"{RELEASED.as_posix()}/figures.json" in manifest["inputs"]
    release(layout_of(root), APPROVER, Timed())
    record = json.loads((root / RELEASED / "v2/release.json").read_text())
    day = json.loads((root / RELEASED / "release.json").read_text())["approved"]["when"][:10]
    assert record["replaces"]["released"] == day
    paper = layout_of(root).paper
    assert paper.run.status == "released"
    assert paper.version is not None
    assert paper.version.sentence.endswith("Why: The ledger was corrected.")
    sealed = (build_of(root) / "manifest.json").read_bytes()
    assert (rendered(root) / "manifest.json").read_bytes() == sealed


def test_a_reason_stands_when_it_is_prepared_again(root: Path) -> None:
    released(root)
    corrected(root)
    prepared(root, reason="The ledger was corrected.")
    comment(root, "Another correction: Prescribing is overspent by £2,213k.\n")
    rendered(root)
    assert prepare(layout_of(root), PREPARER, "", Timed()).reason == "The ledger was corrected."


def test_a_first_version_takes_no_reason(root: Path) -> None:
    with pytest.raises(ReleaseRefused, match="first version"):
        prepare(layout_of(root), PREPARER, "Why not", Timed())


def test_a_second_version_is_held_to_its_seals_and_so_is_what_it_replaces(root: Path) -> None:
    released(root)
    corrected(root)
    assert not check_seals(Sealed(build_of(root), root, root)).findings
    released(root)
    assert not check_seals(Sealed(build_of(root), root, root)).findings
    first = root / RELEASED / "figures.json"
    first.write_text(first.read_text() + " ")
    (finding,) = check_seals(Sealed(build_of(root), root, root)).findings
    assert "figures.json: has changed" in str(finding)


def test_a_release_recorded_by_roles_only_is_replaced_by_its_data_cut(root: Path) -> None:
    released(root)
    path = root / RELEASED / "release.json"
    record = json.loads(path.read_text())
    roles = {"preparer": "Finance Manager", "reviewer": "Director of Finance"}
    old = {key: said for key, said in record.items() if key not in ("prepared", "approved")}
    path.write_text(json.dumps({**old, **roles, "schema": "boardpack/release/1"}))
    assert layout_of(root).paper.run.status == "released"
    corrected(root)
    version = layout_of(root).paper.version
    assert version is not None
    assert version.released is None
    assert version.since.startswith("of the data of ")


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


def command(monkeypatch: pytest.MonkeyPatch, root: Path, verb: str, *more: str) -> int:
    argv = ["boardpack", verb, "2023-24", "M06", *more, "--home", str(root)]
    monkeypatch.setattr(sys, "argv", argv)
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


def test_the_command_tells_each_reason_on_a_line_and_exits_1(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(root)
    shutil.rmtree(build_of(root))
    by = ["--by", "Ann Lee, Finance Manager"]
    assert command(monkeypatch, root, "release", *by) == FINDINGS
    lines = capsys.readouterr().err.splitlines()
    assert any("another role" in line for line in lines)
    assert any("render the paper first" in line for line in lines)


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> None:
    """The checks of the small paper, wherever it is computed again."""
    monkeypatch.setattr("boardpack.render.examine.run_checks", lambda *_, **__: (check(),))


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
    assert made_from(layout) != release_record(layout, 1)["made_from"]  # type: ignore[index]
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
    failing = lambda *_, **__: (check("fail"),)  # noqa: E731
    monkeypatch.setattr("boardpack.render.examine.run_checks", failing)
    assert status_of(layout_of(root)) == "draft"


def test_both_acts_by_command_stand_in_the_log(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(monkeypatch, root, "prepare", "--by", "Ann Lee, Finance Manager") == 0
    assert "Another person releases it" in capsys.readouterr().out
    assert command(monkeypatch, root, "release", "--by", "Sam Roy, Director of Finance") == 0
    assert "released as version 1" in capsys.readouterr().out
    assert command(monkeypatch, root, "release", "--by", "Sam Roy, Director of Finance") == FINDINGS
    runs = [(run.command, run.place, run.code) for run in read_log(root)]
    expected = [("prepare", 0), ("release", 0), ("release", FINDINGS)]
    assert runs == [(verb, "bromley", code) for verb, code in expected]
    assert read_log(root)[0].made_from == read_log(root)[1].made_from


def test_all_papers_are_released_together_or_none(root: Path) -> None:
    places = [layout_of(root), layout_of(root, "bexley")]
    with pytest.raises(ReleaseRefused) as refused:
        list(prepare_all(places, PREPARER, "", lambda layout: Timed()))
    assert any("Bexley: There is no build" in reason for reason in refused.value.reasons)
    assert any("Bromley: nothing stands against it" in reason for reason in refused.value.reasons)
    assert read_proposal(places[0]) is None
    rendered(root, "bexley")
    assert len(list(prepare_all(places, PREPARER, "", lambda layout: Timed()))) == 2
    done = list(release_all(places, APPROVER, lambda layout: Timed()))
    assert [released.version for _, released in done] == [1, 1]
    again = [layout_of(root), layout_of(root, "bexley")]
    with pytest.raises(ReleaseRefused, match="Every paper of the month is released"):
        release_all(again, APPROVER, lambda layout: Timed())
