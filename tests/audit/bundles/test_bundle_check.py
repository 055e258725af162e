"""A bundle held to its description and its signature: what was altered is named."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boardpack.audit.bundles import bundle_check
from boardpack.audit.bundles.bundle import write_bundle
from boardpack.audit.bundles.bundle_check import check_description, check_signature, names_alongside
from boardpack.audit.bundles.ro_crate import METADATA
from boardpack.audit.bundles.signature import SIGNATURE, SUMS, read_public_key
from boardpack.audit.bundles.unpacking import only_build, unpacked
from boardpack.audit.releases.release_check import check_release
from boardpack.audit.verification import own_code
from boardpack.audit.verification.finding import Finding
from boardpack.audit.verification.sealed import Sealed, find_sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.core.errors import BoardpackError, UsageFault
from boardpack.core.home import CHECKOUT
from bundles import BUILD, files_of, key_pair, repacked, unzipped
from small_paper import RELEASED, build_of, check, released, rendered_project, stub_outputs


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered_project(tmp_path_factory.mktemp("whole") / "project")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return key_pair(tmp_path_factory.mktemp("keys"), 1)


@pytest.fixture(scope="module")
def plain(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bundle(build_of(whole), tmp_path_factory.mktemp("plain") / "plain.zip").path


@pytest.fixture(scope="module")
def signed(whole: Path, keys: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("signed") / "signed.zip"
    return write_bundle(build_of(whole), out, key=keys[0]).path


@pytest.fixture(scope="module", params=["plain", "signed"])
def bundle(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def folder(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle unpacked, to be damaged and mended again."""
    return unzipped(bundle, tmp_path_factory.mktemp("folder") / "bundle")


def held(folder: Path, names: Sequence[str], key: Path | None = None) -> list[Finding]:
    """All that is found in an unpacked bundle without running anything of it."""
    sealed = Sealed(folder / BUILD, folder, folder)
    expected = None if key is None else read_public_key(key)
    steps = (
        check_description(sealed, names),
        check_signature(sealed, names, expected),
        check_seals(sealed),
    )
    return [finding for step in steps for finding in step.findings]


def held_zip(bundle: Path, key: Path | None = None) -> list[Finding]:
    with unpacked(bundle) as (place, names):
        only_build(place, bundle)
        return held(place, names, key)


def test_a_sound_bundle_has_no_findings_as_zip_and_as_folder(bundle: Path, folder: Path) -> None:
    assert held_zip(bundle) == []
    assert held(folder, names_alongside(find_sealed(folder, None))) == []


@settings(max_examples=60, deadline=None)
@given(data=st.data(), where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_one_flipped_byte_in_any_file_of_a_bundle_is_found(
    folder: Path, bundle: Path, data: st.DataObject, where: float, flip: int
) -> None:
    names = sorted(files_of(bundle))
    own = [METADATA, "VERIFY.md", f"{BUILD}/manifest.json"]
    path = folder / data.draw(st.sampled_from(own) | st.sampled_from(names))
    content = path.read_bytes()
    if not content:
        return
    changed = bytearray(content)
    changed[int(where * len(content))] ^= flip
    path.write_bytes(bytes(changed))
    try:
        found = held(folder, names)
    finally:
        path.write_bytes(content)
    assert found


@pytest.mark.parametrize("seed", range(25))
def test_a_flipped_byte_of_the_zip_itself_is_refused_found_or_changes_nothing(
    seed: int, plain: Path, tmp_path: Path
) -> None:
    drawn = random.Random(seed)
    content = bytearray(plain.read_bytes())
    first = 0 if seed % 2 else len(content) - 20_000  # the directory stands at the end
    content[drawn.randrange(first, len(content))] ^= drawn.randrange(1, 256)
    other = tmp_path / "flipped.zip"
    other.write_bytes(bytes(content))
    try:
        found = held_zip(other)
    except BoardpackError:
        return
    assert found or files_of(other) == files_of(plain)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("README.md", b"changed", "is not the file that the bundle describes."),
        ("scripts/verify.py", None, "is missing from what the bundle describes."),
        ("scripts/more.py", b"more", "is additional: the bundle does not describe it."),
        ("src/__pycache__/a.pyc", b"more", "is additional: the bundle does not describe it."),
        (METADATA, None, "is missing, or cannot be read as a description of a bundle."),
        (METADATA, b"{}", "is missing, or cannot be read as a description of a bundle."),
    ],
)
def test_a_changed_missing_or_additional_file_of_a_zip_is_named(
    name: str, content: bytes | None, said: str, plain: Path, tmp_path: Path
) -> None:
    assert Finding(name, said) in held_zip(repacked(plain, tmp_path / "b.zip", {name: content}))


def test_a_description_that_was_mended_after_an_alteration_is_found_out(
    plain: Path, tmp_path: Path
) -> None:
    metadata = files_of(plain)[METADATA].replace(b"finance report", b"Finance report")
    found = held_zip(repacked(plain, tmp_path / "b.zip", {METADATA: metadata}))
    said = "is not what it must be beside the other files of the bundle."
    assert found == [Finding(METADATA, said)]


