"""Corporate: the ICB's own running costs and programmes by directorate."""
