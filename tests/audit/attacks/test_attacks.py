"""Every planned attack is named, in each of three columns, as the table of docs/verify.md says.

The month is performed again once: what comes out is the honest build, which is a test of its own
(`test_verify`). Each attack is made on a copy of that build, and what is found in the honest one
is left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from planned import ATTACKS, LOGO_COLOUR, LOGO_WORDS, Attack, logo

from boardpack.audit.verification import verify as verifying
from boardpack.audit.verification.finding import Step
from boardpack.audit.verification.own_code import check_code
from boardpack.audit.verification.performed_again import records
from boardpack.audit.verification.recomputed import recomputed
from boardpack.audit.verification.sealed import Sealed, find_sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.audit.verification.tagged import check_tagged, pdf_numbers, word_numbers
from boardpack.audit.verification.verify import CHECKS, REGISTER, How, held_to, verify
from boardpack.core.home import CHECKOUT
from boardpack.render.progress import Timed
from sealed_project import (
    BUILD,
    change_manifest,
    copied,
    rendered,
    run,
    seal_anew,
    small_project,
)

COLUMNS = ("not sealed again", "sealed again, same platform", "made with another platform")
DOCUMENT = CHECKOUT / "docs" / "verify.md"
Found = dict[str, set[str]]
"""By the name of a step, the findings as one text each."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_project(tmp_path_factory.mktemp("small") / "project")
    for name in ("templates/chapters/position.md.j2", "scripts/verify.py"):
        (root / name).parent.mkdir(parents=True)
        shutil.copyfile(CHECKOUT / name, root / name)
    (root / "params/logo.png").write_bytes(logo(LOGO_COLOUR))
    report = root / "params/report.yml"
    said = f"design:\n  logo: {{file: params/logo.png, says: {LOGO_WORDS}}}\n"
    report.write_text(said + report.read_text("utf-8"), "utf-8")
    rendered(root)
    return root


def steps(sealed: Sealed, again: Path, attack: Attack | None) -> list[Step]:
    """What holds such a build, but for what an attack of another kind cannot touch."""
    found = [check_seals(sealed), check_code(sealed), *held_to(sealed, again)]
    figures = records(sealed.build, *REGISTER)
    if attack is None or attack.file.startswith("data/"):
        found += recomputed(sealed, figures, records(sealed.build, *CHECKS))
    if attack is None or attack.file.endswith((".pdf", ".docx")):
        found.append(check_tagged("Numbers in PDF", pdf_numbers, sealed.build, figures))
        found.append(check_tagged("Numbers in Word", word_numbers, sealed.build, figures))
    return found


def found_in(build: Path, again: Path, attack: Attack | None) -> Found:
    told = steps(find_sealed(build, None), again, attack)
    return {step.name: {str(finding) for finding in step.findings} for step in told}


@pytest.fixture(scope="module")
def honest(project: Path) -> Found:
    found = found_in(project / BUILD, project / BUILD, None)
    assert {name for name, told in found.items() if told} == {"Code"}
    return found


def _all_sealed(build: Path) -> None:
    """Put into the manifest whatever lies in the build and in the project now."""

    def change(record: dict[str, Any]) -> None:
        known = {*record["notebooks"], *record["records"], *record["outputs"], "manifest.json"}
        for path in build.rglob("*"):
            name = path.relative_to(build).as_posix()
            if path.is_file() and name not in known:
                record["outputs"][name] = ""
        if (build.parents[3] / "book/_ext/planted.py").exists():
            record["code"]["book/_ext/planted.py"] = ""

    change_manifest(build, change)
    seal_anew(build, build.parents[3])


def _elsewhere(record: dict[str, Any]) -> None:
    record["made_with"].update(python="3.99")


def found_by_column(attack: Attack, project: Path, tmp_path: Path, honest: Found) -> list[Found]:
    """What is found of an attack in each column, beyond what is found of the honest build."""
    build, told = copied(project, tmp_path / "copy"), []
    attack.make(build)
    told.append(found_in(build, project / BUILD, attack))
    _all_sealed(build)
    told.append(found_in(build, project / BUILD, attack))
    change_manifest(build, _elsewhere)
    told.append(found_in(build, project / BUILD, attack))
    return [
        {name: new for name, said in found.items() if (new := said - honest.get(name, set()))}
        for found in told
    ]


def _row(attack: Attack, cells: list[Found]) -> str:
    return f"| {attack.what} | {' | '.join(', '.join(found) for found in cells)} |"


def _rows_of_document() -> dict[str, str]:
    lines = DOCUMENT.read_text("utf-8").splitlines()
    return {
        line.split(" | ")[0].removeprefix("| "): line for line in lines if line.count(" | ") == 3
    }


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.what)
def test_an_attack_is_named_in_each_column_as_the_document_says(
    attack: Attack, project: Path, tmp_path: Path, honest: Found
) -> None:
    cells = found_by_column(attack, project, tmp_path, honest)
    for column, found in zip(COLUMNS, cells, strict=True):
        assert found, f"{attack.what}: nothing found where it is {column}"
        told = "\n".join(one for said in found.values() for one in said)
        assert attack.file in told or (attack.named and attack.named in told), column
    assert _rows_of_document().get(attack.what) == _row(attack, cells)


def test_the_document_tells_of_every_attack_and_of_no_other() -> None:
    assert [*_rows_of_document()] == ["altered", *(attack.what for attack in ATTACKS)]


def test_the_honest_build_is_verified_without_running_in_part(project: Path) -> None:
    done = run("verify", str(project / BUILD), "--static", "--accept-code", "*")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Result: no differences, but partial" in done.stdout
    assert done.stdout.count("Not done: with --static nothing is run.") == 3
    assert "Accepted by name" in done.stdout


STATIC = {
    "a cell of an extract": "Source cells",
    "a figure of the register": "Every figure",
    "the outcome of a check": "Seen",
    "a number in a notebook's block": "Blocks",
    "an extension of the book": "Code",
    "a style sheet that hides a row": "Styles and scripts",
    "a script of a page's": "Styles and scripts",
    "a tagged number in a page": "Numbers in HTML",
    "two row labels in a page, swapped": "Seen",
    "a number of the slides": "Seen",
    "an input of the workbook": "Seen",
    "a picture in a page": "Seen",
    "the words of a picture in a page": "Seen",
    "a picture that is added to a page": "Seen",
    "a picture of the one page": "Seen",
    "a picture of the Word document": "Seen",
    "a picture of the slides": "Seen",
    "a picture of the PDF": "Seen",
    "a row of the figures as CSV": "Numbers in CSV",
}


@pytest.mark.parametrize("what", STATIC)
def test_what_is_altered_and_sealed_again_is_named_without_running(
    what: str, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "performed", None)  # nothing may be performed
    (attack,) = (one for one in ATTACKS if one.what == what)
    build = copied(project, tmp_path / "copy")
    attack.make(build)
    _all_sealed(build)
    accept = ("notebooks/*",) if attack.in_project else ("*",)
    found = verify(build, None, Timed(), how=How(accept=accept, static=True))
    named = {step.name for step in found.steps if step.findings}
    assert STATIC[what] in named
    assert not found.is_complete
