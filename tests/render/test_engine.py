"""The fast engine stores what a kernel stores."""

from __future__ import annotations

from pathlib import Path

import nbformat

from boardpack.render.stock import stock_options
from two_engines import executed, fast, shown, write

TORTURE = (
    "print('one')\n1 + 1",
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('more')",
    "sys.stdout.write('no newline')\nNone",
    "from IPython.display import HTML, Markdown, clear_output, display\n"
    "handle = display('before', display_id='k')\n"
    "display({'text/html': '<b>1</b>', 'application/vnd.boardpack+json': {'é': [1, (2, None)]}},"
    " raw=True, metadata={'m': 1})",
    "handle.update(HTML('<i>after</i>'))\nprint('updated')",
    "display('seen', display_id='t'); display(Markdown('*new*'), display_id='t', update=True)",
    "import warnings\nwarnings.warn('look')\nwarnings.warn('old', DeprecationWarning)",
    "print('gone')\nclear_output(wait=True)\nprint('kept')",
    "clear_output()\n'quiet';",
    "class Rich:\n    def _repr_html_(self):\n        return '<p>rich</p>'\n"
    "    def __repr__(self):\n        return 'Rich'\nRich()",
    "class Bundle:\n    def _repr_mimebundle_(self, **_):\n"
    "        return {'text/html': '<p>'}, {'text/html': {'isolated': True}}\nBundle()",
    "'x' * 200_000",
    "for number in range(2000):\n    print(number)",
    "_, Out[1], len(In)",
    "   ",
    "%env BOARDPACK_TORTURE=1",
    "!echo from a shell",
    "import os\nos.getcwd() == os.path.abspath('.'), __name__, get_ipython().__class__.__name__",
    "def fail():\n    raise ValueError('bad £')\n\n\nfail()",
    "print('never')",
)


def test_the_fast_engine_stores_what_a_stock_kernel_stores(tmp_path: Path) -> None:
    source = write(tmp_path, *TORTURE)
    ours = shown(fast(source, "spawn"))  # a fork would keep the warnings as pytest has set them
    stock = shown(executed(source, tmp_path / "stock.ipynb", "fork", **stock_options()))
    for cell, expected in zip(ours, stock, strict=True):
        assert cell == expected, cell["source"]


def test_papermill_marks_the_failing_cell_and_leaves_those_after_it(tmp_path: Path) -> None:
    cells = fast(write(tmp_path, "1", "1 / 0", "2")).cells
    statuses = [cell.metadata.papermill.status for cell in cells if "papermill" in cell.metadata]
    assert statuses == ["completed", "completed", "failed", "pending"]
    assert cells[-1].outputs == []


def test_a_display_that_cannot_be_drawn_fails_its_cell(tmp_path: Path) -> None:
    broken = "class Broken:\n    def _repr_html_(self):\n        return 1 / 0\nBroken()"
    cells = fast(write(tmp_path, broken, "'never'")).cells
    statuses = [cell.metadata.papermill.status for cell in cells if "papermill" in cell.metadata]
    assert statuses[-2:] == ["failed", "pending"]


def test_what_programs_and_c_code_write_is_kept(tmp_path: Path) -> None:
    source = write(tmp_path, "import os, subprocess\nos.write(1, b'low');", "os.write(2, b'down');")
    outputs = [cell.outputs for cell in fast(source).cells if cell.get("outputs")]
    assert outputs == [
        [{"output_type": "stream", "name": "stdout", "text": "low"}],
        [{"output_type": "stream", "name": "stderr", "text": "down"}],
    ]


def test_a_cell_that_may_fail_does_not_stop_the_notebook(tmp_path: Path) -> None:
    path = write(tmp_path, "1 / 0", "'reached'")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata["tags"] = ["raises-exception"]
    notebook.cells.insert(1, nbformat.v4.new_code_cell("no", metadata={"tags": ["skip-execution"]}))
    nbformat.write(notebook, path)
    cells = [cell for cell in fast(path).cells if cell.cell_type == "code"]
    assert cells[-1].outputs[0]["data"]["text/plain"] == "'reached'"
    assert cells[-2].execution_count is None
