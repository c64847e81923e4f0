"""The pages on which a colleague gives the code, and sets a telephone up."""

from django.urls import path

from . import views

app_name = "peer_support_signing_in"
urlpatterns = [
    path("code/", views.code_page, name="code"),
    path("phone/", views.phone_page, name="phone"),
]
