-- All hand-ins of an assignment graded again with the lab as it is now: first to see what would change, then perhaps to
-- change it. Old results are kept in the rows, so that it can be undone.

create table regrade (
    id            uuid primary key,
    assignment_id uuid not null,
    account_id    uuid,
    reason        varchar(500) not null,
    lab_revision  integer not null,
    state         varchar(16) not null,
    raise_only    boolean,
    created_at    timestamp(6) with time zone not null,
    finished_at   timestamp(6) with time zone,
    applied_at    timestamp(6) with time zone,
    constraint regrade_assignment foreign key (assignment_id) references assignment (id) on delete cascade,
    constraint regrade_account foreign key (account_id) references account (id) on delete set null
);

create index regrade_of on regrade (assignment_id, created_at);

create table regrade_row (
    regrade_id   uuid not null,
    n            integer not null,
    run_id       uuid not null,
    way          varchar(8) not null,
    ref          varchar(40) not null,
    state        varchar(16) not null,
    changes      varchar(2000) default '' not null,
    problem      varchar(500) default '' not null,
    applied      boolean default false not null,
    old_score    double precision not null,
    old_max      double precision not null,
    old_verdict  varchar(16) not null,
    old_document text,
    new_score    double precision,
    new_max      double precision,
    new_verdict  varchar(16),
    new_document text,
    constraint regrade_row_pk primary key (regrade_id, n),
    constraint regrade_row_regrade foreign key (regrade_id) references regrade (id) on delete cascade,
    constraint regrade_row_run foreign key (run_id) references run (id) on delete cascade
);

create index regrade_row_state on regrade_row (regrade_id, state, n);
create index regrade_row_run_of on regrade_row (run_id, applied);

-- db-scheduler's, for those under way.
create table regrade_schedule (
    task_name            varchar(100) not null,
    task_instance        varchar(100) not null,
    task_data            bytea,
    execution_time       timestamp(6) with time zone not null,
    picked               boolean not null,
    picked_by            varchar(100),
    last_success         timestamp(6) with time zone,
    last_failure         timestamp(6) with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp(6) with time zone,
    version              bigint not null,
    priority             smallint,
    constraint regrade_schedule_pk primary key (task_name, task_instance)
);

create index regrade_schedule_due on regrade_schedule (execution_time);
create index regrade_schedule_heartbeat on regrade_schedule (last_heartbeat);
