"""Verification of a small project's build: what is sound passes, what was altered is named."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardpack.audit.verification.certificate import Certificate, certificate_lines
from boardpack.audit.verification.finding import Finding
from boardpack.audit.verification.held_table import hold_table
from boardpack.audit.verification.performed_again import compare_blocks, compare_records, records
from boardpack.audit.verification.sealed import GROUPS, Sealed, find_sealed
from boardpack.audit.verification.seals import ADDITIONAL, CHANGED, MISSING, check_seals
from boardpack.audit.verification.tagged import (
    check_tagged,
    html_numbers,
    pdf_numbers,
    word_numbers,
)
from boardpack.audit.verification.verify import verify
from boardpack.core.errors import UsageFault
from boardpack.core.home import CHECKOUT
from boardpack.outputs.data.figures_parquet import read_figures_parquet
from boardpack.render.progress import Timed
from sealed_project import (
    ACCEPT,
    BUILD,
    alter,
    change_manifest,
    copied,
    rendered,
    run,
    seal_anew,
    small_project,
)

FIGURE = "position.bromley.prescribing.ytd_variance"
SAID = f'"id": "{FIGURE}", "label": "Prescribing, year to date variance", "value": "-2213000"'
PAGE = "html/index.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_project(tmp_path_factory.mktemp("small") / "project")
    rendered(root)
    return root


@pytest.fixture(scope="module")
def sealed(project: Path) -> Sealed:
    return find_sealed(project / BUILD, None)


@pytest.fixture(scope="module")
def damaged(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build to be damaged and mended again."""
    return copied(project, tmp_path_factory.mktemp("damaged") / "copy")


@pytest.fixture
def build(project: Path, tmp_path: Path) -> Path:
    """A build of its own, with its project around it."""
    return copied(project, tmp_path / "copy")


def verified(build: Path) -> Certificate:
    return verify(build, None, Timed(), how=ACCEPT)


def findings(build: Path) -> list[Finding]:
    return list(check_seals(find_sealed(build, None)).findings)


