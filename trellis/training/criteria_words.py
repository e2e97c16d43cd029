"""What the codes of criteria say, from the criteria that are published for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trellis.qualifications.models import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable


def words_of(codes: Iterable[str]) -> dict[str, str]:
    """Code → its words, in the order of the codes; nothing for a code that no published set has.

    What an awarding organisation wrote is its own, and stays with whoever loaded it: it is not looked at here.
    """
    asked = list(dict.fromkeys(codes))
    found = Criterion.objects.visible_to(None).filter(code__in=asked).order_by("outcome__unit__set__loaded_at", "pk")
    words = dict(found.values_list("code", "text")) if asked else {}
    return {code: words.get(code, "") for code in asked}
