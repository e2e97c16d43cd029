"""A form for parents: opening it, counting replies so that none can be told from another, closing it for good."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from trellis.core.audit import record
from trellis.core.refusal import Refused, refuse
from trellis.review.actions.holding import hold
from trellis.review.models import (
    PaperSitting,
    ParentComment,
    ParentCount,
    ParentForm,
    ParentPageKey,
)
from trellis.review.questions import ANSWERS, EDITION, LEFT_OUT, questions
from trellis.review.rules.voices import why_not_ask_parents, why_not_open_form

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.review.models import Round

CLOSED = "This form is closed"


@transaction.atomic
def open_parent_form(*, round: Round, closes_on: date, by: Acting) -> ParentForm:
    """Open a form for parents, with every count at nought.

    Raises `Refused` while another is open in the round, and once the round is finished.
    """
    hold(round, why_not_ask_parents)
    today = timezone.localdate()
    for past in ParentForm.objects.filter(round=round, closed_at=None, closes_on__lt=today):
        close_parent_form(form=past, by=by)
    is_one_open = ParentForm.objects.filter(round=round, closed_at=None).exists()
    refuse(why_not_open_form(closes_on=closes_on, today=today, open_one=is_one_open))
    form = ParentForm.objects.create(round=round, edition=EDITION, closes_on=closes_on, opened_by=by.user)
    ParentCount.objects.bulk_create(
        ParentCount(form=form, question=question.code, answer=answer)
        for question in questions(form.edition).questions
        for answer in (*ANSWERS, LEFT_OUT)
    )
    record(by=by, verb="parents.form_opened", subject=form, change={"closes_on": closes_on})
    return form


@transaction.atomic
def count_reply(*, form: ParentForm, answers: Mapping[str, str], comment: str, page_key: str) -> bool:
    """Add one reply to the counts; says whether it was counted, which it is once for each loaded page.

    Nothing about the reply itself is kept. All counts of the form are written at once, also those that stay as they
    are, so that not even the database’s own bookkeeping tells which were raised last. There is no audit event, because
    its time would be the time of the reply. Raises `Refused` when the form is closed.
    """
    if not _first_time(form, page_key):
        return False
    still_open = ParentForm.objects.filter(pk=form.pk).open_on(timezone.localdate())
    if not still_open.update(replies=F("replies") + 1):
        raise Refused(CLOSED)
    raised = Q(pk=None)
    for question in questions(form.edition).questions:
        raised |= Q(question=question.code, answer=answers.get(question.code) or LEFT_OUT)
    one = Case(When(raised, then=Value(1)), default=Value(0))
    ParentCount.objects.filter(form=form).update(count=F("count") + one)
    if comment.strip():
        _add_comment(form, comment.strip())
    return True


def _add_comment(form: ParentForm, text: str) -> None:
    """Write all comments of the form anew in the order of the alphabet, under new keys, with this one among them.

    In the order of its rows, and in what PostgreSQL notes of each, the database would tell which came when.
    """
    texts = sorted([*form.comments.values_list("text", flat=True), text], key=str.casefold)
    form.comments.all().delete()
    ParentComment.objects.bulk_create([ParentComment(form=form, text=each) for each in texts])


def _first_time(form: ParentForm, page_key: str) -> bool:
    try:
        with transaction.atomic():
            ParentPageKey.objects.create(hash=hashlib.sha256(f"{form.pk} {page_key}".encode()).hexdigest(), form=form)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def type_in_reply(
    *, form: ParentForm, answers: Mapping[str, str], comment: str, page_key: str, by: Acting
) -> PaperSitting:
    """Count a reply that came on paper. Who typed in how many on a day is kept, and not which.

    The audit says once a day that somebody began to type in, and at the closing how many each of them did.
    """
    counted = count_reply(form=form, answers=answers, comment=comment, page_key=page_key)
    sitting, new = PaperSitting.objects.get_or_create(form=form, by=by.user, on=timezone.localdate())
    if counted:
        ParentForm.objects.filter(pk=form.pk).update(typed_in=F("typed_in") + 1)
        PaperSitting.objects.filter(pk=sitting.pk).update(replies=F("replies") + 1)
        sitting.refresh_from_db()
    if new:
        record(by=by, verb="parents.paper_typed_in", subject=form)
    return sitting


@transaction.atomic
def forget_page_keys() -> int:
    """Forget which pages were sent, of forms whose last day has passed; how many. It says of nobody, so no event."""
    forgotten, _ = ParentPageKey.objects.of_forms_over(timezone.localdate()).delete()
    return forgotten


@transaction.atomic
def close_parent_form(*, form: ParentForm, by: Acting) -> ParentForm:
    """Close a form for good. It cannot be opened again, because one more reply would show what that person said."""
    now = timezone.now()
    if not ParentForm.objects.filter(pk=form.pk, closed_at=None).update(closed_at=now, closed_by=by.user):
        raise Refused(CLOSED)
    form.closed_at, form.closed_by = now, by.user
    ParentPageKey.objects.filter(form=form).delete()
    typed = form.sittings.select_related("by")
    sittings = [{"who": each.by.name, "on": each.on, "replies": each.replies} for each in typed]
    record(by=by, verb="parents.form_closed", subject=form, change={"typed_in": sittings})
    return form
