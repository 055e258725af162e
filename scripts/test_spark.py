"""Test that Spark and DuckDB add items up alike: python scripts/test_spark.py [pytest options].

Makes `.venv-spark` from requirements-spark.txt beside `.venv` if it is missing; needs Java 17.
"""

import _launch

_launch.run("test-spark")
