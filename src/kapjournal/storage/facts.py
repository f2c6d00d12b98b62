"""What the database library says of itself, for `doctor` and for bug reports."""

from __future__ import annotations

import sqlcipher3.dbapi2 as sqlcipher

from kapjournal.storage.engine import KEY_BYTES, keyed

_ASKED = {
    "SQLCipher": "cipher_version",
    "cipher": "cipher",
    "seal of each page": "cipher_hmac_algorithm",
    "provider": "cipher_provider_version",
}


def database_facts() -> dict[str, str]:
    """Versions and the encryption in force, by name; asked of an empty database in memory."""
    connection = keyed(":memory:", bytes(KEY_BYTES))
    try:
        rows = {name: connection.execute(f"pragma {pragma}").fetchone() for name, pragma in _ASKED.items()}
    finally:
        connection.close()
    return {"SQLite": sqlcipher.sqlite_version, **{name: str(row[0]) if row else "none" for name, row in rows.items()}}
