"""`boardpack-demo`: writes the made-up ICB. The program itself knows nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from boardpack.core.errors import UsageFault
from boardpack.core.plainly import told_plainly
from boardpack_demo.make import SEED
from boardpack_demo.make import make_demo as make
from boardpack_demo.plants import told_plants
from boardpack_demo.sizes import FEWEST, Size, body_of

app = typer.Typer(
    name="boardpack-demo",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def make_demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Where to write it, such as demo.")
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="The demonstration is the same for a seed.")
    ] = SEED,
    months: Annotated[
        int, typer.Option("--months", metavar="N", help="How many months, from April: 24 at most.")
    ] = 12,
    plant: Annotated[
        list[str] | None, typer.Option("--plant", metavar="NAME", help="Plant this fault.")
    ] = None,
    plant_month: Annotated[
        int | None,
        typer.Option("--plant-month", metavar="N", help="In which month; else the last."),
    ] = None,
    size: Annotated[
        Size, typer.Option("--size", help="Small enough to look at, or a real ICB's size.")
    ] = Size.SMALL,
    places: Annotated[
        int, typer.Option("--places", metavar="N", help="How many places, 4 to 20.")
    ] = FEWEST,
    items: Annotated[
        int,
        typer.Option("--items", metavar="N", help="Months of items, 36 at most; else from March."),
    ] = 0,
    list_plants: Annotated[
        bool, typer.Option("--list-plants", help="Say which faults can be planted.")
    ] = False,
) -> None:
    """Write a made-up ICB with a year of extracts or two, to try the paper on; faults by name."""
    if list_plants:
        print(told_plants())
        return
    if folder is None:
        raise UsageFault("Name a folder to write the demonstration to, such as demo.")
    body = body_of(size, places, items)
    for line in make(folder, seed, months, plant or (), plant_month, body):
        print(line)


def main() -> None:
    """Write it; a failure is told in plain words, and its kind is the exit code."""
    with told_plainly():
        app()


if __name__ == "__main__":
    main()
