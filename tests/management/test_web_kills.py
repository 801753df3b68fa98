"""ACCEPTANCE E1: the web process is killed in the middle of uploads; what was answered is there, once, and whole."""

import contextlib
import http.client
import json
import random
import subprocess
import sys
import threading
import time
import uuid

import pytest
from django.conf import settings

from tests.management.test_start import environment
from tests.servers import free_port, listening, wait_for

pytestmark = pytest.mark.slow
ROUNDS = 10
BODY = b"0123456789abcdef" * 40_000
MADE = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from claims.actions import claim, person
amal = person.add_person(actor=person.system_user(), username="amal", password="amal-knows-the-way-7", role="editor")
made = claim.log_claim(actor=amal, fields={"wording": "Five blasts.", "lang": "en"})
session = SessionStore()
session[SESSION_KEY] = str(amal.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = amal.get_session_auth_hash()
session.save()
print(json.dumps({"claim": str(made.pk), "session": session.session_key}))
"""
KEPT = """
import json
from claims.models import Capture, Evidence
rows = Capture.objects.values_list("evidence_id", "size")
print(json.dumps({"evidence": Evidence.objects.count(), "captures": [[str(pk), size] for pk, size in rows]}))
"""


class Web:
    """The product's web server over a data folder of its own, to be killed and started again."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment(self.folder),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self):
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "waitress",
                f"--listen=127.0.0.1:{self.port}",
                "factcheck.wsgi:application",
            ],
            cwd=settings.BASE_DIR,
            env=environment(self.folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(lambda: listening(self.port), seconds=90)

    def kill(self):
        self.process.kill()
        self.process.wait(30)

    def upload(self, made, once):
        """The status of one upload, in two halves as a slow line would bring it; None when the server died of it."""
        token, boundary = "t" * 32, uuid.uuid4().hex
        fields = {"csrfmiddlewaretoken": token, "once": once, "relation": "supports", "may_publish": "on"}
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
            for k, v in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        body = (
            "".join(parts).encode()
            + head.encode()
            + once.encode()
            + BODY
            + f"\r\n--{boundary}--\r\n".encode()
        )
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.putrequest("POST", f"/desk/claims/{made['claim']}/attach/")
            line.putheader("Cookie", f"sessionid={made['session']}; csrftoken={token}")
            line.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
            line.putheader("Content-Length", str(len(body)))
            line.endheaders()
            for start in range(0, len(body), len(body) // 2 + 1):
                line.send(body[start : start + len(body) // 2 + 1])
                time.sleep(0.02)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()


@pytest.fixture
def web(tmp_path):
    made = Web(tmp_path / "data")
    yield made
    if made.process is not None:
        with contextlib.suppress(OSError):
            made.kill()


def test_e1_ten_kills_of_the_web_server_in_uploads_lose_nothing_and_keep_no_half(web):
    web.manage("migrate", "--verbosity", "0")
    made = json.loads(web.manage("shell", "-v", "0", "-c", MADE).strip().splitlines()[-1])
    web.start()
    chance, all_keys = random.Random(7), []
    for _round in range(ROUNDS):
        once, seen = str(uuid.uuid4()), []
        sender = threading.Thread(target=lambda key=once, to=seen: to.append(web.upload(made, key)))
        sender.start()
        time.sleep(chance.uniform(0, 0.4))
        web.kill()
        sender.join(90)
        web.start()
        assert seen[0] in (None, 302)
        assert web.upload(made, once) == 302, "the same form again"
        all_keys.append(once)
    web.kill()
    kept = json.loads(web.manage("shell", "-v", "0", "-c", KEPT).strip().splitlines()[-1])
    assert kept["evidence"] == ROUNDS
    assert sorted(pk for pk, _size in kept["captures"]) == sorted(all_keys)
    assert {size for _pk, size in kept["captures"]} == {len(BODY) + 36}
    web.manage("verify")
