"""An authority says statements in its own words and adds its own; reviews that start afterwards have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from trellis.accounts.roles import Permission
from trellis.core.audit import in_several_chains, record
from trellis.core.refusal import Refused
from trellis.organisations.models import LocalAuthority
from trellis.review import framework as files
from trellis.review.actions.frameworks import load_overlay
from trellis.review.models import LocalOverlay, Statement
from trellis.review.rules.local_words import (
    begun,
    next_code,
    with_addition,
    with_rewording,
    without_addition,
)

if TYPE_CHECKING:
    from trellis.accounts.acting import Acting
    from trellis.review.models import Framework

Words = dict[str, Any]


@in_several_chains()
def reword_statement(*, framework: Framework, code: str, changes: Words, by: Acting) -> LocalOverlay:
    """Say a statement of a framework in other words, or add guidance and links; no changes take all back."""
    words = with_rewording(words_now(framework, by), code, changes, year=timezone.localdate().year)
    return _publish(framework, words, code, by)


@in_several_chains()
def write_local_statement(
    *, framework: Framework, area: str, statement: Words, by: Acting, code: str = ""
) -> LocalOverlay:
    """Add a statement of the authority’s own to an area, or with its code change the words of one."""
    used = Statement.objects.filter(framework=framework).values_list("code", flat=True)
    code = code or next_code(area, set(used))
    words = words_now(framework, by)
    words = with_addition(words, area, statement | {"code": code}, year=timezone.localdate().year)
    return _publish(framework, words, code, by)


@in_several_chains()
def leave_out_local_statement(*, framework: Framework, code: str, by: Acting) -> LocalOverlay:
    """Leave a statement of the authority’s own out of new reviews."""
    words = without_addition(words_now(framework, by), code, year=timezone.localdate().year)
    return _publish(framework, words, code, by)


def words_now(framework: Framework, by: Acting) -> Words:
    """The authority’s words as new reviews get them."""
    newest = (
        LocalOverlay.objects.filter(framework=framework, authority_id=by.authority_id).order_by("-loaded_at").first()
    )
    if newest:
        content: Words = newest.content
        return content
    authority = LocalAuthority.objects.get(code=by.authority_id)
    return begun(
        authority=authority.name,
        code=authority.code,
        framework=framework.key,
        edition=framework.edition,
        year=timezone.localdate().year,
    )


@transaction.atomic
def _publish(framework: Framework, words: Words, code: str, by: Acting) -> LocalOverlay:
    """Load the words as a new edition. Raises `Refused` with what is wrong with them."""
    if not by.may(Permission.CHANGE_WORDING):
        raise Refused("Only whoever leads at the authority can change its wording")
    authority = LocalAuthority.objects.get(code=by.authority_id)
    try:
        made = load_overlay(text=files.Overlay.model_validate(words), authority=authority, by=by)
    except files.FrameworkError as error:
        raise Refused("; ".join(mistake.sentence for mistake in error.mistakes)) from error
    change = {"statement": code, "edition": words["edition"]}
    record(by=by, verb="wording.changed", subject=made, change=change, organisation_id=by.organisation_id)
    return made
