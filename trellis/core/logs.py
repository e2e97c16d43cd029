"""The log: one event a line, with the id of its request or job, and nothing about a person.

Production writes JSON. Of an error it says what kind it is and where it happened, never its message or the values
at hand, which may be somebody’s. The demonstration, whose people are invented, writes for reading eyes.
See docs/decisions/0061-what-the-log-says-and-what-it-never-says.md.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from django.conf import settings
from structlog.stdlib import ProcessorFormatter

from trellis.core.context import current_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponse
    from structlog.typing import EventDict, Processor, WrappedLogger

V = TypeVar("V")
log = structlog.get_logger("trellis.requests")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
QUERY = re.compile(r"(https?://[^\s?\"'\\]+)\?[^\s\"'\\]*")
WITHIN = re.compile(r"(https?://[^\s/?]+)[^\s]*")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Errors whose message names things in the code and nothing else.
SPEAK_OF_CODE = (AttributeError, ImportError, NameError)
FRAMES = 40
FIRST = ("timestamp", "level", "event")


def logging_settings(*, readable: bool, requests: bool = True) -> dict[str, Any]:
    """What Django’s `LOGGING` asks for: everything to the standard error, through one formatter.

    Without `requests`, a request that went well leaves no line.
    """
    passed_on: dict[str, Any] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "trellis.core.logs.formatter", "readable": readable}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "trellis": {"level": "INFO"},
            "trellis.requests": {"level": "INFO" if requests else "WARNING"},
            "django": passed_on | {"level": "INFO"},
            # Answers below 500 have their line already; see `one_line_per_request`.
            "django.request": passed_on | {"level": "ERROR"},
            "django.server": passed_on,
            "_granian": passed_on | {"level": "WARNING"},
        },
    }


def configure() -> None:
    """Let structlog hand its events to Python’s logging, where all others arrive too."""
    structlog.configure(
        processors=[*_common(), ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def formatter(*, readable: bool) -> ProcessorFormatter:
    """What turns an event into a line: for people in the demonstration, as JSON otherwise."""
    ending: list[Processor] = [_for_reading()] if readable else [_error_without_words, _as_json]
    return ProcessorFormatter(
        foreign_pre_chain=[_route_for_path, *_common()],
        processors=[ProcessorFormatter.remove_processors_meta, *ending],
        pass_foreign_args=True,
    )


def one_line_per_request(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Write one line for each request: which page, by whom (their key), what was answered, how long it took."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        if response.status_code < 500 and getattr(_view_of(request), "leaves_no_line", False):
            return response
        log.info(
            "request",
            method=request.method if request.method in METHODS else "other",
            route=route_of(request),
            status=response.status_code,
            ms=round((time.perf_counter() - begun) * 1000, 1),
            user=_user_of(request),
        )
        return response

    return middleware


def leaves_no_line(view: V) -> V:
    """Let the log say nothing of the requests for a page, unless it fails: when they came would say who it was."""
    view.leaves_no_line = True  # type: ignore[attr-defined]
    return view


def _view_of(request: HttpRequest) -> object:
    return request.resolver_match.func if request.resolver_match else None


def route_of(request: HttpRequest) -> str:
    """Which page a request asked for, without the keys in its address: “/people/<uuid:membership_id>/end”."""
    if request.resolver_match:
        return f"/{request.resolver_match.route}"
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def _user_of(request: HttpRequest) -> str | None:
    """The key of the person signed in, if the request came so far as to find out."""
    user = getattr(request, "_cached_user", None)
    return str(user.pk) if user is not None and user.pk else None


def _common() -> list[Processor]:
    """What every line has, whoever wrote it."""
    return [
        _request_id,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _request_id(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The id of the request or job that runs now."""
    origin = current_origin().request_id
    if origin:
        event["request_id"] = origin
    return event


def _route_for_path(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Django puts the path of the request into its messages: say the route, which is the same for all records.

    Of a page that a form came from, say the host: its path may be somebody’s secret link.
    """
    record, arguments = event["_record"], event.pop("positional_args", ())
    request = getattr(record, "request", None)
    if request is not None and isinstance(arguments, tuple) and arguments:
        event["event"] = record.msg % tuple(
            route_of(request) if each == request.path else WITHIN.sub(r"\1", each) if isinstance(each, str) else each
            for each in arguments
        )
    if record.name.startswith("django.security"):  # a stranger’s bad request is no error of ours
        event.pop("exc_info", None)
    return event


def _error_without_words(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Replace an exception by what kind it is and where it happened."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(without_words(error))
    return event


def without_words(error: BaseException) -> Iterator[str]:
    """What kind of error, and through which lines of code it came, for it and what caused it. No message, no values."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        kind = f"{type(each).__module__}.{type(each).__qualname__}"
        yield f"{kind}: {each}" if isinstance(each, SPEAK_OF_CODE) else kind
        for frame in traceback.extract_tb(each.__traceback__)[-FRAMES:]:
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _for_reading() -> structlog.dev.ConsoleRenderer:
    """Colours on a screen; tracebacks plain, because the pretty ones show what the variables hold."""
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=0
    )


def _as_json(logger: WrappedLogger, method: str, event: EventDict) -> str:
    """One line of JSON, in which nothing looks like an e-mail address or the query of an address."""
    line = _dumps({name: event.pop(name) for name in FIRST if name in event} | dict(event))
    return QUERY.sub(r"\1", ADDRESS.sub("[e-mail]", line))


# What JSON does not know is named by its kind: what a record says of itself may be a name.
_dumps = partial(json.dumps, ensure_ascii=False, default=lambda thing: f"<{type(thing).__qualname__}>")
