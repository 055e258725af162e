"""Imports all that chapters and documents use, once for all that is made of them.

What was imported is kept from the garbage collector: it would find none, and by walking through it
would copy it in each process that shares it.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil

import nbformat
import pandas
import pandera.pandas
import papermill
import plotly.express
import plotly.io

LIBRARIES = (
    "IPython.core.completerlib",
    "great_tables",
    "narwhals.stable.v2",
    "boardpack.cli",
    "boardpack.render.render",
    "boardpack.notebook.opened",
    "boardpack.outputs.notebook",
    "boardpack.outputs.pdf.document",
    "boardpack.outputs.slides.presentation",
    "boardpack.outputs.charts.static_chart",
    "boardpack.outputs.word.document",
)
LOOK_AFTER = 100_000
"""So many new objects before Python looks for garbage: a paper makes many, and little garbage."""
PACKAGES = ("reading", "figures", "checks", "prose", "document", "subjects")

gc.set_threshold(LOOK_AFTER)
for library in LIBRARIES:
    importlib.import_module(library)
for name in PACKAGES:
    package = importlib.import_module(f"boardpack.{name}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
# what each of these libraries imports or compiles only when it is first used
nbformat.validate(nbformat.v4.new_notebook())
pandera.pandas.DataFrameSchema({"a": pandera.pandas.Column(str)}).validate(
    pandas.DataFrame({"a": ["a"]})
)
plotly.io.to_html(plotly.express.bar(x=[1], y=[1]), include_plotlyjs=False)
# papermill makes a text of what it has run even where it is to write none
papermill.execute.write_ipynb = lambda notebook, path: None
gc.freeze()
