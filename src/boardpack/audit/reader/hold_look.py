"""What can hide, move or rewrite a page, held to what the paper's pages have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import says_something

_FILES = re.compile(
    r"(?:\.\./)*(?:searchindex\.js|_static/(?:"
    r"(?:boardpack|content|design|lineage|register|terms|pygments|mystnb\.[0-9a-f]{64})\.css|"
    r"styles/(?:theme|pydata-sphinx-theme|sphinx-book-theme)\.css|"
    r"(?:charts|lineage|register-search|terms|plotly\.min|doctools|documentation_options|"
    r"sphinx_highlight|translations|searchtools|language_data)\.js|"
    r"scripts/(?:bootstrap|fontawesome|pydata-sphinx-theme|sphinx-book-theme)\.js))"
)
"""The style sheets and scripts that boardpack, Jupyter Book and its theme bring."""
_SCRIPTS = re.compile(
    r'document\.documentElement\.dataset\.mode = "light";|'
    r"DOCUMENTATION_OPTIONS\.(?:search_as_you_type = false|pagename = '[\w/]+');|"
    r"// Activate the search field on page load let searchInput = "
    r'document\.querySelector\("form\.bd-search input"\); if \(searchInput\) \{ '
    r"searchInput\.focus\(\); searchInput\.select\(\); "
    r'console\.log\("\[PST\]: Set focus on search field\."\); \}'
)
_STYLES = {
    "inline style of div": re.compile(r"height:\d+(?:px|%); width:100%;"),
    "inline style of span": re.compile(r"background:#[0-9A-Fa-f]{6}"),
    "inline style of th": re.compile(r"text-align:(?:left|right|center)"),
    "inline style of td": re.compile(r"text-align:(?:left|right|center)"),
}
_COMMENTS = frozenset(
    {
        "Loaded before other Sphinx assets",
        "So that users can add custom icons",
        "Pre-loaded scripts that we'll load fully later",
        "Scripts loaded after <body> so the DOM is not blocked",
    }
)
_LINK = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_SETTINGS = re.compile(
    r"config\.(?:displayModeBar|doubleClick|responsive)|"
    r"data\.(?:base|cliponaxis|connectgaps|customdata|hoverinfo|hovertext|insidetextanchor|mode|name|"
    r"orientation|text|textangle|textposition|type|x|y|textfont\.color|line\.(?:color|width)|"
    r"marker\.(?:color|size|symbol|line\.(?:color|width)))|"
    r"layout\.(?:autosize|bargap|barmode|dragmode|height|paper_bgcolor|plot_bgcolor|showlegend|"
    r"annotations|shapes|font\.(?:color|family|size)|hoverlabel\.(?:bgcolor|bordercolor|"
    r"font\.color)|margin\.[blrt]|meta\.(?:before|beyond|high|low|names|widest)|"
    r"uniformtext\.(?:minsize|mode)|"
    r"annotations\.(?:align|font\.color|showarrow|text|x|xanchor|xshift|y|yanchor|yshift)|"
    r"shapes\.(?:line\.(?:color|dash|width)|type|x0|x1|xref|y0|y1)|"
    r"[xy]axis\.(?:automargin|fixedrange|gridcolor|nticks|range|rangemode|showgrid|"
    r"showticklabels|tickangle|tickformat|ticklabelstandoff|ticktext|tickvals|visible|zeroline|"
    r"zerolinecolor|zerolinewidth))"
)
"""What the paper's charts set; anything else could hide a mark or move it."""


