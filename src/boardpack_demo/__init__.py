"""A made-up Integrated Care Board with a year of extracts, to try the paper on and to test it.

One truth is made from a seed; every file is written from it, so that the paper must tie out to it.
Nothing here takes a figure from what it tests.
"""