def test_a_sound_build_verifies_and_nothing_of_it_is_touched(project: Path) -> None:
    files = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    certificate = verified(project / BUILD)
    assert not certificate.findings
    assert all(step.count > 0 and step.complete for step in certificate.steps)
    assert {step.name for step in certificate.steps if step.note} == {
        "Code",
        "Every figure",
        "Headlines",
        "Outcomes",
        "Release",
    }
    assert files == {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    lines = list(certificate_lines(certificate))
    assert lines[-1] == "Result: no differences."
    assert any("figures performed again: no differences" in line for line in lines)


def test_the_inputs_are_found_around_the_build_beside_it_or_where_they_are_said_to_be(
    project: Path, tmp_path: Path
) -> None:
    assert find_sealed(project / BUILD, None).home == project
    assert find_sealed(project, None).build == project / BUILD
    assert find_sealed(project / BUILD, CHECKOUT).home == CHECKOUT
    with pytest.raises(UsageFault, match=r"holds no manifest\.json"):
        find_sealed(tmp_path, None)
    with pytest.raises(UsageFault, match="no folder nowhere"):
        find_sealed(project, Path("nowhere"))


def _files(sealed: Sealed) -> list[tuple[str, Path]]:
    pairs = [(name, sealed.root(group) / name) for group in GROUPS for name in sealed.group(group)]
    return [*pairs, ("manifest.json", sealed.build / "manifest.json")]


def _is_found(sealed: Sealed, name: str, path: Path, where: float, flip: int) -> bool:
    content = path.read_bytes()
    if not content:
        return True
    place = int(where * len(content))
    changed = bytearray(content)
    changed[place] ^= flip
    path.write_bytes(bytes(changed))
    try:
        found = check_seals(find_sealed(sealed.build, None)).findings
    finally:
        path.write_bytes(content)
    return name in {finding.subject for finding in found}


@settings(max_examples=300, deadline=None)
@given(data=st.data(), where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_one_flipped_byte_in_any_sealed_file_is_found_and_named(
    sealed: Sealed, data: st.DataObject, where: float, flip: int
) -> None:
    name, path = data.draw(st.sampled_from(_files(sealed)))
    assert _is_found(sealed, name, path, where, flip)


@settings(max_examples=200, deadline=None)
@given(where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_one_flipped_byte_in_the_manifest_is_found_and_named(
    sealed: Sealed, where: float, flip: int
) -> None:
    path = sealed.build / "manifest.json"
    assert _is_found(sealed, "manifest.json", path, where, flip)


def test_a_space_more_in_the_manifest_is_found(build: Path) -> None:
    path = build / "manifest.json"
    path.write_text(path.read_text() + " ")
    assert findings(build) == [
        Finding("manifest.json", "has changed: its own seal does not match what it says.")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "data/raw/2023-24/M06/position.csv",
        "params/2023-24/M06/bromley/commentary/prescribing.md",
        "notebooks/12_overview.ipynb",
        "build/2023-24/M06/bromley/html/index.html",
        "build/2023-24/M06/bromley/checks.json",
    ],
)
def test_a_missing_and_an_additional_file_are_named(name: str, build: Path) -> None:
    root = build.parents[3]
    short = name.removeprefix(f"{BUILD.as_posix()}/")
    more = Path(name).with_name("more.txt").as_posix()
    (root / name).unlink()
    (root / more).write_text("more")
    assert set(findings(build)) == {
        Finding(short, MISSING),
        Finding(more.removeprefix(f"{BUILD.as_posix()}/"), ADDITIONAL),
    }


def test_a_changed_file_is_named_once_with_what_is_wrong(build: Path) -> None:
    alter(build / "figures.json", "-2213000", "-2213001")
    assert findings(build) == [Finding("figures.json", CHANGED)]


@pytest.mark.parametrize("name", ["../../../../outside", "/etc/hostname", "a\\..\\b"])
def test_a_manifest_that_leads_outside_is_named_and_not_followed(name: str, build: Path) -> None:
    change_manifest(build, lambda record: record["outputs"].update({name: "0" * 64}))
    assert Finding(name, "leads outside the build; it is not opened.") in findings(build)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.pop("inputs"),
        lambda record: record.update(paper=None),
        lambda record: record.update(paper={"financial_year": "2023/24", "month": 99}),
        lambda record: record.update(outputs=["html"], parameters=[], schema="another"),
    ],
    ids=["no inputs", "no paper", "no such month", "no outputs"],
)
def test_a_manifest_of_another_form_gives_findings_and_no_crash(
    change: Callable[[dict[str, Any]], None], build: Path
) -> None:
    change_manifest(build, change)
    certificate = verified(build)
    assert certificate.findings
    assert list(certificate_lines(certificate))


@dataclass(frozen=True)
class Doctored:
    """A build that somebody altered in many places and sealed anew, and what was found."""

    certificate: Certificate

    def told(self, step: str) -> str:
        (found,) = (one for one in self.certificate.steps if one.name == step)
        return "\n".join(str(finding) for finding in found.findings)


