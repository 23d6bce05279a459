"""Ann and Bob with rocketchat-async: both log in, listen and speak; Bob is kicked from one of two groups and hears no more of it."""

import asyncio
import hashlib
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from importlib.metadata import version

from rocketchat_async import RocketChat

PATIENCE = 15


def need(name):
    if name not in os.environ:
        sys.exit(f"Set {name}. Needed: SERVER (http://host:port), ADMIN_USERNAME, ADMIN_PASS of an administrator.")
    return os.environ[name]


SERVER = need("SERVER").rstrip("/")


def rest(method, path, body=None, headers=None):
    """Calls the REST API; fails with the whole answer when it is no success."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{SERVER}/api/v1/{path}", data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{method} {path}: {error.code} {error.read().decode()}") from None


def limit(value=None):
    """Reads how calls are limited, or sets it, as the administrator."""
    password = need("ADMIN_PASS")
    data = rest("POST", "login", {"user": need("ADMIN_USERNAME"), "password": password})["data"]
    code = hashlib.sha256(password.encode()).hexdigest()
    headers = {"X-User-Id": data["userId"], "X-Auth-Token": data["authToken"], "x-2fa-method": "password", "x-2fa-code": code}
    path = "settings/API_Enable_Rate_Limiter"
    return rest("GET", path, headers=headers)["value"] if value is None else rest("POST", path, {"value": value}, headers)


class Person:
    """Somebody with the library's client, and with REST for what it cannot do."""

    def __init__(self, name):
        self.username = f"{name}-{secrets.token_hex(4)}"
        self.password = "Aa1-" + secrets.token_urlsafe(12)
        account = {"username": self.username, "name": name, "email": f"{self.username}@example.org", "pass": self.password}
        rest("POST", "users.register", account)
        data = rest("POST", "login", {"user": self.username, "password": self.password})["data"]
        self.id = data["userId"]
        self.headers = {"X-User-Id": self.id, "X-Auth-Token": data["authToken"]}
        self.client = RocketChat()
        self.heard = []
        self.changes = []

    async def login(self):
        await self.client.start(f"ws{SERVER[4:]}/websocket", self.username, self.password)
        assert self.client.user_id == self.id, f"the socket is logged in as {self.client.user_id}, not {self.id}"
        await self.client.subscribe_to_channel_changes_raw(self.changes.append)

    async def enter(self, rid):
        await self.client.subscribe_to_channel_messages(rid, lambda rid, by, id, thread, text, kind, *_: self.heard.append((rid, by, text, kind)))
        # The library does not wait for its subscriptions; calls are answered behind them.
        return await self.client.get_channels()

    def create(self, topic):
        return rest("POST", "groups.create", {"name": f"{topic}-{self.username}", "members": []}, self.headers)["group"]["_id"]

    def invite(self, rid, other):
        rest("POST", "groups.invite", {"roomId": rid, "userId": other.id}, self.headers)

    def kick(self, rid, other):
        rest("POST", "groups.kick", {"roomId": rid, "userId": other.id}, self.headers)


async def until(what, look):
    """Waits until a look gives something true. Streams fill what it looks at."""
    begin = time.monotonic()
    while not look():
        assert time.monotonic() - begin < PATIENCE, f"{what}: nothing happened within {PATIENCE} s"
        await asyncio.sleep(0.005)


async def story():
    ann, bob = Person("ann"), Person("bob")
    await asyncio.gather(ann.login(), bob.login())
    den, lounge = ann.create("den"), ann.create("lounge")
    for rid in (den, lounge):
        ann.invite(rid, bob)
        await until("Bob hears of his groups", lambda: any(change[1]["_id"] == rid for change in bob.changes))
    for one in (ann, bob):
        for rid in (den, lounge):
            assert (rid, "p") in await one.enter(rid)

    await ann.client.send_message("Good morning, Bob", den)
    for one in (ann, bob):
        await until("both hear Ann", lambda: (den, ann.id, "Good morning, Bob", None) in one.heard)
    await bob.client.send_typing_event(den)
    await bob.client.send_message("Good morning, Ann", den)
    for one in (ann, bob):
        await until("both hear Bob", lambda: (den, bob.id, "Good morning, Ann", None) in one.heard)

    ann.kick(den, bob)
    await until("Ann hears who was kicked", lambda: (den, ann.id, bob.username, "ru") in ann.heard)
    await ann.client.send_message("He is gone", den)
    await ann.client.send_message("Are you still there?", lounge)
    await until("Bob hears the other group", lambda: (lounge, ann.id, "Are you still there?", None) in bob.heard)
    assert not any(text == "He is gone" for _, _, text, _ in bob.heard), f"Bob still heard {bob.heard}"
    assert not any(rid == den for rid, _ in await bob.client.get_channels())


async def main():
    before = limit()
    limit(False)
    failure = None
    try:
        await story()
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
    limit(before)
    print(json.dumps({"ok": failure is None, "client": f"rocketchat-async {version('rocketchat-async')}", "error": failure}))
    return failure is not None


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
