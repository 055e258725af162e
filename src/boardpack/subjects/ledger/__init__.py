"""The ledger: mapped to the paper, and held to its control totals."""
