"""A form, an act that is confirmed by a word, and one that can be undone, as a group of screens has them."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import include, path, reverse
from django.utils.safestring import SafeString

from thidua.config.urls import urlpatterns as all_addresses
from thidua.organizations.models import UnitKind
from thidua.web.doors import anyone, door
from thidua.web.forms import ConfirmForm, DayField, LineField


class KindForm(forms.Form):
    name = LineField(label="Tên loại", help_text="Như trong quyết định thành lập.")
    begins = DayField(label="Từ ngày", required=False)
    level = forms.ChoiceField(label="Cấp", choices=[("1", "Một"), ("2", "Hai")])
    way = forms.ChoiceField(
        label="Cách xếp", choices=[("a", "Theo tên"), ("b", "Theo mã")], widget=forms.RadioSelect
    )
    is_shown = forms.BooleanField(label="Hiện trên cổng", required=False)


@door(anyone)
def add(request):
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kind = UnitKind.objects.create(
            code=f"k{UnitKind.objects.count()}", name=form.cleaned_data["name"]
        )
        messages.success(
            request,
            f"Đã thêm {kind.name}.",
            extra_tags=f"undo:{reverse('acts:undo', args=[kind.pk])}",
        )
        return HttpResponseRedirect(reverse("acts:add"))
    context = {"title": "Thêm loại", "form": form, "submit": "Thêm", "back": "/"}
    return render(request, "acts/form.html", context)


@door(anyone)
def undo(request, pk):
    UnitKind.objects.filter(pk=pk).delete()
    messages.success(request, "Đã hoàn tác.")
    return HttpResponseRedirect(reverse("acts:add"))


@door(anyone)
def release(request):
    form = ConfirmForm(request.POST or None, word="BAN HÀNH")
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Đã ban hành.")
        return HttpResponseRedirect(reverse("acts:add"))
    names = SafeString("Ngô Thuận <b>An</b> … Đinh Thị Hải <b>Yến</b>")
    rows = [
        ("Số người", "46 cá nhân, 9 tập thể"),
        ("Tiền thưởng", "83.200.000 đồng"),
        ("Người đầu, người cuối", names),
    ]
    context = {
        "title": "Ban hành",
        "form": form,
        "rows": rows,
        "submit": "Ký và ban hành",
        "back": "/",
    }
    return render(request, "acts/confirm.html", context)


acts = (
    [
        path("them/", add, name="add"),
        path("bo/<int:pk>/", undo, name="undo"),
        path("ban-hanh/", release, name="release"),
    ],
    "acts",
)
urlpatterns = [path("viec/", include(acts)), *all_addresses]
