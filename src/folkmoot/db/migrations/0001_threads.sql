-- The first schema: people, communities, threads, votes, the modlog, the journal.
--
-- One text for both databases. Tokens: $key (text compared by bytes), $micros (64-bit integer: microseconds UTC),
-- $strict, $no_rowid. A statement under "-- only: NAME" is for that database alone. Flags are 0 or 1.
-- Narrow tables (post_rank, comment_node) hold what lists sort and filter by; wide ones (post, comment) hold the text.

-- only: sqlite
create table counter (
    kind text not null primary key,
    next integer not null
) $strict $no_rowid;

-- only: sqlite
insert into counter (kind, next) values
    ('instance', 2), ('person', 1), ('community', 1), ('post', 1), ('comment', 1), ('modlog', 1);

-- only: postgresql
create sequence instance_ids as integer start with 2;
-- only: postgresql
create sequence person_ids as integer;
-- only: postgresql
create sequence community_ids as integer;
-- only: postgresql
create sequence post_ids as integer;
-- only: postgresql
create sequence comment_ids as integer;
-- only: postgresql
create sequence modlog_ids as integer;

-- only: sqlite
create table journal (
    seq integer not null primary key autoincrement,
    at integer not null,
    kind text not null,
    body text not null
) $strict;

-- only: postgresql
create table journal (
    seq bigint generated always as identity primary key,
    xid xid8 not null default pg_current_xact_id(),
    at bigint not null,
    kind text collate "C" not null,
    body text not null
);

-- only: postgresql
create index journal_order on journal (xid, seq);

-- A follower's place. xid is 0 on SQLite, where seq alone is in order.
create table cursor (
    name $key not null primary key,
    xid $micros not null,
    seq $micros not null,
    moved $micros not null
) $strict;

create table site (
    id integer not null primary key check (id = 1),
    name text not null,
    description text not null,
    published $micros not null,
    updated $micros,
    version integer not null
) $strict;

-- Row 1 is this instance; its host is '' and computed from the base URL. host: as first spelled; host_key: case-folded.
create table instance (
    id integer not null primary key,
    host text not null,
    host_key $key not null unique,
    published $micros not null
) $strict;

insert into instance (id, host, host_key, published) values (1, '', '', 0);

