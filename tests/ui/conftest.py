"""What the tests of the interface share."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Passwords kept as always, at a thousandth of the cost: a room of people logs in often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.keys.HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield
