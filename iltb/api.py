"""The API's addresses."""

from rest_framework.routers import SimpleRouter

from boards.api import LetterViewSet
from cases.api import CaseViewSet

router = SimpleRouter()
router.register("cases", CaseViewSet, basename="case")
router.register("letters", LetterViewSet, basename="letter")

app_name = "api"
urlpatterns = router.urls
