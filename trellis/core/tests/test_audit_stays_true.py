"""What the database refuses of audit events, whatever the code does."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from trellis.core.models import AuditEvent

pytestmark = pytest.mark.django_db

EVENT = {"actor_name": "Nobody", "verb": "nothing.done", "record_type": "x", "record_id": "1", "hash": "a" * 64}


@pytest.mark.parametrize(("number", "previous_hash", "refused"), [(1, "", False), (1, "b" * 64, True), (2, "", True)])
def test_only_the_first_event_has_no_predecessor(number, previous_hash, refused):
    event = AuditEvent(**EVENT, at=timezone.now(), number=number, previous_hash=previous_hash)
    if refused:
        with pytest.raises(IntegrityError, match="audit_only_the_first_has_no_predecessor"), transaction.atomic():
            event.save(force_insert=True)
    else:
        event.save(force_insert=True)
