"""Tokens with which a program acts for one person: `python -m bench.tokens NAME HOW_MANY` prints them as JSON."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django


def tokens(name: str, how_many: int) -> list[str]:
    """New tokens that read and write the reviews of a person’s setting."""
    from django.utils import timezone

    from trellis.api.actions import make_token
    from trellis.api.rules import Scope
    from trellis.organisations.models import Membership

    acting = Membership.objects.select_related("organisation", "user").get(user__name=name).acting()
    scopes, until = (Scope.READ_REVIEWS, Scope.WRITE_REVIEWS), timezone.localdate() + timedelta(days=1)
    return [
        make_token(name=f"Bench {number}", scopes=scopes, expires_on=until, by=acting)[1] for number in range(how_many)
    ]


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(tokens(sys.argv[1], int(sys.argv[2]))))
