"""Live a year of the made-up ICB, and a month more: python scripts/test_year.py [pytest options].

Each month is begun, checked, rendered and released, for a place and the ICB. It takes the better
part of an hour.
"""

import _launch

_launch.run("test-year")
