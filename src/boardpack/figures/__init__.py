"""Figures: the register, and one module per chapter that fills it from the extracts."""
