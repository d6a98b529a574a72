-- Compiled programs that somebody has brought. A name ends in the beginning of the program's SHA-256, so that it says the
-- same in every run of theirs: "server@3f2a9c107d4e". Runs name them in their input log, so none goes while its owner stays.

create table program (
    account_id uuid not null,
    name       varchar(80) not null,
    source     text not null,
    wasm       bytea not null,
    created_at timestamp(6) with time zone not null,
    primary key (account_id, name),
    constraint program_account foreign key (account_id) references account (id) on delete cascade
);
