"""Cases over the API: the same querysets and services as the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from cases.models import Case, CaseRevision
from cases.queries.germline import Content, germline_right, shown_content
from cases.services.freezing import content_of
from cases.services.submission import submit_case
from iltb.accounts.requests import signed_in
from iltb.audit.services import record_opening


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case in a list."""

    class Meta:
        model = Case
        fields = ("code", "state", "urgency", "created_at", "submitted_at")
        read_only_fields = fields


class RevisionSerializer(serializers.ModelSerializer[CaseRevision]):
    """A frozen revision without its content."""

    class Meta:
        model = CaseRevision
        fields = ("number", "sha256", "created_at", "released_at")
        read_only_fields = fields


class CaseDetailSerializer(CaseSerializer):
    """A case with the newest revision that the reader may see; a draft shows its own team what it holds.

    Where germline results are not for the reader, `content.germline` is `{"is_withheld": true}` and inherited variants
    are left out of the specimens; `revision.sha256` is that of the whole content.
    """

    revision = RevisionSerializer(read_only=True, allow_null=True)
    content = serializers.JSONField(read_only=True, allow_null=True)

    class Meta:
        model = Case
        fields = (*CaseSerializer.Meta.fields, "revision", "content")
        read_only_fields = fields


def _working_copy(case: Case, request: Request) -> dict[str, Any] | None:
    """What the centre's own team has written so far; nobody else reads what is not frozen."""
    own = Case.objects.filter(pk=case.pk).granted(request.user, "edit_case").exists()
    return content_of(case) if own else None


def _shown(case: Case, revision: CaseRevision, request: Request) -> Content:
    return shown_content(revision.content, germline_right(case, signed_in(request)))


class CaseViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Case]):
    """Cases that the signed-in person may open."""

    serializer_class = CaseSerializer
    lookup_field = "code"
    queryset = Case.objects.none()

    def get_queryset(self) -> Any:
        """Who may see."""
        return Case.objects.visible_to(self.request.user).order_by("-created_at")

    @extend_schema(responses=CaseDetailSerializer)
    def retrieve(self, request: Request, code: str) -> Response:  # noqa: ARG002 -- the router's signature
        """One case; opening it is noted."""
        case = self.get_object()
        revision = CaseRevision.objects.visible_to(request.user).filter(case=case).order_by("number").last()
        record_opening("case.opened", subject=case, actor=request.user)
        body = {
            **CaseSerializer(case).data,
            "revision": RevisionSerializer(revision).data if revision else None,
            "content": _shown(case, revision, request) if revision else _working_copy(case, request),
        }
        return Response(body)

    @extend_schema(request=None, responses={201: RevisionSerializer})
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, code: str) -> Response:  # noqa: ARG002 -- the router's signature
        """Freeze the dossier and hand it to triage."""
        revision = submit_case(case=self.get_object(), actor=signed_in(request))
        return Response(RevisionSerializer(revision).data, status=201)
