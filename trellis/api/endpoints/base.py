"""The API as a whole: who asks, how often, and how it says no (RFC 9457, problem details)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from trellis.accounts.acting import Acting
from trellis.accounts.roles import Permission
from trellis.api import actions
from trellis.api.models import Token
from trellis.api.rules import Scope, most_a_minute
from trellis.core.often import counted_of
from trellis.core.refusal import Refused
from trellis.core.tokens import token_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

API_ADDRESS = "/api/v1/"
MINUTE = 60


class Problem(Schema):
    """Why something did not happen: a short title, the HTTP status, and a sentence to act on."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, str]] = []


TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "The token does not allow this",
    404: "There is nothing here",
    405: "This cannot be done here",
    409: "The rules do not allow this",
    412: "Somebody else changed it meanwhile",
    415: "The request is not JSON",
    422: "Something in the request is not right",
    428: "Say which version you mean",
    429: "Too many requests",
}


class Fault(Exception):
    """An operation did not happen: the status, and the sentence that says why."""

    def __init__(self, status: int, detail: str) -> None:
        """Keep the status and the sentence."""
        super().__init__(detail)
        self.status, self.detail = status, detail


@dataclass(frozen=True)
class ActingByProgram(Acting):
    """A person who acts through a program: the audit says so."""

    program: str = ""

    @property
    def acting_as(self) -> str:
        """For the audit: the role, the organisation and the program."""
        return f"{super().acting_as}, through the program “{self.program}”"


class ApiRequest(HttpRequest):
    """A request with a token that was found good."""

    auth: Token
    acting: ActingByProgram


class Bearer(HttpBearer):
    """The token in the header `Authorization: Bearer trellis_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token, if it works today; the request then acts as its owner."""
        today = timezone.localdate()
        usable = Token.objects.usable(today).select_related("membership__user", "membership__organisation")
        found = usable.filter(secret_hash=token_hash(token)).first()
        if found is None:
            return None
        request.acting = acting_of(found)  # type: ignore[attr-defined]
        if not request.acting.may(Permission.USE_PROGRAMS):  # type: ignore[attr-defined]
            return None
        _count(found, request)
        actions.note_use(token=found, on=today)
        return found


def acting_of(token: Token) -> ActingByProgram:
    """As whom a token acts: its owner, in the role they have now."""
    return ActingByProgram(**vars(token.membership.acting()), program=token.name)


def _count(token: Token, request: HttpRequest) -> None:
    """Count this request. Raises `Fault` when it is one too many in this minute."""
    method = request.method or "GET"
    kind = "read" if method in ("GET", "HEAD") else "write"
    if counted_of(f"a program {kind}s", str(token.pk), within=MINUTE) > most_a_minute(method):
        raise Fault(429, f"At most {most_a_minute(method)} a minute. Wait a minute and go on")


api = NinjaAPI(
    title="Trellis",
    version="1",
    description="Read and write a setting’s own SEND reviews; read what many add up to, for an authority. Everything a token does is done in its owner’s name, "
    "and never more than their role allows. Times are ISO 8601 with a time zone.",
    auth=Bearer(),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
)


def problem(status: int, detail: str = "", errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """A problem as RFC 9457 writes it down."""
    told = Problem(title=TITLES.get(status, "It did not work"), status=status, detail=detail, errors=errors or [])
    response = JsonResponse(told.model_dump(mode="json"), status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response["Retry-After"] = str(MINUTE)
    return response


def allow(request: HttpRequest, scope: Scope, permission: Permission | None = None) -> ActingByProgram:
    """As whom a request acts, if its token has the scope and its owner’s role the permission; `Fault` if not."""
    token: Token = request.auth  # type: ignore[attr-defined]
    acting: ActingByProgram = request.acting  # type: ignore[attr-defined]
    if scope not in token.scopes:
        raise Fault(403, f"This token has no scope “{scope}”")
    if permission and not acting.may(permission):
        raise Fault(403, "The role of the token’s owner does not allow this")
    return acting


def etag(*parts: object) -> str:
    """A strong entity tag for what these parts tell."""
    said = "\x1f".join(str(part) for part in parts)
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def tagged(request: HttpRequest, response: HttpResponse, tag: str) -> HttpResponse:
    """An answer with its entity tag; without a body when the program has it already."""
    if request.headers.get("If-None-Match") == tag:
        response = HttpResponse(status=304)
    response["ETag"] = tag
    return response


@api.exception_handler(Fault)
def _fault(request: HttpRequest, fault: Fault) -> HttpResponse:
    return problem(fault.status, fault.detail)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    return problem(409, str(refused))


@api.exception_handler(Http404)
def _not_there(request: HttpRequest, missing: Http404) -> HttpResponse:
    return problem(404, "Nothing that this token may see has this address")


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, missing: AuthenticationError) -> HttpResponse:
    return problem(401, "Send a token that works in the header “Authorization: Bearer …”")


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, invalid: ValidationError) -> HttpResponse:
    return problem(422, "Mend what “errors” names and send it again", [_error(each) for each in invalid.errors])


def _error(found: dict[str, Any]) -> dict[str, str]:
    """Where in the request, and what is wrong there; never what was sent."""
    where = [str(part) for part in found.get("loc", ()) if part not in ("body", "data")]
    return {"where": ".".join(where), "message": str(found.get("msg", ""))}


PROBLEMS = dict.fromkeys((400, 401, 403, 404, 415, 422, 429), Problem)
"""What every operation can answer besides."""