def test_an_additional_script_in_a_folder_is_named_and_a_certificate_is_not(
    signed: Path, tmp_path: Path
) -> None:
    folder = unzipped(signed, tmp_path / "folder")
    (folder / "certificate.json").write_text("{}")
    (folder / "scripts/hashlib.py").write_text("raise SystemExit(0)")
    found = held(folder, names_alongside(find_sealed(folder, None)))
    assert {finding.subject for finding in found} == {"scripts/hashlib.py"}
    assert len(found) == 2


def test_the_signature_is_the_same_each_time_and_tells_its_signer(
    whole: Path, signed: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    again = write_bundle(build_of(whole), tmp_path / "again.zip", key=keys[0]).path
    assert again.read_bytes() == signed.read_bytes()
    assert held_zip(signed, keys[1]) == []
    with unpacked(signed) as (place, names):
        sealed = Sealed(place / BUILD, place, place)
        known = check_signature(sealed, names, read_public_key(keys[1]))
        unknown = check_signature(sealed, names, None)
        said = (place / "VERIFY.md").read_text()
    assert known.count == len(names) - 2
    assert known.note.endswith("the key that was named.")
    assert "whose key it is was not asked" in unknown.note
    assert known.note.split()[2].rstrip(",") in said
    assert "no signature" not in said


def test_a_bundle_signed_by_another_key_is_found(signed: Path, tmp_path: Path) -> None:
    (found,) = held_zip(signed, key_pair(tmp_path, 2)[1])
    assert found.subject == SIGNATURE
    assert "not by the one named" in found.what


def test_an_altered_file_does_not_fit_the_signature(signed: Path, tmp_path: Path) -> None:
    found = held_zip(repacked(signed, tmp_path / "b.zip", {"README.md": b"changed"}))
    assert Finding("README.md", "is not the file that was signed.") in found


def test_an_altered_list_does_not_fit_the_signature(signed: Path, tmp_path: Path) -> None:
    sums = files_of(signed)[SUMS].replace(b"README", b"REEDME")
    found = held_zip(repacked(signed, tmp_path / "b.zip", {SUMS: sums}))
    assert Finding(SIGNATURE, f"does not fit {SUMS}: one of them was changed.") in found


@pytest.mark.parametrize("gone", [(SUMS,), (SIGNATURE,), (SUMS, SIGNATURE)])
def test_a_stripped_signature_is_found_with_the_key_and_without_it(
    gone: tuple[str, ...], signed: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    stripped = repacked(signed, tmp_path / "b.zip", dict.fromkeys(gone))
    missing = {Finding(name, "is missing, so that no signature holds.") for name in gone}
    assert missing <= set(held_zip(stripped, keys[1]))
    assert "VERIFY.md" in {finding.subject for finding in held_zip(stripped)}


def test_a_bundle_without_signature_is_found_where_a_key_was_named(
    plain: Path, keys: tuple[Path, Path]
) -> None:
    assert {finding.subject for finding in held_zip(plain, keys[1])} == {SIGNATURE, SUMS}


def test_a_key_that_lies_in_the_bundle_is_refused(whole: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "project"))
    private, _ = key_pair(other / "scripts", 1)
    with pytest.raises(UsageFault, match="among the files of the bundle"):
        write_bundle(build_of(other), tmp_path / "b.zip", key=private)
    assert not (tmp_path / "b.zip").exists()


def test_a_bundle_of_another_version_of_the_program_words_its_description_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, root = "src/boardpack/core/money.py", tmp_path / "project"
    (root / name).parent.mkdir(parents=True)
    shutil.copyfile(CHECKOUT / name, root / name)
    bundle = write_bundle(build_of(rendered_project(root)), tmp_path / "b.zip").path
    assert held_zip(bundle) == []
    made = bundle_check.descriptions
    monkeypatch.setattr(
        bundle_check, "descriptions", lambda *told: {**made(*told), "VERIFY.md": b"Otherwise."}
    )
    assert [finding.subject for finding in held_zip(bundle)] == ["VERIFY.md"]
    monkeypatch.setattr(own_code, "CHECKOUT", tmp_path / "elsewhere")
    assert held_zip(bundle) == []


def test_a_bundle_of_a_released_paper_brings_its_release_and_is_held_to_it(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub_outputs(monkeypatch, check("pass"))
    root = Path(shutil.copytree(whole, tmp_path / "project"))
    released(root)
    bundle = write_bundle(build_of(root), tmp_path / "released.zip").path
    names = [f"{RELEASED.as_posix()}/{name}" for name in ("checks.json", "figures.json")]
    assert {*names, f"{RELEASED.as_posix()}/release.json"} <= set(files_of(bundle))
    sealed = find_sealed(unzipped(bundle, tmp_path / "bundle"), None)
    assert check_description(sealed, files_of(bundle)).findings == ()
    assert check_description(sealed, names_alongside(sealed)).findings == ()
    assert check_release(sealed).findings == ()
    record = sealed.home / RELEASED / "release.json"
    record.write_text(record.read_text().replace("Sam Roy", "Ann Lee"))
    assert "release.json" in str(check_description(sealed, names_alongside(sealed)).findings)
    assert "by one person, or in one role" in str(check_release(sealed).findings)
    record.unlink()
    assert "calls the paper released" in str(check_release(sealed).findings)