@pytest.fixture(scope="module")
def doctored(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Doctored:
    build = copied(project, tmp_path_factory.mktemp("doctored") / "copy")
    alter(build / "figures.json", SAID, SAID.replace("2213000", "2123000"))
    alter(build / "figures.json", '"period": "2023/24 M06"', '"period": "2023/24 M05"')
    alter(build / "checks.json", '"status": "pass"', '"status": "waived"')
    alter(build / "notebooks/12_overview.ipynb", "(348)", "(384)")
    alter(build / "notebooks/02_position.ipynb", "# ", "# Our ")
    alter(build / PAGE, ">(2,400)<", ">(2,410)<")
    alter(build / "html/notebooks/12_overview.html", "budget", "gadget")
    seal_anew(build, build.parents[3])
    return Doctored(verified(build))


def test_a_build_sealed_anew_keeps_its_seals(doctored: Doctored) -> None:
    assert doctored.told("Seals") == ""


def test_an_altered_figure_is_found_by_performing_again(doctored: Doctored) -> None:
    told = doctored.told("Figures").splitlines()
    assert f"{FIGURE}: the build says -2123000; performed again it is -2213000." in told
    assert sum("differs from what was performed again in its period." in line for line in told) == 1
    assert len(told) == 2


def test_an_altered_headline_is_found_by_the_second_implementation(doctored: Doctored) -> None:
    said = "the register says -2123000; recomputed a second time it is -2213000."
    assert doctored.told("Headlines") == f"{FIGURE}: {said}"
    assert f"{FIGURE}: the register says -2123000; its formula" in doctored.told("Every figure")


def test_an_altered_check_and_an_altered_block_are_named(doctored: Doctored) -> None:
    assert "in its status" in doctored.told("Checks")
    assert "notebooks/12_overview.ipynb: the " in doctored.told("Blocks")


def test_altered_words_in_an_output_are_found_by_making_it_again(doctored: Doctored) -> None:
    told = doctored.told("Outputs")
    for name in (PAGE, "html/notebooks/12_overview.html", "notebooks/02_position.ipynb"):
        assert f"{name}: is not the file that comes out when it is made again." in told


def test_rows_of_the_table_that_the_register_does_not_bear_out_are_named(
    doctored: Doctored,
) -> None:
    told = doctored.told("Numbers in CSV").splitlines()
    assert f"{FIGURE}: stands in figures.csv not as the register has it." in told


def alter_table(build: Path) -> None:
    """Change one value of the table, and not its line ends."""
    path, row = build / "figures.csv", f"{FIGURE}.printed,".encode()
    start, old, rest = path.read_bytes().partition(row)
    changed = rest.replace(b",-2213000,", b",-2213001,", 1)
    assert changed != rest
    path.write_bytes(start + old + changed)


def test_an_altered_table_or_dictionary_is_found_on_any_platform(build: Path) -> None:
    alter_table(build)
    alter(build / "data-dictionary.md", "pounds; not thousands", "thousands of pounds")
    change_manifest(build, lambda record: record["made_with"].update(python="3.99"))
    seal_anew(build, build.parents[3])
    steps = {step.name: step.findings for step in verified(build).steps}
    assert [str(finding) for finding in steps["Numbers in CSV"]] == [
        f"{FIGURE}.printed: stands in figures.csv not as the register has it.",
        "data-dictionary.md: is not what comes out of the register.",
    ]
    assert {f.subject for f in steps["Outputs"]} == {"figures.csv", "data-dictionary.md"}


def test_an_altered_table_is_found_by_making_it_again(build: Path) -> None:
    alter_table(build)
    seal_anew(build, build.parents[3])
    (step,) = (one for one in verified(build).steps if one.name == "Outputs")
    told = [str(finding) for finding in step.findings]
    assert told[0] == "figures.csv: is not the file that comes out when it is made again."
    assert all(one.startswith("figures.csv: ") for one in told)
    assert "-2213001" in told[1]


def test_an_altered_parquet_row_is_named_and_other_bytes_of_the_same_rows_are_not(
    build: Path,
) -> None:
    path = build / "figures.parquet"
    held = read_figures_parquet(path.read_bytes())
    pq.write_table(held, path, compression="zstd")
    sealed, figures = find_sealed(build, None), records(build, "figures.json", "figures")
    assert hold_table(sealed, figures).findings == ()
    rows = held.to_pylist()
    (place,) = [n for n, row in enumerate(rows) if row["id"] == FIGURE]
    rows[place]["value"] += 1
    pq.write_table(pa.Table.from_pylist(rows, schema=held.schema), path)
    (found,) = hold_table(sealed, figures).findings
    assert str(found) == f"{FIGURE}: stands in figures.parquet not as the register has it."
    path.write_bytes(b"PAR1 and nothing more")
    (found,) = hold_table(sealed, figures).findings
    assert "figures.parquet: cannot be read" in str(found)
    path.unlink()
    (found,) = hold_table(sealed, figures).findings
    assert str(found) == "figures.parquet: is missing."


@pytest.mark.parametrize("content", [b"", b"\xff\x00", b"id\r\n\r\n", b'"id\r\n'])
def test_a_table_that_cannot_be_read_is_a_finding(content: bytes, build: Path) -> None:
    (build / "figures.csv").write_bytes(content)
    sealed = find_sealed(build, None)
    assert hold_table(sealed, records(build, "figures.json", "figures")).findings
    (build / "figures.csv").unlink()
    (found,) = hold_table(sealed, records(build, "figures.json", "figures")).findings
    assert str(found) == "figures.csv: is missing."
    (build / "checks.json").write_text('{"checks": [{"id": "a"}]}')
    (found,) = hold_table(sealed, records(build, "figures.json", "figures")).findings
    assert "could not be made again from the register" in str(found)


def test_an_altered_printed_number_is_named(doctored: Doctored) -> None:
    told = doctored.told("Numbers in HTML")
    assert "prints '(2,410)', which does not show -2400000." in told
    assert f"{PAGE}: {FIGURE} carries the value -2213000; the register says -2123000." in told


def test_an_extract_altered_after_the_build_and_sealed_anew_is_found(build: Path) -> None:
    home = build.parents[3]
    alter(home / "data/raw/2023-24/M06/position.csv", '"23,172"', '"23,173"')
    seal_anew(build, home)
    told = [str(finding) for finding in verified(build).findings]
    performed = f"{FIGURE}: the build says -2213000; performed again it is -2212000."
    assert performed in told
    assert any(line.startswith(f"{FIGURE}: the register says -2213000;") for line in told)
    assert any("its SHA-256 differs" in line for line in told)


def test_extracts_that_cannot_be_performed_again_are_told(build: Path) -> None:
    alter(build.parents[3] / "data/raw/2023-24/M06/position.csv", '"23,172"', "many")
    told = [str(finding) for finding in verified(build).findings]
    assert f"data/raw/2023-24/M06/position.csv: {CHANGED}" in told
    assert any(line.startswith("Not performed again: data/raw/2023-24/M06/") for line in told)


def test_a_build_of_another_python_is_compared_content_for_content(build: Path) -> None:
    change_manifest(build, lambda record: record["made_with"].update(python="3.99"))
    alter(build / "html/index.html", "budget", "gadget")
    path = build / "figures.parquet"
    pq.write_table(read_figures_parquet(path.read_bytes()), path, compression="zstd")
    seal_anew(build, build.parents[3])
    certificate = verified(build)
    assert {finding.subject for finding in certificate.findings} == {
        "html/index.html",
        "html/_static/passages.js",
    }
    (step,) = (one for one in certificate.steps if one.name == "Outputs")
    assert "3.99" in step.note
    assert "1 files of other bytes held content for content" in step.note


def register(build: Path) -> dict[str, dict[str, Any]]:
    listed = json.loads((build / "figures.json").read_text("utf-8"))["figures"]
    return {figure["id"]: figure for figure in listed}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">(2,213)<", ">(2,231)<", f"{FIGURE} prints '(2,231)', which does not show -2213000."),
        (">(2,213)<", ">2,213<", f"{FIGURE} prints '2,213', which does not show -2213000."),
        (">(2,213)<", ">(2,212,800)<", f"{FIGURE} prints '(2,212,800)', which does not show"),
        (">(2,213)<", ">(2,213,000)<", "in a table of thousands, a unit slip."),
        ('value="-2213000"', 'value="-2213001"', f"{FIGURE} carries the value -2213001;"),
        (f'data-figure="{FIGURE}"', 'data-figure="a.b"', "which the register does not have."),
        (f'value="-2213000" data-figure="{FIGURE}"', f'data-figure="{FIGURE}"', "carries no value"),
    ],
)
def test_an_altered_tagged_number_in_html_is_named(
    old: str, new: str, said: str, build: Path
) -> None:
    alter(build / PAGE, old, new)
    step = check_tagged("Numbers in HTML", html_numbers, build, register(build))
    (finding,) = step.findings
    assert finding.subject == PAGE
    assert said in finding.what


