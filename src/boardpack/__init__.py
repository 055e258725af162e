"""boardpack makes the monthly finance paper of an NHS place board from its extracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from boardpack.notebook.opened import open_paper

__all__ = ["__version__", "open_paper"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`from boardpack import open_paper`, imported when a notebook asks for it and not before."""
    if name != "open_paper":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from boardpack.notebook.opened import open_paper

    return open_paper
