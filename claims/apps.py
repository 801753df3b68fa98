"""The one application of the product."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    name = "claims"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Handlers are known by name before anybody asks for them."""
        from claims.tasks import register_handlers

        register_handlers()
