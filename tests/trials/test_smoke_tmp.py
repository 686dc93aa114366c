import pytest
from django.urls import reverse
from tests.factories.accounts import sign_in, coordinator, physician
from tests.factories.cases import submitted_case
from trials.models import Trial, MatchRun, Match
from trials.services.matching import run_match

@pytest.mark.django_db
def test_smoke(client):
    print(Trial.objects.count())
    case = submitted_case()
    run = MatchRun.objects.get()
    run_match(str(run.pk))
    print(Match.objects.count())
    sign_in(client, coordinator())
    for url in (reverse("trials:list"), reverse("trials:detail", args=["hem-ismart-d"]), reverse("trials:matches", args=[case.code]), reverse("trials:match", args=[case.code, Match.objects.first().pk])):
        r = client.get(url)
        print(url, r.status_code, len(r.content))
        open("/tmp/page_" + str(abs(hash(url))) + ".html", "wb").write(r.content)
        assert r.status_code == 200
