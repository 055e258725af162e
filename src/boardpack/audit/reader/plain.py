"""Files that people seldom look at, read plainly: by value, by row or by line.

JSON by value, so that a space or the order of names is no difference; Parquet by row; a font or a
picture by its hash, because it is copied and the same everywhere; any other text by line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from boardpack.audit.reader.passage import Passage

COPIED = frozenset(
    {".woff", ".woff2", ".ttf", ".otf", ".eot", ".png", ".jpg", ".gif", ".ico", ".inv"}
)
TEXTS = frozenset({".css", ".csv", ".html", ".js", ".md", ".svg", ".txt", ".xml", ".yml"})
Read = Callable[[Path], list[Passage]]


def read_plain(path: Path) -> Read | None:
    """What reads such a file plainly; None for a kind that is not known."""
    end = path.suffix.lower()
    if end in COPIED:
        return read_hash
    if end in (".json", ".ipynb"):
        return read_values
    if end == ".parquet":
        return read_rows
    return read_lines if end in TEXTS else None


def read_hash(path: Path) -> list[Passage]:
    """The whole file as one thing."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return [Passage("the file", "file", (path.name, f"SHA-256 {digest}"))]


def read_values(path: Path) -> list[Passage]:
    """Each value of a JSON file under the names that lead to it; ValueError for a damaged one."""
    try:
        found = json.loads(path.read_bytes(), object_pairs_hook=_once)
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"it is no JSON ({type(error).__name__})") from None
    return list(_values(found, ""))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no name stands twice: programs differ in which of two they take."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in it")
    return found


def _values(data: object, where: str) -> Iterator[Passage]:
    if isinstance(data, dict) and data:
        for name in sorted(data):
            yield from _values(data[name], f"{where}/{name}")
    elif isinstance(data, list) and data:
        for place, item in enumerate(data):
            yield from _values(item, f"{where}/{place}")
    else:
        yield Passage(where or "the file", "text", (json.dumps(data, ensure_ascii=False),))


def read_rows(path: Path) -> list[Passage]:
    """The columns of a Parquet file and its rows; ValueError for a damaged one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        raise ValueError(f"it is no Parquet file ({type(error).__name__})") from None
    said = [f"{field.name} {field.type}" for field in table.schema]
    told = [f"{k!r} {v!r}" for k, v in sorted((table.schema.metadata or {}).items())]
    rows = [Passage("the columns", "row", tuple(said)), Passage("about it", "look", tuple(told))]
    for place, row in enumerate(table.to_pylist(), start=1):
        rows.append(Passage(f"row {place}", "row", tuple(map(str, row.values()))))
    return rows


def read_lines(path: Path) -> list[Passage]:
    """The lines of a text; ValueError where it is none."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("it is no text in UTF-8") from None
    lines = text.split("\n")
    return [Passage(f"line {n}", "text", (line,)) for n, line in enumerate(lines, start=1)]
