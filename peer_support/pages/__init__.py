"""The public page types: a second, optional app, so that a host with a base page of its own can leave it out.

``mixins`` hold what a page is; ``models`` are thin concrete classes on Wagtail's own ``Page``. A host with a
base page of its own writes ``class RecruitmentPage(RecruitmentPageMixin, TheirPage)`` and leaves the app out.
"""
