import pytest

from launcher.pages import Page, PageError

CASE = b"""<!doctype html><html><head><title>Your  case</title><script>const hidden = 1</script></head><body>
<h1>Case ILTB-7K3Q-M2P</h1><p>in
 review</p><a href="/cases/1/letter/">Download <b>letter</b></a>
<form method="get" action="/search/"><input name="q"></form>
<form method="post" action="save/" id="draft">
<input type="hidden" name="csrfmiddlewaretoken" value="abc">
<input name="weight" value="27.4"><input name="gone" value="1" disabled><input type="file" name="scan">
<textarea name="question">
What &amp; why?</textarea>
<select name="sex"><option value="">-</option><option value="female" selected>Female</option><option>male</option></select>
<select name="group"><option value="T_ALL">T-ALL</option><option value="B_ALL">B-ALL</option></select>
<select name="types" multiple><option value="a" selected>A</option><option value="b">B</option></select>
<input type="checkbox" name="consent" value="yes">
<input type="radio" name="position" value="for"><input type="radio" name="position" value="against" checked>
<button name="do" value="save">Save draft</button><button type="submit" name="do" value="submit">Submit</button>
<button type="button" name="do" value="never">Help</button>
</form></body></html>"""


@pytest.fixture
def page():
    return Page("http://127.0.0.1:8000/cases/1/", 200, "text/html; charset=utf-8", CASE)


@pytest.fixture
def draft(page):
    return page.form(action="save/")


def test_a_page_reads_as_a_person_reads_it(page):
    assert page.title == "Your case"
    assert page.text.startswith("Case ILTB-7K3Q-M2P in review Download letter")


def test_links_are_complete_addresses(page):
    assert page.link(text="Download letter") == "http://127.0.0.1:8000/cases/1/letter/"
    assert page.link(address=r"/letter/$") == "http://127.0.0.1:8000/cases/1/letter/"
    assert page.link(begins="Download") == "http://127.0.0.1:8000/cases/1/letter/"


def test_a_form_sends_what_a_browser_would_send(draft):
    assert draft.pairs() == [
        ("csrfmiddlewaretoken", "abc"),
        ("weight", "27.4"),
        ("question", "What & why?"),
        ("sex", "female"),
        ("group", "T_ALL"),
        ("types", "a"),
        ("position", "against"),
        ("do", "save"),
    ]


def test_the_pressed_button_is_sent(draft):
    assert draft.pairs("Submit")[-1] == ("do", "submit")


def test_filling_replaces_what_was_there(draft):
    draft.fill({"weight": "30", "consent": True, "types": ["a", "b"], "position": "for", "group": "B_ALL"})

    sent = draft.pairs()
    assert {("weight", "30"), ("consent", "yes"), ("types", "b"), ("position", "for"), ("group", "B_ALL")} <= set(sent)
    assert ("position", "against") not in sent


def test_a_tick_can_be_taken_away(draft):
    draft.fill({"consent": True})
    draft.fill({"consent": False})

    assert "consent" not in dict(draft.pairs())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"height": "1"}, "has no field 'height'; it has csrfmiddlewaretoken, weight"),
        ({"sex": "unknown"}, "'unknown' cannot be chosen in 'sex'; there are , female, male"),
        ({"weight": True}, "'weight' cannot be ticked"),
        ({"gone": "2"}, "has no field 'gone'"),
    ],
)
def test_what_a_person_could_not_enter_is_refused(draft, values, sentence):
    with pytest.raises(PageError, match=sentence):
        draft.fill(values)


def test_a_choice_is_found_by_its_words(draft):
    assert draft.find("group").choice("B-") == "B_ALL"
    with pytest.raises(PageError, match="no choice in 'group' begins with 'AML'; there are T-ALL, B-ALL"):
        draft.find("group").choice("AML")


def test_a_button_that_is_not_there_cannot_be_pressed(draft):
    with pytest.raises(PageError, match="no button 'Help'; it has Save draft, Submit"):
        draft.pairs("Help")


def test_a_form_is_found_by_its_field_or_its_button(page):
    assert page.form(field="q").action.endswith("/search/")
    assert page.form(button="Submit").identifier == "draft"


def test_a_missing_form_or_link_names_the_page(page):
    with pytest.raises(
        PageError, match=r"on the page 'Your case' \(http://127.0.0.1:8000/cases/1/, status 200\): no form"
    ):
        page.form(field="vote")
    with pytest.raises(PageError, match="no link 'Sign'"):
        page.link(text="Sign")
    with pytest.raises(PageError, match="no link 'letter'"):
        page.link(begins="letter")


def test_what_a_page_must_say_is_checked(page):
    assert page.must_say("in review", "ILTB-7K3Q-M2P").must_not_say("hidden") is page
    with pytest.raises(PageError, match="'signed' is not there"):
        page.must_say("in review", "signed")
    with pytest.raises(PageError, match="'in review' is there"):
        page.must_not_say("in review")


def test_a_file_has_no_text():
    page = Page("http://127.0.0.1/letter.pdf", 200, "application/pdf", b"%PDF-1.7 <form>")

    assert (page.text, page.forms, page.body[:4]) == ("", [], b"%PDF")
