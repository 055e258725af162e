"""The glossary's words on a page: linked once, in running text only, with what they mean."""

from __future__ import annotations

import re

from boardpack.document.blocks import Column, Row, Table
from boardpack.document.content import Chapter, Part
from boardpack.outputs.html.glossary_terms import Terms, terms_of, with_entry_ids

ROWS = (
    ("CHC", "care that the NHS pays for"),
    ("Category M (Cat M)", "medicines whose price is reset"),
    ("EMIS, OLM", "record systems"),
    ("Directorate", "a part of the <budget>"),
    ("RRL", "the limit"),
)
COLUMNS = (Column("Word", "left"), Column("Meaning", "left"))


def known() -> Terms:
    rows = tuple(Row(row) for row in ROWS)
    table = Table("glossary", "Words", COLUMNS, rows)
    chapter = Chapter("22_glossary", "Glossary", (table,))
    return Terms(terms_of([Part("Reference", (chapter,))]), "22_glossary.html")


def linked(terms: Terms, html: str) -> list[str]:
    return re.findall(r'<a class="term"[^>]*>([^<]+)</a>', terms.linked(html))


def test_a_word_is_linked_where_it_is_first_used_and_not_again() -> None:
    terms = known()
    assert linked(terms, "<p>CHC and CHC, then RRL.</p>") == ["CHC", "RRL"]
    assert linked(terms, "<p>CHC, Cat M</p>") == ["Cat M"]
    assert linked(terms, "<p>Category M</p>") == []


def test_every_form_of_a_word_is_known() -> None:
    assert linked(known(), "<p>Each directorate uses OLM.</p>") == ["directorate", "OLM"]


def test_no_part_of_a_word_is_linked() -> None:
    assert linked(known(), "<p>CHCs, non-CHC, directorates</p>") == []


def test_what_leads_somewhere_or_heads_something_is_left_alone() -> None:
    html = '<h2>CHC</h2><p><a href="x">RRL</a> <data value="1">CHC</data> <code>OLM</code></p>'
    assert linked(known(), html) == []


def test_attributes_are_left_alone() -> None:
    assert known().linked('<p title="CHC">x</p>') == '<p title="CHC">x</p>'


def test_each_link_names_its_meaning_which_is_hidden_and_escaped() -> None:
    terms = known()
    page = terms.linked("<p>CHC in a directorate</p>") + terms.meanings()
    described = re.findall(r'aria-describedby="([^"]+)"', page)
    assert [name for name in described if f'id="{name}" hidden' in page] == described
    assert "&lt;budget&gt;" in page


def test_a_link_leads_to_the_entry() -> None:
    terms = known()
    (target,) = re.findall(r'href="22_glossary.html#([^"]+)"', terms.linked("<p>Cat M</p>"))
    entries = with_entry_ids('<tr><th scope="row" class="a">Category M (Cat M)</th></tr>')
    assert f'id="{target}"' in entries


def test_without_a_glossary_nothing_is_linked() -> None:
    terms = Terms(terms_of([]), "")
    assert terms.linked("<p>CHC</p>") == "<p>CHC</p>"
    assert terms.meanings() == ""
