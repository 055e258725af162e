"""Verify a finished build without trusting it: python scripts/verify.py BUILD."""

import _launch

_launch.run("verify")
