from django.urls import path

from gongxin.interfaces.api import guide, sandbox

app_name = "api"
urlpatterns = [
    path("", guide.guide, name="guide"),
    path("sandbox-key/", sandbox.take_key, name="sandbox-key"),
    path("problems/", guide.problem_list, name="problems"),
]
