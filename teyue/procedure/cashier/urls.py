from __future__ import annotations

from django.urls import path

from teyue.procedure.cashier import api, views

router = api.router
pages = [
    path("shifts/open/", views.open_shift, name="shift-open"),
    path("shifts/close/", views.close_shift, name="shift-close"),
    path("shifts/verify/", views.verifications, name="shift-verifications"),
    path("shifts/remittances/", views.remittances, name="remittances"),
    path("shifts/<str:number>/", views.shift, name="shift"),
    path("shifts/<str:number>/verify/", views.verify, name="cashier-verify"),
    path("shifts/<str:number>/force/", views.force_close, name="cashier-force-close"),
    path("receipts/", views.receipts, name="receipts"),
    path("receipts/reprints/", views.reprints, name="reprints"),
    path("receipts/reversals/", views.reversals, name="reversals"),
    path("receipts/<str:number>/", views.receipt, name="receipt"),
    path("receipts/<str:number>/reprint/", views.reprint, name="receipt-reprint"),
    path("receipts/<str:number>/request_void/", views.request_void, name="receipt-request-void"),
    path("receipts/<str:number>/void/", views.void, name="receipt-void"),
    path("receipts/<str:number>/reverse/", views.reverse_receipt, name="receipt-reverse"),
]
