from tests.functional.webhooks.conftest import _public, desk

__all__ = ["_public", "desk"]
