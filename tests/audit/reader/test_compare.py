"""One file against another as they are seen: what differs is told, what nobody meets is not."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from boardpack.audit.reader import compare
from boardpack.audit.reader.compare import differences, seen_differently
from boardpack.audit.reader.passage import Passage


def text(where: str, *cells: str) -> Passage:
    return Passage(where, "text" if len(cells) == 1 else "row", cells)


ONE = [text("page 1", "Budget"), text("page 1", "Prescribing", "(2,213)"), text("page 2", "End")]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (ONE, []),
        ([], ["page 1: 'Budget'", "page 1: row", "page 2: 'End'"]),
        (
            [ONE[0], text("page 1", "Prescribing", "2,213"), ONE[2]],
            ["page 1: row 'Prescribing | (2,213)' stands where row 'Prescribing | 2,213' should."],
        ),
        ([ONE[1], ONE[0], ONE[2]], ["page 1: ", "page 1: "]),
        (ONE[:2], ["page 2: 'End' stands where nothing should."]),
        ([*ONE, text("page 3", "More")], ["page 3: nothing stands where 'More' should."]),
        (
            [*ONE[:2], text("page 3", "End")],
            ["page 2: 'End' stands where 'End' should (at page 3)"],
        ),
        ([ONE[0]._replace(kind="aid"), *ONE[1:]], ["page 1: 'Budget' stands where aid 'Budget'"]),
    ],
)
def test_each_difference_is_told_with_where_what_and_what_should_be(
    new: list[Passage], said: list[str]
) -> None:
    told = list(differences(ONE, new))
    assert len(told) == len(said)
    assert all(one.startswith(begin) for one, begin in zip(told, said, strict=True))


def test_long_texts_are_told_where_they_part() -> None:
    words = "word " * 200
    (told,) = differences([text("p", f"{words}£1m{words}")], [text("p", f"{words}£2m{words}")])
    assert "£1m" in told
    assert "£2m" in told
    assert len(told) < 320


def test_more_than_can_be_aligned_is_told_one_after_another() -> None:
    old, new = ([text("p", f"{n} {side}") for n in range(3000)] for side in ("old", "new"))
    assert len(list(differences(old, new))) == 3000


def written(tmp_path: Path, name: str, old: bytes, new: bytes) -> list[str] | None:
    for folder, content in (("old", old), ("new", new)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(content)
    return seen_differently(tmp_path / "old" / name, tmp_path / "new" / name)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("a.json", b'{"a": 1, "b": [2]}', b'{"b":[2],"a":1}', None),
        ("a.json", b'{"a": 1}', b'{"a": 2}', "/a: '1' stands where '2' should."),
        ("a.json", b'{"a": 1}', b'{"a": "1"}', "/a: '1' stands where '\"1\"' should."),
        ("a.json", b'{"a": [1, 2]}', b'{"a": [2, 1]}', "/a/0: '1' stands where '2' should."),
        ("a.json", b'{"a": {}}', b'{"a": []}', "/a: '{}' stands where '[]' should."),
        ("a.json", b"{", b"{}", "cannot be read: "),
        ("a.json", b'{"a": 1, "a": 1}', b'{"a": 1}', "cannot be read: a name stands twice in it"),
        ("a.ipynb", b'{"cells": [1]}', b'{"cells": []}', "/cells/0: "),
        ("a.css", b"a {}\nb {}", b"a {}\nb { display: none }", "line 2: "),
        ("a.csv", b"a\r\n1\r\n", b"a\n1\n", "line 1: "),
        ("a.js", b"\xff", b"x", "cannot be read: it is no text in UTF-8"),
        ("a.md", b"a\x0bb", b"a b", "line 1: "),
        ("a.woff2", b"one", b"two", "the file: "),
        ("a.parquet", b"PAR1", b"PAR1 more", "cannot be read: it is no Parquet file"),
    ],
)
def test_what_people_seldom_look_at_is_read_plainly(
    name: str, old: bytes, new: bytes, said: str | None, tmp_path: Path
) -> None:
    if name.endswith(".parquet"):
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table({"a": [1]}), sink)
        new = sink.getvalue().to_pybytes()
    found = written(tmp_path, name, old, new)
    assert found is not None
    assert (found == []) if said is None else found[0].startswith(said)


def test_a_parquet_file_is_held_by_row_and_by_type(tmp_path: Path) -> None:
    def table(path: Path, values: list[int], kind: pa.DataType, how: str) -> Path:
        pq.write_table(pa.table({"a": pa.array(values, kind)}), path, compression=how)
        return path

    first = table(tmp_path / "1.parquet", [1, 2], pa.int64(), "snappy")
    assert seen_differently(first, table(tmp_path / "2.parquet", [1, 2], pa.int64(), "zstd")) == []
    assert seen_differently(first, table(tmp_path / "3.parquet", [1, 3], pa.int64(), "snappy")) == [
        "row 2: row '2' stands where row '3' should."
    ]
    assert seen_differently(first, table(tmp_path / "4.parquet", [1, 2], pa.int32(), "snappy"))


def test_a_reader_that_fails_makes_a_difference_and_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> list[Passage]:
        raise KeyError(path.name)

    monkeypatch.setattr(compare, "reader_of", lambda path: fail)
    assert written(tmp_path, "a.pdf", b"1", b"2") == ["cannot be read: KeyError"]


def test_a_kind_that_nothing_reads_is_told_as_such(tmp_path: Path) -> None:
    assert written(tmp_path, "a.bin", b"1", b"2") is None


@pytest.mark.parametrize(("end", "reader"), sorted(compare.READERS.items()))
def test_each_output_has_its_reader(end: str, reader: tuple[str, str]) -> None:
    assert compare.reader_of(Path(f"a{end}")) is not None, reader
    assert compare.reader_of(Path(f"a{end.upper()}")) is not None
