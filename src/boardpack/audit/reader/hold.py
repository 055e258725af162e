"""What is seen of an output, held to what the blocks say it must show.

A row that is seen must be a row of a block, and rows must follow one another as they do there,
below the same column heads. Words that hold a number, or say which way an amount is, must stand so
in a block. What neither a block nor the declared furniture of an output explains is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpack.audit.reader.charts import floors_of, hold_charts
from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.hold_rows import hold_rows
from boardpack.audit.reader.hold_text import Corpus
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

Fault = tuple[str, str]
"""Where it is, and what is wrong there."""


def hold_passages(
    file: str,
    passages: Sequence[Passage],
    expected: Expected,
    *,
    whole: bool = True,
    sparse: bool = False,
    furniture: Sequence[str] = (),
    cut: bool = True,
) -> list[Fault]:
    """What of an output is not as the blocks say: where, and what; nothing where all is.

    `file` is named where something is not met at all. `whole` asks that every table, headline,
    chart and paragraph is met (pages, PDF, Word); without it an output shows a selection, whose
    tables may leave rows out (slides). `sparse` is for a reader that sees what is printed and not
    where an empty cell is: empty cells are left out on both sides. `furniture` are patterns, each
    for a whole text: words with a number that no block gives, such as a page's number.

    `cut` is for an output with pages, whose texts may be cut where one ends.

    Passages are used by kind. `row`: one cell for each column, empty ones too; a head that spans
    columns or lines stands in each of them (see `expected.Table`); a headline is a row of its
    label, its number and the lines below. `text`: one paragraph, item or heading a passage; one
    that is cut at a page's end may be two. `chart`: see `charts`. `aid`: the words, after what is
    printed in their place if a reader can tell: `("(46)", "minus 46, adverse")`. `formula`, `file`
    and `look` are for each output's own rules.
    """
    rows = [passage for passage in passages if passage.kind == "row"]
    texts = [passage for passage in passages if passage.kind == "text"]
    marks = [passage for passage in passages if passage.kind == "chart"]
    aids = [passage for passage in passages if passage.kind == "aid"]
    corpus = Corpus(expected, furniture, floors_of(marks, expected.charts), cut)
    return [
        *hold_rows(file, rows, expected, corpus, whole, sparse),
        *hold_charts(file, marks, expected.charts, whole),
        *corpus.hold(texts),
        *(corpus.missing(file, passages) if whole else ()),
        *_aids(aids, expected, corpus),
    ]


def _aids(passages: Sequence[Passage], expected: Expected, corpus: Corpus) -> Iterator[Fault]:
    """Words that are not printed: those of a print must be its own."""
    every = frozenset[str]().union(*expected.aids.values())
    for where, _, cells in passages:
        *printed, said = (plain(cell) for cell in cells)
        own = expected.aids.get(_unflagged(printed[0])) if printed and printed[0] else every
        if said in (own or ()) or not (says_something(said) or (printed and own)):
            continue
        if printed and printed[0]:
            wanted = " or ".join(repr(words) for words in sorted(own or ()))
            meant = f"the block says {wanted}" if wanted else "no block has words for it"
            yield where, f"{printed[0]!r} is said to a screen reader as {said!r}; {meant}."
        elif not corpus.explains(said):
            yield where, f"what is said beside the page is in no block: {said!r}."


def _unflagged(printed: str) -> str:
    """A print without the sign before bad news."""
    return re.sub(r"^! ?(?=[^ A-Za-z])", "", printed)
