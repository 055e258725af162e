"""The figures of a declared table: signs by sense, totals, what lacks a part, what is held."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from small_bodies import MONTH
from walked import walked

from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.core.home import run_file
from boardpack.document.blocks import Narrative, Table
from boardpack.document.chapter import open_chapter
from boardpack.document.schedule_blocks import declared_blocks
from boardpack.figures.register import Register
from boardpack.figures.schedule_figures import table_rows
from boardpack.schedules.load import home_schedules
from declared_home import block_of, computed, declared_home, table_of

FORM = """title: T
chapter: tried
key: line
lacking: {lacking}
sense: {sense}
columns:
  line: word
  budget: {{type: thousands, blank: true}}
  actual: {{type: thousands, blank: true}}
  variance: {{type: thousands, against: [budget, actual], blank: true}}
  share: {{type: per cent, formula: variance / budget * 100, printed: false}}
rows:
  total: {{sum: all, sparse: {sparse}}}
"""
Made = Callable[..., Register]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    def make(
        *rows: str, sense: str = "spend", lacking: str = "absent", sparse: bool = False
    ) -> Register:
        form = FORM.format(sense=sense, lacking=lacking, sparse=str(sparse).lower())
        table = "\n".join(("line,budget,actual,variance", *rows)) + "\n"
        return computed(declared_home(tmp_path / "home", form, table))[1]

    return make


def value(register: Register, line: str, column: str) -> Decimal | None:
    identity = f"tried.icb.{line}.{column}"
    return register.agreed(identity).value if identity in register else None


@pytest.mark.parametrize(
    ("sense", "actual", "variance"),
    [
        ("spend", 12, -2000),
        ("spend", 8, 2000),
        ("limit", 12, -2000),
        ("income", 12, 2000),
        ("income", 8, -2000),
        ("reach", 8, -2000),
        ("reach", 10, 0),
    ],
)
def test_what_is_to_spare_has_the_sign_of_its_sense(
    made: Made, sense: str, actual: int, variance: int
) -> None:
    register = made(f"a,10,{actual},", sense=sense)
    assert value(register, "a", "variance") == variance
    assert value(register, "a", "share") == Decimal(variance) / 100
    assert value(register, "total", "variance") == variance


def test_a_total_adds_what_is_read_and_computes_across_what_is_computed(made: Made) -> None:
    register = made("a,10,12,-2", "b,30,20,10", "Total,40,32,8")
    assert register["tried.icb.total.budget"].formula == "tried.icb.a.budget + tried.icb.b.budget"
    assert value(register, "total", "share") == 20
    assert value(register, "total", "variance") == 8000
    assert register["tried.icb.total.variance.printed"].value == 8000


@pytest.mark.parametrize(("printed", "status"), [(8, "pass"), (9, "rounding"), (12, "fail")])
def test_a_printed_total_is_held(made: Made, printed: int, status: str, tmp_path: Path) -> None:
    made("a,10,12,-2", "b,30,20,10", f"Total,40,32,{printed}")
    paper, register = computed(tmp_path / "home")
    found = {check.id: check.status for check in run_checks(register, paper, complete=False)}
    assert found["printed.tried.icb.total.variance"] == status


@pytest.mark.parametrize(
    ("lacking", "total", "variance"),
    [("absent", None, None), ("left out", None, None), ("as printed", 45000, 5000)],
)
def test_what_lacks_a_part_is_as_the_form_says(
    made: Made, lacking: str, total: int | None, variance: int | None
) -> None:
    register = made("a,10,,5", "b,30,20,10", "Total,40,45,", lacking=lacking)
    assert value(register, "total", "actual") == total
    assert value(register, "a", "variance") == variance
    assert register.is_absent("tried.icb.a.variance") is (lacking == "absent")
    assert value(register, "b", "variance") == 10000


@pytest.mark.parametrize(("printed", "total"), [(20, 20000), (21, 21000), (22, None), ("", None)])
def test_a_blank_of_a_sparse_total_is_nil_where_its_print_says_so(
    made: Made, printed: object, total: int | None
) -> None:
    register = made("a,10,,", "b,30,20,10", f"Total,40,{printed},", sparse=True)
    assert value(register, "total", "actual") == total


def test_a_share_of_nil_is_none(made: Made) -> None:
    register = made("a,0,5,-5")
    assert "tried.icb.a.share" not in register
    assert not register.is_absent("tried.icb.a.share")


def test_a_line_that_a_sum_names_and_no_file_has_is_told(tmp_path: Path) -> None:
    form = block_of("yaml").replace("sum: subtotals}", "formula: older_people_total + others}")
    home = declared_home(tmp_path / "home", form)
    with pytest.raises(InputFaults, match=r"expected adult_care\.icb\.others\.budget"):
        computed(home)


def test_lines_that_are_needed_are_asked_for(tmp_path: Path) -> None:
    form = block_of("yaml") + "needs: [Home care, Day care]\n"
    with pytest.raises(InputFaults, match="a line Day care"):
        computed(declared_home(tmp_path / "home", form))


@pytest.mark.parametrize(("said", "sense"), [("limit", -1000), ("reach", 1000), ("", None)])
def test_a_row_says_its_own_sense(tmp_path: Path, said: str, sense: int | None) -> None:
    form = """title: T
