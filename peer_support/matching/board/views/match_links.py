"""Links and calls on the page of a match."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ....people.links_panel import take_button
from ....people.screens import key_of
from ... import services
from ...models import Match, MatchCall
from ..base import BoardView


class MatchLinkView(BoardView):
    """The buttons of the panel "Links", and "I have rung". Only takes what is sent."""

    http_method_names = ["post"]

    def post(self, request, pk):
        match = get_object_or_404(Match.objects.select_related("citizen", "volunteer"), pk=pk)
        if "rung" in request.POST:
            self._rung(match, key_of(request.POST["rung"]))
        else:
            take_button(request, match, "peer_support_matching:match_link")
        return HttpResponseRedirect(f"{reverse('peer_support_matching:match', args=[pk])}#links")

    def _rung(self, match, key):
        call = MatchCall.objects.filter(match=match, pk=key).first()
        if call is None:
            raise Http404
        services.close_call(call=call, user=self.request.user)
        messages.success(self.request, _("The call is written down."))
