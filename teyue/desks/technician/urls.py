from __future__ import annotations

from django.urls import path

from teyue.desks.technician import views, words

pages = [
    path("jobs/", views.board, name="jobs"),
    path("firm/visits/", views.board, name="firm-visits"),
    path("jobs/<str:number>/", views.job, name="job"),
    path("jobs/<str:number>/accept/", views.accept, name="job-accept"),
    path("jobs/<str:number>/depart/", views.depart, name="job-depart"),
    path("jobs/<str:number>/arrive/", views.arrive, name="job-arrive"),
    path("jobs/<str:number>/start/", views.start, name="job-start"),
    path("jobs/<str:number>/decline/", views.decline, name="job-decline"),
    path("jobs/<str:number>/absent/", views.absent, name="job-absent"),
    path("jobs/<str:number>/files/<str:kind>/", views.hand_in, name="job-file"),
    path("jobs/<str:number>/record/", views.record, name="job-record"),
    path("jobs/<str:number>/word/", words.word, name="job-word"),
    path("jobs/<str:number>/refuse/", words.refuse, name="job-refuse"),
    path("jobs/<str:number>/change/", words.offer, name="job-change"),
    path("jobs/<str:number>/change/<int:pk>/", words.answer, name="job-answer"),
]
