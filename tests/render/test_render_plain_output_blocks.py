"""What a notebook shows without a block is carried, or stops the render by name."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

import pytest
from small_notebooks import WriteNotebook

from boardpack.core.errors import BUILD
from boardpack.document.blocks import Narrative, Picture
from boardpack.document.content import Heading, read_chapter
from boardpack.document.plain_outputs import repeatable_svg
from boardpack.render.layout import Layout
from boardpack.render.notebooks import NotebookFaults, run_notebooks
from plain_notebook import carried, code, markdown, png, shown, stream

HTML = shown({"text/html": "<table>", "text/plain": "   a\n0  1"})
PLOTLY = shown({"application/vnd.plotly.v1+json": {}, "text/html": "<div>"})
WIDGET = shown({"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()"})
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (code(HTML), "a table or other HTML cannot be carried into the paper; begin the notebook"),
        (code(PLOTLY), "a Plotly figure cannot be carried into the paper; begin the notebook with"),
        (code(WIDGET), "a widget cannot be carried"),
        (code(shown({"application/javascript": "alert(1)"})), "JavaScript cannot be carried"),
        (code(shown({"text/latex": "$x$", "text/plain": "x"})), "LaTeX cannot be carried"),
        (code(shown({"application/pdf": "x"})), "a thing of type application/pdf cannot be"),
        (code(stream("x.py:1: Warning: old\n", "stderr")), "a warning (x.py:1: Warning: old)"),
        (code(ERROR), "an error (ValueError)"),
        (code(shown({"text/plain": "<Axes: >"})), "a Python object (<Axes: >)"),
        (code(shown({"text/plain": "[<matplotlib.lines.Line2D at 0x0>]"})), "a Python object"),
        (code(shown({"image/png": "iVBORw0KGgo="}, alt="Beds")), "a damaged picture (Beds)"),
        (code(shown({"image/png": "iVBORw0KGgo="})), "a picture without words"),
        (markdown("![](plan.png)"), "a picture without words"),
        (markdown("![Plan](gone.png)"), "the picture gone.png cannot be carried"),
        (markdown("![Plan](../plan.png)"), "which stands elsewhere"),
        (markdown("![Plan](https://example.org/plan.png)"), "which stands elsewhere"),
        (markdown("![Plan](plan.gif)"), "a picture is a .png, .jpg or .svg file"),
        (markdown("See ![Plan](plan.png) here"), "a picture among words"),
        (markdown("- ![Plan](plan.png)\n- more"), "a picture among words"),
        (markdown("<div>x</div>"), "HTML in Markdown (<div>x</div>)"),
        (markdown("- a\n\n  <div>x</div>"), "HTML in Markdown (<div>x</div>)"),
        (markdown("a <b>x</b>"), "HTML in Markdown (<b>)"),
        ({"cell_type": "raw", "source": "x", "metadata": {}}, "a raw cell cannot be carried"),
    ],
)
def test_what_cannot_be_carried_is_refused_by_name(cell: dict[str, Any], said: str) -> None:
    _, refused = carried([markdown("# Own"), cell])
    assert len(refused) == 1
    assert refused[0].startswith("notebooks/31_own.ipynb, cell 2: ")
    assert said in refused[0]


@pytest.mark.parametrize(
    "cell",
    [
        code(),
        code(stream("")),
        code(stream("\n", "stderr")),
        markdown(""),
        markdown("<!-- a note to the author -->"),
        {"cell_type": "raw", "source": " ", "metadata": {}},
    ],
)
def test_what_shows_nothing_gives_nothing(cell: dict[str, Any]) -> None:
    notebook, refused = carried([markdown("# Own"), cell])
    assert refused == []
    assert len(read_chapter("31_own", notebook).items) == 1


def test_papermills_own_cell_is_not_counted() -> None:
    injected = {**code(), "metadata": {"tags": ["injected-parameters"]}}
    _, refused = carried([markdown("# Own"), injected, code(HTML), code(PLOTLY, WIDGET)])
    assert [line.split(":")[0].rpartition(" ")[2] for line in refused] == ["2", "3", "3"]


def test_a_cell_that_is_one_heading_stays_as_it_is() -> None:
    notebook, _ = carried([markdown("## Causes")])
    assert notebook["cells"] == [markdown("## Causes")]


def test_no_marker_is_typed_by_hand() -> None:
    notebook, _ = carried([markdown("Spend is ⟦position.total|£9m⟧.")])
    (block,) = read_chapter("31_own", notebook).blocks
    assert isinstance(block, Narrative)
    assert block.markdown == "Spend is (position.total|£9m)."


def test_headings_pictures_and_words_keep_their_order() -> None:
    source = (
        "Before.\n\n# Own\n![Plan](plan.png)\n\nAfter, see [it][there].\n\n[there]: https://a.org"
    )
    notebook, _ = carried([markdown(source)])
    kinds = [type(item) for item in read_chapter("31_own", notebook).items]
    assert kinds == [Narrative, Heading, Picture, Narrative]
    (last,) = (b for b in read_chapter("31_own", notebook).blocks[-1:])
    assert isinstance(last, Narrative)
    assert "<https://a.org>" in last.markdown


def test_a_drawn_picture_says_not_when_it_was_drawn() -> None:
    first = '<svg><metadata><date>1</date></metadata><g id="m0a1b2c3d4e"/><use x="#m0a1b2c3d4e"/>'
    second = first.replace("<date>1", "<date>2").replace("m0a1b2c3d4e", "mffffffffff")
    assert repeatable_svg(first) == repeatable_svg(second)
    assert "part-1" in repeatable_svg(first)


def test_a_notebook_that_was_executed_before_is_carried_anew() -> None:
    first, _ = carried([markdown("# Own\n\nWords."), code(stream("a"))])
    cells = [
        {**cell, "metadata": {"boardpack": {"shown": [], "claims": [{}]}}}
        for cell in first["cells"]
    ]
    cells[1] = {**cells[1], "outputs": [stream("a")]}
    again, _ = carried(cells)
    assert again["cells"] == first["cells"]


DRAWN = {"image/png": b64encode(png("red")).decode()}


@pytest.mark.parametrize(
    ("source", "metadata", "alt", "title"),
    [
        ("#| fig-alt: Beds fall\nplot()", {}, "Beds fall", ""),
        ('#| fig-cap: "Beds"\n#| fig-alt: "Beds fall"\nplot()', {}, "Beds fall", "Beds"),
        ("#| fig-alt: Beds fall\nplot()", {"alt": "Beds rise"}, "Beds rise", ""),
        ("plot()", {"image/png": {"alt": "Beds rise", "width": 3}}, "Beds rise", ""),
    ],
)
def test_a_cell_says_what_its_pictures_show(
    source: str, metadata: dict[str, Any], alt: str, title: str
) -> None:
    cell = {**code(shown(DRAWN, **metadata)), "source": source}
    notebook, refused = carried([markdown("# Own"), cell])
    (block,) = read_chapter("31_own", notebook).blocks
    assert refused == []
    assert isinstance(block, Picture)
    assert (block.alt, block.title) == (alt, title)


@pytest.mark.parametrize("source", ["plot()\n#| fig-alt: Beds", "# fig-alt: Beds", "#| alt: Beds"])
def test_words_elsewhere_in_a_cell_are_none_of_a_picture(source: str) -> None:
    _, refused = carried([markdown("# Own"), {**code(shown(DRAWN)), "source": source}])
    assert "begin the cell with `#| fig-alt: words`" in refused[0]


CELLS = (
    "# Own chapter",
    "from IPython.display import Image, Markdown, display\n"
    "display(Markdown('Nurses *moved*.'))\nprint('ward  open')\n2 + 3",
    "display(Image(filename='plan.png', alt='Plan'))",
)


@pytest.mark.parametrize("stock", [False, True])
def test_an_executed_notebook_carries_what_it_shows(
    stock: bool, layout: Layout, write_notebook: WriteNotebook
) -> None:
    write_notebook("31_own", *CELLS)
    (layout.paper.home / "plan.png").write_bytes(png("red"))
    told = {"home": str(layout.paper.home), "register": ""}
    run_notebooks(["31_own"], told, layout.notebooks, layout.executed, stock=stock)
    text = (layout.executed / "31_own.ipynb").read_text(encoding="utf-8")
    found = read_chapter("31_own", json.loads(text)).blocks
    shown = [one.markdown if isinstance(one, Narrative) else one.kind for one in found]
    assert shown == ["Nurses *moved*.", "```\nward  open\n```", "```\n5\n```", "picture"]
    assert [one.id for one in found] == [
        "own-text-1", "own-text-2", "own-text-3", "own-picture-4"
    ]  # fmt: skip


def test_all_notebooks_are_refused_at_once(layout: Layout, write_notebook: WriteNotebook) -> None:
    html = "from IPython.display import HTML, display\ndisplay(HTML('<b>1</b>'))"
    write_notebook("31_own", "# One", html, "1", html)
    write_notebook("32_own", "# Two", html)
    told = {"home": str(layout.paper.home), "register": ""}
    with pytest.raises(NotebookFaults) as caught:
        run_notebooks(["31_own", "32_own"], told, layout.notebooks, layout.executed)
    lines = str(caught.value).splitlines()
    places = [line.partition(": ")[0] for line in lines]
    assert places == [
        "notebooks/31_own.ipynb, cell 3",
        "notebooks/31_own.ipynb, cell 5",
        "notebooks/32_own.ipynb, cell 3",
    ]
    assert caught.value.exit_code == BUILD
