"""The Windows registry behind a small interface, so that tests can hold one in a dictionary.

Every read is guarded: a policy may forbid any of them.
"""

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


if sys.platform == "win32":
    import winreg

    _ROOTS = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
    # Both views: 32-bit Python must see what 64-bit Office wrote, and the other way round.
    _VIEWS = (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY)

    class WindowsRegistry:
        """The registry of this PC."""

        def value(self, path: str, name: str) -> RegistryValue:
            """One value of either view, the 64-bit one first."""
            wanted = name.lower()
            return next((v for n, v in self.values(path).items() if n.lower() == wanted), None)

        def values(self, path: str) -> dict[str, RegistryValue]:
            """All texts and numbers of a key."""
            found: dict[str, RegistryValue] = {}
            for view in _VIEWS:
                try:
                    with _opened(path, winreg.KEY_READ | view) as key:
                        for index in range(winreg.QueryInfoKey(key)[1]):
                            name, value, _ = winreg.EnumValue(key, index)
                            if isinstance(value, str | int):
                                found.setdefault(name, value)
                except OSError:
                    continue
            return found

        def keys(self, path: str) -> tuple[str, ...]:
            """Names of the keys below, of both views."""
            found: dict[str, None] = {}
            for view in _VIEWS:
                try:
                    with _opened(path, winreg.KEY_READ | view) as key:
                        found.update(
                            (winreg.EnumKey(key, index), None) for index in range(winreg.QueryInfoKey(key)[0])
                        )
                except OSError:
                    continue
            return tuple(found)

        def write(self, path: str, name: str, value: str) -> None:
            """Write a text, making the key. Raises OSError."""
            root, _, below = path.partition("\\")
            with winreg.CreateKeyEx(_ROOTS[root], below, 0, winreg.KEY_WRITE) as key:
                winreg.SetValueEx(key, name, 0, winreg.REG_SZ, value)

    def _opened(path: str, access: int) -> winreg.HKEYType:
        root, _, below = path.partition("\\")
        return winreg.OpenKey(_ROOTS[root], below, 0, access)


def system_registry() -> Registry:
    """The registry of this PC; an empty one on other systems."""
    if sys.platform == "win32":
        return WindowsRegistry()
    return NoRegistry()
