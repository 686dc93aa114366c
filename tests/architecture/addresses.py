"""Every address of the portal, and who gets what there."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

WHO = ("anonymous", "stranger", "team", "coordinator", "chair", "seat", "observer", "operator")


@dataclass(frozen=True)
class Address:
    """One URL name with the status of a GET for each kind of person; ``made_of`` names its arguments."""

    name: str
    made_of: str
    statuses: tuple[int, ...]

    def expected(self) -> dict[str, int]:
        return dict(zip(WHO, self.statuses, strict=True))


def _rows(text: str) -> list[Address]:
    rows = [line.split() for line in text.strip().splitlines()]
    return [Address(row[0], row[1], tuple(int(status) for status in row[2:])) for row in rows]


# 302 of anonymous is the way to the sign-in page; an address that takes POST alone answers 405, or leads by 302 to
# the page it belongs to, whoever asks and whether that page exists or not.
MATRIX = _rows(
    """
    pages:home               -         200 200 200 200 200 200 200 200
    pages:families           -         200 200 200 200 200 200 200 200
    pages:doctors            -         200 200 200 200 200 200 200 200
    pages:patient_form       nofile    404 404 404 404 404 404 404 404
    pages:privacy            -         200 200 200 200 200 200 200 200
    pages:accessibility      -         200 200 200 200 200 200 200 200
    pages:theme              -         405 405 405 405 405 405 405 405
    pages:healthz            -         200 200 200 200 200 200 200 200
    pages:readyz             -         200 200 200 200 200 200 200 200
    pages:demo               -         200 200 200 200 200 200 200 200
    pages:demo_login         -         405 405 405 405 405 405 405 405
    boards:inbox             -         302 200 200 200 200 200 200 200
    boards:cases             -         302 200 200 200 200 200 200 200
    boards:case              code      302 404 200 200 200 200 404 404
    boards:changes           code      302 404 200 200 200 200 404 404
    boards:letter            letter    302 404 200 200 200 404 404 404
    boards:review            review    302 404 404 200 200 200 404 404
    boards:ballot            review    302 404 404 200 200 200 404 404
    boards:declare           review    302 302 302 302 302 302 302 302
    boards:assess            review    302 302 302 302 302 302 302 302
    boards:seat_expert       review    302 302 302 302 302 302 302 302
    boards:schedule          review    302 302 302 302 302 302 302 302
    boards:start_assessing   review    302 302 302 302 302 302 302 302
    boards:open_to_panel     review    302 302 302 302 302 302 302 302
    boards:open_voting       review    302 302 302 302 302 302 302 302
    boards:close_voting      review    302 302 302 302 302 302 302 302
    boards:draft_advice      review    302 302 302 302 302 302 302 302
    boards:option_new        review    302 404 404 200 403 200 404 404
    boards:option_edit       option    302 404 404 200 403 200 404 404
    boards:vote              option    302 404 404 302 302 302 404 404
    boards:advice            advice    302 404 404 200 200 200 404 404
    boards:advice_edit       advice    302 302 302 302 302 302 302 302
    boards:advice_return     advice    302 302 302 302 302 302 302 302
    boards:sign              advice    302 302 302 302 302 302 302 302
    boards:letter_state      advice    302 404 404 200 200 200 404 404
    boards:meetings          -         302 200 200 200 200 200 200 200
    boards:meeting           meeting   302 404 404 200 200 200 200 404
    boards:meeting_move      meeting   302 302 302 302 302 302 302 302
    boards:follow_up         follow_up 302 404 200 200 200 200 404 404
    cases:new                -         302 200 200 403 403 403 403 403
    cases:edit               code      302 404 200 403 403 403 404 404
    cases:findings           code      302 404 200 200 403 403 404 404
    cases:specimen_new       code      302 404 200 200 403 403 404 404
    cases:specimen           specimen  302 404 200 200 403 403 404 404
    cases:specimen_remove    specimen  302 404 200 403 403 403 404 404
    cases:questions          -         302 403 403 200 200 403 403 403
    cases:question_new       -         302 403 403 200 200 403 403 403
    cases:question           question  302 403 403 200 200 403 403 403
    cases:import             code      302 404 200 403 403 403 404 404
    cases:share              code      302 404 200 403 403 403 404 404
    cases:copy               code      302 404 200 403 403 403 404 404
    cases:transcribed        code      302 405 405 405 405 405 405 405
    cases:transcribe         code      302 404 403 200 403 403 404 404
    cases:germline           code      302 405 405 405 405 405 405 405
    cases:therapy            code      302 404 200 200 403 403 404 404
    cases:functional         code      302 404 200 200 403 403 404 404
    cases:section            section   302 404 200 403 403 403 404 404
    cases:check              code      302 404 200 403 403 403 404 404
    cases:submitted          code      302 404 200 403 403 403 404 404
    cases:query_answer       code      302 404 409 403 403 403 404 404
    cases:withdraw           code      302 404 200 403 403 403 404 404
    cases:triage             code      302 404 403 200 403 403 404 404
    trials:list              -         302 200 200 200 200 200 200 200
    trials:changes           -         302 403 403 200 200 403 403 403
    trials:matches           code      302 404 404 200 200 200 404 404
    trials:ask               code      302 404 403 200 403 403 404 404
    trials:release           code      302 405 405 405 405 405 405 405
    trials:match             match     302 404 404 200 200 200 404 404
    trials:detail            trial     302 200 200 200 200 200 200 200
    trials:new               -         302 403 403 200 403 403 403 403
    trials:facts             -         302 200 200 200 200 200 200 200
    trials:history           trial     302 200 200 200 200 200 200 200
    trials:compare           versions  302 200 200 200 200 200 200 200
    trials:recruitment       trial     302 403 403 200 403 403 403 403
    trials:contacts          trial     302 403 403 200 403 403 403 403
    trials:contact_withdraw  ask       302 405 405 405 405 405 405 405
    trials:contact_remark    ask       302 405 405 405 405 405 405 405
    trials:contact           link      200 200 200 200 200 200 200 200
    trials:export            trial     302 403 403 200 403 403 403 403
    trials:export_file       layout    302 403 403 200 403 403 403 403
    trials:preview           trial     302 403 403 200 403 403 403 403
    trials:draft             trial     302 403 403 200 403 403 403 403
    trials:begin             trial     302 405 405 405 405 405 405 405
    trials:describe          trial     302 403 403 404 403 403 403 403
    trials:cohort_new        trial     302 405 405 405 405 405 405 405
    trials:discard           trial     302 405 405 405 405 405 405 405
    trials:publish           trial     302 405 405 405 405 405 405 405
    trials:criteria          cohort    302 403 403 404 403 403 403 403
    terminology:search       system    302 200 200 200 200 200 200 200
    api:case-list            -         403 200 200 200 200 200 200 200
    api:case-detail          code      403 404 200 200 200 200 404 404
    api:case-submit          code      403 405 405 405 405 405 405 405
    api:letter-list          -         403 200 200 200 200 200 200 200
    api:letter-download      letter    403 404 200 200 200 404 404 404
    """,
)


def names() -> set[str]:
    """Every URL name; allauth's and Django's own pages are tested by them."""
    found = set(_walk(get_resolver().url_patterns, ""))
    return {name for name in found if not name.startswith(("account_", "socialaccount_"))}


def _walk(patterns, namespace):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
