"""Whose record stands in the address of each page: told once, used by several house tests.

A page whose address names a record has an entry in `KEYS`: a function from a person of the cast to the
arguments of the address, for a record of that person’s organisation. It may make the record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.test import Client
from django.utils import timezone

from tests import applying, attending, going, training
from tests.campaigning import invitation_of as asked_by_campaign
from tests.cast import Person, person, signed_in_client
from tests.coming import coming_for
from tests.hearing import form_for_parents, seen_of_children
from tests.local_words import add_local_statement
from tests.planning import alternative_of, counted_of, planning_of
from tests.pooling import count_for
from tests.qualifying import (
    course_of,
    criteria_of,
    criteria_read,
    entry,
    holding_of,
    linked_by,
    listed_one,
    shipped_criteria,
)
from tests.releasing import a_file_of, agreed, help_of, released_by, released_outside
from tests.releasing import token_of as token_of_release
from tests.reviewing import SHIPPED, earlier_of, loaded, review_of
from tests.staffing import colleague_of, day_change_of, room_of, usual_day_of
from tests.visiting import (
    VISIT_PAGES,
    correction_of,
    of_visit,
    recommendation_of,
    row_of,
    version_of,
    visit_to_write_of,
)
from trellis.accounts.actions import email_token
from trellis.accounts.models import User
from trellis.accounts.roles import Role
from trellis.accounts.second_step import second_steps_of
from trellis.accounts.tests.people import with_passkey
from trellis.api.actions import make_token
from trellis.core.jobs import start
from trellis.core.models import SentMail
from trellis.core.operations.starting import start_code
from trellis.demonstration.places import SHOWN
from trellis.organisations.actions.people import write_invitation
from trellis.organisations.models import ClaimRequest, GroupRequest, Organisation, Provider, RegisterImport
from trellis.review.actions import keep_setting_file
from trellis.review.models import FilledForm, ParentForm, SettingFile
from trellis.staffing.rules.weeks import WEEKDAYS

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


def new_address_of(owner: Person) -> dict[str, Any]:
    """What the link in the e-mail to a person’s new address ends in."""
    owner.user.new_email = f"new.{owner.user.email}"
    owner.user.save()
    return {"token": email_token(owner.user)}


def passkey_of(owner: Person) -> dict[str, Any]:
    """A passkey of a person’s."""
    with_passkey(owner.user)
    return {"handle": second_steps_of(owner.user).passkeys[0].handle}


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


def form_that_came_back(owner: Person) -> dict[str, Any]:
    """A form of a person’s review that was read back in, and says something else than the review."""
    round = review_of(owner).round
    mark = {"round": str(round.pk), "framework": "", "blank": False, "made": "2026-11-24"}
    mark |= {"statements": {"A1": 1, "C1": 1}, "actions": {}}
    said = [{"line": "row 6", "code": "A1", "choice": "Partly in place"}]
    content = {"mark": mark, "statements": said, "plan": []}
    told = {"kind": "xlsx", "name": "Form.xlsx", "sha256": "0" * 64, "content": content, "read_by": owner.user}
    return {"form_id": FilledForm.objects.create(round=round, **told).pk}


def setting_file_of(owner: Person) -> dict[str, Any]:
    """A file with everything about a person’s setting."""
    wanted = SettingFile.objects.create(organisation=owner.organisation, asked_by=owner.user)
    kept = keep_setting_file(wanted=wanted, name="Everything.zip", content=BytesIO(b"PK"), by=owner.acting)
    return {"setting_file_id": kept.pk}


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


def someone_shown(_owner: Person) -> dict[str, Any]:
    """One of the people whom the demonstration lets one be."""
    name, _what_for = SHOWN[0]
    return {"user_id": User.objects.create(name=name, email="shown@demonstration.example").pk}


def framework_there(_owner: Person) -> dict[str, Any]:
    """The framework that comes with Trellis."""
    shipped = loaded(SHIPPED)
    return {"key": shipped.key, "edition": shipped.edition}


def of_round(**more: Any) -> Keys:
    """The round of a person’s setting, and what else stands in the address."""
    return lambda person: {"round_id": review_of(person).round.pk, **more}


def pooled_for(owner: Person, **more: Any) -> dict[str, Any]:
    """A count for the authority of a person’s setting; the address names only what else is told."""
    count_for(owner.organisation.authority_id, loaded(SHIPPED))
    return more


def count_of(owner: Person) -> dict[str, Any]:
    """A count for the authority of a person’s setting."""
    count = count_for(owner.organisation.authority_id, loaded(SHIPPED))
    said = {"framework": count.framework.key, "edition": count.framework.edition}
    return {**said, "audience": count.audience, "term": count.period_key}


def local_statement_of(owner: Person) -> dict[str, Any]:
    """A statement that the authority of a person’s setting has added."""
    return {"framework_id": loaded(SHIPPED).pk, "code": add_local_statement(owner)}


def two_rounds_of(owner: Person, **more: Any) -> dict[str, Any]:
    """The review of a person’s setting and the one before."""
    return {"round_id": review_of(owner).round.pk, "other_id": earlier_of(owner).pk, **more}


def agreed_of(owner: Person, **more: Any) -> dict[str, Any]:
    """A setting with a review agreed a year ago; the address names only what else is told."""
    earlier_of(owner)
    return more


def link_of(owner: Person, **more: Any) -> dict[str, Any]:
    """The link to what a person’s setting has released to somebody outside."""
    return {"token": token_of_release(released_outside(owner)), **more}


def of_file(owner: Person) -> dict[str, Any]:
    """A file in what a person’s setting has released to its authority."""
    release = released_by(owner)
    return {"release_id": release.pk, "file_id": a_file_of(release)}


def file_of_link(owner: Person) -> dict[str, Any]:
    """A file in what a person’s setting has released to somebody outside."""
    return link_of(owner, file_id=a_file_of(released_outside(owner)))


def parents_form(owner: Person) -> ParentForm:
    """The form for parents in a person’s round: the open one, or a new one."""
    round = review_of(owner).round
    return round.parent_forms.filter(closed_at=None).first() or form_for_parents(round, owner)


def parent_form_of(**more: Any) -> Keys:
    """A form for parents, and what else stands in the address."""
    return lambda person: {"form_id": parents_form(person).pk, **more}


def beside_public(owner: Person, **more: Any) -> dict[str, Any]:
    """The criteria that come with Trellis, beside those that a person’s organisation has loaded."""
    return {"set_id": criteria_of(owner).pk, "other_id": shipped_criteria().pk, **more}


KEYS: dict[str, Keys] = {
    "account_reset_password_from_key": lambda owner: {"uidb36": "0", "key": "not-a-key"},
    "confirm_email": new_address_of,
    "part_about_me": lambda owner: {"part": "profile"},
    "end_session": session_of,
    "export_activity": lambda owner: {"kind": "csv"},
    "export_operations_activity": lambda owner: {"kind": "csv"},
    "start_with_code": lambda owner: {"code": start_code()},
    "remove_passkey": passkey_of,
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
    "import_tried": import_of,
    "register_import_result": import_of,
    "claim_setting": provider_of,
    "invite_setting": provider_of,
    "decide_claim": claim_of,
    "claim_answer": answer_of,
    "answer_group": group_request_of,
    "withdraw_group_request": group_request_of,
    "let_setting_go": lambda person: {"setting_id": person.organisation.pk},
    # qualifications
    "show_qualification": lambda person: {"key": entry("senco-level-3-award").key},
    "hold_of_catalogue": lambda person: {"qualification_id": entry("senco-level-3-award").pk},
    "hold_of_list": lambda person: {"listed_id": listed_one().pk},
    "export_holdings": lambda person: {"kind": "csv"},
    "show_holding": lambda person: {"holding_id": holding_of(person).pk},
    "change_holding": lambda person: {"holding_id": holding_of(person).pk},
    "end_holding": lambda person: {"holding_id": holding_of(person).pk},
    "criteria_set": lambda person: {"set_id": criteria_of(person).pk},
    "export_criteria": lambda person: {"set_id": criteria_of(person).pk, "kind": "csv"},
    "criteria_template": lambda person: {"kind": "csv"},
    "criteria_import": lambda person: {"import_id": criteria_read(person).pk},
    "crosswalk": beside_public,
    "export_crosswalk": lambda person: beside_public(person, kind="csv"),
    "unlink_criteria": lambda person: {
        "set_id": (link := linked_by(person)).one.outcome.unit.set_id,
        "other_id": link.other.outcome.unit.set_id,
        "link_id": link.pk,
    },
    # staffing
    "change_room": lambda person: {"room_id": room_of(person).pk},
    "remove_room": lambda person: {"room_id": room_of(person).pk},
    "change_colleague": lambda person: {"colleague_id": colleague_of(person).pk},
    "remove_colleague": lambda person: {"colleague_id": colleague_of(person).pk},
    "usual_day": lambda person: {"weekday": "monday"},
    "copy_day": lambda person: {"weekday": WEEKDAYS[usual_day_of(person).weekday].lower()},
    "show_day": lambda person: {"on": "2027-03-04"},
    "off_all_day": lambda person: {"on": "2027-03-04", "colleague_id": colleague_of(person).pk},
    "change_day": lambda person: {"on": "2027-03-04", "kind": "agency"},
    "take_back_day_change": lambda person: {"change_id": day_change_of(person).pk},
    # who goes to a session
    "coming_session": lambda person: {"session_id": coming_for(person).pk},
    "say_journey": lambda person: {"session_id": coming_for(person).pk},
    # reviews
    "show_round": of_round(),
    "move_round": of_round(to="discussing"),
    "names_in_review": of_round(),
    "take_out_words": lambda person: {"kind": "rating", "record_id": review_of(person).strong.pk, "text": "notes"},
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
    "on_paper": of_round(),
    "take_form": of_round(what="filled", kind="xlsx"),
    "filled_form": form_that_came_back,
    "take_setting_file": setting_file_of,
    "export_evidence": lambda person: {"kind": "csv"},
    "export_report": of_round(what="ratings", kind="csv"),
    "export_help_figures": lambda person: {"kind": "csv"},
    "export_plan": lambda person: {"kind": "csv"},
    "add_evidence": lambda person: {"rating_id": review_of(person).strong.pk},
    "link_evidence": lambda person: {"rating_id": review_of(person).strong.pk},
    "show_evidence": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "change_evidence": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "link_statement": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "look_at_evidence": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "add_version": lambda person: {"evidence_id": review_of(person).evidence.pk},
    "evidence_file": lambda person: {"version_id": review_of(person).evidence.versions.get().pk},
    "unlink_evidence": lambda person: {"use_id": review_of(person).evidence.uses.get().pk},
    "show_action": lambda person: {"action_id": review_of(person).action.pk},
    "change_action": lambda person: {"action_id": review_of(person).action.pk},
    "move_action": lambda person: {"action_id": review_of(person).action.pk},
    "note_action": lambda person: {"action_id": review_of(person).action.pk},
    "set_targets": of_round(),
    "beside_similar": of_round(),
    "compare_with": two_rounds_of,
    "export_comparison": lambda person: two_rounds_of(person, kind="pdf"),
    "export_over_the_years": lambda person: agreed_of(person, kind="pdf"),
    # visits
    "plan_visit": of_round(),
    **{page: of_visit() for page in VISIT_PAGES},
    "write_visit_report": visit_to_write_of,
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
    "api_framework": framework_there,
    "api_review": lambda person: {"review_id": review_of(person).round.pk},
    "api_rating": lambda person: {"review_id": review_of(person).round.pk, "code": "A1"},
    "api_voices": lambda person: {"review_id": review_of(person).round.pk},
    "api_visit": of_visit(),
    "api_count": count_of,
    "api_nothing_there": lambda person: {"rest": "children"},
    # releases and help
    "release_step": lambda person: {"round_id": agreed(person).pk, "step": "to"},
    "show_release": lambda person: {"release_id": released_by(person).pk},
    "withdraw_release": lambda person: {"release_id": released_by(person).pk},
    "release_code": lambda person: {"release_id": released_outside(person).pk},
    "show_released": lambda person: {"release_id": released_by(person).pk},
    "released_as_paper": lambda person: {"release_id": released_by(person).pk, "kind": "pdf"},
    "released_file": of_file,
    "open_by_link": link_of,
    "paper_by_link": lambda person: link_of(person, kind="pdf"),
    "file_by_link": file_of_link,
    "show_campaign": lambda person: {"campaign_id": asked_by_campaign(person).campaign_id},
    "remind_campaign": lambda person: {"campaign_id": asked_by_campaign(person).campaign_id},
    "show_invitation": lambda person: {"invitation_id": asked_by_campaign(person).pk},
    "decline_invitation": lambda person: {"invitation_id": asked_by_campaign(person).pk},
    "export_picture": lambda person: pooled_for(person, kind="csv"),
    "local_words_of": lambda person: {"framework_id": loaded(SHIPPED).pk},
    "change_local_words": lambda person: {"framework_id": loaded(SHIPPED).pk, "code": "A1"},
    "add_local_statement": lambda person: {"framework_id": loaded(SHIPPED).pk, "area": "A"},
    "leave_out_local_statement": local_statement_of,
    "ask_about_statement": of_round(code="C1"),
    "help_request": lambda person: {"help_id": help_of(person).pk},
    "answer_help": lambda person: {"help_id": help_of(person).pk},
    "assign_help": lambda person: {"help_id": help_of(person).pk},
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
    "parent_poster_paper": parent_form_of(),
    "parent_paper": parent_form_of(language="ur"),
    "type_in_reply": parent_form_of(),
    "close_parent_form": parent_form_of(),
    "reply": lambda person: {"token": parents_form(person).token},
    "reply_in": lambda person: {"token": parents_form(person).token, "language": "ur"},
    "reply_thanks": lambda person: {"token": parents_form(person).token, "language": "ur"},
    "be_someone": someone_shown,
    # award programmes: of Mei’s centre, and of what the authority of Idris delivers
    "programme_report": lambda person: {"programme_id": training.programme_for(person).pk},
    "export_programme_report": lambda person: {"programme_id": training.programme_for(person).pk, "kind": "csv"},
    "show_programme": lambda person: {"programme_id": training.programme_for(person).pk},
    "change_programme": lambda person: {"programme_id": training.programme_for(person).pk},
    "make_cohort": lambda person: {"programme_id": training.programme_for(person).pk},
    **dict.fromkeys(
        (
            *("show_cohort", "change_cohort", "cancel_cohort", "approve_cohort"),
            *("add_training_session", "learners", "add_learner", "assign_trainer", "make_cohort_calendar"),
            *("go_ahead", "ask_waiting", "move_learners"),
        ),
        lambda person: {"cohort_id": training.cohort_of(person).pk},
    ),
    "move_cohort": lambda person: {"cohort_id": training.cohort_of(person).pk, "to": "open"},
    **dict.fromkeys(
        ("show_training_session", "change_training_session", "move_training_session", "cancel_training_session"),
        lambda person: {"session_id": training.session_of(person).pk},
    ),
    **dict.fromkeys(
        ("show_place", "add_milestone", "withdraw_place"), lambda person: {"place_id": training.place_of(person).pk}
    ),
    **dict.fromkeys(
        ("attendance_register", "send_marks", "register_sheet", "register_file"),
        lambda person: {"session_id": attending.todays_session(person).pk},
    ),
    "wall_code": lambda person: {"part_id": attending.todays_session(person).parts.get(position=1).pk},
    "apologise": lambda person: {"session_id": attending.priyas_session(person).pk},
    "apologise_by_link": lambda person: {
        "token": training.token_of(person),
        "session_id": training.session_of(person).pk,
    },
    "visit_by_link": lambda person: {
        "token": training.token_of(person),
        "session_id": going.visit_session_of(person).pk,
    },
    "write_reflection_by_link": lambda person: {
        "token": training.token_of(person),
        "session_id": going.going_of(person).session_id,
    },
    "cohort_attendance": lambda person: {"cohort_id": attending.marked(person).place.cohort_id},
    "place_attendance": lambda person: {"place_id": attending.marked(person).place_id},
    **dict.fromkeys(
        ("show_catch_up", "end_catch_up"), lambda person: {"catch_up_id": attending.catch_up_of(person).pk}
    ),
    "undo_catch_up": lambda person: {"catch_up_id": attending.signed_off_by(person).pk},
    "open_catch_up": attending.lost_by,
    "end_assignment": lambda person: {"assignment_id": training.teaching_of(person).pk},
    "calendar_feed": lambda person: {"token": training.calendar_token_of(person)},
    "dates_by_link": lambda person: {"token": training.token_of(person)},
    "void_milestone": lambda person: {"milestone_id": training.milestone_of(person).pk},
    "export_trainers": lambda person: {"kind": "csv"},
    "add_survey": lambda person: {"programme_id": training.programme_for(person).pk},
    **dict.fromkeys(("change_survey", "remove_survey"), lambda person: {"survey_id": training.survey_of(person).pk}),
    "remove_closure": lambda person: {"closed_day_id": training.closed_by(person).pk},
    "add_part": lambda person: {"session_id": training.session_of(person).pk},
    **dict.fromkeys(
        ("change_part", "remove_part"), lambda person: {"part_id": training.session_of(person).parts.first().pk}
    ),
    # visits of learners
    **dict.fromkeys(
        ("session_visits", "add_visit_offer"), lambda person: {"session_id": going.visit_session_of(person).pk}
    ),
    **dict.fromkeys(
        ("change_visit_offer", "cancel_visit_offer", "send_learner", "confirm_visit_offer"),
        lambda person: {"offer_id": going.offer_of(person).pk},
    ),
    "free_visit_place": lambda person: {"visit_id": going.going_of(person).pk},
    "show_reflection": lambda person: {"visit_id": going.reflection_of(person).visit_id},
    **dict.fromkeys(("my_visit", "write_reflection"), lambda person: {"session_id": going.priyas_visit(person).pk}),
    # planning a cohort
    **dict.fromkeys(("plannings", "make_planning"), lambda person: {"programme_id": training.programme_for(person).pk}),
    **dict.fromkeys(("show_planning", "ask_for_alternatives"), lambda person: {"planning_id": planning_of(person).pk}),
    "move_planning": lambda person: {"planning_id": planning_of(person).pk, "to": "dropped"},
    **dict.fromkeys(
        ("show_alternative", "use_alternative"), lambda person: {"alternative_id": alternative_of(person).pk}
    ),
    **dict.fromkeys(
        ("be_counted", "stop_being_counted"), lambda person: {"planning_id": counted_of(person).planning_id}
    ),
    # applying for a place
    **dict.fromkeys(
        ("apply_for_place", "book_people"), lambda person: {"programme_id": applying.to_apply_for(person).pk}
    ),
    **dict.fromkeys(
        ("application", "withdraw_application"),
        lambda person: {"token": applying.token_of(applying.application_of(applying.mei()))},
    ),
    "check_application": lambda person: {"token": applying.token_of(applying.draft_of_mei())},
    "application_step": lambda person: {"token": applying.token_of(applying.draft_of_mei()), "step": "years"},
    "ask_manager_again": lambda person: {"token": applying.token_of(applying.refused_of_mei())},
    "want_as_well": lambda person: applying.asked_about_another(),
    "answer_offer": lambda person: {"token": applying.token_of(applying.offered(applying.mei())), "answer": "accept"},
    "confirm_release": lambda person: {"token": applying.token_for_manager()},
    "booked_application": lambda person: {"application_id": applying.booked_by(person).pk},
    "open_my_application": lambda person: {"application_id": applying.own_of(person).pk},
    **dict.fromkeys(
        ("applications", "admission_rules"), lambda person: {"programme_id": training.programme_for(person).pk}
    ),
    "change_admission_rule": lambda person: {
        "programme_id": training.programme_for(person).pk,
        "key": "level_3_missing",
    },
    **dict.fromkeys(
        ("show_application", "decide_application", "offer_place"),
        lambda person: {"application_id": applying.application_of(person).pk},
    ),
    "list_application": lambda person: {"application_id": applying.application_of(person).pk, "where": "on"},
    "change_course": lambda person: {"course_id": course_of(person).pk},
    "offer_course": lambda person: {"course_id": course_of(person).pk, "where": "out"},
    "show_duty": lambda person: {"duty_id": training.duty_of(person).pk},
    "move_duty": lambda person: {"duty_id": training.duty_of(person).pk, "to": "excused"},
}

TRAINING_PAGES = (
    *("show_programme", "change_programme", "make_cohort", "show_cohort", "change_cohort", "cancel_cohort"),
    *("approve_cohort", "add_training_session", "learners", "add_learner", "move_cohort", "show_training_session"),
    *("change_training_session", "move_training_session", "cancel_training_session", "show_place", "add_milestone"),
    *("withdraw_place", "void_milestone", "show_duty", "move_duty", "attendance_register", "send_marks"),
    *("register_sheet", "register_file", "wall_code", "cohort_attendance", "place_attendance", "show_catch_up"),
    *("end_catch_up", "open_catch_up", "undo_catch_up"),
    *("assign_trainer", "end_assignment"),
    *("make_cohort_calendar", "programme_report", "export_programme_report"),
    *("applications", "admission_rules", "change_admission_rule", "show_application", "decide_application"),
    *("offer_place", "list_application", "go_ahead", "ask_waiting", "move_learners"),
    *("session_visits", "add_visit_offer", "change_visit_offer", "cancel_visit_offer", "send_learner"),
    *("add_part", "change_part", "remove_part", "remove_closure", "add_survey", "change_survey", "remove_survey"),
    *("confirm_visit_offer", "free_visit_place", "show_reflection"),
)
"""The pages whose address names something of a training centre, or of an authority that delivers a cohort of one."""

# What is sent to a page that takes a form, so that it does what it is for. Who may do that is told on the page’s
# rows with POST; a page that also shows itself has those with GET besides.
POSTED: dict[str, dict[str, str]] = {
    "save_rating": {"A1-choice": "partly", "A1-work": "finished", "A1-version": "1"},
    "rate_area": {"A1-choice": "partly", "A1-work": "finished", "A1-version": "1"},
    "move_round": {"note": "At the staff meeting"},
    "add_action": {"what": "Ask each family"},
    "change_role": {"role": Role.PRACTITIONER},
    "send_marks": {"marks": "[]"},
}

# A record of one’s own setting, of another setting of the same authority, and of one in another authority.
OF_SETTINGS = ("amara", "megan", "joanna")
# Pages whose records belong to others than settings, or whose address names nobody’s record.
OF_CENTRES = ("mei", "idris", "rafael")
OWNERS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(TRAINING_PAGES, OF_CENTRES),
    **dict.fromkeys(("apologise", "apologise_by_link", "my_visit", "write_reflection"), ("mei",)),
    **dict.fromkeys(("change_course", "offer_course"), ("mei", "rafael")),
    **dict.fromkeys(("plannings", "make_planning"), OF_CENTRES),
    **dict.fromkeys(
        *(("show_planning", "move_planning", "ask_for_alternatives", "show_alternative", "use_alternative"),),
        ("mei", "rafael"),
    ),
    **dict.fromkeys(("calendar_feed", "dates_by_link", "visit_by_link", "write_reflection_by_link"), ("mei",)),
    **dict.fromkeys(
        (
            "account_reset_password_from_key",
            "confirm_email",
            "part_about_me",
            "remove_passkey",
            "accept_invitation",
            "claim_answer",
            "reply",
            "reply_in",
            "reply_thanks",
            "be_someone",
            "apply_for_place",
            "book_people",
            "application",
            "withdraw_application",
            "check_application",
            "application_step",
            "ask_manager_again",
            "want_as_well",
            "answer_offer",
            "confirm_release",
            "open_my_application",
            "booked_application",
        ),
        ("amara",),
    ),
    "start_with_code": ("amara",),
    **dict.fromkeys(("usual_day", "copy_day", "show_day", "change_day"), ("amara",)),
    **dict.fromkeys(
        ("show_qualification", "hold_of_catalogue", "hold_of_list", "export_holdings", "criteria_template"), ("amara",)
    ),
    **dict.fromkeys(
        ("criteria_set", "export_criteria", "criteria_import", "crosswalk", "export_crosswalk", "unlink_criteria"),
        ("daniel", "idris"),
    ),
    **dict.fromkeys(("register_import", "register_import_result", "import_tried"), ("amara",)),
    **dict.fromkeys(
        (
            "export_plan",
            "export_evidence",
            "export_activity",
            "export_over_the_years",
            "export_picture",
            "export_operations_activity",
            "export_trainers",
        ),
        ("amara",),
    ),
    **dict.fromkeys(("local_words_of", "change_local_words", "add_local_statement"), ("amara",)),
    **dict.fromkeys(("api_count", "api_framework", "api_nothing_there"), ("amara",)),
    **dict.fromkeys(("open_by_link", "paper_by_link", "file_by_link"), ("amara",)),
}
