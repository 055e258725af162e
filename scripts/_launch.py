"""The first step of every launcher, in a form that any Python can read, however old."""

import os
import sys

OLDEST = (3, 11)


def run(verb):
    """Refuse a Python that is too old in plain words; else make the environment and run.

    What PYTHONPATH names is left out: another program's code must not stand in for this one's.
    """
    if sys.version_info < OLDEST:
        sys.exit(
            "boardpack needs Python %d.%d or later, and this is Python %d.%d.\n"
            "Install a later one from python.org, and run this again with it."
            % (OLDEST + tuple(sys.version_info[:2]))
        )
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    away = [os.path.abspath(path) for path in named if path]
    sys.path[1:] = [path for path in sys.path[1:] if path not in away]
    import _environment

    sys.exit(_environment.run(verb, sys.argv[1:]))
