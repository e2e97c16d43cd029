"""The bare import that ours is compared with: `python -m bench.bare_import FILE`.

The standard CSV reader and `bulk_create` in batches of the same rows into the same table. Nothing is checked,
nothing is compared with what is there, nothing can be searched afterwards, nobody is told.
"""

from __future__ import annotations

import csv
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import django

from bench.register import HEADINGS, WITHHELD

if TYPE_CHECKING:
    from trellis.organisations.models import Provider

BATCH = 1000


def import_barely(path: Path) -> int:
    """Put a register into the table of providers; the number of rows."""
    from trellis.organisations.models import Provider

    done = 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        while batch := [_provider(row) for row in islice(rows, BATCH)]:
            Provider.objects.bulk_create(batch)
            done += len(batch)
    return done


def _provider(row: list[str]) -> Provider:
    """A row as it stands, but for what the table itself insists on: a name that is there or not, and an ISO date."""
    from trellis.organisations.models import Provider

    of = dict(zip(HEADINGS, row, strict=True))
    withheld, day = of["Provider name"] == WITHHELD, of["Registration date"]
    return Provider(
        number=of["Provider URN"],
        name="" if withheld else of["Provider name"],
        name_key=of["Provider name"].lower(),
        unnamed=withheld,
        provider_type=of["Provider type"],
        provider_subtype=of["Provider subtype"],
        status=of["Provider status"],
        registered_on=f"{day[6:]}-{day[3:5]}-{day[:2]}",
        address=of["Provider address line 1"],
        town=of["Provider town"],
        postcode=of["Postcode"],
        authority_name=of["Local authority"],
        places=of["Places"],
        early_years_register=of["Provider Early Years Register Flag"] == "Y",
        compulsory_register=of["Provider Compulsory Childcare Register Flag"] == "Y",
        voluntary_register=of["Provider Voluntary Childcare Register Flag"] == "Y",
    )


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(f"{import_barely(Path(sys.argv[1]))}\n")
