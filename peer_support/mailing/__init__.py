"""Mails: registered kinds with texts that editors can change, one mail per event, a log without content.

``registry.register_mail`` says what a kind is; ``services.queue_mail`` sends one after the commit.
"""
