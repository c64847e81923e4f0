"""Addresses of the screens of papers, under the admin's prefix."""

from django.urls import path

from .base import NAMESPACE
from .views import making, overview, paper, printing, service, texts

app_name = NAMESPACE

urlpatterns = [
    path("", overview.OverviewPage.as_view(), name="overview"),
    path("asked/", overview.PolicyPage.as_view(), name="policy"),
    path("texts/", texts.TextsPage.as_view(), name="texts"),
    path("texts/version/<int:pk>/", texts.VersionPage.as_view(), name="text_version"),
    path("texts/<slug:paper_kind>/", texts.TextPage.as_view(), name="text"),
    path("texts/<slug:paper_kind>/ready-for-all/", overview.ReadyForAllView.as_view(), name="ready_for_all"),
    path("volunteer/<int:pk>/new/<slug:paper_kind>/", making.NewPaperPage.as_view(), name="new"),
    path("volunteer/<int:pk>/reference/", making.ReferencePage.as_view(), name="reference"),
    path("volunteer/<int:pk>/certificate/", service.CertificatePage.as_view(), name="certificate"),
    path("volunteer/<int:pk>/thanks/", service.ThanksPage.as_view(), name="thanks"),
    path("certificate/<int:pk>/take-out/", service.TakeOutView.as_view(), name="take_out"),
    path("thanks/<int:pk>/card/", printing.thanks_card, name="thanks_card"),
    path("thanks/<int:pk>/card.pdf", printing.thanks_card_pdf, name="thanks_card_pdf"),
    path("match/<int:pk>/new/", making.MatchPapersPage.as_view(), name="match_new"),
    path("paper/<int:pk>/", paper.PaperPage.as_view(), name="paper"),
    path("paper/<int:pk>/print/", printing.paper_print, name="paper_print"),
    path("paper/<int:pk>/paper.pdf", printing.paper_pdf, name="paper_pdf"),
    path("paper/<int:pk>/<slug:action>/", paper.PaperPage.as_view(), name="paper_step"),
]
