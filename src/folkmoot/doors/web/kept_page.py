"""How does a page stand alone, as a file that somebody keeps? It carries its style, and its links our address."""

import re
from functools import cache
from urllib.parse import quote

from folkmoot.doors.web.static_files import address_of, static_files

_SITE_LINKS = re.compile(r'<link rel="(?:icon|manifest)"[^>]*>\n')


def kept_page(page: str, site_url: str) -> str:
    """Return one of our pages so that it needs no server to be read.

    Args:
        page: as `thread_page` gives it. Addresses that begin with `/` are ours: texts hold whole addresses only.
        site_url: without a slash at its end.
    """
    sheet = f'<link rel="stylesheet" href="{address_of("look.css")}">'
    alone = _SITE_LINKS.sub("", page, count=2).replace(sheet, f"<style>\n{_sheet()}</style>", 1)
    # a text cannot hold these: its quotation marks and angle brackets are escaped
    return alone.replace('href="/', f'href="{site_url}/').replace("<a href=/", f"<a href={site_url}/")


@cache
def _sheet() -> str:
    """Return the style sheet with the pictures that it names inside of it."""
    files = static_files()
    sheet = files["look.css"].body.decode("utf-8")
    for file in files.values():
        if file.media_type == "image/svg+xml":
            inside = quote(file.body.decode("utf-8"), safe=" =:/")
            sheet = sheet.replace(f"url({file.name})", f'url("data:image/svg+xml,{inside}")')
    return sheet
