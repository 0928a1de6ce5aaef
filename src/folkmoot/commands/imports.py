"""A whole thread from a file: people, post and comments, in one transaction. The operator's deed, or an admin's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from folkmoot.commands import access, words
from folkmoot.commands.base import Command
from folkmoot.commands.communities import learned_community
from folkmoot.commands.imported_tree import ImportedComment, imported_comments
from folkmoot.commands.people import learned_instance
from folkmoot.db.base import Tx
from folkmoot.model import permissions
from folkmoot.model.callers import WRITTEN_HERE, Caller, Imported
from folkmoot.model.errors import Invalid, NotFound
from folkmoot.model.ids import HERE, CommentId, CommunityId, InstanceId, Micros, PersonId, PostId
from folkmoot.model.journal import InstancesLearned, PeopleCreated, ThreadImported
from folkmoot.model.paths import ROOT_PATH, path_below
from folkmoot.model.ranking import counts_for_active, post_ranks
from folkmoot.store import comments, communities, handles, imported, posts
from folkmoot.store.comments import NewComment
from folkmoot.store.communities import CommunityRow
from folkmoot.store.handles import Author, Key
from folkmoot.store.posts import NewPost, PostText
from folkmoot.text.thread_text import ThreadText, post_author, title_from_body

COMMUNITY_NAME = "imported"
COMMUNITY_TITLE = "Imported threads"
"""Of the community that is made when a thread is imported that names none."""


@dataclass(frozen=True, slots=True)
class ImportedThread:
    """Where the thread stands, and whether it stood there already; then nothing was changed."""

    post: PostId
    already: bool


@dataclass(frozen=True)
class ImportThread(Command[ImportedThread]):
    """Keep a thread that was saved as text. The same bytes into the same community give the first post again.

    Args:
        thread: what the file says.
        digest: the SHA-256 of its bytes, in hexadecimal.
        read_at: when it was read from its server; not in the future, not before 1970.
        title: None for the first sentence of the body.
        url: of the linked page, where it is known.
        archive_url: of the archived copy, where it is known.
        community: `name@host` of another instance's, made as a placeholder where it is new; a bare name for one of
            ours, which must exist; None for the house's own place for imports, made when first needed.
        by: the post's author where no item carries their mark.
    """

    thread: ThreadText
    digest: str
    read_at: Micros
    title: str | None = None
    url: str | None = None
    archive_url: str | None = None
    community: str | None = None
    by: str | None = None

    @cached_property
    def _body(self) -> words.Body:
        return words.literal_body("\n\n".join(self.thread.body))

    @cached_property
    def _comments(self) -> list[ImportedComment]:
        return imported_comments(self.thread, self.digest, self.read_at)

    @override
    def prepare(self) -> None:
        _ = self._body, self._comments, self._authors, self._present

    @override
    def apply(self, tx: Tx, caller: Caller) -> ImportedThread:
        access.site_manager(tx, caller)
        community = self._community(tx)
        home = access.held_community(tx, community)
        found = imported.find(tx, self.digest, community)
        if found is not None:
            return ImportedThread(found, already=True)
        self._check_time(tx)
        permissions.check_may_post(home.state)
        folk = self._credited(tx)
        post = self._write_post(tx, home, folk)
        rows = self._comment_rows(tx, post, community, folk)
        comments.insert_all(tx, rows)
        imported.insert(tx, self.digest, post, community=community, read_at=self.read_at)
        communities.count(tx, community, posts=1, comments=self._present)
        tx.record(ThreadImported(post, community, len(rows)))
        return ImportedThread(post, already=False)

    def _check_time(self, tx: Tx) -> None:
        if self.read_at > tx.now:
            raise Invalid("read_in_the_future", "read_at")
        if self.read_at < 0:
            raise Invalid("read_before_1970", "read_at")

    @cached_property
    def _poster(self) -> words.Handle:
        return words.parsed_handle(post_author(self.thread, self.by), code="invalid_name")

    def _community(self, tx: Tx) -> CommunityId:
        """Find the community, or make it where it may be made; a refusal later takes that back."""
        if self.community is None:
            return learned_community(tx, HERE, COMMUNITY_NAME, title=COMMUNITY_TITLE)
        name = self.community.removeprefix("!")
        if "@" not in name:
            found = communities.find_by_name(tx, HERE, name)
            if found is None:
                raise NotFound("couldnt_find_community")
            return found
        handle = words.parsed_handle(name, code="invalid_name")
        return learned_community(tx, learned_instance(tx, handle.host), handle.name, title=handle.name)

    @cached_property
    def _authors(self) -> dict[Key, Author]:
        """Everybody in the file, with how much they wrote; the first spelling of a handle names the person."""
        authors: dict[Key, Author] = {}
        for item in self._comments:
            author = authors.setdefault(item.author.key, Author(item.author.name, item.author.host))
            author.comments += item.present
        poster = self._poster
        authors.setdefault(poster.key, Author(poster.name, poster.host)).posts += 1
        return authors

    @cached_property
    def _present(self) -> int:
        return sum(item.present for item in self._comments)

    def _credited(self, tx: Tx) -> Mapping[Key, PersonId]:
        known = handles.credit(tx, self._authors)
        if known.new_instances:
            tx.record(InstancesLearned(InstanceId(known.new_instances[0]), InstanceId(known.new_instances[-1])))
        if known.new_people:
            tx.record(PeopleCreated(PersonId(known.new_people[0]), PersonId(known.new_people[-1])))
        return known.people

    def _write_post(self, tx: Tx, community: CommunityRow, folk: Mapping[Key, PersonId]) -> PostId:
        post = PostId(tx.next_ids("post"))
        times = [comment.origin.published for comment in self._comments] or [self.read_at]
        origin = Imported(self.digest, -1, min(times), None, self.read_at, f"{self._poster.name}@{self._poster.host}")
        newest_other = self._newest_other(origin.published)
        new = NewPost(
            id=post,
            community=community.id,
            author=folk[self._poster.key],
            wide=PostText(self._title(), words.link(self.url, WRITTEN_HERE), self._body.stored_as(f"p{post}")),
            published=origin.published,
            received=origin.known_since,
            handle=origin.handle,
            archive_url=words.link(self.archive_url, WRITTEN_HERE, field="archive_url"),
            archive_offered=self.thread.archive_offered,
            imported=True,
            approximate=origin.approximate,
            newest_comment=max(times),
            newest_other=newest_other,
            comments=self._present,
            ranks=post_ranks(
                0,
                0,
                published=origin.published,
                newest_other=newest_other,
                active_month=community.active_month,
                now=tx.now,
            ),
        )
        posts.insert(tx, new)
        return post

    def _newest_other(self, published: Micros) -> Micros:
        """Give when the newest comment was written that counts for Active, the post's own time where none was."""
        poster = self._poster.key
        times = [
            comment.origin.published
            for comment in self._comments
            if counts_for_active(published, commented=comment.origin.published, own=comment.author.key == poster)
        ]
        return max([published, *times])

    def _title(self) -> str:
        return title_from_body(self.thread.body) if self.title is None else words.title(self.title, WRITTEN_HERE)

    def _comment_rows(
        self, tx: Tx, post: PostId, community: CommunityId, folk: Mapping[Key, PersonId]
    ) -> list[NewComment]:
        first = tx.next_ids("comment", len(self._comments)) if self._comments else 0
        rows: list[NewComment] = []
        for position, item in enumerate(self._comments):
            comment = CommentId(first + position)
            origin = item.origin
            rows.append(
                NewComment(
                    id=comment,
                    post=post,
                    community=community,
                    parent=None if item.parent is None else rows[item.parent].id,
                    author=folk[item.author.key],
                    depth=item.level,
                    path=path_below(ROOT_PATH if item.parent is None else rows[item.parent].path, comment),
                    text=item.body.stored_as(f"c{comment}"),
                    published=origin.published,
                    received=origin.known_since,
                    updated=origin.updated,
                    handle=origin.handle,
                    position=origin.position,
                    approximate=origin.approximate,
                    child_count=item.child_count,
                    deleted=item.deleted,
                    removed=item.removed,
                    gone_since=None if item.present else tx.now,
                )
            )
        return rows
