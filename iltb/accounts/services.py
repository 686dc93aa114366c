"""Accounts, centres, roles and grants. Grants are written here and nowhere else."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction

from iltb.accounts.enums import Role
from iltb.accounts.models import Centre, Membership, User
from iltb.accounts.querysets import grants_to_groups, grants_to_people
from iltb.accounts.roles import Relation, codenames
from iltb.audit.services import record


def role_group(role: Role) -> Group:
    """The group that holds the grants of everybody with ``role``."""
    groups = Group.objects.filter(name=f"role:{role.value}")
    if not groups:
        Group.objects.bulk_create([Group(name=f"role:{role.value}")], ignore_conflicts=True)
    return groups.all()[0]


def open_centre(*, name: str, country_code: str) -> Centre:
    """A new hospital team with the group that will hold its grants."""
    with transaction.atomic():
        centre = Centre(name=name, country_code=country_code)
        centre.group = Group.objects.create(name=f"centre:{centre.pk}")
        centre.save()
        record("centre.opened", subject=centre)
    return centre


def give_role(*, user: User, role: Role, centre: Centre | None = None, actor: User | None = None) -> Membership:
    """Give ``user`` a role, and with it every grant that the role's group holds."""
    with transaction.atomic():
        membership, created = Membership.objects.get_or_create(user=user, role=role, centre=centre)
        if created:
            user.groups.add(_group_of(membership))
            user.__dict__.pop("_roles", None)
            record("role.given", subject=user, actor=actor, role=role.value)
    return membership


def take_role(*, membership: Membership, actor: User | None = None) -> None:
    """End one role; the person keeps what other roles open. Seats open nothing to who is no longer an expert."""
    with transaction.atomic():
        user, group = membership.user, _group_of(membership)
        membership.delete()
        user.__dict__.pop("_roles", None)
        if membership.role == Role.EXPERT:
            for label in _sources:
                grants_to_people(apps.get_model(label)).filter(user=user).delete()
        if group not in {_group_of(other) for other in user.memberships.select_related("centre__group")}:
            user.groups.remove(group)
        record("role.taken", subject=user, actor=actor, role=membership.role)


def deactivate(*, user: User, actor: User | None = None) -> None:
    """End every access of an account at its next request; nothing that it did is touched."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        user.is_active = False
        user.save(update_fields=["is_active"])
        record("account.deactivated", subject=user, actor=actor)


def _group_of(membership: Membership) -> Group:
    if membership.role == Role.REFERRING_PHYSICIAN and membership.centre is not None:
        return membership.centre.group
    return role_group(Role(membership.role))


def grant(target: models.Model, relation: Relation, holder: User | Group) -> None:
    """Open ``target`` to ``holder`` with everything that ``relation`` may do."""
    for_group = isinstance(holder, Group)
    rows = (grants_to_groups if for_group else grants_to_people)(type(target))
    key = {"group" if for_group else "user": holder}
    label = target._meta.label_lower
    permissions = _permissions(label, codenames(label, relation))
    wanted = [rows.model(content_object=target, permission=permission, **key) for permission in permissions]
    rows.bulk_create(wanted, ignore_conflicts=True)


def revoke(target: models.Model, holder: User | Group) -> None:
    """Close ``target`` to ``holder``."""
    for_group = isinstance(holder, Group)
    rows = (grants_to_groups if for_group else grants_to_people)(type(target))
    rows.filter(content_object=target, **{"group" if for_group else "user": holder}).delete()


def _permissions(label: str, names: Iterable[str]) -> list[Permission]:
    app_label, model = label.split(".")
    return list(
        Permission.objects.filter(
            content_type__app_label=app_label,
            content_type__model=model,
            codename__in=list(names),
        ),
    )


Wanted = Callable[[], Iterable[tuple[models.Model, Relation, User | Group]]]
_sources: dict[str, Wanted] = {}


def register_grants(model_label: str, wanted: Wanted) -> None:
    """Tell ``sync_grants`` who should hold what on one model; called once from ``AppConfig.ready``."""
    _sources[model_label] = wanted


def sync_grants() -> int:
    """Rebuild every grant from the rows and ``roles.py``; returns how many rows it had to change."""
    with transaction.atomic():
        for membership in Membership.objects.select_related("user", "centre__group"):
            membership.user.groups.add(_group_of(membership))
        return sum(_sync_model(apps.get_model(label), wanted()) for label, wanted in _sources.items())


def _sync_model(model: type[models.Model], wanted: Iterable[tuple[models.Model, Relation, User | Group]]) -> int:
    label = model._meta.label_lower
    ids = dict(
        Permission.objects.filter(content_type__app_label=model._meta.app_label).values_list("codename", "pk"),
    )
    users: set[tuple[object, object, int]] = set()
    groups: set[tuple[object, object, int]] = set()
    for target, relation, holder in wanted:
        rows = groups if isinstance(holder, Group) else users
        rows.update((target.pk, holder.pk, ids[name]) for name in codenames(label, relation))
    people, teams = grants_to_people(model), grants_to_groups(model)
    return _replace(people, "user_id", users) + _replace(teams, "group_id", groups)


def _replace(rows: Any, holder: str, wanted: set[tuple[object, object, int]]) -> int:
    held = {row[1:]: row[0] for row in rows.values_list("pk", "content_object_id", holder, "permission_id")}
    surplus = [pk for row, pk in held.items() if row not in wanted]
    missing = wanted - held.keys()
    rows.filter(pk__in=surplus).delete()
    rows.bulk_create(
        rows.model(content_object_id=target, permission_id=permission, **{holder: person})
        for target, person, permission in missing
    )
    return len(surplus) + len(missing)
