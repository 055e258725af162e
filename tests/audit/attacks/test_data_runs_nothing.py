"""What a bundle brings as data is read as data: nothing of it is run, whatever it is called."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from boardpack.audit.verification import performed_again as performing
from boardpack.audit.verification.finding import Finding
from boardpack.audit.verification.sealed import Sealed, find_sealed
from boardpack.audit.verification.seals import STRANGE, check_seals
from boardpack.audit.verification.verify import verify
from boardpack.core.errors import BoardpackError
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.layout import Layout
from boardpack.render.progress import Timed
from sealed_project import ACCEPT, change_manifest, seal_anew
from small_paper import build_of, rendered_project

STRANGERS = ("pandas.py", "sitecustomize.py", "ipython_config.py", "src/boardpack/core/money.py")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered_project(tmp_path_factory.mktemp("small") / "project")


@pytest.fixture
def sealed(project: Path, tmp_path: Path) -> Sealed:
    root = Path(shutil.copytree(project, tmp_path / "project"))
    return find_sealed(build_of(root), None)


def seal_as_inputs(sealed: Sealed, names: tuple[str, ...]) -> Sealed:
    """Put code into the home and into the manifest as inputs, where extracts are named."""
    for name in names:
        (sealed.home / name).parent.mkdir(parents=True, exist_ok=True)
        (sealed.home / name).write_text("raise SystemExit('planted')")

    def change(record: dict[str, Any]) -> None:
        record["inputs"] |= dict.fromkeys(names, "")

    change_manifest(sealed.build, change)
    seal_anew(sealed.build, sealed.home)
    return find_sealed(sealed.build, None)


@contextmanager
def seen_when_performed(sealed: Sealed, patch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What stands in the home in which the month is performed, and how Python is started there."""
    seen: dict[str, Any] = {}

    def render(layout: Layout, stock: bool, progress: object, **_: object) -> SimpleNamespace:
        home = layout.paper.home
        seen["files"] = [p.relative_to(home).as_posix() for p in home.rglob("*") if p.is_file()]
        seen["project"], seen["safe"] = layout.project, os.environ.get("PYTHONSAFEPATH")
        return SimpleNamespace(target=sealed.build)

    patch.setattr(performing, "render", render)
    with performing.performed(sealed, Timed()):
        yield seen


def test_only_extracts_and_parameters_come_into_the_home_in_which_notebooks_run(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = seal_as_inputs(sealed, STRANGERS)
    found = check_seals(planted).findings
    assert {Finding(name, STRANGE) for name in STRANGERS} <= set(found)
    with seen_when_performed(planted, monkeypatch) as seen:
        assert {Path(name).parts[0] for name in seen["files"]} == {"data", "params"}
        assert seen["safe"] == "1"
        assert not seen["project"].is_relative_to(planted.project)
    assert "PYTHONSAFEPATH" not in os.environ


def test_a_link_among_the_extracts_is_not_followed_into_the_home(
    sealed: Sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "data/raw/2023-24/M06/position.csv"
    (tmp_path / "elsewhere.csv").write_text("secret")
    (sealed.home / name).unlink()
    (sealed.home / name).symlink_to(tmp_path / "elsewhere.csv")
    with seen_when_performed(sealed, monkeypatch) as seen:
        assert name not in seen["files"]
    certificate = verify(sealed.build, None, Timed(), how=ACCEPT)
    assert [finding.subject for finding in certificate.findings] == [name]
    assert "secret" not in str(certificate.to_json())


@pytest.mark.parametrize(
    "name", ["params/report.yml", "params/2023-24/M06.yml", "params/layouts.yml"]
)
def test_a_parameter_that_asks_yaml_to_run_something_is_refused(
    name: str, sealed: Sealed, tmp_path: Path
) -> None:
    planted = f"!!python/object/apply:os.system ['touch {tmp_path}/planted']\n"
    (sealed.home / name).write_text(planted)
    with pytest.raises(BoardpackError):
        verify_parameters(sealed)
    assert not (tmp_path / "planted").exists()


def verify_parameters(sealed: Sealed) -> None:
    from boardpack.reading.layouts import layout_of

    load_paper(sealed.home, Month(2023, 6), "bromley")
    layout_of(sealed.home, Path("data/raw/2023-24/M06/position.csv"))
