import pytest, time
from django.urls import reverse
from tests.factories.accounts import sign_in, coordinator
from tests.factories.cases import submitted_case
from trials.models import MatchRun
from trials.services.matching import run_match
@pytest.mark.django_db
def test_time(client, settings):
    settings.MIDDLEWARE=[m for m in settings.MIDDLEWARE if 'zeal' not in m]
    case=submitted_case(); run=MatchRun.objects.get(revision__case=case); run_match(str(run.pk)); sign_in(client, coordinator())
    for u in (reverse("pages:home"),reverse("trials:list"),reverse("trials:detail",args=["catulus"]),reverse("trials:matches",args=[case.code]),reverse("trials:match",args=[case.code,run.matches.first().pk])):
        ts=[]
        for _ in range(25):
            t=time.process_time(); client.get(u); ts.append((time.process_time()-t)*1e3)
        ts.sort(); print(u, 'median %.0f p95 %.0f ms cpu'%(ts[12],ts[23]))
