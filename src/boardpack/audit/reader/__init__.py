"""A second reader of the outputs: what each of them shows to whoever opens it.

It shares nothing with what writes them, on purpose: a writer that prints a wrong number tags it
wrongly too, and only what is seen gives it away.
"""
