"""Keep an uploaded file of people in memory: Django would put a big one on the disk, readable."""

from functools import wraps

from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from .reading import MAX_BYTES


class InMemoryOnly(MemoryFileUploadHandler):
    """Takes every file into memory and stops where it is too big; the request is marked then."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.activated = True
        self.received = 0

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            self.request.peer_file_too_big = True
            raise StopUpload(connection_reset=False)
        return super().receive_data_chunk(raw_data, start)


def uploads_in_memory(view):
    """Decorator: read this view's files with :class:`InMemoryOnly`.

    The handler must be set before the body is read, so the check against forged requests comes after it.
    """
    checked = csrf_protect(view)

    @wraps(view)
    def with_handler(request, *args, **kwargs):
        if request.method == "POST":
            request.upload_handlers = [InMemoryOnly(request)]
        return checked(request, *args, **kwargs)

    return csrf_exempt(with_handler)
