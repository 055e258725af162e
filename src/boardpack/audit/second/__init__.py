"""The second implementation: what a verification re-performs without anything of the product.

`figures` walks over every figure of a register and re-performs each from what it says it is made
of, its cells or its formula (generic). A formula that leaves out a term comes out the same twice,
so what a board acts on is also computed from the extracts alone, without a look at the register
(semantic): `headlines` says what that is. Only the standard library is used, and openpyxl, which
reads no workbook for the product.
"""
