-- What sources were compiled to, by SHA-256 of the sources and the compiler: the same is compiled once. It says of nobody that
-- he wrote it. Those not used for longest go when there is too much.

create table compilation (
    digest   varchar(64) primary key,
    wasm     bytea,
    messages text not null,
    octets   integer not null,
    used_at  timestamp(6) with time zone not null
);
create index compilation_used_at on compilation (used_at);

-- Which compiler of this server made the program of its source; null if it was brought compiled.
alter table program add column compiled_by varchar(100);
