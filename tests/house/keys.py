"""Whose record stands in the address of each page: told once, used by several house tests.

A page whose address names a record has an entry in `KEYS`: a function from a person of the cast to the
arguments of the address, for a record of that person’s organisation. It may make the record.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.cast import Person, person, signed_in_client
from tests.hearing import form_for_parents, seen_of_children
from tests.reviewing import review_of
from trellis.accounts.roles import Role
from trellis.core.jobs import start
from trellis.core.models import SentMail
from trellis.organisations.actions.people import write_invitation
from trellis.organisations.models import ClaimRequest, GroupRequest, Organisation, Provider, RegisterImport
from trellis.review.models import ParentForm

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


def import_of(owner: Person) -> dict[str, Any]:
    """An import of the register."""
    return {"import_id": RegisterImport.objects.create(file_name="register.csv", asked_by_name=owner.user.name).pk}


def group_request_of(owner: Person) -> dict[str, Any]:
    """What the group of the cast has asked a person’s setting."""
    group = Organisation.objects.get(kind="group")
    by = {"asked_by": owner.user}
    asked, _new = GroupRequest.objects.get_or_create(group=group, setting=owner.organisation, defaults=by)
    return {"request_id": asked.pk}


def of_round(**more: Any) -> Keys:
    """The round of a person’s setting, and what else stands in the address."""
    return lambda person: {"round_id": review_of(person).round.pk, **more}


def parents_form(owner: Person) -> ParentForm:
    """The form for parents in a person’s round: the open one, or a new one."""
    round = review_of(owner).round
    return round.parent_forms.filter(closed_at=None).first() or form_for_parents(round, owner)


def parent_form_of(**more: Any) -> Keys:
    """A form for parents, and what else stands in the address."""
    return lambda person: {"form_id": parents_form(person).pk, **more}


KEYS: dict[str, Keys] = {
    "account_reset_password_from_key": lambda owner: {"uidb36": "0", "key": "not-a-key"},
    "confirm_email": lambda owner: {"token": "not-a-token"},
    "end_session": session_of,
    "export_activity": lambda owner: {"kind": "csv"},
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
    # voices
    "voices": of_round(),
    "own_area": of_round(area="A"),
    "save_own_rating": of_round(),
    "choose_name": of_round(),
    "discussion": of_round(),
    "discuss_statement": of_round(code="A1"),
    "note_child_voice": of_round(),
    "withdraw_child_voice": lambda person: {"voice_id": seen_of_children(review_of(person).round, person).pk},
    "open_parent_form": of_round(),
    "parent_form": parent_form_of(),
    "parent_poster": parent_form_of(),
    "parent_paper": parent_form_of(language="ur"),
    "type_in_reply": parent_form_of(),
    "close_parent_form": parent_form_of(),
    "reply": lambda person: {"token": parents_form(person).token},
    "reply_in": lambda person: {"token": parents_form(person).token, "language": "ur"},
    "reply_thanks": lambda person: {"token": parents_form(person).token, "language": "ur"},
    "be_someone": lambda person: {"user_id": person.user.pk},
}

# A record of one’s own setting, of another setting of the same authority, and of one in another authority.
OF_SETTINGS = ("amara", "megan", "joanna")
# Pages whose records belong to others than settings, or whose address names nobody’s record.
OWNERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "account_reset_password_from_key",
            "confirm_email",
            "remove_passkey",
            "accept_invitation",
            "reply",
            "reply_in",
            "reply_thanks",
        ),
        ("amara",),
    ),
    **dict.fromkeys(("register_import", "register_import_result"), ("amara",)),
    **dict.fromkeys(("export_plan", "export_evidence", "export_activity"), ("amara",)),
}
