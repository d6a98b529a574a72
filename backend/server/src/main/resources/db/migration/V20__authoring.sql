-- Labs that people write. A draft is a folder of files that changes. What is tried, verified or published is a tree, which
-- never does: its hash is made of the paths and the octets of its files, so the same files are the same tree.

create table lab_tree (
    hash       varchar(64) primary key,
    created_at timestamp(6) with time zone not null
);

create table lab_tree_file (
    tree    varchar(64) not null,
    path    varchar(120) not null,
    content bytea not null,
    constraint lab_tree_file_pk primary key (tree, path),
    constraint lab_tree_file_tree foreign key (tree) references lab_tree (hash) on delete cascade
);

-- The version counts saves. A file has the version of the save that changed it last.
create table lab_draft (
    id         uuid primary key,
    account_id uuid not null,
    lab_id     varchar(61) not null,
    version    integer not null,
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    constraint lab_draft_account foreign key (account_id) references account (id) on delete cascade
);

create index lab_draft_of on lab_draft (account_id, updated_at);

create table lab_draft_file (
    draft_id uuid not null,
    path     varchar(120) not null,
    version  integer not null,
    content  bytea not null,
    constraint lab_draft_file_pk primary key (draft_id, path),
    constraint lab_draft_file_draft foreign key (draft_id) references lab_draft (id) on delete cascade
);

-- A draft as it was when it was tried or verified. Runs and jobs know it by its id, "draft:" and a hash.
create table lab_trial (
    id         varchar(64) primary key,
    draft_id   uuid not null,
    lab_id     varchar(61) not null,
    tree       varchar(64) not null,
    created_at timestamp(6) with time zone not null,
    constraint lab_trial_draft foreign key (draft_id) references lab_draft (id) on delete cascade,
    constraint lab_trial_tree foreign key (tree) references lab_tree (hash)
);

create index lab_trial_of on lab_trial (draft_id, created_at);

-- Ids that are taken for good: a published lab stays, though its author or its draft may go.
create table lab_published (
    lab_id     varchar(61) primary key,
    draft_id   uuid,
    account_id uuid,
    constraint lab_published_draft foreign key (draft_id) references lab_draft (id) on delete set null,
    constraint lab_published_account foreign key (account_id) references account (id) on delete set null
);

create index lab_published_of on lab_published (account_id);

create table lab_revision (
    lab_id       varchar(61) not null,
    number       integer not null,
    tree         varchar(64) not null,
    report       text not null,
    published_by uuid,
    published_at timestamp(6) with time zone not null,
    constraint lab_revision_pk primary key (lab_id, number),
    constraint lab_revision_lab foreign key (lab_id) references lab_published (lab_id),
    constraint lab_revision_tree foreign key (tree) references lab_tree (hash),
    constraint lab_revision_by foreign key (published_by) references account (id) on delete set null
);
