"""Section 75: budgets pooled with the borough."""
