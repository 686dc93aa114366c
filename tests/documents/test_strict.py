from datetime import date

import pytest
from django.utils.html import format_html

from iltb.documents.errors import UndefinedVariable
from iltb.documents.strict import render_strictly

CONTEXT = {"name": "IL7R", "case": {"code": "ILTB-1", "empty": ""}, "rows": [{"label": "a"}], "nothing": None}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("{{ nmae }}", "nmae"),
        ("{{ case.cdoe }}", "cdoe"),
        ("{% if nmae %}x{% endif %}", "nmae"),
        ("{% if case.cdoe %}x{% endif %}", "cdoe"),
        ("{% if not case.cdoe %}x{% endif %}", "cdoe"),
        ("{% if case.cdoe == name %}x{% endif %}", "cdoe"),
        ("{% if name and case.cdoe %}x{% endif %}", "cdoe"),
        ("{% for row in rosw %}x{% endfor %}", "rosw"),
        ("{% for row in case.rows %}x{% endfor %}", "rows"),
        ("{% for row in rows %}{{ row.lable }}{% endfor %}", "lable"),
        ("{{ name|default:nmae }}", "nmae"),
        ("{% with x=nmae %}{{ x }}{% endwith %}", "nmae"),
        ("{{ name.something }}", "name.something"),
        ("{{ nothing.something }}", "nothing.something"),
    ],
)
def test_a_name_that_is_not_there_fails_and_is_told(template, text, missing):
    with pytest.raises(UndefinedVariable, match=missing) as failure:
        render_strictly(template(text), CONTEXT)

    assert str(failure.value).startswith("page.html asks for what is not there: ")


def test_a_name_missing_in_an_included_piece_fails(template):
    template("{{ outer }}", name="_piece.html")

    with pytest.raises(UndefinedVariable, match="outer"):
        render_strictly(template('{% include "_piece.html" with name=name only %}'), {**CONTEXT, "outer": "x"})


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ name }} {{ case.code }}", "IL7R ILTB-1"),
        ("{% if case.empty %}x{% else %}none{% endif %}", "none"),
        ("{% if nothing %}x{% else %}none{% endif %}", "none"),
        ("{% for row in rows %}{{ forloop.counter }}{{ row.label }}{% endfor %}", "1a"),
        ("{{ rows.0.label }}", "a"),
        ("{% for row in rows %}{% for row in rows %}{{ forloop.parentloop.counter }}{% endfor %}{% endfor %}", "1"),
    ],
)
def test_names_that_are_there_are_printed(template, text, printed):
    assert render_strictly(template(text), CONTEXT) == printed


@pytest.mark.parametrize("text", ["<b>bold</b>", "a & b", "{{ case }}", "{% include 'x' %}", '"><script>'])
def test_texts_are_escaped_and_never_read_as_templates(template, text):
    printed = render_strictly(template("{{ name }}"), {"name": text})

    assert "<" not in printed
    assert (
        printed.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("&quot;", '"')
        .replace(
            "&#x27;",
            "'",
        )
        == text
    )


def test_svg_of_our_own_is_kept(template):
    chart = format_html("<svg><title>{}</title></svg>", "<b>")

    assert render_strictly(template("{{ chart }}"), {"chart": chart}) == "<svg><title>&lt;b&gt;</title></svg>"


def test_every_text_passes_the_cleaner_charts_included(template):
    context = {"name": "a", "case": {"code": "a"}, "rows": ["a"], "chart": format_html("<b>{}</b>", "a")}
    name = template("{{ name }}{{ case.code }}{{ rows.0 }}{{ chart }}")

    assert render_strictly(name, context, clean=lambda text: text.replace("a", "A")) == "AAA<b>A</b>"


@pytest.mark.parametrize("value", [date(2026, 11, 22), 0.5, object(), {"a", "b"}, b"x"])
def test_values_without_one_way_to_print_them_are_refused(template, value):
    with pytest.raises(TypeError, match=type(value).__name__):
        render_strictly(template("{{ name }}"), {"name": value})
