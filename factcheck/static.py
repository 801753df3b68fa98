"""Static files: hashed names where they were collected, plain ones straight from the source tree elsewhere."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedWhereCollected(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names carry their hash once `collectstatic` has run, as in the image; a bare checkout serves them as they lie."""

    def stored_name(self, name: str) -> str:
        """The hashed name of a collected file; the name itself where nothing was collected."""
        return str(super().stored_name(name)) if self.hashed_files else name
