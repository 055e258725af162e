"""What everything stands on: errors, money, periods, parameters, a home, the log."""
