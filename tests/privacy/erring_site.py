"""A view that fails with everything at hand that one would not like to read in a mail."""

from django.urls import path


def fails(request, token):
    secret = request.POST["name"]
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"cannot do it for {secret}") from error


urlpatterns = [path("l/<str:token>/", fails, name="fails")]
