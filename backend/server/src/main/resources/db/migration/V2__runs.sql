-- A run is a function of what stands here: lab revision, seed, engine and the lines of its input log.

create table run (
    id           uuid primary key,
    account_id   uuid not null,
    lab_id       varchar(64) not null,
    lab_revision integer not null,
    attempt      integer not null,
    seed         bigint not null,
    engine       varchar(64) not null,
    title        varchar(200) not null,
    created_at   timestamp(6) with time zone not null,
    updated_at   timestamp(6) with time zone not null,
    constraint run_account foreign key (account_id) references account (id) on delete cascade,
    constraint run_attempt unique (account_id, lab_id, attempt)
);

create index run_recent on run (account_id, updated_at);

-- trace_hash is that of the whole trace after the line: a replay that has another is another run.
create table run_input (
    run_id          uuid not null,
    n               integer not null,
    line            varchar(4096) not null,
    client_id       varchar(64) not null,
    trace_hash      varchar(64) not null,
    acknowledged_at timestamp(6) with time zone not null,
    constraint run_input_pk primary key (run_id, n),
    constraint run_input_run foreign key (run_id) references run (id) on delete cascade,
    constraint run_input_client_id unique (run_id, client_id)
);

create table submission (
    run_id      uuid not null,
    n           integer not null,
    input_count integer not null,
    last_seq    integer not null,
    trace_hash  varchar(64) not null,
    score       double precision not null,
    max_score   double precision not null,
    verdict     varchar(16) not null,
    document    text not null,
    created_at  timestamp(6) with time zone not null,
    constraint submission_pk primary key (run_id, n),
    constraint submission_run foreign key (run_id) references run (id) on delete cascade
);

-- What only this server knows, made when it is first asked for.
create table server_secret (
    name       varchar(64) primary key,
    secret     varchar(128) not null,
    created_at timestamp(6) with time zone not null
);
