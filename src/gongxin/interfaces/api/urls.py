from django.urls import path

from gongxin.interfaces.api import guide

app_name = "api"
urlpatterns = [
    path("", guide.guide, name="guide"),
    path("problems/", guide.problem_list, name="problems"),
]
