"""Results to figures and one page.

`render_brief` takes a case and what the lenses say of it, and returns one self-contained HTML
page: no script, no request, every number a link to what it rests on.
"""

from goodoffices.brief.page import render_brief, render_score

__all__ = ["render_brief", "render_score"]
