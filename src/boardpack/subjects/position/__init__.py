"""The position: budgets, actuals and variances of each place and directorate."""
