"""Taking words out for good: from what is said now, from every earlier version, and from what has been released."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused
from trellis.core.rules.taking_out import is_mark, mark_of
from trellis.review.models import WRITTEN, Release
from trellis.review.released import without_words

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from trellis.accounts.acting import Acting
    from trellis.review.models.words import Kept


def words_of(kind: str, written: Any, text: str) -> set[str]:
    """Everything that a text of a record says, or has said: without marks, which say nothing."""
    said = {str(getattr(written, text))}
    kept = WRITTEN[kind].kept.get(text)
    if kept:
        said |= set(kept.model.objects.filter(**{kept.of: written.pk}).values_list(kept.column, flat=True))
    return {words for words in said if words and not is_mark(words)}


@transaction.atomic
def take_out_words(*, kind: str, written: Any, text: str, by: Acting) -> None:
    """Take the words of one text of a record out, also of its earlier versions and of copies that were released.

    A mark with the day stands in their place. A version is counted, so that a page opened before does not bring the
    words back unasked. The audit says who, when and where, and holds none of the words, as it never does. Raises
    `Refused` when there are none, or when somebody has just changed the record.
    """
    gone = words_of(kind, written, text)
    if not gone:
        raise Refused("There are no words here any more")
    mark, now = mark_of(timezone.localdate()), timezone.now()
    kept = WRITTEN[kind].kept.get(text)
    if getattr(written, text) in gone:
        _mark_what_is_said_now(written, text, mark, kept, now, by)
    if kept:
        earlier = kept.model.objects.filter(**{kept.of: written.pk, f"{kept.column}__in": gone})
        earlier.update(**{kept.column: mark})
    _mark_what_was_released(by, gone, mark)
    record(by=by, verb="words.taken_out", subject=written, change=_where(written, text))


def _mark_what_is_said_now(written: Any, text: str, mark: str, kept: Kept | None, now: datetime, by: Acting) -> None:
    """Write the mark; as a new version where versions are counted and can still be written."""
    rows = type(written).objects.filter(pk=written.pk)
    values: dict[str, Any] = {text: mark}
    counts = hasattr(written, "version") and text != "no_action_because" and not getattr(written, "frozen", False)
    if counts:
        rows, values = rows.filter(version=written.version), values | {"version": written.version + 1}
        values |= {"changed_at": now, "changed_by": by.user} if hasattr(written, "changed_at") else {}
    if not rows.update(**values):
        raise Refused("Someone else has just changed this. Look at it again")
    newest = (
        kept.model.objects.filter(**{kept.of: written.pk}).order_by("-version").first() if counts and kept else None
    )
    if newest and kept:
        newest.pk, newest.version, newest.at, newest.by = uuid4(), written.version + 1, now, by.user
        setattr(newest, kept.column, mark)
        newest.save(force_insert=True)


def _mark_what_was_released(by: Acting, gone: Collection[str], mark: str) -> None:
    """The same words in copies that the setting has released, wherever people wrote them there.

    The copies are held first, so that nothing comes back that somebody withdraws or takes out at the same moment.
    """
    released = Release.objects.filter(organisation_id=by.organisation_id, withdrawn_at=None, ended_at=None)
    released.order_by().update(purpose=F("purpose"))
    for release in released:
        content = without_words(release.content, gone, mark)
        if content != release.content:
            release.content = content
            release.save(update_fields=["content"])


def _where(written: Any, text: str) -> dict[str, str]:
    statement = getattr(written, "statement", None)
    return {"text": text} | ({"statement": statement.code} if statement else {})
