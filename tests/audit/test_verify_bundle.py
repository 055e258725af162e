"""A bundle verified by its zip, elsewhere: whole with its originals, partial without them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from boardpack.audit.bundles.bundle import Bundle, write_bundle
from boardpack.audit.bundles.ro_crate import METADATA
from boardpack.audit.verification.certificate import Certificate, certificate_lines
from boardpack.audit.verification.finding import Finding
from boardpack.audit.verification.seals import CHANGED, MISSING
from boardpack.audit.verification.verify import UNTRUSTED, verify
from boardpack.core.errors import UsageFault
from boardpack.render.progress import Timed
from bundles import BUILD, files_of, key_pair, repacked, unzipped
from sealed_project import ACCEPT, alter, rendered, run, small_project

RAW = "data/raw/2023-24/M06"
WITHHELD = (f"{RAW}/chc_activity_price.csv", f"{RAW}/chc_high_cost.csv")
FIGURE = "position.bromley.prescribing.ytd_variance"
VALUE = '"label": "Prescribing, year to date variance", "value": "-2213000"'
REGISTER, PAGE = f"{BUILD}/figures.json", f"{BUILD}/html/index.html"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, rendered, of which some inputs are sensitive."""
    root = small_project(tmp_path_factory.mktemp("small") / "project")
    patterns = "sensitive: ['chc_*.csv', packages.csv]"
    alter(root / "params/report.yml", "sensitive: [chc_packages.*]", patterns)
    rendered(root)
    return root


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return key_pair(tmp_path_factory.mktemp("keys"), 1)


