"""Every address of the product. Each route names the action of `core.policy` it needs."""

from django.urls import URLPattern, URLResolver, include, path

from gongxin.interfaces.api.exchange_v1.endpoints import api as exchange_v1
from gongxin.interfaces.api.public_v1.endpoints import api as public_v1
from gongxin.interfaces.api.usage_v2.endpoints import api as usage_v2

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("gongxin.interfaces.site.urls")),
    path("my/", include("gongxin.interfaces.site.my.urls")),
    path("desk/", include("gongxin.interfaces.desk.urls")),
    path("api/", include("gongxin.interfaces.api.urls")),
    path("api/v1/", public_v1.urls),
    path("api/exchange/v1/", exchange_v1.urls),
    path("api/usage/v2/", usage_v2.urls),
]

handler400 = "gongxin.interfaces.pages.errors.bad_request"
handler403 = "gongxin.interfaces.pages.errors.forbidden"
handler404 = "gongxin.interfaces.pages.errors.not_found"
handler500 = "gongxin.interfaces.pages.errors.broken"
