import pytest


@pytest.fixture
def template(tmp_path, settings):
    """Write a template of one's own and get its name."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    def write(text, name="page.html"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return write
