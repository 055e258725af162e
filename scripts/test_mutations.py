"""Test the tests of the rules: python scripts/test_mutations.py [module ...].

Installs mutmut from requirements-mutations.txt into `.venv-mutations` if it is missing.
"""

import _launch

_launch.run("test-mutations")
