-- A fork is a run of its own that begins as another did, up to an event. Branch 0 of an attempt is the run that was begun.

alter table run drop constraint run_attempt;
alter table run add column branch integer default 0 not null;
alter table run add column parent_id uuid;
alter table run add column parent_seq integer default 0 not null;
alter table run add column name varchar(80) default '' not null;
alter table run add constraint run_branch unique (account_id, lab_id, attempt, branch);
alter table run add constraint run_parent foreign key (parent_id) references run (id) on delete set null;