chapter: tried
key: line
senses: {limit: [Spend within income]}
sense_column: sense
columns:
  line: text
  target: thousands
  actual: thousands
  spare: {type: thousands, against: [target, actual], printed: false}
  sense: {type: word, words: [limit, reach], blank: true}
"""
    table = f"line,target,actual,sense\nSpend within income,10,9,\nOther,10,11,{said}\n"
    home = declared_home(tmp_path / "home", form, table)
    if sense is None:
        with pytest.raises(
            InputFaults,
            match=r"limit \(to be kept within\) or reach \(at least\) in the column sense",
        ):
            computed(home)
        return
    _, register = computed(home)
    assert value(register, "other", "spare") == sense
    assert value(register, "spend_within_income", "spare") == 1000


def test_the_rows_of_a_table_are_given_with_their_figures(tmp_path: Path) -> None:
    home = declared_home(tmp_path / "home")
    paper, register = computed(home)
    (schedule,) = home_schedules(home).values()
    rows = table_rows(schedule, register, paper)
    assert [row.line.line for row in rows] == [
        "older_people_residential_care",
        "older_people_home_care",
        "older_people_total",
        "other_adults_supported_living",
        "all_total",
    ]
    assert rows[-1].figures["variance"].value == -60000
    assert rows[0].figures["annual_budget"].value == 8_400_000


PLACES = """title: Agency staff
chapter: agency
scope: place
whole: summed
key: place
columns:
  place: word
  plan: thousands
  spend: thousands
  variance: {type: thousands, against: [plan, spend], printed: false}
  twice: {type: thousands, formula: agency.place.total.variance * 2, printed: false}
figures:
  - {line: stated, label: As said, measure: posts, type: count, stated: true}
sentence: "Agency staff are {total.variance}."
"""


@pytest.mark.parametrize(("printed", "status"), [(30, "pass"), (31, "rounding"), (33, "fail")])
def test_the_body_is_the_sum_of_its_places(tmp_path: Path, printed: int, status: str) -> None:
    table = f"place,plan,spend\nnorthtown,10,14\nsouthtown,20,15\nicb,{printed},29\n"
    home = declared_home(tmp_path / "home", PLACES, table)
    paper, register = computed(home)
    total = register["agency.icb.total.plan"]
    assert total.formula == "agency.northtown.total.plan + agency.southtown.total.plan"
    assert register["agency.northtown.total.variance"].value == -4000
    assert register["agency.icb.total.spend"].value == 29000
    assert register["agency.northtown.total.twice"].value == -8000
    assert register["agency.icb.total.twice"].formula == "agency.icb.total.variance * 2"
    found = {check.id: check.status for check in run_checks(register, paper, complete=False)}
    assert found["printed.agency.icb.total.plan"] == status
    again = walked(home, register)
    assert (again.wrong, again.left) == ([], {})


def test_each_place_has_its_own_lines_and_total_and_the_body_their_sums(tmp_path: Path) -> None:
    form = PLACES.partition("figures:")[0].replace("agency.place.total.", "")
    form = form.replace("key: place", "key: [place, directorate]")
    form = form.replace("  place: word\n", "  place: word\n  directorate: directorate\n")
    form += 'line: "{directorate}"\ntotals: {directorate: Total}\nrows: {total: {sum: all}}\n'
    table = """place,directorate,plan,spend
