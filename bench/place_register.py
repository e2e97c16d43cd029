"""All of the register put into the authority of one person: `python -m bench.place_register NAME`.

So that a list of 71,000 settings is one that somebody may open.
"""

from __future__ import annotations

import sys

import django


def place_register(name: str) -> int:
    """Let every provider lie in the authority that a person works for; how many there are."""
    from trellis.organisations.models import Membership, Provider

    authority = Membership.objects.get(user__name=name).organisation.authority
    assert authority
    return Provider.objects.update(authority=authority, authority_name=authority.name)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(f"{place_register(sys.argv[1])}\n")
