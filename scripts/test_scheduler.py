"""Test many bodies on a scheduler: python scripts/test_scheduler.py [pytest options].

Makes `.venv-airflow` from requirements-airflow.txt beside `.venv` if it is missing, starts Airflow
from it, and makes the papers of three light homes with a fault to mend and a worker that is killed.
"""

import _launch

_launch.run("test-scheduler")
