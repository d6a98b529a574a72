-- Where somebody wants to be told that his jobs have ended. The secret is not here: it is made of the id and a secret of
-- the server's.

create table webhook (
    id         uuid primary key,
    account_id uuid not null,
    url        varchar(2000) not null,
    active     boolean not null,
    created_at timestamp(6) with time zone not null,
    constraint webhook_account foreign key (account_id) references account (id) on delete cascade
);

create index webhook_of on webhook (account_id);

-- What is to be told, and how that went. Each job is told once to each webhook: the constraint sees to it.
create table webhook_delivery (
    id         uuid primary key,
    webhook_id uuid not null,
    job_id     uuid not null,
    payload    text not null,
    state      varchar(16) not null,
    tries      integer default 0 not null,
    status     integer,
    problem    varchar(300),
    created_at timestamp(6) with time zone not null,
    tried_at   timestamp(6) with time zone,
    constraint webhook_delivery_webhook foreign key (webhook_id) references webhook (id) on delete cascade,
    constraint webhook_delivery_once unique (webhook_id, job_id)
);

create index webhook_delivery_log on webhook_delivery (webhook_id, created_at);
create index webhook_delivery_waiting on webhook_delivery (state);

-- db-scheduler's, for the deliveries.
create table webhook_schedule (
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
    constraint webhook_schedule_pk primary key (task_name, task_instance)
);

create index webhook_schedule_due on webhook_schedule (execution_time);
create index webhook_schedule_heartbeat on webhook_schedule (last_heartbeat);
