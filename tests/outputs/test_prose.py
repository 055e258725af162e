"""Prose is CommonMark with tables and figures, and nothing that data or a hand could smuggle in."""

from __future__ import annotations

import pytest

from boardpack.document.blocks import mark
from boardpack.outputs.prose import inline_html, markdown_tokens, prose_html, text_html

SPEND = mark("position.anytown.other_programme_services.ytd_actual", "£26k")
SPEND_HTML = (
    '<data value="26000" data-figure="position.anytown.other_programme_services.ytd_actual">'
    "£26k</data>"
)
VALUES = {"position.anytown.other_programme_services.ytd_actual": "26000"}


def test_a_marker_is_a_tagged_number() -> None:
    assert prose_html(f"Spent {SPEND}.", VALUES) == f"<p>Spent {SPEND_HTML}.</p>\n"


def test_a_number_without_a_known_value_has_what_it_prints() -> None:
    assert inline_html(mark("a.b", "9.5%")) == '<data value="9.5%" data-figure="a.b">9.5%</data>'


def test_a_marker_may_stand_in_emphasis_and_in_a_table() -> None:
    text = f"**{SPEND}**\n\n| Line | Spend |\n|---|---:|\n| Other | {SPEND} |\n"
    drawn = prose_html(text, VALUES)
    assert f"<strong>{SPEND_HTML}</strong>" in drawn
    assert f'<td style="text-align:right">{SPEND_HTML}</td>' in drawn
    assert '<th scope="col">Line</th>' in drawn


@pytest.mark.parametrize("printed", ["*", "(2,213)", "a|b", "<b>", "[x](y)", "2_000_", "`1`"])
def test_what_a_number_prints_is_never_markdown(printed: str) -> None:
    [figure] = (markdown_tokens(f"So {mark('a.b', printed)}.")[1].children or [])[1:2]
    assert (figure.type, figure.content, figure.meta) == ("figure", printed, {"figure": "a.b"})


@pytest.mark.parametrize("text", ["⟦", "⟧", "⟦a.b", "a ⟦ lone | bar", "⟦A B|1⟧", "a | b", "\\⟦"])
def test_what_is_no_marker_is_text(text: str) -> None:
    assert prose_html(text) == f"<p>{text}</p>\n"
    assert text_html(text) == text


def test_raw_html_is_text() -> None:
    assert prose_html("<script>alert(1)</script>") == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
    )
    assert "<img" not in prose_html("a <img src=x onerror=alert(1)>")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "&#106;avascript:alert(1)",
    ],
)
def test_a_link_leads_nowhere_else(url: str) -> None:
    assert "<a" not in prose_html(f"[x]({url})")
    assert "href" not in prose_html(f"<{url}>")


@pytest.mark.parametrize(
    "url",
    ["https://a.uk/b", "http://a.uk", "mailto:a@b.uk", "02_position.html#x", "../x.html", "#x"],
)
def test_a_link_may_lead_to_a_page_or_an_address(url: str) -> None:
    assert prose_html(f"[x]({url})") == f'<p><a href="{url}">x</a></p>\n'


def test_a_picture_is_not_shown() -> None:
    assert "<img" not in prose_html("![x](https://a.uk/x.png)")


def test_a_heading_is_a_bold_paragraph() -> None:
    expected = f"<p><strong>Drivers of {SPEND_HTML}</strong></p>\n"
    assert prose_html(f"## Drivers of {SPEND}", VALUES) == expected
    assert prose_html(f"Drivers of {SPEND}\n---", VALUES) == expected


def test_braces_are_text() -> None:
    assert prose_html("{{ 1 }} {% x %}") == "<p>{{ 1 }} {% x %}</p>\n"


def test_plain_text_keeps_only_its_markers() -> None:
    assert text_html(f"*a* <b> {SPEND}", VALUES) == f"*a* &lt;b&gt; {SPEND_HTML}"
