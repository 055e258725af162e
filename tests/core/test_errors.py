"""What is wrong in an input, told so that it can be mended: one fault for one cause."""

from __future__ import annotations

import pytest

from boardpack.core.errors import LISTED, Fault, InputFaults, nearest, told_faults


def fault(row: int | None, value: str = "n/a", column: str = "ytd") -> Fault:
    return Fault("ledger.csv", "an amount", "Correct it.", row, column, value)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [((), 0), ((2,), 1), ((2, 3, 4, 5), 4), ((2, 3, 4, 5, 6), 1), (tuple(range(2, 415)), 1)],
)
def test_a_column_that_is_wrong_in_many_rows_is_one_fault(
    rows: tuple[int, ...], lines: int
) -> None:
    assert len(told_faults(fault(row) for row in rows)) == lines


def test_it_names_the_first_row_and_how_many_more() -> None:
    (line,) = told_faults(fault(row, value=str(row)) for row in range(2, 415))
    assert line == (
        "ledger.csv, row 2, column ytd: found '2'; expected an amount. Correct it."
        " The same stands in rows 3, 4, 5, 6 and 408 more."
    )


def test_other_columns_and_files_without_rows_keep_their_own_lines() -> None:
    faults = [fault(2), fault(3, column="forecast"), *(fault(None, str(n)) for n in range(9))]
    assert len(told_faults(faults)) == 11


def test_all_faults_are_kept_for_whoever_counts_them() -> None:
    told = InputFaults(fault(row) for row in range(2, 20))
    assert len(told.faults) == 18
    assert str(told).count("\n") == 0


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("ledgr", ["ledger", "risks"], "Did you mean 'ledger'?"),
        ("zzz", ["ledger", "risks"], "Known: ledger, risks."),
        ("zzz", [f"line{n}" for n in range(LISTED)], "Known: "),
        ("zzz", [f"line{n}" for n in range(LISTED + 1)], "The nearest known are "),
    ],
)
def test_the_nearest_word_is_named_or_all_of_few_or_three_of_many(
    word: str, known: list[str], hint: str
) -> None:
    told = nearest(word, known)
    assert told.startswith(hint)
    assert len(told) < 400


def test_rows_of_one_cause_are_one_fault_whatever_each_of_them_says() -> None:
    twice = [
        Fault(
            "ledger.csv", f"each row once; row {n} has the same", "Remove it.", 400 + n, "key", "x"
        )
        for n in range(2, 12)
    ]
    near = [
        Fault("risks.csv", "a known place", f"Did you mean '{n}'?", n, "place", f"p{n}")
        for n in range(2, 12)
    ]
    told = told_faults([*twice, *near])
    assert len(told) == 2
    assert told[1].endswith("The same stands in rows 3, 4, 5, 6 and 5 more.")


def test_few_rows_of_one_cause_keep_their_own_remedies() -> None:
    near = [Fault("r.csv", "a known place", f"Did you mean '{n}'?", n, "place") for n in (2, 3)]
    assert len(told_faults(near)) == 2
