-- Requests of people about their own data with their legal times, who looked at a dossier, and how long things are kept.

create table portal.data_request (
  agency_id int not null,
  request_id uuid not null,
  code text not null,
  account_id uuid,
  kind text not null,
  status text not null,
  channel text not null,
  secret bytea,
  received_at timestamptz not null,
  answer_by date not null,
  finish_by date not null,
  third_party boolean not null default false,
  extended_at timestamptz,
  answered_at timestamptz,
  finished_at timestamptz,
  constraint data_request_key primary key (agency_id, request_id),
  constraint data_request_code_once unique (agency_id, code),
  constraint data_request_agency foreign key (agency_id) references staff.agency (agency_id),
  constraint data_request_kind check (kind in ('view', 'correct', 'delete', 'restrict', 'object', 'withdraw')),
  constraint data_request_status check (status in ('received', 'accepted', 'refused', 'finished', 'withdrawn')),
  constraint data_request_channel check (channel in ('online', 'desk')),
  constraint data_request_answered check ((status in ('received', 'withdrawn')) or answered_at is not null),
  constraint data_request_finished check ((status in ('finished', 'refused', 'withdrawn')) = (finished_at is not null))
);
create index data_request_open on portal.data_request (agency_id, answer_by, finish_by) where finished_at is null;
create index data_request_recent on portal.data_request (agency_id, received_at desc);
comment on table portal.data_request is 'Yêu cầu của người dân về dữ liệu cá nhân (xem, sửa, xóa, hạn chế, phản đối, rút lại); nội dung được mã hóa';

create table portal.data_request_step (
  agency_id int not null,
  request_id uuid not null,
  number smallint not null,
  at timestamptz not null,
  what text not null,
  officer_id int,
  note bytea,
  constraint data_request_step_key primary key (agency_id, request_id, number),
  constraint data_request_step_request foreign key (agency_id, request_id) references portal.data_request on delete cascade,
  constraint data_request_step_what check (what in ('received', 'accepted', 'refused', 'extended', 'erased', 'finished', 'withdrawn'))
);
comment on table portal.data_request_step is 'Diễn biến của yêu cầu về dữ liệu cá nhân: ai làm gì, lúc nào; ghi chú được mã hóa';

-- Which agencies an account asked: the person reads own requests without reading anybody's agency.
create table portal.data_request_place (
  account_id uuid not null,
  request_id uuid not null,
  agency_id int not null,
  constraint data_request_place_key primary key (account_id, request_id)
);
comment on table portal.data_request_place is 'Cơ quan mà một tài khoản người dân đã gửi yêu cầu về dữ liệu cá nhân';
grant select, insert, delete on portal.data_request_place to motcua_app;

create table portal.data_request_counter (
  agency_id int not null,
  year smallint not null,
  last int not null,
  constraint data_request_counter_key primary key (agency_id, year)
);
comment on table portal.data_request_counter is 'Số thứ tự yêu cầu về dữ liệu cá nhân trong năm của từng cơ quan';

-- The agency is the one whose officer looked. Once a day for an officer and a dossier.
create table portal.data_view (
  agency_id int not null,
  dossier_id uuid not null,
  officer_id int not null,
  day date not null,
  unit_id int not null,
  role text not null,
  first_at timestamptz not null,
  constraint data_view_key primary key (agency_id, dossier_id, officer_id, day)
);
create index data_view_of_dossier on portal.data_view (dossier_id, first_at desc);
create index data_view_old on portal.data_view (day);
comment on table portal.data_view is 'Nhật ký cán bộ mở xem hồ sơ: cơ quan nào, bộ phận nào, ngày nào';

do $$
declare
  name text;
begin
  foreach name in array array['data_request', 'data_request_step', 'data_request_counter', 'data_view'] loop
    execute format('alter table portal.%I enable row level security', name);
    execute format(
      'create policy own_agency on portal.%I to motcua_app
         using (array_position((select platform.scope_agencies()), agency_id) is not null)
         with check (array_position((select platform.scope_agencies()), agency_id) is not null)', name);
    execute format('grant select, insert, update, delete on portal.%I to motcua_app', name);
  end loop;
end $$;

-- What an administrator set; what has no row is kept as long as the system itself says.
create table portal.retention (
  kind text not null,
  days int not null,
  basis text not null,
  changed_at timestamptz not null,
  changed_by int not null,
  constraint retention_key primary key (kind),
  constraint retention_days check (days between 0 and 36500)
);
comment on table portal.retention is 'Thời hạn lưu từng loại dữ liệu và căn cứ, do quản trị viên đặt';
grant select, insert, update on portal.retention to motcua_app;
