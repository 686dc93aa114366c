import pytest

from cases.models import BoardQuestion, Case
from cases.services.contents import content_of
from cases.services.drafting import save_board_answers
from cases.services.questioning import retire_board_question, write_board_question
from iltb.core.errors import InvalidInput, NotAllowed
from tests.factories.accounts import coordinator
from tests.factories.cases import complete_case

pytestmark = pytest.mark.django_db


def write(key="family", **values):
    return write_board_question(actor=coordinator(), key=key, **{"label": "Is a brother or sister affected?", **values})


def answer(case, **answers):
    save_board_answers(case=case, actor=case.author, version=case.version, answers=answers)


def frozen(case):
    return content_of(Case.objects.get(pk=case.pk))["board_questions"]


def test_a_change_is_a_new_version_and_only_one_is_in_use():
    write()
    write(label="Is a brother, sister or cousin affected?")

    assert list(BoardQuestion.objects.values_list("version", "is_active")) == [(1, False), (2, True)]


def test_a_question_is_asked_of_its_disease_groups_only():
    write("for_aml", disease_groups=["AML"])
    write("for_t_all", disease_groups=["T_ALL"])
    write("for_all")

    assert [question.key for question in BoardQuestion.objects.asked_of(complete_case())] == ["for_all", "for_t_all"]


def test_an_answer_keeps_the_words_that_it_was_given_to():
    case = complete_case()
    write(help_text="First degree.")
    answer(case, family="no")

    write(label="Something else?", help_text="Otherwise.")

    [row] = frozen(case)
    assert (row["label"], row["help_text"], row["version"], row["answer"]) == (
        "Is a brother or sister affected?",
        "First degree.",
        1,
        "no",
    )


def test_an_empty_answer_takes_one_back():
    case = complete_case()
    write()
    answer(case, family="no")

    answer(case, family="")

    assert frozen(case) == []


@pytest.mark.parametrize(
    ("question", "given", "sentence"),
    [
        ({"kind": "choice", "choices": ["yes", "no"]}, "perhaps", "Choose one"),
        ({"kind": "number", "unit": "mg"}, "many", "Give a number"),
        ({"kind": "number", "minimum": 0, "maximum": 5}, "6", "outside"),
        ({"kind": "number"}, "NaN", "outside"),
    ],
)
def test_an_answer_of_another_kind_is_refused(question, given, sentence):
    case = complete_case()
    write(**question)

    with pytest.raises(InvalidInput, match=sentence):
        answer(case, family=given)


def test_a_question_that_is_not_asked_cannot_be_answered():
    with pytest.raises(InvalidInput, match="does not ask"):
        answer(complete_case(), unheard_of="yes")


def test_a_retired_question_is_asked_no_longer_and_its_answers_stay():
    case, question = complete_case(), write()
    answer(case, family="no")

    retire_board_question(actor=coordinator(), question=question)

    assert (BoardQuestion.objects.asked_of(case).count(), len(frozen(case))) == (0, 1)


def test_a_physician_writes_no_questions():
    case = complete_case()

    with pytest.raises(NotAllowed):
        write_board_question(actor=case.author, key="family", label="Is it so?")
    with pytest.raises(NotAllowed):
        retire_board_question(actor=case.author, question=write())


def test_a_choice_without_choices_is_refused():
    with pytest.raises(InvalidInput):
        write(kind="choice")
