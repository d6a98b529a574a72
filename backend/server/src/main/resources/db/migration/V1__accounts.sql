-- People. A guest has no login and no password until he takes some.

create table account (
    id            uuid primary key,
    login         varchar(254),
    display_name  varchar(80) not null,
    password_hash varchar(255),
    guest         boolean not null,
    created_at    timestamp(6) with time zone not null,
    constraint account_login unique (login)
);

-- A token is shown once; here is its SHA-256 in hexadecimal.
create table api_token (
    id           uuid primary key,
    account_id   uuid not null,
    name         varchar(80) not null,
    hash         varchar(64) not null,
    scopes       varchar(200) not null,
    created_at   timestamp(6) with time zone not null,
    expires_at   timestamp(6) with time zone not null,
    last_used_at timestamp(6) with time zone,
    constraint api_token_account foreign key (account_id) references account (id) on delete cascade,
    constraint api_token_hash unique (hash)
);

create index api_token_of on api_token (account_id);

-- Sessions, as Spring Session's JDBC store expects them.
create table spring_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null,
    creation_time         bigint not null,
    last_access_time      bigint not null,
    max_inactive_interval integer not null,
    expiry_time           bigint not null,
    principal_name        varchar(100)
);

create unique index spring_session_ix1 on spring_session (session_id);
create index spring_session_ix2 on spring_session (expiry_time);
create index spring_session_ix3 on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36) not null,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea not null,
    constraint spring_session_attributes_pk primary key (session_primary_id, attribute_name),
    constraint spring_session_attributes_fk foreign key (session_primary_id)
        references spring_session (primary_id) on delete cascade
);
