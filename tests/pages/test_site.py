"""What staff fill in, and what a mistake in it says."""

import shutil

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from iltb.pages import site as module


@pytest.fixture
def own_site(settings, tmp_path):
    """A copy of the packaged folder that a test may change; returns a function that writes an entry."""
    folder = tmp_path / "site"
    shutil.copytree(module._PACKAGED, folder)
    settings.ILTB_SITE_DIR = str(folder)
    content = yaml.safe_load((folder / "site.yaml").read_text())

    def write(change) -> None:
        change(content)
        (folder / "site.yaml").write_text(yaml.safe_dump(content))
        module._read.cache_clear()

    yield write
    module._read.cache_clear()


def test_staff_replace_the_telephone_number_without_code(client, own_site):
    own_site(lambda content: content["contact"].update(telephone="+31 30 111 2222", placeholder=False))

    html = client.get(reverse("pages:doctors")).content.decode()

    assert 'href="tel:+31301112222"' in html
    assert "Placeholder, not in use" not in html


def test_staff_may_list_no_form_yet(client, own_site):
    own_site(lambda content: content.update(forms=[]))

    assert "None is listed yet." in client.get(reverse("pages:doctors")).content.decode()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda content: content["reviewed"].pop("families"), "families"),
        (lambda content: content["reviewed"]["home"].update(date="soon"), "'soon' is not a date"),
        (lambda content: content["contact"].pop("hours"), "hours"),
        (lambda content: content["contact"].update(fax="1"), "fax"),
        (lambda content: content["forms"][0].update(file="missing.pdf"), "missing.pdf"),
        (lambda content: content["forms"][0].update(file="../site.yaml"), "../site.yaml"),
    ],
)
def test_a_mistake_in_the_file_is_named(own_site, change, named):
    own_site(change)

    with pytest.raises(ImproperlyConfigured, match=r"site\.yaml") as caught:
        module.site()

    assert named in str(caught.value)


def test_a_folder_without_the_file_is_named(settings, tmp_path):
    settings.ILTB_SITE_DIR = str(tmp_path)

    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        module.site()
