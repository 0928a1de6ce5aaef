"""The pages that browsers see, complete without JavaScript.

The modules named `…_page` each draw one page, and `frame.py` puts the site's frame around it; `present.py` and the
modules named `…_rows` and `comment_…` make the pieces, `words.py` and `i18n.py` say them in the reader's language. What
an address answers is in the modules named `…_routes` and `…_pages`; threads and lists, which have other forms too, are
answered for in the room above.
"""
