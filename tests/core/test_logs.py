"""What is logged, and where: only when it is asked for, and on standard error."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from boardpack.core.errors import UsageFault
from boardpack.core.logs import VARIABLE, begin_logging

LOG = logging.getLogger("boardpack.render.timings")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Logging as a process begins with it, before and after."""
    log = logging.getLogger("boardpack")
    handlers, level, propagate = log.handlers[:], log.level, log.propagate
    yield
    log.handlers[:], log.propagate = handlers, propagate
    log.setLevel(level)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", []),
        ("warning", []),
        ("info", ["a stage"]),
        (" DEBUG ", ["a step", "a stage"]),
    ],
)
def test_as_much_is_told_as_is_asked_for(
    asked: str, told: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, asked)
    begin_logging()
    LOG.debug("a step")
    LOG.info("a stage")
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(": ")[1] for line in said.err.splitlines()] == told
    assert all(" boardpack.render.timings: " in line for line in said.err.splitlines())


def test_a_level_that_there_is_not_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "loud")
    with pytest.raises(UsageFault, match=r"BOARDPACK_LOG is 'loud'. Set it to one of: debug, info"):
        begin_logging()
