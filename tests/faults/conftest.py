"""The same post office as in tests/delivery."""

from tests.delivery.conftest import office

__all__ = ["office"]
