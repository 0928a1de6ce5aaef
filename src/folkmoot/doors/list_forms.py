"""Which form of a list's rows has which maker? All of a list's rows come together here: read and written in one go."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from folkmoot.db.base import Reader
from folkmoot.doors.api.item_bytes import comment_json_rows
from folkmoot.doors.api.lists import as_items, community_json_rows
from folkmoot.doors.api.post_bytes import post_json_rows
from folkmoot.doors.feeds.list_feed import comment_feed_rows, post_feed_rows
from folkmoot.doors.list_rows import Row
from folkmoot.doors.negotiate import Form
from folkmoot.doors.web.appearance import Density, Look
from folkmoot.doors.web.directory_page import directory_lines
from folkmoot.doors.web.frame import Frame
from folkmoot.doors.web.i18n import Language
from folkmoot.doors.web.item_rows import comment_rows
from folkmoot.doors.web.post_rows import Shown, post_rows
from folkmoot.model.ids import CommentId, CommunityId, Micros, PostId
from folkmoot.queries import comment_heads, post_heads
from folkmoot.queries.directory import community_views, directory_rows

BETWEEN = {Form.HTML: b"", Form.JSON: b",", Form.RSS: b"\n"}
"""What stands between two rows."""


class Told(NamedTuple):
    """What the rows of a list say.

    `community`, `author`: whether each says in which community and by whom it was written; JSON and RSS always do.
    `items`: posts and comments stand in one list.
    """

    community: bool = True
    author: bool = True
    items: bool = False

    def looks(self, form: Form, language: Language, look: Look) -> str:
        """Say what the looks of such rows depend on, but the thing and the time."""
        if form is not Form.HTML:
            return f"{form.name} {self.items}"
        return f"HTML {language.tag} {look.density is Density.ROOMY} {self.community} {self.author}"


class Rows(NamedTuple):
    """Makes the rows of one answer that are not kept."""

    reader: Reader
    form: Form
    frame: Frame
    now: Micros
    told: Told

    def posts(self, ids: Sequence[PostId]) -> Iterable[Row]:
        """Give posts that are there."""
        site_url = self.frame.site_url
        if self.form is Form.HTML:
            roomy = self.frame.look.density is Density.ROOMY
            heads = post_heads.post_heads(self.reader, ids, texts=roomy)
            return post_rows(heads, self.frame.scene(self.now), Shown(self.told.community, self.told.author, roomy))
        rows = post_heads.post_rows(self.reader, ids)
        if self.form is Form.RSS:
            return post_feed_rows(rows, site_url=site_url)
        found = post_json_rows(rows, site_url=site_url)
        return as_items(found) if self.told.items else found

    def comments(self, ids: Sequence[CommentId]) -> Iterable[Row]:
        """Give comments that are there, whatever became of their posts."""
        if self.form is Form.HTML:
            heads = comment_heads.comment_heads(self.reader, ids, authors=self.told.author)
            return comment_rows(heads, self.frame.scene(self.now), community=self.told.community)
        rows = comment_heads.comment_rows(self.reader, ids)
        if self.form is Form.RSS:
            return comment_feed_rows(rows, site_url=self.frame.site_url)
        return comment_json_rows(rows, site_url=self.frame.site_url)

    def communities(self, ids: Sequence[CommunityId]) -> Iterable[Row]:
        """Give the lines of the directory."""
        if self.form is Form.HTML:
            return directory_lines(directory_rows(self.reader, ids), self.frame.scene(self.now))
        return community_json_rows(community_views(self.reader, ids).values(), site_url=self.frame.site_url)
