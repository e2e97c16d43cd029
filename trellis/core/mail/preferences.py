"""What e-mail each person wants to get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from trellis.core.audit import record
from trellis.core.models import MailPreference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trellis.core.audit import Actor
    from trellis.core.rules.mail import MailKind, Wish


@transaction.atomic
def choose_mail(*, wishes: Mapping[MailKind, Wish], by: Actor) -> list[MailPreference]:
    """Set how the acting person wants to get each kind of e-mail. Returns the preferences that changed."""
    if by.actor_id is None:
        return []
    chosen = dict(MailPreference.objects.filter(user_id=by.actor_id).values_list("kind", "wish"))
    changed = []
    for kind, wish in wishes.items():
        if chosen.get(kind) != wish:
            keeping, _ = MailPreference.objects.update_or_create(
                user_id=by.actor_id, kind=kind, defaults={"wish": wish}
            )
            record(by=by, verb="mail.chosen", subject=keeping, change={kind: [chosen.get(kind, ""), wish]})
            changed.append(keeping)
    return changed
