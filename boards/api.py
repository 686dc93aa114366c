"""Letters over the API: the same querysets and services as the pages."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request

from boards.downloads import pdf_response
from boards.models import Letter
from iltb.accounts.requests import signed_in


class LetterSerializer(serializers.ModelSerializer[Letter]):
    """A letter: whose case, which advice, and the hashes that prove it."""

    case = serializers.CharField(source="signed.advice.review.case.code", read_only=True)
    number = serializers.IntegerField(source="signed.advice.number", read_only=True)
    signed_at = serializers.DateTimeField(source="signed.signed_at", read_only=True)
    content_sha256 = serializers.CharField(source="signed.sha256", read_only=True)

    class Meta:
        model = Letter
        fields = ("id", "case", "number", "state", "signed_at", "content_sha256", "sha256", "size")
        read_only_fields = fields


class LetterViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Letter]):
    """Letters that the signed-in person may read."""

    serializer_class = LetterSerializer
    queryset = Letter.objects.none()

    def get_queryset(self) -> Any:
        """Who may see."""
        letters = Letter.objects.visible_to(self.request.user)
        return letters.select_related("signed__advice__review__case").order_by("-created_at")

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True)
    def download(self, request: Request, pk: str) -> HttpResponse:  # noqa: ARG002 -- the router's signature
        """The PDF; the download is noted."""
        return pdf_response(self.get_object(), actor=signed_in(request))
