"""Verify a build or a bundle without trusting it: python scripts/verify.py BUILD_OR_BUNDLE."""

import _launch

_launch.run("verify")
