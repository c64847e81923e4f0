"""The board's addresses. All of them stand under the Wagtail admin's own prefix."""

from django.urls import path

from .views import compare, match, match_links, matches, plan, ranking, run, swap, waiting, weights

app_name = "peer_support_matching"

urlpatterns = [
    path("", waiting.WaitingView.as_view(), name="waiting"),
    path("citizen/<int:pk>/", ranking.RankingPage.as_view(), name="ranking"),
    path("citizen/<int:pk>/compare/", compare.CompareView.as_view(), name="compare"),
    path("citizen/<int:pk>/propose/", ranking.ProposeView.as_view(), name="propose"),
    path("citizen/<int:pk>/rule-out/", ranking.RuleOutView.as_view(), name="rule_out"),
    path("citizen/<int:pk>/rule-in/", ranking.RuleInView.as_view(), name="rule_in"),
    path("plan/", plan.PlanPage.as_view(), name="plan"),
    path("plan/save/", plan.SavePlanView.as_view(), name="plan_save"),
    path("plan/swap/<int:pk>/", swap.SwapView.as_view(), name="swap"),
    path("plan/<int:pk>/", run.RunView.as_view(), name="run"),
    path("plan/<int:pk>/confirm/", run.ConfirmView.as_view(), name="run_confirm"),
    path("matches/", matches.MatchesView.as_view(), name="matches"),
    path("matches/<int:pk>/", match.MatchPage.as_view(), name="match"),
    path("matches/<int:pk>/link/", match_links.MatchLinkView.as_view(), name="match_link"),
    path("matches/<int:pk>/<slug:action>/", match.MatchPage.as_view(), name="match_action"),
    path("weights/", weights.WeightsView.as_view(), name="weights"),
]
