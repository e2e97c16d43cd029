"""Ofsted’s register of childcare providers, read as published: in every layout seen, row by row.

`read_register` takes an open binary file and gives a reader. Iterating over it gives a `ProviderRow` for each
provider and a `RejectedRow`, with its line and a reason, for each row that cannot be taken; `NotARegister` says
at once when the file is something else. Columns are found by the meaning of their heading, never by position.

Layouts: all providers with the latest inspections (48 and 47 columns), the short extract that DfE services use
(11 columns), and childminder agencies (12, 13 and 15 columns), which are read as providers of that kind.
Inspection outcomes are not read: Trellis supports settings and does not inspect them.
"""

from trellis.organisations.register.headings import NotARegister
from trellis.organisations.register.kinds import kind_of, sector_of
from trellis.organisations.register.reader import ProviderRow, RegisterReader, RejectedRow, read_register

__all__ = [
    "NotARegister",
    "ProviderRow",
    "RegisterReader",
    "RejectedRow",
    "kind_of",
    "read_register",
    "sector_of",
]
