"""The losses as a workbook that an expert accountant can recompute: every figure follows from inputs by formulas.

Two registers: the one for our side says what a court may be expected to accept; the one for the other side's expert
holds the claim, its documents and its computation, and nothing of what we make of them.
"""

from vismajor.drafting.workbook.book import Disclosure, Register
from vismajor.drafting.workbook.writer import write_workbook

__all__ = ["Disclosure", "Register", "write_workbook"]
