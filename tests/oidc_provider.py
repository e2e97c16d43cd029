"""A provider of single sign-on (OpenID Connect) on this computer, as strict as a real one.

It holds its clients to the code flow with PKCE, its own way back and its secret; a code works once. What it says of
whoever is signed in there, and how it goes wrong, is for a test to choose.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "trellis", "a secret that only the two of them know"
NOTHING_WRONG: dict[str, Any] = {}


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "alg": "RS256", "use": "sig"})


KEYS = {name: new_key(name) for name in ("this year", "next year", "nobody’s")}


@dataclass
class OidcProvider:
    """The provider: who is signed in there (`claims`), and what it says wrongly (`wrong` goes over its token)."""

    claims: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Any] = field(default_factory=dict)
    address_elsewhere: bool = False
    cancels: bool = False
    signs_with: str = "this year"
    publishes: tuple[str, ...] = ("this year",)
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        handler = type("Handler", (_Handler,), {"provider": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/goodbye",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where whoever is signed in there is led back to."""
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert set(asked["scope"].split()) == {"openid", "email", "profile"}
        self.asked.append(asked)
        answer = {"state": asked["state"]}
        if self.cancels:
            return f"{asked['redirect_uri']}?{urlencode(answer | {'error': 'access_denied'})}"
        code = f"code-{len(self.asked)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode(answer | {'code': code})}"

    def token(self, sent: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, which works once; None when the client does not prove who it is."""
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or (sent.get("client_id"), sent.get("client_secret")) != (CLIENT, SECRET):
            return None
        proof = hashlib.sha256(sent["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        if sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        told |= {"auth_time": now} | self.claims | self.wrong
        if self.address_elsewhere:
            for name in ("email", "email_verified", "name"):
                told.pop(name, None)
        header = {"alg": "RS256", "kid": self.publishes[0] if self.signs_with == "nobody’s" else self.signs_with}
        signed = jwt.encode(header, told, KEYS[self.signs_with])
        return {"access_token": "an access token", "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def keys(self) -> dict[str, Any]:
        return {"keys": [KEYS[name].as_dict(private=False) for name in self.publishes]}


class _Handler(BaseHTTPRequestHandler):
    provider: OidcProvider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        if address.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.end_headers()
            return
        if address.path == "/userinfo" and self.headers["Authorization"] != "Bearer an access token":
            self._say({"error": "invalid_token"}, 401)
            return
        told = {
            "/.well-known/openid-configuration": self.provider.configuration,
            "/keys": self.provider.keys,
            "/userinfo": lambda: self.provider.claims,
            "/goodbye": lambda: {"said": "goodbye"},
        }[address.path]
        self._say(told())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        self._say(told or {"error": "invalid_grant"}, 200 if told else 400)

    def _say(self, told: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *args: Any) -> None:
        """Say nothing."""
