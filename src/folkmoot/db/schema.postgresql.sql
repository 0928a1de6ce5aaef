-- Made from the migrations. Never edited, never run.

create sequence comment_ids as integer start with 1;

create sequence community_ids as integer start with 1;

create sequence instance_ids as integer start with 2;

create sequence modlog_ids as integer start with 1;

create sequence person_ids as integer start with 1;

create sequence post_ids as integer start with 1;

create table comment (
    id integer not null,
    version integer not null,
    renderer integer not null,
    format integer not null,
    path text collate "C" not null,
    uri text collate "C",
    handle text,
    source text not null,
    html text not null,
    text text not null,
    constraint comment_pkey PRIMARY KEY (id),
    constraint comment_uri_key UNIQUE (uri),
    constraint comment_format_check CHECK (format = ANY (ARRAY[1, 2]))
);

CREATE INDEX comment_renderer ON comment USING btree (renderer);

create table comment_node (
    comment_id integer not null,
    post_id integer not null,
    parent_id integer,
    author_id integer not null,
    depth integer not null,
    position integer,
    published bigint not null,
    updated bigint,
    received bigint not null,
    approximate integer not null,
    child_count integer not null,
    upvotes integer not null,
    downvotes integer not null,
    score integer not null,
    deleted integer not null,
    removed integer not null,
    gone_since bigint,
    erased integer not null,
    community_id integer not null default 0,
    constraint comment_node_pkey PRIMARY KEY (comment_id),
    constraint comment_node_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id),
    constraint comment_node_comment_id_fkey FOREIGN KEY (comment_id) REFERENCES comment(id),
    constraint comment_node_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES comment_node(comment_id),
    constraint comment_node_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id),
    constraint comment_node_approximate_check CHECK (approximate = ANY (ARRAY[0, 1])),
    constraint comment_node_check CHECK ((gone_since IS NULL) = (deleted = 0 AND removed = 0)),
    constraint comment_node_deleted_check CHECK (deleted = ANY (ARRAY[0, 1])),
    constraint comment_node_erased_check CHECK (erased = ANY (ARRAY[0, 1])),
    constraint comment_node_removed_check CHECK (removed = ANY (ARRAY[0, 1]))
);

CREATE INDEX comment_node_author ON comment_node USING btree (author_id, published, comment_id);

CREATE INDEX comment_node_author_top ON comment_node USING btree (author_id, score, published, comment_id);

