"""How allauth behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Admins make accounts; allauth signs people in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
