"""The Windows registry behind a small interface, so that tests can hold one in a dictionary."""

from __future__ import annotations

import sys
from typing import Protocol

RegistryValue = str | int | None


class Registry(Protocol):
    """Paths begin with HKCU or HKLM. What does not exist or may not be read is None or empty."""

    def value(self, path: str, name: str) -> RegistryValue:
        """One value: text, number, or None."""

    def values(self, path: str) -> dict[str, RegistryValue]:
        """All values of a key by name."""

    def keys(self, path: str) -> tuple[str, ...]:
        """Names of the keys below."""

    def write(self, path: str, name: str, value: str) -> None:
        """Write a text, making the key. Raises OSError."""


class NoRegistry:
    """What other systems have."""

    def value(self, path: str, name: str) -> RegistryValue:
        return None

    def values(self, path: str) -> dict[str, RegistryValue]:
        return {}

    def keys(self, path: str) -> tuple[str, ...]:
        return ()

    def write(self, path: str, name: str, value: str) -> None:
        raise OSError(f"no registry to write {path} {name}")


def system_registry() -> Registry:
    """The registry of this PC; an empty one on other systems."""
    if sys.platform == "win32":
        from cchc_xl.tasks.pc.windows_registry import WindowsRegistry

        return WindowsRegistry()
    return NoRegistry()
