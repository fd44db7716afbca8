from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from teyue.procedure.refund import api, views


class Verb(StringConverter):
    """A step that may be taken on the page of a refund."""

    regex = "|".join(views.VERBS)


register_converter(Verb, "refund_verb")

router = api.router
pages = [
    path("refunds/", views.refunds, name="refunds"),
    path("refunds/payments/", views.payments, name="refund-payments"),
    path("refunds/reviews/", views.reviews, name="refund-reviews"),
    path("refunds/approvals/", views.approvals, name="refund-approvals"),
    path("refunds/cosigns/", views.cosigns, name="refund-cosigns"),
    path("refunds/reconciliations/", views.reconciliations, name="reconciliations"),
    path("refunds/unpaid/", views.unpaid, name="unpaid-refunds"),
    path("refunds/<int:pk>/", views.refund, name="refund"),
    path("refunds/<int:pk>/<refund_verb:verb>/", views.take, name="refund-take"),
    path("orders/<str:number>/refund/", views.ask, name="refund-request"),
]
