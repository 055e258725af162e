"""What would be noticed: for every input, whether any check would see an error in it.

"All agree" says nothing by itself: a check proves something only if it would have failed. Since
figures, formulas and checks are data, the paper computes what an error would change.
"""

from boardpack.checks.noticed.figures import least_held, noticed_figures, noticed_sentence
from boardpack.checks.noticed.inputs import Input
from boardpack.checks.noticed.moves import ERRORS, MATERIAL
from boardpack.checks.noticed.outcomes import Noticed, noticed, unheld
from boardpack.checks.noticed.record import noticed_record

__all__ = [
    "ERRORS",
    "MATERIAL",
    "Input",
    "Noticed",
    "least_held",
    "noticed",
    "noticed_figures",
    "noticed_record",
    "noticed_sentence",
    "unheld",
]
