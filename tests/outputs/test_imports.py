"""Importing much at once: no garbage is looked for meanwhile, and after it as before."""

from __future__ import annotations

import gc

import pytest

from boardpack.outputs.imports import importing


def test_garbage_is_looked_for_again_afterwards_whatever_came_of_it() -> None:
    with pytest.raises(ImportError), importing():
        raise ImportError
    assert gc.isenabled()
    with importing():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_where_it_was_not_looked_for_it_is_not_afterwards() -> None:
    gc.disable()
    try:
        with importing():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
