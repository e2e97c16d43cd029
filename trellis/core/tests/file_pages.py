"""The pages on which tests upload and open files, as the apps have them."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path

from trellis.core.access import signed_in
from trellis.core.files import UploadField, file_response, keep_file, takes_files_up_to
from trellis.core.models import StoredFile
from trellis.core.refusal import Refused


class PieceForm(forms.Form):
    title = forms.CharField(label="Title")
    file = UploadField(label="File")
    note = forms.CharField(label="Note", required=False)


@signed_in
def add_piece(request):
    """A page as the apps have them: find, form, action, redirect or render."""
    form = PieceForm(request.POST, request.FILES) if request.method == "POST" else PieceForm()
    if form.is_valid():
        try:
            keep_file(
                upload=form.cleaned_data["file"], organisation_id=request.acting.organisation_id, by=request.acting
            )
            return redirect("add_piece")
        except Refused as why:
            form.add_error("file", str(why))
    return render(request, "core/layouts/form.html", {"form": form, "title": "Add a piece of evidence"})


@signed_in
def open_piece(request, file_id):
    stored = get_object_or_404(StoredFile.objects.of(request.acting.organisation_id), pk=file_id)
    return file_response(stored, request.acting)


@signed_in
@takes_files_up_to(50)
def take_larger(request):
    return HttpResponse(str(request.FILES["file"].size), content_type="text/plain")


urlpatterns = [
    path("try/piece", add_piece, name="add_piece"),
    path("try/piece/<uuid:file_id>", open_piece, name="open_piece"),
    path("try/larger", take_larger, name="take_larger"),
    path("", include("trellis.urls")),
]
