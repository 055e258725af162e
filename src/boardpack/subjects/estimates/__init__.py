"""Estimates: what is accrued before it is invoiced, and how past estimates turned out."""
