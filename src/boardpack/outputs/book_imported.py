"""Imports all that a book needs, also what Sphinx imports once it makes one.

A server imports it before it starts a process, while the command still reads.
"""

from __future__ import annotations

import gc
import importlib

import sphinx.application

LIBRARIES = (
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "myst_nb.sphinx_ext",
    "sphinx_book_theme",
)

for library in (*LIBRARIES, *sphinx.application.builtin_extensions):
    importlib.import_module(library)
gc.freeze()
