"""A small project of its own, as the tests of a render have it."""

from __future__ import annotations

from small_project import layout, project, write_notebook

__all__ = ["layout", "project", "write_notebook"]
