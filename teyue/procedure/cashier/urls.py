from __future__ import annotations

from django.urls import path

from teyue.procedure.cashier import api
from teyue.procedure.cashier.views import receipts, shifts, transfers

router = api.router
pages = [
    path("shifts/open/", shifts.open_shift, name="shift-open"),
    path("shifts/close/", shifts.close_shift, name="shift-close"),
    path("shifts/verify/", shifts.verifications, name="shift-verifications"),
    path("shifts/remittances/", shifts.remittances, name="remittances"),
    path("shifts/<str:number>/", shifts.shift, name="shift"),
    path("shifts/<str:number>/verify/", shifts.verify, name="cashier-verify"),
    path("shifts/<str:number>/force/", shifts.force_close, name="cashier-force-close"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/reprints/", receipts.reprints, name="reprints"),
    path("receipts/reversals/", receipts.reversals, name="reversals"),
    path("receipts/<str:number>/", receipts.receipt, name="receipt"),
    path("receipts/<str:number>/reprint/", receipts.reprint, name="receipt-reprint"),
    path("receipts/<str:number>/request_void/", receipts.request_void, name="receipt-request-void"),
    path("receipts/<str:number>/void/", receipts.void, name="receipt-void"),
    path("receipts/<str:number>/refuse_void/", receipts.refuse_void, name="receipt-refuse-void"),
    path("receipts/<str:number>/reverse/", receipts.reverse_receipt, name="receipt-reverse"),
    path("orders/<str:number>/transfer/", transfers.transfer, name="transfer"),
    path("orders/<str:number>/transfer/approve/", transfers.approve, name="transfer-approve"),
    path("orders/<str:number>/transfer/reject/", transfers.reject, name="transfer-reject"),
]
