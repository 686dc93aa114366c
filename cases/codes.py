"""Case codes: ``ILTB-7K3Q-M2P``, six random characters and a check character. They tell no year, order or place."""

import secrets
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # 31 characters: prime, and none looks like another
PREFIX: Final = "ILTB"


def new_code() -> str:
    """A random code with its check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{PREFIX}-{body[:4]}-{body[4:]}{check_character(body)}"


def check_character(body: str) -> str:
    """The character that catches every single typing error and every swap of two neighbours."""
    total = sum(weight * ALPHABET.index(character) for weight, character in enumerate(body, start=2))
    return ALPHABET[total % len(ALPHABET)]


def is_valid(code: str) -> bool:
    """Whether ``code`` has the form of a case code and its check character fits."""
    parts = code.upper().split("-")
    if [len(part) for part in parts] != [4, 4, 3] or parts[0] != PREFIX:
        return False
    body, check = parts[1] + parts[2][:2], parts[2][2]
    return all(character in ALPHABET for character in body) and check_character(body) == check
