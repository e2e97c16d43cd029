"""The change that an event of the audit keeps, in words: the audit holds codes, and people read none."""

from __future__ import annotations

import re
from datetime import date, datetime

from trellis.accounts.roles import Role
from trellis.core.dates import day, moment

FOR_MACHINES = frozenset({"sha256", "scan", "size", "fingerprint", "prompt", "sum", "job", "edition"})
"""What the audit keeps and people do not read."""

FIELDS: dict[str, str] = {
    "aims": "what is aimed for",
    "authority_id": "authority",
    "closes_on": "last day",
    "codes": "statements",
    "contact_email": "e-mail address to write to",
    "contact_phone": "telephone number",
    "dry_run": "only tried",
    "due_on": "due",
    "expires_on": "until",
    "fields": "what changed",
    "items": "on the list",
    "look_again_on": "look again",
    "looked_at": "looked at",
    "owner": "who",
    "owner_name": "who",
    "planned": "in the plan",
    "setting_kind": "kind of setting",
    "start_on": "start",
    "success": "how you will know it worked",
    "taken_in": "taken into the report",
    "typed_in": "typed in by",
    "unsure": "not sure",
    "visit_on": "day of the visit",
    "where_kept": "where it is kept",
    "with_actions": "opens the plan",
    "with_evidence": "opens the evidence",
    "with_notes": "opens the notes",
    "with_ratings": "opens the ratings",
    "work": "how far it has got",
}
"""What a field is called where that is not its name."""

LISTS = frozenset(
    [
        "added",
        "areas",
        "authorities",
        "codes",
        "fields",
        "items",
        "planned",
        "regions",
        "removed",
        "scopes",
        "successors",
        "typed_in",
        "with",
        "written",
    ]
)
"""Fields that hold several things, not what was and what is."""

VALUES: dict[str, str] = {
    "area_senco": "Area SENCO",
    "checked": "facts checked",
    "counts:read": "read counts",
    "development": "area for development",
    "discussing": "being discussed",
    "drafted": "draft shared",
    "eligible": "can be offered a place",
    "file": "a file opened",
    "final": "report final",
    "frameworks:read": "read frameworks",
    "full-day": "full day",
    "group": "group settings",
    "half-day": "half day",
    "looking": "looking into it",
    "manager_agreed": "the setting agrees",
    "manager_refused": "the setting does not agree",
    "mfa": "a second step",
    "needs_information": "more is needed",
    "not_eligible": "cannot be offered a place",
    "offered": "a place is offered",
    "page": "read on the screen",
    "paper": "taken as a paper",
    "partly": "partly in place",
    "peer": "by a peer",
    "pvi": "private, voluntary or independent",
    "recovery_codes": "a recovery code",
    "retained_1": "retained, first time",
    "retained_2": "retained, second time",
    "reviews:read": "read reviews",
    "reviews:write": "write reviews",
    "submitted": "sent to the setting",
    "to_do": "to do",
    "totp": "a one-time code",
    "visits:read": "read visits",
    "voices:read": "read voices",
    "webauthn": "a passkey",
    **{role.value: role.label for role in Role},
}
"""What a code means where that is not what it says."""

TYPED = frozenset(
    {
        "contact_email",
        "contact_phone",
        "name",
        "setting",
        "group",
        "to",
        "file",
        "email",
        "period",
        "whom",
        "provider",
        "framework",
    }
)
"""Fields that hold what somebody typed, or a name: told as they are."""

MOST_OF_A_LIST, LONGEST = 8, 80
_CODE = re.compile(r"[a-z]+(?:[_-][a-z]+)*")
_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[ENSW]\d{8}|[0-9a-f]{32,}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")
_TERM = re.compile(r"(\d{4})-(spring|summer|autumn)")


def details(change: dict[str, object]) -> str:
    """The change itself in a few words: field, and from what to what where that is short.

    >>> details({"status": ["draft", "discussing"], "statement": "A1", "notes": ["…", "…"]})
    'status: draft → being discussed; statement: A1; notes'
    >>> details({"fields": ["due_on", "owner"], "closes_on": "2026-12-02", "taken_in": [None, True]})
    'what changed: due, who; last day: 2 December 2026; taken into the report: yes'
    >>> details({"about": "0b0c1d2e-0000-4000-8000-000000000000", "prompt": "past_due"})
    ''
    """
    told = (_detail(field, value) for field, value in change.items() if field not in FOR_MACHINES)
    return "; ".join(detail for detail in told if detail)


def field_words(field: str) -> str:
    """What a field is called.

    >>> field_words("due_on"), field_words("no_longer_listed")
    ('due', 'no longer listed')
    """
    return FIELDS.get(field, field.replace("_", " "))


def _detail(field: str, value: object) -> str:
    name = field_words(field)
    if field in LISTS and isinstance(value, list):
        return _list(field, name, value)
    if isinstance(value, list) and len(value) == 2:
        return _pair(field, name, value)
    if isinstance(value, str | int):
        words = _words(field, value)
        return f"{name}: {words}" if 0 < len(words) < LONGEST else name if words else ""
    return name


def _list(field: str, name: str, values: list[object]) -> str:
    words = [
        word
        for word in (field_words(str(each)) if field == "fields" else _words(field, each) for each in values)
        if word
    ]
    if not words:
        return f"{name}: {len(values)}" if values else ""
    told = ", ".join(dict.fromkeys(words))
    return f"{name}: {told}" if len(words) <= MOST_OF_A_LIST and len(told) < LONGEST else f"{name}: {len(words)}"


def _pair(field: str, name: str, pair: list[object]) -> str:
    if pair == ["…", "…"]:
        return name
    before, after = (_words(field, each) for each in pair)
    if pair[0] in (None, "") or (isinstance(pair[0], bool) and after):
        return f"{name}: {after}" if 0 < len(after) < LONGEST else name
    if not before or len(before) + len(after) >= LONGEST:
        return name
    return f"{name}: {before} → {after or 'nothing'}"


def _words(field: str, value: object) -> str:
    """One value in words; nothing when only a program could read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return str(value.get("who", ""))
    text = "" if value is None else str(value)
    if field in TYPED and not _TERM.fullmatch(text):
        return text
    if text in VALUES:
        return VALUES[text]
    if _KEY.fullmatch(text):
        return ""
    if _DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    if _MOMENT.fullmatch(text):
        return moment(datetime.fromisoformat(text))
    if term := _TERM.fullmatch(text):
        return f"{term[2].capitalize()} term {term[1]}"
    return re.sub(r"[_-]", " ", text) if _CODE.fullmatch(text) else text
