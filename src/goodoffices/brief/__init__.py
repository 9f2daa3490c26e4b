"""Results to figures and one page.

`render_brief` takes a case and the deals lens's one result, and returns one self-contained HTML
page: no script, no request, every number a link to what it rests on.
"""

from goodoffices.brief.page import render_brief

__all__ = ["render_brief"]
