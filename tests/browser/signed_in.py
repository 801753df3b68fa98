"""A session of somebody's in a browser, without the sign-in page."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore


def sign_in(page, live_server, person, language="ar"):
    """The page, now in that person's session and language."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.LANGUAGE_COOKIE_NAME: language}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
    )
    return page
