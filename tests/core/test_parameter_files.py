"""Parameter files: any model of them is held strictly, and says which parameters were asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.core.errors import Fault
from boardpack.core.parameter_files import Strict, Told, load_parameters
from boardpack.core.seen import seeing

FILE = Path("params/sizes.yml")


class Inner(Strict):
    """A group of parameters."""

    width: int


class Sizes(Told):
    """A file of parameters."""

    inner: Inner
    height: int = 1


def _load(home: Path, text: str) -> tuple[Sizes | None, list[Fault]]:
    (home / "params").mkdir(exist_ok=True)
    (home / FILE).write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return load_parameters(home, FILE, Sizes, faults), faults


@pytest.mark.parametrize(
    ("text", "column", "remedy"),
    [
        ("inner: {widht: 1}", "inner.widht", "Did you mean 'width'?"),
        ("height: 2", "inner", "Add it."),
        ("inner: {width: wide}", "inner.width", "Correct the value."),
        ("inner: {width: 1", None, "Close the bracket"),
        ("inner: {width: 1}\nheight: [1]", "height", "Correct the value."),
    ],
)
def test_each_fault_names_its_place(
    tmp_path: Path, text: str, column: str | None, remedy: str
) -> None:
    sizes, faults = _load(tmp_path, text)
    assert sizes is None
    assert any(f.column == column and f.remedy.startswith(remedy) for f in faults)


def test_what_was_asked_for_is_noted_and_the_file_is_not(tmp_path: Path) -> None:
    with seeing() as seen:
        sizes, faults = _load(tmp_path, "inner: {width: 3}")
        assert sizes is not None
        assert not faults
        assert sizes.inner.width == 3
    assert set(seen.asked) == {("Sizes", "inner")}
    assert not {name for name in seen.files if name.endswith("sizes.yml")}


def test_brackets_within_brackets_are_a_fault_of_the_file(tmp_path: Path) -> None:
    found, faults = _load(tmp_path, "inner: " + "[" * 5000 + "]" * 5000)
    assert found is None
    (fault,) = faults
    assert "levels deep" in fault.expected
    assert fault.file == FILE.as_posix()


def test_the_paper_s_own_signs_are_text_in_a_parameter(tmp_path: Path) -> None:
    _, faults = _load(tmp_path, "inner: {width: 1}\nheight: ⟦a.b|£1⟧\n")
    assert "(a.b|£1)" in str(faults[0].value)
