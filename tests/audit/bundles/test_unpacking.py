"""A zip that is damaged, unsafe or no bundle is refused in plain words, and nothing is written."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from boardpack.audit.bundles import unpacking
from boardpack.audit.bundles.unpacking import only_build, unpacked
from boardpack.core.errors import InputFaults, UsageFault

BUILD = "build/2023-24/M06/bromley/manifest.json"


def zipped(path: Path, entries: Sequence[tuple[zipfile.ZipInfo | str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return path


def refused(path: Path) -> InputFaults:
    with pytest.raises(InputFaults) as told, unpacked(path):
        pass
    assert all(fault.file == path.name for fault in told.value.faults)
    return told.value


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.external_attr = mode << 16
    return found


def test_a_plain_zip_is_unpacked_and_thrown_away(tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", [("a/b.txt", b"1"), ("c/", b""), (BUILD, b"{}")])
    with unpacked(path) as (place, names):
        assert names == ["a/b.txt", BUILD]
        assert (place / "a/b.txt").read_bytes() == b"1"
        assert only_build(place, path) == (place / BUILD).parent
    assert not place.exists()


@pytest.mark.parametrize(
    "name",
    ["../outside.txt", "a/../../outside.txt", "/outside.txt", "C:/outside.txt", "a//b", "./a"],
)
def test_a_name_that_leads_outside_is_refused(name: str, tmp_path: Path) -> None:
    fault = refused(zipped(tmp_path / "b.zip", [("good.txt", b""), (name, b"1")])).faults[0]
    assert fault.value == name
    assert "inside the folder" in fault.expected
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.parametrize("name", ["a\\b", "a\nb", "a\x7fb"])
def test_a_name_with_a_backslash_or_control_character_is_refused(name: str, tmp_path: Path) -> None:
    assert "backslashes" in refused(zipped(tmp_path / "b.zip", [(name, b"1")])).faults[0].expected


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_device_is_refused(kind: int, tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", [(entry("link", kind | 0o777), b"/etc/hostname")])
    assert "not a link" in refused(path).faults[0].expected


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
@pytest.mark.parametrize("names", [["a", "a"], ["a", "a/b"], ["a/b/c", "a/b"]])
def test_a_name_of_two_files_or_of_a_file_and_a_folder_is_refused(
    names: list[str], tmp_path: Path
) -> None:
    path = zipped(tmp_path / "b.zip", [(name, b"1") for name in names])
    assert refused(path).faults[0].expected == "each name once"


def test_too_many_files_and_too_many_bytes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    monkeypatch.setattr(unpacking, "MOST_BYTES", 1000)
    path = zipped(tmp_path / "b.zip", [(f"{number}", b"0" * 400) for number in range(3)])
    told = str(refused(path))
    assert "at most 2 files" in told
    assert "at most 1,000 bytes" in told


def test_a_zip_that_states_less_than_it_holds_is_refused(tmp_path: Path) -> None:
    content = b"0" * 100_000
    path = zipped(tmp_path / "b.zip", [("bomb", content)])
    stated = len(content).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(stated, (10).to_bytes(4, "little")))
    assert "a zip that can be read" in str(refused(path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18, b"%PDF-1.7"])
def test_a_file_that_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    assert "a zip that can be read" in str(refused(tmp_path / "b.zip"))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    names = ["../a", "b\\c", "/d"]
    told = refused(zipped(tmp_path / "b.zip", [(name, b"") for name in names]))
    assert {fault.value for fault in told.faults} == set(names)


OTHERS: Mapping[str, list[str]] = {
    "no build": ["README.md"],
    "several builds": [BUILD, BUILD.replace("bromley", "lambeth")],
}


@pytest.mark.parametrize(("said", "names"), OTHERS.items())
def test_a_zip_that_is_no_bundle_is_told(said: str, names: list[str], tmp_path: Path) -> None:
    path = zipped(tmp_path / "b.zip", [(name, b"{}") for name in names])
    with unpacked(path) as (place, _), pytest.raises(UsageFault, match=said):
        only_build(place, path)
