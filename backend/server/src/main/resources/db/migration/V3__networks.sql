-- Networks to play on. The id is made of the settings: the same settings are the same network, for everybody.

create table network (
    id         varchar(16) primary key,
    settings   text not null,
    created_at timestamp(6) with time zone not null
);