northtown,Prescribing,10,14
northtown,Corporate Budgets,1,1
northtown,Total,11,15
southtown,Prescribing,20,15
southtown,Total,20,15
icb,Prescribing,30,29
icb,Total,31,33
"""
    home = declared_home(tmp_path / "home", form, table)
    paper, register = computed(home)
    drugs = f"{paper.report.line('prescribing')}.plan"
    assert register[f"agency.icb.{drugs}"].formula == (
        f"agency.northtown.{drugs} + agency.southtown.{drugs}"
    )
    assert register["agency.northtown.total.spend"].value == 15000
    assert register["agency.icb.total.variance"].value == 1000
    found = {check.id: check.status for check in run_checks(register, paper, complete=False)}
    assert found["printed.agency.icb.total.plan"] == "pass"
    assert found["printed.agency.icb.total.spend"] == "fail"
    again = walked(home, register)
    assert (again.wrong, again.left) == ([], {})


ACROSS = """title: Spend by service
chapter: services
scope: place
whole: summed
across: {measure: item, also: net}
key: [place, service]
line: "{service}"
label: "{place}, {service}"
columns:
  place: word
  service: text
  budget: {type: thousands, blank: true}
  actual: {type: thousands, blank: true}
  variance: {type: thousands, blank: true, against: [budget, actual]}
  budget_net: {type: thousands, blank: true, formula: budget}
  actual_net: {type: thousands, blank: true, formula: actual}
  variance_net: {type: thousands, blank: true, formula: variance}
totals: {service: Total}
rows:
  total: {label: "{place}, all services", sum: all}