@pytest.fixture(scope="module")
def written(
    project: Path, keys: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Bundle:
    out = tmp_path_factory.mktemp("elsewhere") / "paper.zip"
    return write_bundle(project / BUILD, out, key=keys[0])


@pytest.fixture(scope="module")
def bundle(written: Bundle) -> Path:
    return written.path


def told(certificate: Certificate, step: str) -> list[str]:
    (found,) = (one for one in certificate.steps if one.name == step)
    return [str(finding) for finding in found.findings]


def altered(bundle: Path, target: Path, name: str, old: str, new: str) -> Path:
    content = files_of(bundle)[name]
    assert old.encode() in content
    return repacked(bundle, target, {name: content.replace(old.encode(), new.encode(), 1)})


def test_sensitive_inputs_are_described_and_do_not_travel(project: Path, written: Bundle) -> None:
    files = files_of(written.path)
    assert not files.keys() & set(WITHHELD)
    described = {item["@id"]: item for item in json.loads(files[METADATA])["@graph"]}
    for name in WITHHELD:
        content = (project / name).read_bytes()
        assert not [one for one, data in files.items() if content in data]
        assert described[f"#withheld/{name}"]["contentSize"] == str(len(content))
        assert f"`{name}`" in files["VERIFY.md"].decode()
        assert {"@id": f"#withheld/{name}"} in described["#render"]["object"]
    assert [note.split()[0] for note in written.notes] == ["Withheld", "Withheld", "No"]
    assert "'packages.csv'" in written.notes[-1]


def test_a_signed_bundle_with_its_originals_verifies_whole(
    project: Path, bundle: Path, keys: tuple[Path, Path]
) -> None:
    found = verify(bundle, None, Timed(), keys[1], project / RAW, ACCEPT)
    assert not found.findings
    assert found.is_complete
    assert all(step.count > 0 for step in found.steps)
    assert [step.name for step in found.steps][:3] == ["Bundle", "Signature", "Seals"]
    lines = list(certificate_lines(found))
    assert any(line.startswith("  Bundle       paper.zip, SHA-256 ") for line in lines)
    assert lines[-1] == "Result: no differences."


def test_without_its_originals_it_is_verified_in_part_and_says_so(
    bundle: Path, tmp_path: Path
) -> None:
    done = run(
        "verify", str(bundle), "--accept-code", "*", "--json", str(tmp_path / "certificate.json")
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Result: no differences, but partial" in done.stdout
    record = json.loads((tmp_path / "certificate.json").read_text("utf-8"))
    assert record["result"] == "partial, no differences"
    steps = {step["name"]: step for step in record["steps"]}
    undone = {"Figures", "Checks", "Outputs", "Headlines"}
    assert {name for name, step in steps.items() if not step["count"]} == undone
    assert all(WITHHELD[0] in steps[name]["note"] for name in (*undone, "Seals", "Blocks"))
    assert steps["Blocks"]["count"] > 100
    assert steps["Source cells"]["count"] > 100


@pytest.mark.parametrize(
    ("name", "old", "new", "step"),
    [
        (PAGE, ">(2,213)<", ">(2,231)<", "Numbers in HTML"),
        (f"{BUILD}/notebooks/02_position.ipynb", "|£2.21m⟧", "|£2.12m⟧", "Blocks"),
        (REGISTER, VALUE, VALUE.replace("2213", "2123"), "Numbers in PDF"),
        (REGISTER, VALUE, VALUE.replace("2213", "2123"), "Blocks"),
    ],
)
def test_one_altered_number_is_named_even_in_part(
    name: str, old: str, new: str, step: str, bundle: Path, tmp_path: Path
) -> None:
    other = altered(bundle, tmp_path / "b.zip", name, old, new)
    found = verify(other, None, Timed(), how=ACCEPT)
    assert f"{name}: is not the file that the bundle describes." in told(found, "Bundle")
    assert f"{name}: is not the file that was signed." in told(found, "Signature")
    assert any(FIGURE in said for said in told(found, step))


def test_an_altered_number_is_named_by_performing_again(
    project: Path, bundle: Path, tmp_path: Path
) -> None:
    other = altered(bundle, tmp_path / "b.zip", REGISTER, VALUE, VALUE.replace("2213", "2123"))
    found = verify(other, None, Timed(), inputs=project, how=ACCEPT)
    said = f"{FIGURE}: the build says -2123000; performed again it is -2213000."
    assert said in told(found, "Figures")
    assert str(tmp_path) not in "\n".join(str(finding) for finding in found.findings)


def test_a_changed_original_is_named(
    project: Path, bundle: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    for name in WITHHELD:
        content = (project / name).read_bytes()
        (tmp_path / Path(name).name).write_bytes(content + b"\n" * (name == WITHHELD[1]))
    found = verify(bundle, None, Timed(), keys[1], tmp_path, ACCEPT)
    assert told(found, "Seals") == [f"{WITHHELD[1]}: {CHANGED}"]
    undone = {step.note for step in found.steps if step.name in ("Figures", "Checks")}
    assert undone == {f"Not done: {UNTRUSTED}"}


def test_some_originals_leave_it_partial(project: Path, bundle: Path, tmp_path: Path) -> None:
    (tmp_path / Path(WITHHELD[0]).name).write_bytes((project / WITHHELD[0]).read_bytes())
    found = verify(bundle, None, Timed(), inputs=tmp_path, how=ACCEPT)
    assert not found.findings
    notes = [step.note for step in found.steps if step.name == "Seals"]
    assert notes == [f"Withheld from the bundle and not looked at: {WITHHELD[1]}."]


def test_nothing_is_run_of_a_bundle_that_the_named_key_did_not_sign(
    bundle: Path, tmp_path: Path
) -> None:
    found = verify(bundle, None, Timed(), key_pair(tmp_path, 2)[1], how=ACCEPT)
    assert "not by the one named" in told(found, "Signature")[0]
    undone = {step.note for step in found.steps if step.name in ("Figures", "Checks")}
    assert undone == {f"Not done: {UNTRUSTED}"}


def test_an_input_that_no_parameter_calls_sensitive_cannot_be_withheld(
    bundle: Path, tmp_path: Path
) -> None:
    name = f"{RAW}/position.csv"
    files = files_of(bundle)
    record = json.loads(files[METADATA])
    for item in record["@graph"]:
        if item["@id"] == name:
            item.update({"@id": f"#withheld/{name}", "@type": "CreativeWork"})
    changes = {name: None, METADATA: json.dumps(record).encode()}
    found = verify(repacked(bundle, tmp_path / "b.zip", changes), None, Timed(), how=ACCEPT)
    assert f"{name}: {MISSING}" in told(found, "Seals")


def test_an_unpacked_bundle_is_held_to_its_signature_too(
    bundle: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = unzipped(bundle, tmp_path / "folder")
    found = verify(folder / BUILD, None, Timed(), keys[1], how=ACCEPT)
    assert not found.findings
    assert not found.is_complete
    (folder / "VERIFY.md").write_text("Trust me.")
    again = verify(folder / BUILD, None, Timed(), keys[1], how=ACCEPT)
    assert "VERIFY.md: is not the file that was signed." in told(again, "Signature")


def test_options_that_do_not_fit_are_refused_in_plain_words(
    project: Path, bundle: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageFault, match="Leave out --home"):
        verify(bundle, project, Timed())
    with pytest.raises(UsageFault, match="goes with a bundle's zip"):
        verify(project / BUILD, None, Timed(), inputs=project)
    with pytest.raises(UsageFault, match="holds none of what the bundle withholds"):
        verify(bundle, None, Timed(), inputs=tmp_path)
    with pytest.raises(UsageFault, match="no folder"):
        verify(bundle, None, Timed(), inputs=tmp_path / "none")
    whole = repacked(bundle, tmp_path / "b.zip", dict.fromkeys(WITHHELD, b""))
    with pytest.raises(UsageFault, match="withholds nothing"):
        verify(whole, None, Timed(), inputs=project)


def test_a_build_where_it_was_made_bears_no_signature(
    project: Path, keys: tuple[Path, Path]
) -> None:
    (project / "data/raw/2023-24/M06/more.txt").write_text("more")
    found = verify(project / BUILD, None, Timed(), keys[1])
    (project / "data/raw/2023-24/M06/more.txt").unlink()
    said = "is missing, so that no signature holds."
    assert Finding("signature.json", said) in found.findings
    assert found.steps[0].name == "Signature"


def test_the_command_asks_for_a_pass_phrase_and_tells_of_a_damaged_zip(
    project: Path, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, _ = key_pair(tmp_path, 1, b"open sesame")
    out = tmp_path / "out.zip"
    asked = ("bundle", str(project / BUILD), "--key", str(private), "--out", str(out))
    done = run(*asked)
    assert done.returncode == 2
    assert "BOARDPACK_KEY_PASSPHRASE" in done.stderr
    monkeypatch.setenv("BOARDPACK_KEY_PASSPHRASE", "open sesame")
    done = run(*asked)
    assert done.returncode == 0, done.stderr
    assert f"Withheld {WITHHELD[0]}; figures.json quotes" in done.stdout
    assert out.read_bytes() == bundle.read_bytes()
    out.write_bytes(out.read_bytes()[:-100])
    done = run("verify", str(out))
    assert done.returncode == 3
    assert "a zip that can be read" in done.stderr
    assert "Traceback" not in done.stderr