CREATE INDEX comment_node_community_new ON comment_node USING btree (community_id, published, comment_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX comment_node_gone ON comment_node USING btree (gone_since, comment_id) WHERE gone_since IS NOT NULL AND erased = 0;

CREATE INDEX comment_node_new ON comment_node USING btree (published, comment_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX comment_node_parent ON comment_node USING btree (parent_id, comment_id) WHERE parent_id IS NOT NULL;

CREATE INDEX comment_node_post ON comment_node USING btree (post_id, comment_id);

create table community (
    id integer not null,
    instance_id integer not null,
    name text not null,
    name_key text collate "C" not null,
    title text not null,
    description text not null,
    html text not null,
    renderer integer not null,
    uri text collate "C",
    provisional integer not null,
    nsfw integer not null,
    deleted integer not null,
    removed integer not null,
    published bigint not null,
    updated bigint,
    version integer not null,
    posts integer not null,
    comments integer not null,
    active_day integer not null default 0,
    active_week integer not null default 0,
    active_month integer not null default 0,
    active_half_year integer not null default 0,
    count_due bigint not null default 0,
    constraint community_pkey PRIMARY KEY (id),
    constraint community_instance_id_name_key_key UNIQUE (instance_id, name_key),
    constraint community_uri_key UNIQUE (uri),
    constraint community_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES instance(id),
    constraint community_deleted_check CHECK (deleted = ANY (ARRAY[0, 1])),
    constraint community_nsfw_check CHECK (nsfw = ANY (ARRAY[0, 1])),
    constraint community_provisional_check CHECK (provisional = ANY (ARRAY[0, 1])),
    constraint community_removed_check CHECK (removed = ANY (ARRAY[0, 1]))
);

CREATE INDEX community_active ON community USING btree (active_month, id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX community_due ON community USING btree (count_due, id);

CREATE INDEX community_name ON community USING btree (name_key, id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX community_new ON community USING btree (published, id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX community_posts ON community USING btree (posts, id) WHERE deleted = 0 AND removed = 0;

create table cursor (
    name text collate "C" not null,
    xid bigint not null,
    seq bigint not null,
    moved bigint not null,
    constraint cursor_pkey PRIMARY KEY (name)
);

create table edition (
    kind integer not null,
    thing_id integer not null,
    number integer not null,
    title text,
    url text,
    source text not null,
    format integer not null,
    html text not null,
    text text not null,
    renderer integer not null,
    updated bigint,
    known_until bigint not null,
    constraint edition_pkey PRIMARY KEY (kind, thing_id, number),
    constraint edition_format_check CHECK (format = ANY (ARRAY[1, 2])),
    constraint edition_kind_check CHECK (kind = ANY (ARRAY[1, 2]))
);

create table imported (
    digest text collate "C" not null,
    community_id integer not null,
    post_id integer not null,
    read_at bigint not null,
    at bigint not null,
    constraint imported_pkey PRIMARY KEY (digest, community_id),
    constraint imported_post_id_key UNIQUE (post_id),
    constraint imported_community_id_fkey FOREIGN KEY (community_id) REFERENCES community(id),
    constraint imported_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id)
);

create table instance (
    id integer not null,
    host text not null,
    host_key text collate "C" not null,
    published bigint not null,
    constraint instance_pkey PRIMARY KEY (id),
    constraint instance_host_key_key UNIQUE (host_key)
);

create table journal (
    seq bigint not null generated always as identity,
    xid xid8 not null default pg_current_xact_id(),
    at bigint not null,
    kind text collate "C" not null,
    body text not null,
    constraint journal_pkey PRIMARY KEY (seq)
);

CREATE INDEX journal_order ON journal USING btree (xid, seq);

create table moderator (
    community_id integer not null,
    person_id integer not null,
    appointed bigint not null,
    constraint moderator_pkey PRIMARY KEY (community_id, person_id),
    constraint moderator_community_id_fkey FOREIGN KEY (community_id) REFERENCES community(id),
    constraint moderator_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
);

CREATE INDEX moderator_person ON moderator USING btree (person_id);

create table modlog (
    id integer not null,
    at bigint not null,
    kind integer not null,
    undone integer not null,
    moderator_id integer,
    community_id integer,
    post_id integer,
    comment_id integer,
    reason text,
    constraint modlog_pkey PRIMARY KEY (id),
    constraint modlog_community_id_fkey FOREIGN KEY (community_id) REFERENCES community(id),
    constraint modlog_moderator_id_fkey FOREIGN KEY (moderator_id) REFERENCES person(id),
    constraint modlog_undone_check CHECK (undone = ANY (ARRAY[0, 1]))
);

CREATE INDEX modlog_comment ON modlog USING btree (comment_id, id);

CREATE INDEX modlog_community ON modlog USING btree (community_id, id);

CREATE INDEX modlog_post ON modlog USING btree (post_id, id);

create table participation (
    community_id integer not null,
    person_id integer not null,
    last_active bigint not null,
    constraint participation_pkey PRIMARY KEY (community_id, person_id),
    constraint participation_community_id_fkey FOREIGN KEY (community_id) REFERENCES community(id),
    constraint participation_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
);

CREATE INDEX participation_person ON participation USING btree (person_id);

CREATE INDEX participation_recent ON participation USING btree (community_id, last_active);

create table person (
    id integer not null,
    instance_id integer not null,
    name text not null,
    name_key text collate "C" not null,
    display_name text,
    uri text collate "C",
    provisional integer not null,
    admin integer not null,
    bot integer not null,
    deleted integer not null,
    published bigint not null,
    updated bigint,
    version integer not null,
    post_count integer not null,
    comment_count integer not null,
    constraint person_pkey PRIMARY KEY (id),
    constraint person_instance_id_name_key_key UNIQUE (instance_id, name_key),
    constraint person_uri_key UNIQUE (uri),
    constraint person_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES instance(id),
    constraint person_admin_check CHECK (admin = ANY (ARRAY[0, 1])),
    constraint person_bot_check CHECK (bot = ANY (ARRAY[0, 1])),
    constraint person_deleted_check CHECK (deleted = ANY (ARRAY[0, 1])),
    constraint person_provisional_check CHECK (provisional = ANY (ARRAY[0, 1]))
);

CREATE INDEX person_admin ON person USING btree (published, id) WHERE admin = 1;

create table post (
    id integer not null,
    version integer not null,
    renderer integer not null,
    format integer not null,
    archive_offered integer not null,
    uri text collate "C",
    handle text,
    title text not null,
    url text,
    archive_url text,
    source text not null,
    html text not null,
    text text not null,
    constraint post_pkey PRIMARY KEY (id),
    constraint post_uri_key UNIQUE (uri),
    constraint post_archive_offered_check CHECK (archive_offered = ANY (ARRAY[0, 1])),
    constraint post_format_check CHECK (format = ANY (ARRAY[1, 2]))
);

CREATE INDEX post_renderer ON post USING btree (renderer);

create table post_rank (
    post_id integer not null,
    community_id integer not null,
    author_id integer not null,
    published bigint not null,
    updated bigint,
    received bigint not null,
    imported integer not null,
    approximate integer not null,
    newest_comment bigint not null,
    tree_version integer not null,
    comments integer not null,
    upvotes integer not null,
    downvotes integer not null,
    score integer not null,
    nsfw integer not null,
    deleted integer not null,
    removed integer not null,
    locked integer not null,
    gone_since bigint,
    erased integer not null,
    newest_other bigint not null default 0,
    hot_rank bigint not null default 0,
    active_rank bigint not null default 0,
    scaled_rank bigint not null default 0,
    controversy_rank bigint not null default 0,
    top_rank bigint not null default 0,
    age_class integer not null default 0,
    rank_due bigint default 0,
    constraint post_rank_pkey PRIMARY KEY (post_id),
    constraint post_rank_author_id_fkey FOREIGN KEY (author_id) REFERENCES person(id),
    constraint post_rank_community_id_fkey FOREIGN KEY (community_id) REFERENCES community(id),
    constraint post_rank_post_id_fkey FOREIGN KEY (post_id) REFERENCES post(id),
    constraint post_rank_approximate_check CHECK (approximate = ANY (ARRAY[0, 1])),
    constraint post_rank_check CHECK ((gone_since IS NULL) = (deleted = 0 AND removed = 0)),
    constraint post_rank_deleted_check CHECK (deleted = ANY (ARRAY[0, 1])),
    constraint post_rank_erased_check CHECK (erased = ANY (ARRAY[0, 1])),
    constraint post_rank_imported_check CHECK (imported = ANY (ARRAY[0, 1])),
    constraint post_rank_locked_check CHECK (locked = ANY (ARRAY[0, 1])),
    constraint post_rank_nsfw_check CHECK (nsfw = ANY (ARRAY[0, 1])),
    constraint post_rank_removed_check CHECK (removed = ANY (ARRAY[0, 1]))
);

CREATE INDEX post_rank_active ON post_rank USING btree (active_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_author ON post_rank USING btree (author_id, published, post_id);

CREATE INDEX post_rank_author_top ON post_rank USING btree (author_id, top_rank, published, post_id);

CREATE INDEX post_rank_commented ON post_rank USING btree (newest_comment, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_comments ON post_rank USING btree (comments, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_active ON post_rank USING btree (community_id, active_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_commented ON post_rank USING btree (community_id, newest_comment, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_comments ON post_rank USING btree (community_id, comments, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_controversial ON post_rank USING btree (community_id, controversy_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_hot ON post_rank USING btree (community_id, hot_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_new ON post_rank USING btree (community_id, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_community_top ON post_rank USING btree (community_id, age_class, top_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_controversial ON post_rank USING btree (controversy_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_due ON post_rank USING btree (rank_due, post_id) WHERE rank_due IS NOT NULL;

CREATE INDEX post_rank_gone ON post_rank USING btree (gone_since, post_id) WHERE gone_since IS NOT NULL AND erased = 0;

CREATE INDEX post_rank_hot ON post_rank USING btree (hot_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_new ON post_rank USING btree (published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_scaled ON post_rank USING btree (scaled_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

CREATE INDEX post_rank_top ON post_rank USING btree (age_class, top_rank, published, post_id) WHERE deleted = 0 AND removed = 0;

create table schema_version (
    version integer not null
);

create table site (
    id integer not null,
    name text not null,
    description text not null,
    published bigint not null,
    updated bigint,
    version integer not null,
    constraint site_pkey PRIMARY KEY (id),
    constraint site_id_check CHECK (id = 1)
);

create table vote (
    person_id integer not null,
    kind integer not null,
    thing_id integer not null,
    value integer not null,
    at bigint not null,
    constraint vote_pkey PRIMARY KEY (person_id, kind, thing_id),
    constraint vote_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id),
    constraint vote_kind_check CHECK (kind = ANY (ARRAY[1, 2])),
    constraint vote_value_check CHECK (value = ANY (ARRAY['-1'::integer, 1]))
);

CREATE INDEX vote_thing ON vote USING btree (kind, thing_id, person_id);
