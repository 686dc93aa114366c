from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and what is open to them."""

    name = "iltb.accounts"
    label = "accounts"
