-- The waiting room: appointments, queue tickets, and how a point of receipt arranges both.

create table portal.waiting_room (
  agency_id int not null,
  receiving_point_id int not null,
  version int not null constraint waiting_room_version check (version > 0),
  body jsonb not null,
  written_by int not null,
  written_at timestamptz not null,
  constraint waiting_room_pkey primary key (agency_id, receiving_point_id, version)
);
comment on table portal.waiting_room is 'Thiết đặt phòng chờ của điểm tiếp nhận: việc, quầy, diện ưu tiên, lịch hẹn; giữ mọi phiên bản';
alter table portal.waiting_room enable row level security;
create policy own_agency on portal.waiting_room using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.waiting_room to motcua_app;

create table portal.appointment (
  agency_id int not null,
  appointment_id uuid not null,
  receiving_point_id int not null,
  code text collate "C" not null,
  matter text not null,
  day date not null,
  minute int not null constraint appointment_minute check (minute between 0 and 1439),
  minutes int not null constraint appointment_minutes check (minutes > 0),
  state text not null constraint appointment_state check (state in ('booked', 'arrived', 'cancelled', 'missed')),
  -- Goes up when it is moved or cancelled, so that calendars replace the former entry.
  sequence int not null default 0,
  -- Name and ways to reach the person, encrypted; emptied a month after the day.
  secret bytea,
  phone_index bytea,
  language text not null constraint appointment_language check (language in ('vi', 'en')),
  booked_at timestamptz not null,
  changed_at timestamptz not null,
  constraint appointment_pkey primary key (agency_id, appointment_id),
  constraint appointment_code unique (agency_id, code)
);
create index appointment_day on portal.appointment (agency_id, receiving_point_id, day, minute);
create index appointment_phone on portal.appointment (agency_id, phone_index, day) where state = 'booked';
comment on table portal.appointment is 'Lịch hẹn của người dân tại điểm tiếp nhận';
alter table portal.appointment enable row level security;
create policy own_agency on portal.appointment using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on portal.appointment to motcua_app;

-- The last number of each series and day; taken in the transaction of the ticket, so that no number is left out.
create table portal.ticket_series (
  agency_id int not null,
  receiving_point_id int not null,
  day date not null,
  series text collate "C" not null,
  last_number int not null,
  constraint ticket_series_pkey primary key (agency_id, receiving_point_id, day, series)
);
comment on table portal.ticket_series is 'Số cuối cùng đã cấp của từng dãy số thứ tự trong ngày';
alter table portal.ticket_series enable row level security;
create policy own_agency on portal.ticket_series using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on portal.ticket_series to motcua_app;

create table portal.ticket (
  agency_id int not null,
  receiving_point_id int not null,
  day date not null,
  series text collate "C" not null,
  number int not null,
  -- Known to its holder alone: the address by which the queue is followed.
  ticket_id uuid not null,
  matter text not null,
  priority text,
  state text not null constraint ticket_state check (state in ('waiting', 'called', 'done', 'skipped')),
  appointment_id uuid,
  appointment_minute int,
  -- Where it waits for one desk after a transfer.
  for_desk int,
  desk int,
  officer_id int,
  calls int not null default 0,
  taken_at timestamptz not null,
  called_at timestamptz,
  last_called_at timestamptz,
  ended_at timestamptz,
  constraint ticket_pkey primary key (agency_id, receiving_point_id, day, series, number),
  constraint ticket_once unique (agency_id, ticket_id)
);
create index ticket_open on portal.ticket (agency_id, receiving_point_id, day) where state in ('waiting', 'called');
comment on table portal.ticket is 'Phiếu số thứ tự: không ghi tên; giữ lại để thống kê thời gian chờ';
alter table portal.ticket enable row level security;
create policy own_agency on portal.ticket using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on portal.ticket to motcua_app;
