"""Attacks on what was released: a forged status, and registers altered, removed or rolled back.

Each is made in three columns: the build not sealed again, sealed again by whoever altered it, and
sealed as if made on another platform. Verification must name the thing in all of them, and so must
`status` and the check that stops the next release, where they see it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from made_releases import (
    APPROVED,
    PREPARED,
    altered,
    change_record,
    checks_text,
    folder_of,
    published_before,
    register_text,
    release,
    seal,
)

from boardpack.audit.releases.release_check import check_release, kept_release
from boardpack.audit.verification.sealed import Sealed
from boardpack.checks.released_files import check_released_files
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.reading.release_records import FILE, RECORD
from boardpack.reading.released_chain import Chain
from boardpack.render.manifest import NAME, hashes, input_places, sealed_text
from boardpack.render.status import seal_of
from sealed_project import change_manifest

APRIL, JULY, AUGUST, SEPTEMBER = (Month(2023, number) for number in (1, 4, 5, 6))
PROJECT = Path(__file__).resolve().parents[3]
COLUMNS = ("not sealed again", "sealed again", "another platform")


@dataclass(frozen=True)
class Lies:
    """A home with the released paper of September, and the months that it was compared with."""

    home: Path

    @property
    def build(self) -> Path:
        """The build of the released paper."""
        return self.home / "build/2023-24/M06/bromley"

    def at(self, month: Month, place: str = "bromley", version: int = 1) -> Path:
        """Where a version is kept."""
        return self.home / folder_of(month, place, version)

    def findings(self) -> str:
        """What verification says of it."""
        found = check_release(Sealed(self.build, self.home, self.home)).findings
        return "\n".join(map(str, found))


def sealed_build(home: Path, status: str = "released") -> None:
    """The build of September, with what it was made from."""
    build = home / "build/2023-24/M06/bromley"
    build.mkdir(parents=True)
    (build / FILE).write_text(register_text("-2400000"), encoding="utf-8")
    (build / "checks.json").write_text(checks_text(), encoding="utf-8")
    (build / "board-paper.pdf").write_bytes(b"%PDF the paper")
    places = input_places(home, SEPTEMBER, "bromley", (AUGUST, JULY))
    record = {
        "paper": {
            **{"financial_year": "2023/24", "month": 6, "place": "bromley", "status": status},
            "data_cut": "2023-10-31T12:00:00+00:00",
        },
        "made_with": {"boardpack": "0.1.0", "python": "3.11", "platform": "linux-x86_64"},
        "inputs": hashes(home, places),
        "parameters": {},
        "code": {},
        "notebooks": {},
        "records": hashes(build, [build / FILE, build / "checks.json"]),
        "outputs": hashes(build, [build / "board-paper.pdf"]),
    }
    (build / NAME).write_text(sealed_text(record), encoding="utf-8")


def sealed_again(lies: Lies, column: str) -> None:
    """Seal the build as whoever altered it would, or leave it."""

    def change(record: dict[str, object]) -> None:
        places = input_places(lies.home, SEPTEMBER, "bromley", (AUGUST, JULY))
        record["inputs"] = hashes(lies.home, places)
        build = lies.build
        record["records"] = hashes(build, [build / FILE, build / "checks.json"])
        record["outputs"] = hashes(build, [build / "board-paper.pdf"])
        if column == "another platform":
            record["made_with"] = {"boardpack": "0.1.0", "python": "3.9", "platform": "plan9"}

    if column != "not sealed again":
        change_manifest(lies.build, change)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("honest") / "home"
    shutil.copytree(PROJECT / "params", home / "params")
    published_before(home, APRIL)
    for month in (JULY, AUGUST):
        release(home, month, "bromley", value="-1000000")
        release(home, month, "bexley", value="-500000")
    release(home, AUGUST, "bromley", 2, value="-1100000")
    release(home, AUGUST, "lewisham")
    sealed_build(home)
    build = home / "build/2023-24/M06/bromley"
    folder = release(
        home,
        SEPTEMBER,
        data_cut="2023-10-31T12:00:00+00:00",
        replaces=None,
        manifest=seal(build / NAME),
        made_from=seal_of(json.loads((build / NAME).read_text())),
    )
    for name in ("board-paper.pdf", NAME):
        shutil.copyfile(build / name, folder / name)
        change_record(folder, files={name: seal(folder / name)})
    return home


@pytest.fixture
def lies(honest: Path, tmp_path: Path) -> Lies:
    return Lies(Path(shutil.copytree(honest, tmp_path / "home")))


Attack = Callable[[Lies], None]


def no_record(lies: Lies) -> None:
    shutil.rmtree(lies.at(SEPTEMBER))


def approved_by_nobody(lies: Lies) -> None:
    change_record(lies.at(SEPTEMBER), approved=None)


def approved_by_one(lies: Lies) -> None:
    change_record(lies.at(SEPTEMBER), approved={**APPROVED, "name": PREPARED["name"]})


def record_of_another(lies: Lies) -> None:
    shutil.copyfile(lies.at(AUGUST, "lewisham") / RECORD, lies.at(SEPTEMBER) / RECORD)


def failing_check(lies: Lies) -> None:
    for folder in (lies.build, lies.at(SEPTEMBER)):
        (folder / "checks.json").write_text(checks_text("fail"), encoding="utf-8")
    change_record(lies.at(SEPTEMBER), files={"checks.json": seal(lies.build / "checks.json")})


def other_figures(lies: Lies) -> None:
    (lies.build / FILE).write_text(register_text("-1400000"), encoding="utf-8")


def other_outcomes(lies: Lies) -> None:
    (lies.build / "checks.json").write_text(checks_text("fail"), encoding="utf-8")


def frozen_register_too(lies: Lies) -> None:
    other_figures(lies)
    shutil.copyfile(lies.build / FILE, lies.at(SEPTEMBER) / FILE)


FORGED: dict[Attack, str] = {
    no_record: "there is no release.json in data/released/2023-24/M06/bromley",
    approved_by_nobody: "M06/bromley: its release record does not say who prepared it",
    approved_by_one: "M06/bromley: its release record has it prepared and approved by one person",
    record_of_another: "M06/bromley: its release record is that of another paper",
    failing_check: "cast.total: fails and no waiver answers for it",
    other_figures: "",
    other_outcomes: "cast.total: fails",
    frozen_register_too: "M06/bromley: figures.json has been altered",
}


def register(lies: Lies) -> None:
    altered(lies.at(AUGUST, version=2))


def register_of_another_place(lies: Lies) -> None:
    altered(lies.at(JULY, "bexley"))


def register_and_record(lies: Lies) -> None:
    altered(lies.at(AUGUST, version=2), with_record=True)


def register_without_record(lies: Lies) -> None:
    altered(lies.at(AUGUST, version=2))
    (lies.at(AUGUST, version=2) / RECORD).unlink()


def removed(lies: Lies) -> None:
    shutil.rmtree(lies.at(JULY, "bexley"))


def rolled_back(lies: Lies) -> None:
    shutil.rmtree(lies.at(AUGUST, version=2))


def replaced_by_the_first(lies: Lies) -> None:
    for name in (FILE, RECORD):
        shutil.copyfile(lies.at(AUGUST) / name, lies.at(AUGUST, version=2) / name)


def put_in(lies: Lies) -> None:
    published_before(lies.home, JULY, "lewisham")


V2 = "data/released/2023-24/M05/bromley/v2: "
CHAINED: dict[Attack, str] = {
    register: f"{V2}figures.json has been altered",
    register_of_another_place: "M04/bexley: figures.json has been altered",
    register_and_record: f"{V2}its release record was altered or replaced",
    register_without_record: f"{V2}its release record was removed",
    removed: "data/released/2023-24/M04/bexley: was removed",
    rolled_back: f"{V2}was removed: version 1 of lewisham 2023/24 M05, released after it, names it."
    " The paper was rolled back to version 1.",
    replaced_by_the_first: f"{V2}its release record is that of another paper",
    put_in: "M04/lewisham: has no record",
}


def named(function: Attack) -> str:
    return getattr(function, "__name__", "")


IN_WORDS: dict[Attack, str] = {
    no_record: "its release record is missing",
    approved_by_nobody: "its release record names nobody who approved it",
    approved_by_one: "one person prepared and approved it",
    record_of_another: "the release record of another paper stands in its place",
    failing_check: "a check that fails was released with it",
    other_figures: "the build has other figures than were released",
    other_outcomes: "the build has other outcomes of checks than were released",
    frozen_register_too: "the build and the kept register have the same other figures",
    register: "a figure of an earlier register is altered",
    register_of_another_place: "a figure of another place's register is altered",
    register_and_record: "an earlier register is altered, and its release record to fit",
    register_without_record: "an earlier register is altered, and its release record taken away",
    removed: "an earlier release is removed",
    rolled_back: "the later version of an earlier release is removed",
    replaced_by_the_first: "a later version is replaced by the first",
    put_in: "a register that was never released is put among the releases",
}
"""Each attack as the document says it, for an auditor who reads no code."""


def test_the_document_has_these_attacks() -> None:
    rows = (PROJECT / "docs/verify.md").read_text("utf-8").partition("| done to a release |")[2]
    told = [f"| {IN_WORDS[one]} | Release |" for one in FORGED]
    told += [f"| {IN_WORDS[one]} | Release, status, check |" for one in CHAINED]
    assert rows.splitlines()[2:] == told


@pytest.mark.parametrize("column", COLUMNS)
def test_an_honest_release_has_no_finding(lies: Lies, column: str) -> None:
    sealed_again(lies, column)
    assert lies.findings() == ""
    assert Chain(lies.home).held().broken == ()
    (check,) = check_released_files(load_paper(lies.home, SEPTEMBER, "bromley"))
    assert (check.id, check.status) == ("released_files", "pass")


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("attack", FORGED, ids=named)
def test_a_forged_release_is_named(lies: Lies, attack: Attack, column: str) -> None:
    attack(lies)
    sealed_again(lies, column)
    expected = FORGED[attack]
    if attack is other_figures:
        is_same = column == "not sealed again"
        expected = (
            "figures.json: is not the file that version 1 of bromley 2023/24 M06 released"
            if is_same
            else "the build says -1400000; version 1 of bromley 2023/24 M06 released -2400000"
        )
    assert expected in lies.findings()


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("attack", CHAINED, ids=named)
@pytest.mark.parametrize("status", ["draft", "released"])
def test_a_register_that_is_not_what_was_released_is_named(
    lies: Lies, attack: Attack, column: str, status: str
) -> None:
    if status == "draft":
        shutil.rmtree(lies.at(SEPTEMBER))
        shutil.rmtree(lies.build)
        sealed_build(lies.home, "draft")
    attack(lies)
    sealed_again(lies, column)
    assert CHAINED[attack] in lies.findings()
    assert CHAINED[attack] in "\n".join(map(str, Chain(lies.home).held().broken))
    paper = load_paper(lies.home, SEPTEMBER, "bromley")
    (check,) = check_released_files(paper)
    assert (check.status, check.severity) == ("fail", "error")
    assert CHAINED[attack] in check.sentence
    assert check.id.startswith("released_files.m0")


def test_a_draft_that_calls_itself_released_is_named_when_it_is_sealed_again(lies: Lies) -> None:
    shutil.rmtree(lies.at(SEPTEMBER))
    shutil.rmtree(lies.build)
    sealed_build(lies.home, "draft")
    assert lies.findings() == ""
    change_manifest(lies.build, lambda record: record["paper"].update(status="released"))
    assert "calls the paper released" in lies.findings()


def test_a_bundle_brings_what_its_release_needs(lies: Lies) -> None:
    kept = kept_release(Sealed(lies.build, lies.home, lies.home))
    folder = folder_of(SEPTEMBER).as_posix()
    assert kept == [f"{folder}/{name}" for name in (RECORD, FILE, "checks.json")]
    inputs = json.loads((lies.build / NAME).read_text())["inputs"]
    alone = lies.home.with_name("alone")
    for name in (*kept, *inputs):
        (alone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(lies.home / name, alone / name)
    (alone / "ro-crate-metadata.json").write_text("{}")
    shutil.copytree(lies.build, alone / "build/2023-24/M06/bromley")
    assert Lies(alone).findings() == ""
    (alone / folder / "checks.json").unlink()
    assert "checks.json is missing" in Lies(alone).findings()