_ELEMENTS = re.compile(
    r"a|article|aside|blockquote|body|br|button|caption|code|data|dd|del|details|dialog|div|dl|dt|"
    r"em|figcaption|figure|footer|form|h[1-6]|head|header|hr|html|i|img|input|kbd|li|link|main|mark|"
    r"meta|nav|noscript|ol|p|pre|s|script|search|section|span|strong|style|summary|svg|table|"
    r"tbody|td|th|thead|title|tr|ul|wbr"
)
_CLASSES = re.compile(
    r"a\.(?:headerlink|term)|article\.bd-article|data\.(?:adverse|amber|bracketed)|"
    r"dd\.(?:context|moved|number|tone)|details\.(?:chart-data|register-group|workings)|"
    r"div\.(?:amber|bad|good|neutral|slight|bd-(?:article-container|container|container__inner|content|"
    r"page-width)|card|cell|cell_output|chart|commentary|compound|container|docutils|meanings|"
    r"narrative|output|panel|panels|paper-table|plotly-graph-div|slim|table-notes|"
    r"tag_remove-input|text_html|toctree-wrapper|wide)|dl\.key-figures|figure\.(?:paper-chart|picture)|"
    r"main\.(?:bd-article|bd-main)|mark\.doubt|"
    r"p\.(?:chart-title|chart-unit|download|not-supplied|panel-name|voice)|"
    r"section\.table-wrap|span\.(?:caption|doubt-word|flag|gt_column_spanner|swatch|unit|"
    r"visually-hidden)|svg\.marks|table\.gt_table|tbody\.gt_table_body|"
    r"td\.(?:gt_(?:left|center|right|row)|value)|"
    r"th\.gt_(?:center|col_heading|column_spanner_outer|columns_(?:bottom|top)_border|left|right|"
    r"row|stub)|tr\.(?:gt_col_headings|gt_spanner_row|heading|line|subtotal|total)|ul\.chart-key"
)
"""The classes of the paper's elements; another could be one that a style sheet hides."""
_DECLARED = {"chart settings": _SETTINGS, "elements": _ELEMENTS, "classes": _CLASSES}


def hold_look(
    passages: Sequence[Passage], expected: Expected, one_page: bool, known: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Styles, scripts, addresses and hidden parts that the paper's pages do not have.

    The paper as one page has one style sheet within it, and no script at all.
    """
    sheets = 1 if one_page else 0
    meanings = _meanings(expected)
    for where, kind, cells in passages:
        if kind != "look":
            continue
        name, *told = cells
        if name == "inline style sheet":
            sheets -= 1
            if sheets < 0 or (known and told[0] not in known):
                yield where, "has a style sheet within it that the paper's pages do not have."
        elif name in ("tag", "source", "picture") or _is_picture(name, told, expected):
            continue  # pictures are held one by one, by the page
        elif name == "hidden":
            if told[1] not in meanings and says_something(told[1]):
                yield where, f"has words that are hidden ({told[0]}): {_short(told[1])!r}."
        elif name == "unsaid":
            if told[0] != "!" and told[0] not in expected.aids and says_something(told[0]):
                yield where, f"keeps {told[0]!r} from screen readers and says nothing instead."
        elif name in _DECLARED and not (one_page and name == "chart settings"):
            for one in told:
                if not _DECLARED[name].fullmatch(one):
                    yield where, f"has {one} among its {name}, which the paper's pages do not have."
        elif not _is_known(name, told, one_page, known):
            yield where, f"has what the paper's pages do not have: {_short(': '.join(cells))}"


def _is_picture(name: str, told: Sequence[str], expected: Expected) -> bool:
    """Whether it is where a picture of a block comes from, which a page holds within it."""
    if name == "embedded":
        return told[0] == "img" and bool(expected.on_pages)
    return name == "address of img" and any(told[0] == one.address for one in expected.on_pages)


def _is_known(name: str, told: Sequence[str], one_page: bool, known: Collection[str]) -> bool:
    """Whether the paper's pages have such a thing."""
    if name == "inline script":
        return not one_page and (told[0] in known or bool(_SCRIPTS.fullmatch(told[1])))
    if name.startswith("style sheet") or name == "script":
        taken = told[1] in known if known else bool(_FILES.fullmatch(told[0]))
        return not one_page and taken and told[1] not in ("elsewhere", "missing")
    if name in _STYLES:
        return bool(_STYLES[name].fullmatch(told[0]))
    if name == "comment":
        return told[0] in _COMMENTS
    return name == "address of a" and bool(_LINK.fullmatch(told[0]))


def _meanings(expected: Expected) -> frozenset[str]:
    """What the glossary's words mean, which a page keeps hidden until a word is asked for."""
    lines = (line.cells for table in expected.glossary for line in table.rows)
    return frozenset(f"{cells[0]}: {cells[1]}" for cells in lines if len(cells) > 1)


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:120]}…"
