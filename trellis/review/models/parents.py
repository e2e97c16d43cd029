"""What parents say on a form: counts and nothing else, so that no reply can be told from another."""

from __future__ import annotations

import os
import uuid
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.review.models.round import Round
from trellis.review.rules.voices import told_of_replies

if TYPE_CHECKING:
    from datetime import date

    from trellis.accounts.acting import Acting
    from trellis.review.rules.voices import Told

BYTES_OF_A_TOKEN = 18


def new_token() -> str:
    """What nobody can guess, in 24 letters."""
    return urlsafe_b64encode(os.urandom(BYTES_OF_A_TOKEN)).decode()


class ParentFormQuerySet(models.QuerySet["ParentForm"]):
    """Reading parents’ forms."""

    def visible_to(self, acting: Acting) -> Self:
        """The forms of the setting the person acts for, if their role may see reviews."""
        if not acting.may(Permission.SEE_REVIEW):
            return self.none()
        return self.filter(round__organisation_id=acting.organisation_id)

    def open_on(self, day: date) -> Self:
        """Those on which parents can reply on a day."""
        return self.filter(closed_at__isnull=True, closes_on__gte=day)

    def of(self, token: str) -> Self:
        """The form that a link or a printed code leads to, for whoever holds it."""
        return self.filter(token=token)


class ParentForm(models.Model):
    """A form for parents in one round: where it is found, until when, and how many replies it has had."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="parent_forms")
    edition = models.CharField(max_length=20)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    replies = models.PositiveIntegerField(default=0)
    typed_in = models.PositiveIntegerField(default=0)
    carried = models.JSONField(
        "shares in words, when it was read back from another installation", null=True, editable=False
    )
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closes_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ParentFormQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(closed_at__isnull=True),
                name="parent_form_one_open_in_a_round",
                violation_error_message="A form for parents is open already",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="parent_form_closing_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(typed_in__lte=F("replies")), name="parent_form_typed_in_are_among_the_replies"
            ),
        ]

    def __str__(self) -> str:
        return "Parents’ form"

    def get_absolute_url(self) -> str:
        """The page of the form for the setting."""
        return reverse("parent_form", args=[self.pk])

    def is_open(self, today: date) -> bool:
        """Whether parents can reply: until its last day, or until somebody closes it."""
        return self.closed_at is None and today <= self.closes_on

    def told(self, today: date) -> Told:
        """What a setting is told of how many replied, and whether it sees answers."""
        return told_of_replies(replies=self.replies, typed_in=self.typed_in, is_open=self.is_open(today))


class ParentCount(models.Model):
    """How many chose one answer to one question. There is no row for a reply, no time and no language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(ParentForm, on_delete=models.PROTECT, related_name="counts")
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "question", "answer"], name="parent_count_one_for_each_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}"


class ParentCommentQuerySet(models.QuerySet["ParentComment"]):
    """Reading what parents added."""

    def visible_to(self, acting: Acting) -> Self:
        """What was added on forms of the setting the person acts for. When it may be shown, the form tells (`told`)."""
        return self.filter(form__in=ParentForm.objects.visible_to(acting))


class ParentComment(models.Model):
    """What a parent added in words. Its key is chance, and it is linked to no answers and no time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(ParentForm, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()

    objects = ParentCommentQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="parent_comment_says_something")]

    def __str__(self) -> str:
        return "Comment"


class ParentPageKeyQuerySet(models.QuerySet["ParentPageKey"]):
    """Reading which pages were sent."""

    def of_forms_over(self, today: date) -> Self:
        """Those of forms on which nobody can reply any more."""
        return self.exclude(form__in=ParentForm.objects.open_on(today))


class ParentPageKey(models.Model):
    """That one loaded page has been sent, so that a double click counts once. Only the hash of its random key, and
    only while somebody can reply on the form."""

    hash = models.CharField(primary_key=True, max_length=64)
    form = models.ForeignKey(ParentForm, on_delete=models.CASCADE, related_name="page_keys")

    objects = ParentPageKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return "Page"


class PaperSitting(models.Model):
    """How many replies on paper somebody typed in on one day; which ones, nothing tells."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(ParentForm, on_delete=models.PROTECT, related_name="sittings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    replies = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["form", "by", "on"], name="paper_sitting_one_a_day_for_each_person"),
        ]

    def __str__(self) -> str:
        return f"{self.replies} on {self.on}"