"""
SERVICES = """item,service,northtown,southtown,central,icb_net,icb
budget,Wards,10,20,,,30
budget,Clinics,5,,,4,5
budget,Total,15,20,,,35
actual,Wards,12,21,,,33
actual,Clinics,4,,,,4
actual,Total,16,21,,,37
"""


def _services(tmp_path: Path) -> Register:
    home = declared_home(tmp_path / "home", ACROSS, SERVICES)
    register = computed(home)[1]
    again = walked(home, register)
    assert (again.wrong, again.left) == ([], {})
    return register


def test_a_table_across_places_has_the_lines_that_each_place_has(tmp_path: Path) -> None:
    register = _services(tmp_path)
    assert register["services.northtown.wards.variance"].value == -2000
    assert register["services.northtown.total.actual"].value == 16000
    assert register["services.northtown.total.actual"].label.startswith("Northtown, all services")
    assert register["services.icb.wards.budget"].label.startswith("Example ICB, Wards")
    clinics = register["services.icb.clinics.budget"]
    assert clinics.formula == "services.northtown.clinics.budget"
    assert register["services.icb.total.variance"].value == -2000
    assert not register.knows("services.southtown.clinics.budget")
    assert not register.knows("services.central.total.budget")


def test_a_second_column_of_the_body_is_held_to_the_first(tmp_path: Path) -> None:
    register = _services(tmp_path)
    assert register["services.icb.clinics.budget_net"].value == 5000
    assert register["services.icb.clinics.budget_net.printed"].value == 4000
    assert not register.knows("services.northtown.clinics.budget_net")


def test_a_place_of_which_a_table_has_nothing_is_told_as_not_supplied(tmp_path: Path) -> None:
    table = "".join(
        line.replace(",20,", ",,").replace(",21,", ",,").replace(",35", ",15") + "\n"
        for line in SERVICES.splitlines()
    )
    _, register = computed(declared_home(tmp_path / "home", ACROSS, table))
    assert register.is_absent("services.southtown.total.budget")
    assert register.is_absent("services.icb.total.budget")
    assert register["services.icb.clinics.actual"].value == 4000


@pytest.mark.parametrize(
    ("line", "other", "said"),
    [
        ("scope: place", "scope: body", "scope: place, and place in the key"),
        ("actual: {type: thousands", "actual: {type: count", "columns of one type"),
        ("also: net", "also: gross", "a column actual_gross"),
        (
            "  actual_net: {type: thousands, blank: true, formula: actual}\n",
            "",
            "column actual_net",
        ),
    ],
)
def test_a_form_across_places_must_hold_together(
    line: str, other: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputFaults, match=said):
        home_schedules(declared_home(tmp_path / "home", ACROSS.replace(line, other)))


@pytest.mark.parametrize(
    ("place", "words"), [("northtown", "£4k over"), ("southtown", "£5k under")]
)
def test_a_sentence_of_places_tells_of_the_papers_own(
    tmp_path: Path, place: str, words: str
) -> None:
    table = "place,plan,spend\nnorthtown,10,14\nsouthtown,20,15\n"
    home = declared_home(tmp_path / "home", PLACES, table)
    paper = open_chapter("schedules", MONTH.year_folder, MONTH.code, place, str(home))
    said, shown = declared_blocks(paper)
    assert isinstance(said, Narrative)
    assert words in said.markdown
    assert isinstance(shown, Table)
    assert [row.cells[0] for row in shown.rows] == ["Northtown", "Southtown", "Example ICB"]


def test_what_reports_say_of_a_declared_chapter_is_read(tmp_path: Path) -> None:
    table = "place,plan,spend\nnorthtown,10,14\nsouthtown,20,15\n"
    home = declared_home(tmp_path / "home", PLACES, table)
    run = home / run_file(MONTH)
    text = run.read_text("utf-8").replace("  stated.csv: This body does not have it.\n", "")
    run.write_text(text, "utf-8")
    stated = "place,chapter,line,measure,period,value,said\nicb,agency,stated,posts,M06,12,twelve\n"
    table_of(home).with_name("stated.csv").write_text(stated, "utf-8")
    _, register = computed(home)
    assert register["agency.icb.stated.posts"].value == 12


def test_pounds_and_per_cent_come_to_nothing_together(tmp_path: Path) -> None:
    form = FORM.format(sense="spend", lacking="absent", sparse="false")
    form = form.replace("type: thousands", "type: thousands or per cent")
    home = declared_home(tmp_path / "home", form, "line,budget,actual,variance\na,95%,12,\n")
    with pytest.raises(InputFaults, match=r"one unit; tried\.icb\.a\.budget and tried"):
        computed(home)


def test_a_printed_total_of_groups_of_which_no_row_came_is_not_supplied(tmp_path: Path) -> None:
    form = (
        "title: T\nchapter: tried\nkey: [area, drug]\ntotals: {area: Total}\ncolumns:\n"
        "  area: text\n  drug: text\n  growth: pounds\n"
        "subtotals:\n  - {by: area, line: together, label: Together, when_printed: true}\n"
    )
    for rows, told in (("", None), ("Pain,Codeine,-5\n", -5)):
        home = tmp_path / f"home{told}"
        table = f"area,drug,growth\n{rows}Total,All,7\n"
        _, register = computed(declared_home(home, form, table))
        assert value(register, "together", "growth") == told
        assert register.is_absent("tried.icb.together.growth") is (told is None)


def test_rows_of_one_line_are_one_figure_with_all_their_cells(tmp_path: Path) -> None:
    form = (
        "title: T\nchapter: tried\nscope: place\nwhole: summed\nkey: [place, item]\n"
        'line: "of_{kind}"\nlabel: "{place}, {kind}"\ntogether: true\ncolumns:\n  place: word\n'
        "  kind: {type: word, names: {late: late bills}}\n  item: text\n  cost: pounds\n"
    )
    rows = ("northtown,late,A,5", "northtown,late,B,-2", "southtown,late,C,4")
    table = "\n".join(("place,kind,item,cost", *rows)) + "\n"
    _, register = computed(declared_home(tmp_path / "home", form, table))
    north = register["tried.northtown.of_late.cost"]
    assert (north.value, north.label) == (3, "Northtown, late bills, cost")
    assert [cell.cell.row for cell in north.cells] == [2, 3]
    assert register["tried.icb.of_late.cost"].value == 7
