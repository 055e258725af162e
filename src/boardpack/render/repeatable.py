"""An executed notebook in the form that is kept: the same run gives the same bytes.

What says when, where and by whom a notebook was run is taken out: papermill's times and paths, cell
ids, the kernel's version, process numbers and absolute paths in what a cell printed. So is what
only the run was told: its folder, and the register of the wave before, which is gone once the build
stands. What is left is the same whichever engine ran the notebook, and runs by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

INJECTED = "injected-parameters"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
KEPT_METADATA = ("boardpack", "title")
KEPT_CELL_METADATA = ("boardpack", "tags")
OF_THE_RUN = ("home = ", "register = ")
"""Parameters that a kept notebook finds by itself, as papermill writes them."""

_KERNEL_FILE = re.compile(r"[^\s\"']*ipykernel_\d+[/\\](\d+\.py)")
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}\b")


def repeatable(notebook: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    """The notebook in the form that repeats; `places` says what folders become."""
    cells = (_cell(cell, number) for number, cell in enumerate(notebook["cells"], start=1))
    metadata = {
        **_only(notebook["metadata"], KEPT_METADATA),
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
    }
    return {"cells": [_scrubbed(cell, places) for cell in cells], "metadata": metadata}


def notebook_text(notebook: Mapping[str, Any]) -> str:
    """A notebook that repeats as text, a cell a line."""
    lines = ",\n".join(_json(cell) for cell in notebook["cells"])
    rest = f'"metadata": {_json(notebook["metadata"])}, "nbformat": 4, "nbformat_minor": 5'
    return f'{{"cells": [\n{lines}\n], {rest}}}\n'


def _json(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False)


def _only(data: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: data[key] for key in keys if key in data}


def _cell(cell: Mapping[str, Any], number: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": f"cell-{number:02d}",
        "metadata": _only(cell["metadata"], KEPT_CELL_METADATA),
        "source": _without_the_run(cell["source"]) if _is_injected(cell) else cell["source"],
    }
    if cell["cell_type"] == "code":
        found["execution_count"] = cell["execution_count"]
        found["outputs"] = _outputs(cell["outputs"])
    return found


def _is_injected(cell: Mapping[str, Any]) -> bool:
    return INJECTED in cell["metadata"].get("tags", ())


def _without_the_run(source: str) -> str:
    lines = source.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(OF_THE_RUN))


def _outputs(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Outputs with neighbouring streams joined, output before error.

    When a kernel flushes is chance, and so is the order of the two streams between two displays.
    """
    found: list[dict[str, Any]] = []
    streams: dict[str, str] = {}
    for output in outputs:
        if output["output_type"] == "stream":
            streams[output["name"]] = streams.get(output["name"], "") + output["text"]
        else:
            found += [*_joined(streams), output]
            streams = {}
    return [*found, *_joined(streams)]


def _joined(streams: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"name": name, "output_type": "stream", "text": streams[name]}
        for name in ("stdout", "stderr")
        if name in streams
    ]


def _scrubbed(data: Any, places: Mapping[str, str]) -> Any:
    if isinstance(data, str):
        return _scrubbed_text(data, places)
    if isinstance(data, Mapping):
        return {key: _scrubbed(value, places) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_scrubbed(value, places) for value in data]
    return data


def _scrubbed_text(text: str, places: Mapping[str, str]) -> str:
    if "ipykernel_" in text:
        text = _KERNEL_FILE.sub(r"cell-\1", text)
    if " at 0x" in text:
        text = _ADDRESS.sub("at 0x0", text)
    for folder, written in places.items():
        if folder in text:
            text = text.replace(folder, written)
    return text


def written_places(home: Path, project: Path, prefix: Path, register: str | None) -> dict[str, str]:
    """What is written for the folders of this machine, the longest first.

    `register` is the path that the second wave was told; should a cell print it, its name is kept.
    """
    folders = {str(home): ".", str(project): ".", str(prefix): ".venv"}
    if register is not None:
        folders[register] = Path(register).name
    longest_first = sorted(folders, key=len, reverse=True)
    return {folder: folders[folder] for folder in longest_first if len(folder) > 1}
