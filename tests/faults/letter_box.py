"""A mail server that keeps what it took even if the sender dies: one line per mail in a file."""

import os

from django.core.mail.backends.base import BaseEmailBackend

from peer_support.mailing.services import HEADER

from . import points


class LetterBox(BaseEmailBackend):
    """Writes the reference of each mail to the file ``path``. Just before and just after are points to die at."""

    path = None

    def send_messages(self, messages):
        for message in messages:
            points.reached("mail")
            with open(self.path, "a") as box:
                box.write(f"{message.extra_headers[HEADER]}\n")
                box.flush()
                os.fsync(box.fileno())
            points.reached("sent")
        return len(messages)
