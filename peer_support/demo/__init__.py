"""A filled centre to try things out on: invented initiatives and invented people, in real towns."""
