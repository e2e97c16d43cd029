"""Whose record stands in the address of each page: told once, used by several house tests.

A page whose address names a record has an entry in `KEYS`: a function from a person of the cast to the
arguments of the address, for a record of that person’s organisation. It may make the record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.cast import Person, person, signed_in_client
from tests.reviewing import earlier_of, review_of
from tests.visiting import VISIT_PAGES, correction_of, of_visit, recommendation_of, row_of, version_of
from trellis.accounts.roles import Role
from trellis.api.actions import make_token
from trellis.core.jobs import start
from trellis.core.models import SentMail
from trellis.core.operations.starting import start_code
from trellis.organisations.actions.people import write_invitation
from trellis.organisations.models import ClaimRequest, GroupRequest, Organisation, Provider, RegisterImport

Keys = Callable[[Person], dict[str, Any]]


def job_of(owner: Person) -> dict[str, Any]:
    """A background job that this person asked for."""
    return {"job_id": start(job="jobs.tidy", by=owner.acting).pk}


def member_of(owner: Person) -> dict[str, Any]:
    """A colleague, who can be given another role or be said goodbye to."""
    colleague = person(f"Colleague of {owner.user.name}", owner.organisation, Role(owner.membership.role))
    return {"membership_id": colleague.membership.pk}


def invitation_of(owner: Person) -> dict[str, Any]:
    """An invitation that nobody has answered."""
    told = {"email": "niamh@example.org", "name": "Niamh Byrne", "role": Role(owner.membership.role)}
    return {"invitation_id": write_invitation(organisation=owner.organisation, by=owner.acting, **told).pk}


def token_of(owner: Person) -> dict[str, Any]:
    """What the link in the e-mail with an invitation ends in."""
    invitation_of(owner)
    return {"token": SentMail.objects.get(address="niamh@example.org").link.rsplit("/", 1)[1]}


def session_of(owner: Person) -> dict[str, Any]:
    """A browser in which this person is signed in."""
    signed_in_client(Client(), owner.user).get("/account")
    return {"handle": owner.user.sessions.exclude(handle=None).first().handle}


def provider_of(owner: Person) -> dict[str, Any]:
    """A row of the register in the authority of a person’s organisation, that does not use Trellis."""
    known = {"name": "Hazel Nursery", "name_key": "hazel nursery", "authority_id": owner.organisation.authority_id}
    return {"provider_id": Provider.objects.create(number=f"EY{Provider.objects.count() + 700001}", **known).pk}


def claim_of(owner: Person) -> dict[str, Any]:
    """A request for a setting in the authority of a person’s organisation."""
    asked = {"setting_name": "Maple Class", "name": "Noor Aziz", "email": "noor@example.org", "position": "Head"}
    return {"claim_id": ClaimRequest.objects.create(authority_id=owner.organisation.authority_id, **asked).pk}


def answer_of(owner: Person) -> dict[str, Any]:
    """What the link to the answer to a refused request ends in."""
    by = {"state": "refused", "reason": "Not known", "decided_at": timezone.now(), "decided_by": owner.user}
    claim = ClaimRequest.objects.get(pk=claim_of(owner)["claim_id"])
    ClaimRequest.objects.filter(pk=claim.pk).update(**by)
    return {"token": claim.answer_token}


def import_of(owner: Person) -> dict[str, Any]:
    """An import of the register."""
    return {"import_id": RegisterImport.objects.create(file_name="register.csv", asked_by_name=owner.user.name).pk}


def group_request_of(owner: Person) -> dict[str, Any]:
    """What the group of the cast has asked a person’s setting."""
    group = Organisation.objects.get(kind="group")
    by = {"asked_by": owner.user}
    asked, _new = GroupRequest.objects.get_or_create(group=group, setting=owner.organisation, defaults=by)
    return {"request_id": asked.pk}


def token_of_program(owner: Person) -> dict[str, Any]:
    """A token that a person made for a program."""
    day = timezone.localdate() + timedelta(days=30)
    token, _ = make_token(name="Our dashboard", scopes=["reviews:read"], expires_on=day, by=owner.acting)
    return {"token_id": token.pk}


def of_round(**more: Any) -> Keys:
    """The round of a person’s setting, and what else stands in the address."""
    return lambda person: {"round_id": review_of(person).round.pk, **more}


def two_rounds_of(owner: Person, **more: Any) -> dict[str, Any]:
    """The review of a person’s setting and the one before."""
    return {"round_id": review_of(owner).round.pk, "other_id": earlier_of(owner).pk, **more}


def agreed_of(owner: Person, **more: Any) -> dict[str, Any]:
    """A setting with a review agreed a year ago; the address names only what else is told."""
    earlier_of(owner)
    return more


KEYS: dict[str, Keys] = {
    "account_reset_password_from_key": lambda owner: {"uidb36": "0", "key": "not-a-key"},
    "confirm_email": lambda owner: {"token": "not-a-token"},
    "end_session": session_of,
    "export_activity": lambda owner: {"kind": "csv"},
    "export_operations_activity": lambda owner: {"kind": "csv"},
    "start_with_code": lambda owner: {"code": start_code()},
    "remove_passkey": lambda owner: {"handle": "not-a-passkey"},
    "accept_invitation": token_of,
    "change_role": member_of,
    "end_membership": member_of,
    "resend_invitation": invitation_of,
    "withdraw_invitation": invitation_of,
    "cancel_job": job_of,
    "job": job_of,
    "job_progress": job_of,
    "operations_job": job_of,
    "operations_run_again": job_of,
    "run_job_again": job_of,
    "register_import": import_of,
    "register_import_result": import_of,
    "claim_setting": provider_of,
    "invite_setting": provider_of,
    "decide_claim": claim_of,
    "claim_answer": answer_of,
    "answer_group": group_request_of,
    "withdraw_group_request": group_request_of,
    "let_setting_go": lambda person: {"setting_id": person.organisation.pk},
    # reviews
    "show_round": of_round(),
    "move_round": of_round(to="discussing"),
    "ask_person": of_round(),
    "dismiss_prompt": of_round(),
    "rate_area": of_round(area="A"),
    "save_rating": of_round(),
    "show_statement": of_round(code="A1"),
    "no_action": of_round(code="C1"),
    "add_action": of_round(code="C1"),
    "report": of_round(),
    "full_report": of_round(),
    "blank_form": of_round(kind="pdf"),
    "export_evidence": lambda person: {"kind": "csv"},
    "export_report": of_round(what="ratings", kind="csv"),
    "export_plan": lambda person: {"kind": "csv"},
    "add_evidence": lambda person: {"rating_id": review_of(person).strong.pk},
    "link_evidence": lambda person: {"rating_id": review_of(person).strong.pk},
    "show_evidence": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "change_evidence": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "add_version": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "evidence_file": lambda person: {"version_id": review_of(person).evidence.versions.get().pk},
    "unlink_evidence": lambda person: {"use_id": review_of(person).evidence.uses.get().pk},
    "show_action": lambda person: {"action_id": review_of(person).action.pk},
    "change_action": lambda person: {"action_id": review_of(person).action.pk},
    "move_action": lambda person: {"action_id": review_of(person).action.pk},
    "note_action": lambda person: {"action_id": review_of(person).action.pk},
    "set_targets": of_round(),
    "compare_with": two_rounds_of,
    "export_comparison": lambda person: two_rounds_of(person, kind="pdf"),
    "export_over_the_years": lambda person: agreed_of(person, kind="pdf"),
    # visits
    "plan_visit": of_round(),
    **{page: of_visit() for page in VISIT_PAGES},
    "move_visit": of_visit(to="checked"),
    "export_timetable": of_visit(kind="pdf"),
    "export_visit_report": of_visit(kind="pdf"),
    "visit_area": of_visit(area="A"),
    "visit_report_version": version_of,
    "change_timetable_row": row_of,
    "move_timetable_row": lambda person: row_of(person, where="later"),
    "answer_correction": correction_of,
    "act_on_recommendation": recommendation_of,
    # programs
    "end_token": token_of_program,
    "api_framework": lambda person: {"key": "trellis-early-years", "edition": "2026-1"},
    "api_review": lambda person: {"review_id": review_of(person).round.pk},
    "api_rating": lambda person: {"review_id": review_of(person).round.pk, "code": "A1"},
    "api_nothing_there": lambda person: {"rest": "children"},
    "be_someone": lambda person: {"user_id": person.user.pk},
}

# A record of one’s own setting, of another setting of the same authority, and of one in another authority.
OF_SETTINGS = ("amara", "megan", "joanna")
# Pages whose records belong to others than settings, or whose address names nobody’s record.
OWNERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("account_reset_password_from_key", "confirm_email", "remove_passkey", "accept_invitation", "claim_answer"),
        ("amara",),
    ),
    "start_with_code": ("amara",),
    **dict.fromkeys(("register_import", "register_import_result"), ("amara",)),
    **dict.fromkeys(
        (
            "export_plan",
            "export_evidence",
            "export_activity",
            "export_over_the_years",
            "export_operations_activity",
        ),
        ("amara",),
    ),
    **dict.fromkeys(("api_framework", "api_nothing_there"), ("amara",)),
}
