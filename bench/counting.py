"""How many queries a request takes, for whoever asks for it; all other requests pay nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

COUNT = "X-Count-Queries"
COUNTED = "X-Queries"
# What a database does besides answering: the beginning and the end of a transaction.
OF_TRANSACTIONS = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT")


def count_queries(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer with the number of queries, when the request asks for it; otherwise cost nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if COUNT not in request.headers:
            return get_response(request)
        asked: list[str] = []

        def note(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
            if not sql.startswith(OF_TRANSACTIONS):
                asked.append(sql)
            return execute(sql, parameters, many, context)

        with connection.execute_wrapper(note):
            response = get_response(request)
        response[COUNTED] = str(len(asked))
        return response

    return middleware
