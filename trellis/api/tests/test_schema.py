"""The API does what its description says, and nothing else: schemathesis tries whatever the schema allows."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.config import SchemathesisConfig

from tests.pooling import count_for
from trellis.api.tests.test_tokens import token_for

ACCEPTED = ["2xx", "304", "404", "409", "412"]
SCOPES = ("frameworks:read", "reviews:read", "reviews:write", "voices:read", "visits:read", "counts:read")


def test_it_is_openapi_3_1_and_every_operation_is_described(client):
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    for operations in told["paths"].values():
        for operation in operations.values():
            assert operation["description"]
            assert operation["summary"]
            assert {"401", "403", "422", "429"} <= operation["responses"].keys()


def test_every_answer_is_one_that_is_described(live_server, cast, half, monkeypatch):
    monkeypatch.setattr("trellis.api.endpoints.base.most_a_minute", lambda method: 1_000_000)
    headers = {"Authorization": f"Bearer {token_for(cast.amara, *SCOPES)[1]}"}
    count_for(cast.daniel.organisation.authority_id, half.round.framework)
    of_authority = {"Authorization": f"Bearer {token_for(cast.daniel, *SCOPES)[1]}"}
    # A tag that is not the newest, and a key used twice, are well formed and refused all the same.
    config = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/v1/openapi.json", config=config)
    for found in schema.get_all_operations():
        operation = found.ok()
        _try_out(operation, of_authority if operation.path.startswith("/api/v1/counts") else headers)


def _try_out(operation, headers):
    @given(case=operation.as_strategy())
    @settings(max_examples=40, suppress_health_check=list(HealthCheck), database=None)
    def try_it(case):
        case.call_and_validate(headers=headers)

    try_it()


def test_every_operation_is_tried(client):
    told = client.get("/api/v1/openapi.json").json()
    assert sum(len(operations) for operations in told["paths"].values()) == 12
