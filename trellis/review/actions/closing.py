"""Closing a setting, and what a review keeps of somebody who deletes their account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from trellis.core.audit import in_several_chains
from trellis.organisations.actions.leaving import close_setting as let_everybody_leave
from trellis.organisations.models import Membership
from trellis.review.actions.help import withdraw_help
from trellis.review.actions.parents import close_parent_form
from trellis.review.actions.release import withdraw_release
from trellis.review.models import (
    Action,
    Evidence,
    FilledForm,
    HelpRequest,
    HelpStatus,
    ParentForm,
    Release,
    Round,
    RoundPerson,
)
from trellis.review.rules.closing import why_not_leave_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trellis.accounts.acting import Acting
    from trellis.core.audit import Actor
    from trellis.core.personal import Leaver, Person
    from trellis.organisations.models import Organisation

CLOSED = "The setting has closed"


@in_several_chains()
def close_setting(*, setting: Organisation, by: Acting) -> None:
    """Close a setting: what it released is withdrawn, nobody waits for it or answers it, and everybody leaves.

    Its records stay, and nobody opens them. Raises `Refused`.
    """
    for release in Release.objects.live(timezone.localdate()).filter(organisation=setting):
        withdraw_release(release=release, because=CLOSED, by=by)
    for form in ParentForm.objects.filter(round__organisation=setting, closed_at=None):
        close_parent_form(form=form, by=by)
    waiting = [HelpStatus.OPEN, HelpStatus.ANSWERED]
    for request in HelpRequest.objects.filter(organisation=setting, status__in=waiting):
        withdraw_help(request=request, words=CLOSED, by=by)
    let_everybody_leave(setting=setting, by=by)


def records_left_alone(person: Person) -> Iterator[str]:
    """The settings in which there is nobody else, and which have records."""
    theirs = Membership.objects.live().filter(user=person.pk, organisation__kind="setting")
    others = Membership.objects.live().filter(organisation=OuterRef("organisation")).exclude(user=person.pk)
    records = Q()
    for model in (Round, Action, Evidence):
        records |= Q(Exists(model._default_manager.filter(organisation=OuterRef("organisation"))))
    for membership in theirs.filter(~Q(Exists(others)), records).select_related("organisation"):
        yield why_not_leave_records(membership.organisation.name, alone=membership.role == "childminder")


def forget_names_in_rounds(leaver: Leaver, by: Actor) -> None:
    """Let a round say “A former colleague” where it wrote a name down: who takes part, who took what of a form."""
    RoundPerson.objects.filter(user=leaver.user_id).update(name=leaver.new_name)
    theirs = Membership.objects.filter(user=leaver.user_id).values("organisation")
    for form in FilledForm.objects.filter(round__organisation__in=theirs).exclude(taken=[]):
        taken = [each | {"by": leaver.new_name} if each.get("by") == leaver.name else each for each in form.taken]
        if taken != form.taken:
            form.taken = taken
            form.save(update_fields=["taken"])
