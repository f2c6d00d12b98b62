"""The cryptography of the key file: one random master key, wrapped once for each way of opening it."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Callable

import nacl.exceptions
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt, crypto_aead_xchacha20poly1305_ietf_encrypt
from nacl.pwhash import argon2id

from kapjournal.application.ports import Keys
from kapjournal.domain.errors import JournalError
from kapjournal.vault.document import FORMAT, Argon2, Hmac, KeyDocument, PassphraseSlot, RecoverySlot, Slot, canonical

KEY_BYTES = 32
_NONCE_BYTES = 24

RandomBytes = Callable[[int], bytes]


class DoesNotOpen(Exception):
    """The key given is not the one this slot was wrapped under."""


def passphrase_key(passphrase: str, kdf: Argon2) -> bytes:
    """Stretch a passphrase. The same words typed on any keyboard give the same key (Unicode NFC)."""
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return argon2id.kdf(KEY_BYTES, words, bytes.fromhex(kdf.salt), opslimit=kdf.t, memlimit=kdf.m)
    except (MemoryError, nacl.exceptions.RuntimeError):
        raise JournalError(
            f"There is not enough free memory to check the passphrase: it takes {kdf.m // 2**20} MB. "
            "Nothing was changed. Close other programs and try again."
        ) from None


def recovery_key(secret: bytes, vault_id: str) -> bytes:
    """The wrapping key of a recovery key, different for every journal."""
    return _hmac(secret, f"kapjournal/v1/recovery/{vault_id}".encode("ascii"))


def wrap_for_passphrase(master: bytes, key: bytes, vault_id: str, kdf: Argon2, random: RandomBytes) -> PassphraseSlot:
    """Wrap the master key under a stretched passphrase."""
    nonce = random(_NONCE_BYTES)
    bound = _bound(vault_id, "passphrase", "passphrase", kdf)
    return PassphraseSlot(id="passphrase", kdf=kdf, nonce=nonce.hex(), wrapped=_seal(master, bound, nonce, key))


def wrap_for_recovery(master: bytes, key: bytes, vault_id: str, random: RandomBytes) -> RecoverySlot:
    """Wrap the master key under a recovery key."""
    nonce, kdf = random(_NONCE_BYTES), Hmac()
    bound = _bound(vault_id, "recovery", "recovery", kdf)
    return RecoverySlot(id="recovery", kdf=kdf, nonce=nonce.hex(), wrapped=_seal(master, bound, nonce, key))


def unwrap(slot: Slot, key: bytes, vault_id: str) -> bytes:
    """Give the master key back; raises `DoesNotOpen`."""
    bound = _bound(vault_id, slot.id, slot.type, slot.kdf)
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes.fromhex(slot.wrapped), bound, bytes.fromhex(slot.nonce), key
        )
    except nacl.exceptions.CryptoError:
        raise DoesNotOpen from None


def derived(master: bytes, use: str) -> bytes:
    """The key for one use, from which neither the master key nor another use can be worked out."""
    return _hmac(master, f"kapjournal/v1/{use}".encode("ascii"))


def unfolded(master: bytes, vault_id: str) -> Keys:
    """Everything the rest of the program needs of the master key."""
    return Keys(
        vault_id=vault_id,
        database=derived(master, "database"),
        ledger=derived(master, "ledger"),
        signing_seed=derived(master, "signing-seed"),
    )


def sealed(master: bytes, vault_id: str, gen: int, slots: list[Slot]) -> KeyDocument:
    """A key document that its own master key vouches for."""
    blank = KeyDocument(vault_id=vault_id, gen=gen, slots=slots, mac="00" * 32)
    return blank.model_copy(update={"mac": _mac(master, blank)})


def vouched_for(master: bytes, document: KeyDocument) -> bool:
    """Whether every field stands as the holder of the master key wrote it."""
    return hmac.compare_digest(_mac(master, document), document.mac)


def _mac(master: bytes, document: KeyDocument) -> str:
    return _hmac(derived(master, "key-file"), document.vouched()).hex()


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _seal(master: bytes, bound: bytes, nonce: bytes, key: bytes) -> str:
    return crypto_aead_xchacha20poly1305_ietf_encrypt(master, bound, nonce, key).hex()


def _bound(vault_id: str, slot_id: str, slot_type: str, kdf: Argon2 | Hmac) -> bytes:
    return canonical([FORMAT, vault_id, slot_id, slot_type, kdf.model_dump()])
