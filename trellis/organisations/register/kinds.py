"""From Ofsted’s words for a provider to the kind of setting it is, and who runs that kind."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# The type alone decides: a childminder who also works as a home childcarer is a childminder, and full day care
# in somebody’s home is childcare on domestic premises.
BY_TYPE = {
    "childminder": "childminder",
    "childminder without domestic premises": "childminder",
    "childminder on non domestic premises": "childminder",
    "home childcarer": "home_childcarer",
    "home child carer": "home_childcarer",
    "nanny": "home_childcarer",
    "childcare on domestic premises": "childcare_on_domestic_premises",
    "childcare domestic": "childcare_on_domestic_premises",
    "childminder agency": "childminder_agency",
    "childminding agency": "childminder_agency",
}

# Otherwise the subtype decides, or the type where lists give such words as a type.
BY_SUBTYPE = {
    "full day care": "full_day_care",
    "full daycare": "full_day_care",
    "day nursery": "full_day_care",
    "sessional day care": "sessional",
    "sessional care": "sessional",
    "sessional": "sessional",
    "pre school": "sessional",
    "preschool": "sessional",
    "playgroup": "sessional",
    "out of school day care": "out_of_school",
    "out of school care": "out_of_school",
    "out of school": "out_of_school",
    "after school club": "out_of_school",
    "breakfast club": "out_of_school",
    "holiday playscheme": "out_of_school",
    "creche": "creche",
    "creche day care": "creche",
    "nursery class": "nursery_class",
    "maintained nursery class": "nursery_class",
    "maintained nursery school": "maintained_nursery_school",
    "local authority nursery school": "maintained_nursery_school",
    "independent nursery": "independent_nursery",
    "independent nursery school": "independent_nursery",
}

SECTORS = {
    "maintained_nursery_school": "maintained",
    "nursery_class": "maintained",
    "other": "unknown",
}


@lru_cache(maxsize=1024)
def kind_of(provider_type: str, provider_subtype: str) -> str:
    """The kind of setting; “other” where the words do not tell, as for group care without a subtype.

    >>> kind_of("Childcare on non-domestic premises", "Sessional day care")
    'sessional'
    >>> kind_of("Childminder", "Home childcarer")
    'childminder'
    """
    type_words, subtype_words = _words(provider_type), _words(provider_subtype)
    return BY_TYPE.get(type_words) or BY_SUBTYPE.get(subtype_words) or BY_SUBTYPE.get(type_words) or "other"


def sector_of(kind: str) -> str:
    """Who runs a setting of this kind: “pvi” (private, voluntary or independent), “maintained” or “unknown”.

    >>> sector_of("childminder")
    'pvi'
    """
    return SECTORS.get(kind, "pvi")


def _words(text: str) -> str:
    """Small letters without accents; marks are spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = (character if character.isalnum() else " " for character in letters if not unicodedata.combining(character))
    return " ".join("".join(kept).split())
