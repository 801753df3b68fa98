"""The Django admin: support views that write nothing (the rules guard every write, so it has none to offer)."""
