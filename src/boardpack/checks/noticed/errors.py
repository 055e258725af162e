"""The errors that are tried in an input, in the order in which they are told."""

from __future__ import annotations

from decimal import Decimal

MATERIAL, SIGN, STALE = "material", "sign", "last_month"
FACTORS = {"ten": Decimal(10), "hundred": Decimal(100), "thousand": Decimal(1000)}
ERRORS = (MATERIAL, *FACTORS, SIGN, STALE)
