from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from naung.config.urls import urlpatterns as product
from naung.registry.models import Worker


@login_not_required
def bare(request: HttpRequest, index: str) -> HttpResponse:
    """One indexed look-up and nothing else, through the same server and middleware."""
    return HttpResponse(Worker.objects.filter(nik_index=index).values_list("name", flat=True)[0])


urlpatterns = [*product, path("bare/<uuid:index>", bare)]
