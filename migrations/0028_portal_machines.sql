-- Devices that give numbers in a waiting room, and the codes by which they are paired.

create table portal.number_machine (
  agency_id int not null,
  machine_id uuid not null,
  receiving_point_id int not null,
  -- How officers tell it from others, e.g. where it stands.
  name text not null,
  asked_by int not null,
  asked_at timestamptz not null,
  -- The code that an officer carries to the device, as a mac by a key outside of the database; gone once it was used.
  code_mark bytea,
  code_until timestamptz not null,
  -- The key that only the device has, as a hash; null until the code was entered there.
  key_hash bytea,
  paired_at timestamptz,
  closed_by int,
  closed_at timestamptz,
  constraint number_machine_pkey primary key (agency_id, machine_id),
  constraint number_machine_paired check ((key_hash is null) = (paired_at is null) and (key_hash is null or code_mark is null))
);
create unique index number_machine_code on portal.number_machine (agency_id, receiving_point_id, code_mark);
create unique index number_machine_key on portal.number_machine (agency_id, key_hash);
comment on table portal.number_machine is 'Máy lấy số của phòng chờ: mã ghép dùng một lần và khóa của máy, chỉ lưu dạng băm';
alter table portal.number_machine enable row level security;
create policy own_agency on portal.number_machine using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update, delete on portal.number_machine to motcua_app;
