-- Messages to people by mail, SMS and Zalo: the queue and what became of each. Agency 0 is the installation itself.

create table portal.message (
  agency_id int not null,
  message_id uuid not null,
  -- In the order in which they were asked for.
  position bigint generated always as identity,
  -- Says which happening asked for it: the same one asks in vain a second time.
  dedupe_key text collate "C" not null,
  template text collate "C" not null,
  language text not null constraint message_language check (language in ('vi', 'en')),
  -- The way it goes now, and the ways that are left if this one proves impossible.
  channel text not null constraint message_channel check (channel in ('email', 'sms', 'zalo')),
  further_channels text[] not null default '{}',
  dossier_id uuid,
  -- Address and facts, encrypted; emptied when they are needed no more.
  secret bytea,
  masked_address text not null,
  address_index bytea not null,
  state text not null constraint message_state
    check (state in ('queued', 'sending', 'handing-over', 'sent', 'delivered', 'failed', 'uncertain', 'given-up')),
  -- Not bound to the quiet hours.
  urgent boolean not null,
  tries int not null default 0,
  queued_at timestamptz not null,
  not_before timestamptz not null,
  expires_at timestamptz,
  leased_until timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  ended_at timestamptz,
  template_version int,
  provider_ref text,
  -- Code of the last obstacle; never the words of a server, which may repeat an address.
  obstacle text,
  reply_code int,
  requested_by int,
  constraint message_pkey primary key (agency_id, message_id),
  constraint message_once unique (agency_id, dedupe_key)
);
create index message_due on portal.message (not_before) where state in ('queued', 'sending', 'handing-over');
create index message_newest on portal.message (agency_id, queued_at desc, message_id desc);
create index message_dossier on portal.message (agency_id, dossier_id) where dossier_id is not null;
create index message_open_troubles on portal.message (agency_id, queued_at) where state in ('failed', 'uncertain', 'given-up');
comment on table portal.message is 'Tin gửi người dân và cán bộ qua thư điện tử, SMS, Zalo: hàng đợi và trạng thái từng tin; cơ quan 0 là toàn hệ thống';
alter table portal.message enable row level security;
create policy own_agency on portal.message using (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on portal.message to motcua_app;

create table portal.message_try (
  agency_id int not null,
  message_id uuid not null,
  number int not null,
  channel text not null,
  tried_at timestamptz not null,
  outcome text not null,
  obstacle text,
  reply_code int,
  constraint message_try_pkey primary key (agency_id, message_id, number),
  constraint message_try_message foreign key (agency_id, message_id) references portal.message (agency_id, message_id)
);
comment on table portal.message_try is 'Từng lần thử gửi một tin và kết quả';
alter table portal.message_try enable row level security;
create policy own_agency on portal.message_try using (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.message_try to motcua_app;

create table portal.message_template (
  agency_id int not null,
  template text collate "C" not null,
  channel text not null constraint message_template_channel check (channel in ('email', 'sms', 'zalo')),
  language text not null constraint message_template_language check (language in ('vi', 'en')),
  version int not null constraint message_template_version check (version > 0),
  -- Both null: back to the text that comes with the system.
  subject text,
  body text,
  written_by int not null,
  written_at timestamptz not null,
  constraint message_template_pkey primary key (agency_id, template, channel, language, version)
);
comment on table portal.message_template is 'Mẫu tin do cơ quan sửa, giữ mọi phiên bản; không có thì dùng mẫu kèm hệ thống';
alter table portal.message_template enable row level security;
create policy own_agency on portal.message_template using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.message_template to motcua_app;

create table portal.message_setting (
  agency_id int not null,
  version int not null constraint message_setting_version check (version > 0),
  body jsonb not null,
  -- Keys shared with the gateways, encrypted.
  secret bytea,
  written_by int not null,
  written_at timestamptz not null,
  constraint message_setting_pkey primary key (agency_id, version)
);
comment on table portal.message_setting is 'Thiết đặt gửi tin của cơ quan: kênh, giờ yên lặng, cổng SMS và Zalo, tin nào gửi; giữ mọi phiên bản';
alter table portal.message_setting enable row level security;
create policy own_agency on portal.message_setting using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.message_setting to motcua_app;

create table portal.message_refusal (
  agency_id int not null,
  address_index bytea not null,
  refused_at timestamptz not null,
  constraint message_refusal_pkey primary key (agency_id, address_index)
);
comment on table portal.message_refusal is 'Địa chỉ đã xin ngừng nhận tin không bắt buộc của cơ quan, chỉ lưu dấu mù';
alter table portal.message_refusal enable row level security;
create policy own_agency on portal.message_refusal using (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, delete on portal.message_refusal to motcua_app;

create table portal.message_status_report (
  agency_id int not null,
  message_id uuid not null,
  report_id text not null,
  state text not null,
  reported_at timestamptz not null,
  constraint message_status_report_pkey primary key (agency_id, message_id, report_id)
);
comment on table portal.message_status_report is 'Báo cáo trạng thái của cổng SMS, Zalo đã nhận, để không tính hai lần';
alter table portal.message_status_report enable row level security;
create policy own_agency on portal.message_status_report using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.message_status_report to motcua_app;
