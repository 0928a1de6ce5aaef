"""The pages that browsers see, complete without JavaScript.

`thread_page`, `front_page` and `error_page` each turn a view into one page; `frame.py` puts the site's frame around it,
`present.py` and `comment_list.py` make the pieces, `words.py` and `i18n.py` say them in the reader's language, and
`routes.py` answers for what is only a page: `/`, the static files, the errors.
"""
