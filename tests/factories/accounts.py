"""People, named by what they are."""

from itertools import count

from django.utils import timezone

from iltb.accounts.enums import Expertise, Role
from iltb.accounts.models import Centre, User
from iltb.accounts.services import give_role, open_centre

PASSWORD = "correct-horse-battery"
_numbers = count(1)


def person(name: str = "", **fields) -> User:
    number = next(_numbers)
    return User.objects.create_user(
        email=f"person{number}@tests.example",
        password=PASSWORD,
        full_name=name or f"Person {number}",
        **fields,
    )


def centre(name: str = "", country_code: str = "NL") -> Centre:
    return open_centre(name=name or f"Centre {next(_numbers)}", country_code=country_code)


def physician(at: Centre | None = None, name: str = "") -> User:
    user = person(name or f"Dr Physician {next(_numbers)}")
    give_role(user=user, role=Role.REFERRING_PHYSICIAN, centre=at or centre())
    return user


def centre_of(user: User) -> Centre:
    return user.memberships.get(role=Role.REFERRING_PHYSICIAN).centre


def coordinator() -> User:
    return _with_role(Role.COORDINATOR)


def chair() -> User:
    return _with_role(Role.CHAIR)


def observer() -> User:
    return _with_role(Role.OBSERVER)


def operator() -> User:
    return _with_role(Role.OPERATOR)


def expert(expertise: Expertise = Expertise.DISEASE, name: str = "", at: Centre | None = None) -> User:
    user = person(name or f"Dr Expert {next(_numbers)}", expertise=[expertise])
    give_role(user=user, role=Role.EXPERT, centre=at)
    return user


def _with_role(role: Role) -> User:
    user = person(f"{role.label} {next(_numbers)}")
    give_role(user=user, role=role)
    return user


def sign_in(client, user: User):
    """Sign in as a browser would have, with a fresh authentication on record."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
