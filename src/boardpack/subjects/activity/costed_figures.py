"""A programme across settings: activity at indicative prices, medicines, community services.

Activity is counted over the same months of each year. Each part is costed over the months that its
data covers, and a part's average month stands beside, so that parts of unlike length can be added.
Hospital costs are activity at an indicative price: estimates, and no payments. What has no price,
no items or no cost centre is not costed, and nothing is made up in its place.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.subjects.activity.costed_activity import programme_activity
from boardpack.subjects.activity.costed_parts import (
    Items,
    community_cost,
    medicines_cost,
    programme_items,
)
from boardpack.subjects.activity.programmes_extract import Programme, read_programmes

CHAPTER = "costed_programme"
A_MONTH = "cost_a_month"
HOSPITAL, MEDICINES, COMMUNITY, TOTAL = "hospital", "medicines", "community", "total"
PARTS = (HOSPITAL, MEDICINES, COMMUNITY)


def costed_programme_figures(draft: Draft) -> None:
    """Every programme of `params/programmes/`, for each place and for all places together."""
    places = tuple(draft.paper.report.places)
    programmes = read_programmes(draft.folder).found
    items = programme_items(draft) if programmes else None
    for key, programme in programmes.items():
        for place in places:
            _programme(draft, items, key, programme, place, (place,))
        _programme(draft, items, key, programme, ICB, places)


def _programme(
    draft: Draft,
    items: Items | None,
    key: str,
    programme: Programme,
    place: str,
    of: tuple[str, ...],
) -> None:
    """The parts of a programme for the places that `of` names, then all of them together."""
    label = f"{draft.place_names()[place]}, {programme.name}"
    scope = draft.scope(CHAPTER, place, key, label, basis="activity")
    programme_activity(draft, scope, programme, of)
    medicines_cost(draft, scope, programme, of, items)
    community_cost(draft, scope, programme, of)
    _total(draft, scope)


def _total(draft: Draft, scope: Scope) -> None:
    """What is costed, in an average month; nothing where fewer than two parts are."""
    key = scope.line
    parts = [scope.at(line=f"{key}_{part}").id(A_MONTH) for part in PARTS]
    costed = [one for one in parts if draft.has(one)]
    if len(costed) > 1:
        estimated = any(draft.agreed(one).is_estimate for one in costed)
        total = scope.at(
            line=f"{key}_{TOTAL}",
            line_label=f"{scope.line_label}, all that is costed",
            basis="computed",
            is_estimate=estimated,
        )
        total.total(A_MONTH, costed)
