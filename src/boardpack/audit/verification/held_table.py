"""The figures to take away held to the register: made again from it, and compared.

Nothing is run for it, so it is done where inputs are withheld, and on any platform.
"""

from __future__ import annotations

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.held_take_away import held_files
from boardpack.audit.verification.performed_again import Items, records
from boardpack.audit.verification.sealed import Sealed
from boardpack.core.errors import BuildFault
from boardpack.core.params import Paper, load_paper
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.outputs.data.figures_csv import NAME
from boardpack.render.layout import Layout
from boardpack.render.products import figure_files
from boardpack.render.status import with_status

COUNTED = "rows held to the register"


def hold_table(sealed: Sealed, figures: Items) -> Step:
    """Every row of the table with the register's figure and the outcome of its checks."""
    try:
        register = Register(figure_from_json(dict(item)) for item in figures.values())
        checks = list(records(sealed.build, "checks.json", "checks").values())
        files = figure_files(_paper(sealed), register, checks)
        expected = {name: make() for name, make in files.items()}
    except Exception as error:  # a damaged record may fail in any way
        said = f"could not be made again from the register: {type(error).__name__}."
        return Step("Numbers in CSV", 0, COUNTED, (Finding(NAME, said),))
    findings = tuple(held_files(sealed.build, expected))
    return Step("Numbers in CSV", len(figures), COUNTED, findings)


def _paper(sealed: Sealed) -> Paper:
    if sealed.month is None or not sealed.place:
        raise BuildFault("The manifest does not say which month of which place it is.")
    paper = load_paper(sealed.home, sealed.month, sealed.place)
    layout = Layout(sealed.project, paper)
    return with_status(layout, sealed.status, sealed.version).paper
