from __future__ import annotations

from django.urls import path

from teyue.desks.supervisor import audits, disputes, reworks

pages = [
    path("audits/", audits.audits, name="audits"),
    path("audits/<str:number>/", audits.audit, name="audit-approve"),
    path("audits/<str:number>/back/", audits.audit, name="audit-send-back"),
    path("audits/<str:number>/again/", audits.audit, name="audit-readmit"),
    path("disputes/", disputes.disputes, name="disputes"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("disputes/<int:pk>/decision/", disputes.dispute, name="dispute-resolve"),
    path("orders/<str:number>/dispute/", disputes.open_dispute, name="dispute-open"),
    path("orders/<str:number>/rework/", reworks.rework, name="dispute-rework"),
    path("records/<str:number>/instead/", disputes.instead, name="service-confirm-alternatively"),
]
