"""Wording follows the sign, and every number in prose names its figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from made_figures import made_figure

from boardpack.core.errors import BuildFault
from boardpack.document.blocks import MARKER
from boardpack.document.templates import environment, render_block
from boardpack.document.wording import Wording, plain_text
from boardpack.figures.register import Register

VARIANCE = made_figure("position.bromley.prescribing.ytd_variance", -2213000)


def _say(value: str, template: str, tmp_path: Path) -> str:
    text = "{% block words %}" + template + "{% endblock %}"
    (tmp_path / "sample.md.j2").write_text(text, encoding="utf-8")
    register = Register([replace(VARIANCE, value=Decimal(value))])
    wording = Wording(register, "bromley", frozenset({"bromley", "icb"}), {})
    return render_block(environment(tmp_path, wording), "sample", "words", {})


NAME = "f.position.prescribing.ytd_variance"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("-2213000", "£2.21m overspent"),
        ("404000", "£404k underspent"),
        ("0", "on budget"),
        ("-24100000", "£24.1m overspent"),
        ("-999600", "£1.00m overspent"),
        ("-2400000", "£2.4m overspent"),
        ("2000000", "£2m underspent"),
        ("9055", "£9k underspent"),
        ("-1499", "£1k overspent"),
        ("1500", "£2k underspent"),
        ("999.50", "£1k underspent"),
        ("-999.49", "£999 overspent"),
        ("0.50", "£1 underspent"),
        ("-9995000", "£10.0m overspent"),
        ("10000000", "£10m underspent"),
    ],
)
def test_the_direction_is_that_of_the_sign(value: str, words: str, tmp_path: Path) -> None:
    said = _say(value, "{{ " + NAME + " | overspend }}", tmp_path)
    assert MARKER.findall(said) == [(VARIANCE.id, words)]


def test_conditions_choose_sentences(tmp_path: Path) -> None:
    template = "{% if " + NAME + " is adverse %}bad{% else %}fine{% endif %}"
    assert _say("-1", template, tmp_path) == "bad"
    assert _say("1", template, tmp_path) == "fine"


def test_another_place_is_named(tmp_path: Path) -> None:
    template = "{{ 'yes' if f.position.icb.prescribing.ytd_variance is supplied else 'no' }}"
    assert _say("1", template, tmp_path) == "no"


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ f.position.prescribing.ytd_varianc | money }}", "Did you mean"),
        ("{{ nothing_like_this }}", "'nothing_like_this' is undefined"),
        ("{{ f.position.prescribing.ytd_variance }}", "Add a filter"),
        ("{{ f.position.prescribing.ytd_variance | shout }}", "No filter named 'shout'"),
    ],
)
def test_a_wrong_name_is_a_fault_that_says_where(template: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(BuildFault) as caught:
        _say("1", template, tmp_path)
    assert told in str(caught.value)


def test_text_from_files_is_not_markup() -> None:
    assert plain_text("a *b* <c> ⟦x|1⟧ {{ d }}\n# e") == (
        "a \\*b\\* \\<c\\> (x\\|1) \\{\\{ d \\}\\} \\# e"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [("0", "nil"), ("300", "£300"), ("-499", "£499"), ("500", "£1k"), ("-962000", "£962k")],
)
def test_thousands_never_say_no_thousands(value: str, words: str, tmp_path: Path) -> None:
    said = _say(value, "{{ " + NAME + " | thousands }}", tmp_path)
    assert MARKER.findall(said) == [(VARIANCE.id, words)]
