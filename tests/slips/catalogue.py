"""Slips that a finance team makes, over every extract of the made-up ICB: the catalogue.

What must be noticed is said of each slip whether or not it is noticed today; the run tells. The
plants of the demonstration, which are for training, are slips too.
"""

from __future__ import annotations

from boardpack_demo.plants import PLANTS
from catalogue_forms import FORM_SLIPS
from catalogue_items import ITEM_SLIPS
from catalogue_ledger import LEDGER_SLIPS
from catalogue_records import RECORD_SLIPS
from catalogue_schedules import SCHEDULE_SLIPS
from slip import CHECK, REFUSED, Slip

CATALOGUE: tuple[Slip, ...] = (
    *ITEM_SLIPS,
    *RECORD_SLIPS,
    *SCHEDULE_SLIPS,
    *LEDGER_SLIPS,
    *FORM_SLIPS,
    *(
        Slip("plant", plant.file, plant.does, CHECK if plant.is_check else REFUSED, plant.apply)
        for plant in PLANTS
    ),
)