-- provisional: made from a handle; the actor behind it has not been asked.
create table person (
    id integer not null primary key,
    instance_id integer not null references instance (id),
    name text not null,
    name_key $key not null,
    display_name text,
    uri $key unique,
    provisional integer not null check (provisional in (0, 1)),
    admin integer not null check (admin in (0, 1)),
    bot integer not null check (bot in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    published $micros not null,
    updated $micros,
    version integer not null,
    post_count integer not null,
    comment_count integer not null,
    unique (instance_id, name_key)
) $strict;

create index person_admin on person (published, id) where admin = 1;

create table community (
    id integer not null primary key,
    instance_id integer not null references instance (id),
    name text not null,
    name_key $key not null,
    title text not null,
    description text not null,
    html text not null,
    renderer integer not null,
    uri $key unique,
    provisional integer not null check (provisional in (0, 1)),
    nsfw integer not null check (nsfw in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    removed integer not null check (removed in (0, 1)),
    published $micros not null,
    updated $micros,
    version integer not null,
    posts integer not null,
    comments integer not null,
    unique (instance_id, name_key)
) $strict;

create table moderator (
    community_id integer not null references community (id),
    person_id integer not null references person (id),
    appointed $micros not null,
    primary key (community_id, person_id)
) $strict $no_rowid;

create index moderator_person on moderator (person_id);

-- format: 1 Markdown, 2 literal text. handle: the author's as the imported file spelled it.
-- Long texts come last: SQLite walks through them to reach what stands behind.
-- archive_offered: a copy of the linked page was offered where the thread came from, even if its address is unknown.
create table post (
    id integer not null primary key,
    version integer not null,
    renderer integer not null,
    format integer not null check (format in (1, 2)),
    archive_offered integer not null check (archive_offered in (0, 1)),
    uri $key unique,
    handle text,
    title text not null,
    url text,
    archive_url text,
    source text not null,
    html text not null,
    text text not null
) $strict;

create index post_renderer on post (renderer);

-- received: since when the thing is known here (an imported one: since its file was read from its server).
-- newest_comment: published of the newest comment, or of the post where that is later.
-- tree_version rises when a comment comes or goes. comments: those that are neither deleted nor removed.
-- gone_since: since when it is deleted or removed. erased: its text has gone for good.
create table post_rank (
    post_id integer not null primary key references post (id),
    community_id integer not null references community (id),
    author_id integer not null references person (id),
    published $micros not null,
    updated $micros,
    received $micros not null,
    imported integer not null check (imported in (0, 1)),
    approximate integer not null check (approximate in (0, 1)),
    newest_comment $micros not null,
    tree_version integer not null,
    comments integer not null,
    upvotes integer not null,
    downvotes integer not null,
    score integer not null,
    nsfw integer not null check (nsfw in (0, 1)),
    deleted integer not null check (deleted in (0, 1)),
    removed integer not null check (removed in (0, 1)),
    locked integer not null check (locked in (0, 1)),
    gone_since $micros,
    erased integer not null check (erased in (0, 1)),
    check ((gone_since is null) = (deleted = 0 and removed = 0))
) $strict $no_rowid;

create index post_rank_new on post_rank (published, post_id) where deleted = 0 and removed = 0;
create index post_rank_community_new on post_rank (community_id, published, post_id) where deleted = 0 and removed = 0;
create index post_rank_author on post_rank (author_id, published, post_id);
create index post_rank_gone on post_rank (gone_since, post_id) where gone_since is not null and erased = 0;

create table comment (
    id integer not null primary key,
    version integer not null,
    renderer integer not null,
    format integer not null check (format in (1, 2)),
    path $key not null,
    uri $key unique,
    handle text,
    source text not null,
    html text not null,
    text text not null
) $strict;

create index comment_renderer on comment (renderer);

-- depth: 1 at the top. position: place in the imported file, null for what was written later.
-- child_count: all below it, down to 200 levels further, deleted and removed ones too.
-- gone_since, erased: as in post_rank.
create table comment_node (
    comment_id integer not null primary key references comment (id),
    post_id integer not null references post (id),
    parent_id integer references comment_node (comment_id),
    author_id integer not null references person (id),
    depth integer not null,
    position integer,
    published $micros not null,
    updated $micros,
    received $micros not null,
    approximate integer not null check (approximate in (0, 1)),
    child_count integer not null,
    upvotes integer not null,
    downvotes integer not null,
    score integer not null,
    deleted integer not null check (deleted in (0, 1)),
    removed integer not null check (removed in (0, 1)),
    gone_since $micros,
    erased integer not null check (erased in (0, 1)),
    check ((gone_since is null) = (deleted = 0 and removed = 0))
) $strict $no_rowid;

create index comment_node_post on comment_node (post_id, comment_id);
create index comment_node_author on comment_node (author_id, published, comment_id);
create index comment_node_gone on comment_node (gone_since, comment_id) where gone_since is not null and erased = 0;

-- kind: 1 post, 2 comment. value: -1 or 1; no row is no vote.
create table vote (
    person_id integer not null references person (id),
    kind integer not null check (kind in (1, 2)),
    thing_id integer not null,
    value integer not null check (value in (-1, 1)),
    at $micros not null,
    primary key (person_id, kind, thing_id)
) $strict $no_rowid;

create index vote_thing on vote (kind, thing_id, person_id);

-- What a post or comment said before an edit. kind: 1 post, 2 comment. It was current here until known_until.
create table edition (
    kind integer not null check (kind in (1, 2)),
    thing_id integer not null,
    number integer not null,
    title text,
    url text,
    source text not null,
    format integer not null check (format in (1, 2)),
    html text not null,
    text text not null,
    renderer integer not null,
    updated $micros,
    known_until $micros not null,
    primary key (kind, thing_id, number)
) $strict $no_rowid;

-- kind: 1 remove post, 2 remove comment, 3 lock post. undone: 1 where the deed takes an earlier one back.
create table modlog (
    id integer not null primary key,
    at $micros not null,
    kind integer not null,
    undone integer not null check (undone in (0, 1)),
    moderator_id integer references person (id),
    community_id integer references community (id),
    post_id integer,
    comment_id integer,
    reason text
) $strict;

create index modlog_community on modlog (community_id, id);
create index modlog_post on modlog (post_id, id);
create index modlog_comment on modlog (comment_id, id);

-- One row for each imported file and community: the same bytes give the first post again.
create table imported (
    digest $key not null,
    community_id integer not null references community (id),
    post_id integer not null unique references post (id),
    read_at $micros not null,
    at $micros not null,
    primary key (digest, community_id)
) $strict $no_rowid;
