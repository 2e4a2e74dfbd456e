"""A small OpenID provider on this machine: it says of whoever comes what the test told it to say; signed with a key of its own."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "comity", "a secret of the client"


class Provider:
    """``says``: the claims about whoever signs in. ``forged``: its tokens are signed with a key that is not its own."""

    def __init__(self) -> None:
        self.key, self.other = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
        self.says: dict[str, Any] = {}
        self.forged = False
        self.address = ""
        self.asked: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}

    def discovery(self) -> dict[str, Any]:
        ends = {
            f"{name}_endpoint": f"{self.address}/{path}" for name, path in (("authorization", "authorize"), ("token", "token"), ("userinfo", "me"))
        }
        return {"issuer": self.address, "jwks_uri": f"{self.address}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"], **ends}

    def authorize(self, asked: dict[str, str]) -> str:
        """Whoever comes is taken to have signed in: back with a code."""
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """An ID token for a code, once, to the client that shows its secret and what it began with (PKCE)."""
        began = self._codes.pop(asked["code"], None)
        if began is None or (asked["client_id"], asked["client_secret"]) != (CLIENT, SECRET):
            return None
        if asked["redirect_uri"] != began["redirect_uri"]:
            return None
        proof = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != began["code_challenge"]:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.says}
        signed = jwt.encode(claims, self.other if self.forged else self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "open", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def keys(self) -> dict[str, Any]:
        found = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**found, "kid": "one", "use": "sig", "alg": "RS256"}]}


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider, while it answers."""
    made = Provider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, asked = urlsplit(self.path).path, {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
            made.asked.append(path)
            if path == "/authorize":
                self.send_response(302)
                self.send_header("Location", made.authorize(asked))
                self.end_headers()
                return
            self.say({"/.well-known/openid-configuration": made.discovery(), "/keys": made.keys(), "/me": made.says}[path])

        def do_POST(self) -> None:
            made.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found = made.token({k: v[0] for k, v in parse_qs(body).items()})
            self.say(found or {"error": "invalid_grant"}, 200 if found else 400)

        def say(self, said: object, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *said: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
