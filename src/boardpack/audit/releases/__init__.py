"""Release: one person prepares, another approves, and the record is kept."""
