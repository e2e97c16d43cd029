"""Reading and writing many rows of the register at once."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from trellis.organisations.models import Provider, ProviderWord, SearchWord, SettingKind
from trellis.organisations.rules.register import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = list(Listing._fields)
FORGOTTEN_AT_ONCE = 50
COUNTS, LINES = SearchWord._meta.db_table, ProviderWord._meta.db_table
# The tables’ names are our own, so there is nothing to escape.
COUNT = (
    f"INSERT INTO {COUNTS} (word, backwards, providers) VALUES (%s, %s, %s) "  # noqa: S608
    f"ON CONFLICT (word) DO UPDATE SET providers = {COUNTS}.providers + excluded.providers"
)
COUNT_DOWN = f"UPDATE {COUNTS} SET providers = providers - %s WHERE word = %s"  # noqa: S608
FIND_BY = f"INSERT INTO {LINES} (word, provider_id) VALUES (%s, %s)"  # noqa: S608


def known_listings(numbers: Iterable[str]) -> dict[str, Listing]:
    """What is kept of these providers, by number; one query. Those unknown are left out."""
    rows = Provider.objects.filter(number__in=list(numbers)).values_list("number", *FIELDS)
    return {number: Listing(*values) for number, *values in rows}


def numbers_listed(agencies: bool) -> set[str]:
    """The numbers of all childminder agencies, or of all other providers, that are not marked as gone."""
    is_agency = Q(kind=SettingKind.CHILDMINDER_AGENCY)
    rows = Provider.objects.listed().filter(is_agency if agencies else ~is_agency)
    return set(rows.values_list("number", flat=True).iterator(chunk_size=5000))


def write_providers(new: list[Provider], changed: list[Provider]) -> None:
    """Add and overwrite, by number. A provider keeps its id."""
    Provider.objects.bulk_create(new)
    Provider.objects.bulk_create(changed, update_conflicts=True, unique_fields=["number"], update_fields=FIELDS)


def add_words(words: list[tuple[str, str]]) -> None:
    """Let providers be found by words: (word, number) pairs. How many providers have a word is counted with them.

    There are several for each provider, so they are written without making a record of each.
    """
    if not words:
        return
    counted = sorted(Counter(word for word, _number in words).items())
    with connection.cursor() as cursor:
        cursor.executemany(COUNT, [(word, word[::-1], providers) for word, providers in counted])
        cursor.executemany(FIND_BY, words)


def forget_words(words: Mapping[str, list[str]]) -> None:
    """Take words away from providers: for each number, the words by which it was found."""
    items, counted = iter(words.items()), Counter[str]()
    while some := dict(islice(items, FORGOTTEN_AT_ONCE)):
        of_some = {word for each in some.values() for word in each}
        lines = ProviderWord.objects.filter(word__in=of_some, provider__number__in=some)
        counted.update(lines.values_list("word", flat=True))
        lines.delete()
    if counted:
        with connection.cursor() as cursor:
            cursor.executemany(COUNT_DOWN, [(providers, word) for word, providers in sorted(counted.items())])