def test_a_tagged_number_of_the_pdf_that_the_register_contradicts_is_named(build: Path) -> None:
    figures = register(build)
    figures[FIGURE] = {**figures[FIGURE], "value": "-2214000"}
    step = check_tagged("Numbers in PDF", pdf_numbers, build, figures)
    assert step.count > 50
    assert {str(finding) for finding in step.findings} == {
        f"board-paper.pdf: {FIGURE} prints '(2,213)', which does not show -2214000."
    }


def test_a_tagged_number_of_the_word_document_that_the_register_contradicts_is_named(
    build: Path,
) -> None:
    figures = register(build)
    clean = check_tagged("Numbers in Word", word_numbers, build, figures)
    assert clean.count > 50
    assert clean.findings == ()
    figures[FIGURE] = {**figures[FIGURE], "value": "-2214000"}
    step = check_tagged("Numbers in Word", word_numbers, build, figures)
    assert {str(finding) for finding in step.findings} == {
        f"board-paper.docx: {FIGURE} carries the value -2213000; the register says -2214000."
    }


def test_a_pdf_that_cannot_be_read_is_a_finding(build: Path) -> None:
    (build / "board-paper.pdf").write_bytes(b"%PDF-")
    step = check_tagged("Numbers in PDF", pdf_numbers, build, register(build))
    assert "could not be read for its numbers" in str(step.findings[0])


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(["figures.json", "checks.json", "notebooks/02_position.ipynb", PAGE]),
    where=st.floats(0, 1, exclude_max=True),
    flip=st.integers(1, 255),
)
def test_a_damaged_file_is_compared_without_a_crash(
    damaged: Path, sealed: Sealed, name: str, where: float, flip: int
) -> None:
    content = bytearray((sealed.build / name).read_bytes())
    content[int(where * len(content))] ^= flip
    (damaged / name).write_bytes(bytes(content))
    figures = records(damaged, "figures.json", "figures")
    compare_records(damaged, sealed.build, "figures.json", "figures")
    compare_records(damaged, sealed.build, "checks.json", "checks")
    compare_blocks(damaged, sealed.build)
    check_tagged("HTML", html_numbers, damaged, figures)
    (damaged / name).write_bytes((sealed.build / name).read_bytes())


def said_by(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    return done.returncode, done.stdout


def test_the_command_exits_1_where_something_differs_and_2_where_there_is_no_build(
    build: Path, tmp_path: Path
) -> None:
    alter(build.parents[3] / "params/report.yml", "places:", "paces:")
    alter(build / "checks.json", '"status": "pass"', '"status": "waived"')
    out = tmp_path / "certificate.json"
    code, said = said_by(run("verify", str(build), "--accept-code", "*", "--json", str(out)))
    assert code == 1
    assert "checks.json: has changed" in said
    assert said.rstrip().endswith("differences.")
    told = json.loads(out.read_text("utf-8"))
    assert told["result"] == "differences"
    named = {finding["subject"] for finding in told["steps"][0]["findings"]}
    assert named == {"params/report.yml", "checks.json"}
    done = run("verify", str(tmp_path))
    assert done.returncode == 2
    assert "is no build" in done.stderr
    assert "Traceback" not in done.stderr
