"""The paper as a workbook that reckons."""
