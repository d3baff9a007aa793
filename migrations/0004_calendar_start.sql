-- Working calendars: the exceptional days of the whole country, those of an agency and all below it, office hours from
-- a day on, and the history of every change.

create schema calendar;
grant usage on schema calendar to motcua_app;

create table calendar.day (
  day date not null,
  kind text not null,
  name text not null,
  notice text not null,
  status text not null,
  shipped boolean not null default false,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint day_key primary key (day),
  constraint day_changed_by foreign key (changed_by) references staff.officer (officer_id),
  constraint day_kind check (kind in ('holiday', 'substitute', 'swap-off', 'swap-work', 'closure')),
  constraint day_status check (status in ('official', 'provisional')),
  constraint day_name_not_empty check (name = btrim(name) and length(name) between 1 and 200),
  constraint day_notice_length check (length(notice) <= 500),
  constraint day_official_by_notice check (status = 'provisional' or btrim(notice) <> ''),
  constraint day_possible check (day between '2000-01-01' and '2099-12-31')
);
comment on table calendar.day is 'Ngày nghỉ lễ, nghỉ bù, hoán đổi của cả nước; shipped: theo bản phát hành, chưa ai sửa';

create table calendar.agency_day (
  agency_id int not null,
  day date not null,
  kind text not null,
  name text not null,
  notice text not null,
  status text not null,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint agency_day_key primary key (agency_id, day),
  constraint agency_day_agency foreign key (agency_id) references staff.agency,
  constraint agency_day_changed_by foreign key (changed_by) references staff.officer (officer_id),
  constraint agency_day_kind check (kind in ('holiday', 'substitute', 'swap-off', 'swap-work', 'closure')),
  constraint agency_day_status check (status in ('official', 'provisional')),
  constraint agency_day_name_not_empty check (name = btrim(name) and length(name) between 1 and 200),
  constraint agency_day_notice_length check (length(notice) <= 500),
  constraint agency_day_official_by_notice check (status = 'provisional' or btrim(notice) <> ''),
  constraint agency_day_possible check (day between '2000-01-01' and '2099-12-31')
);
comment on table calendar.agency_day is 'Ngày riêng của một cơ quan và các cơ quan bên dưới, thay cho ngày của cả nước';

create table calendar.agency_hours (
  agency_id int not null,
  valid_from date not null,
  intervals jsonb not null,
  working_weekdays int[] not null,
  saturday_session jsonb not null default '[]',
  reading text not null,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint agency_hours_key primary key (agency_id, valid_from),
  constraint agency_hours_agency foreign key (agency_id) references staff.agency,
  constraint agency_hours_changed_by foreign key (changed_by) references staff.officer (officer_id),
  constraint agency_hours_intervals check (jsonb_typeof(intervals) = 'array' and jsonb_array_length(intervals) between 1 and 8),
  constraint agency_hours_session check (jsonb_typeof(saturday_session) = 'array' and jsonb_array_length(saturday_session) <= 8),
  constraint agency_hours_weekdays check (cardinality(working_weekdays) between 1 and 7 and working_weekdays <@ '{1,2,3,4,5,6,7}'),
  constraint agency_hours_reading check (reading in ('hours', 'days'))
);
comment on table calendar.agency_hours is 'Giờ làm việc, buổi thứ Bảy và cách tính thời hạn của một cơ quan và các cơ quan bên dưới, từ một ngày';

create table calendar.change (
  change_id bigint generated always as identity,
  agency_id int,
  subject text not null,
  day date not null,
  before jsonb,
  after jsonb,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint change_key primary key (change_id),
  constraint change_agency foreign key (agency_id) references staff.agency,
  constraint change_changed_by foreign key (changed_by) references staff.officer (officer_id),
  constraint change_subject check (subject in ('day', 'hours')),
  constraint change_of_something check (before is not null or after is not null)
);
comment on table calendar.change is 'Lịch sử thay đổi lịch làm việc: ai, lúc nào, trước và sau; agency_id trống là cả nước';
create index change_of_agency on calendar.change (agency_id, day);
create index change_of_day on calendar.change (day) where agency_id is null and subject = 'day';

-- The agency and all agencies that ever stood above it, nearest first: a province sets the hours of its communes.
create function calendar.line_above(agency int) returns table (agency_id int, distance int) language sql stable as $$
  with recursive line (agency_id, distance) as (
    select agency, 0
    union
    select edge.parent_id, line.distance + 1
    from line join staff.agency_edge edge on edge.agency_id = line.agency_id
    where line.distance < 8)
  select line.agency_id, min(line.distance) from line group by line.agency_id
$$;

grant select, insert, update, delete on calendar.day, calendar.agency_day, calendar.agency_hours to motcua_app;
grant select, insert on calendar.change to motcua_app;
grant execute on function calendar.line_above(int) to motcua_app;
