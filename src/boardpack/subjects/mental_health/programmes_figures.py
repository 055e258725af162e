"""The investment standard line by line: a declared table (`mhis_return`), and what would break it.

For an eligible programme, and for all of them, `break_even_slippage` is the standard's margin over
what the line is still forecast to spend, in per cent: if so much of it were not spent, the standard
would only just be met. Over 100% the line alone cannot break it. There is none where the standard
is already missed.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.schedule_figures import table_figures
from boardpack.figures.schedule_lines import lines_of
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule

CHAPTER = "mental_health"
STANDARD = f"{CHAPTER}.{ICB}.mhis"
ELIGIBLE, EXCLUDED = "eligible_programmes", "excluded_programmes"
"""The lines of all programmes that count, and of all that do not."""


def programme_figures(draft: Draft) -> None:
    """Enter the return's programmes, the sums of eligible and excluded ones, and their headroom.

    Nothing is entered where the month has no return by programme.
    """
    schedule = own_schedule("mhis_return")
    table_figures(draft, schedule)
    margin = f"{STANDARD}.over_delivery"
    if not draft.has(margin) or draft.agreed(margin).value < 0:
        return
    for line in lines_of(schedule, read_schedule(draft.folder, schedule), draft.paper):
        scope = draft.scope(CHAPTER, ICB, line.line, line.label, basis="return", period=draft.year)
        left = scope.id("still_to_spend")
        if ELIGIBLE in (line.line, line.group) and draft.agreed(left).value > 0:
            scope.derive("break_even_slippage", f"{margin} / still_to_spend * 100", "PCT")
