-- What officers marked as wrong in an online dossier; the national portal's port; the post.

create table portal.mark (
  agency_id int not null,
  mark_id uuid not null,
  dossier_id uuid not null,
  -- The command that asked for the supplement: marks of one request belong together, and a repeated one is found.
  command_id uuid not null,
  kind text not null constraint mark_kind check (kind in ('field', 'paper')),
  target text not null constraint mark_target check (length(target) between 1 and 500),
  -- The order in which they stand on the form.
  ordinal smallint not null,
  -- Label, note, and what stood there before and after: encrypted.
  secret bytea not null,
  marked_at timestamptz not null,
  marked_by int not null,
  -- Null until the request was accepted: a mark without it is not shown to anybody.
  requested_at timestamptz,
  mended_at timestamptz,
  constraint mark_pkey primary key (agency_id, mark_id),
  constraint mark_once unique (agency_id, dossier_id, command_id, kind, target),
  constraint mark_mended_after_request check (mended_at is null or requested_at is not null)
);
comment on table portal.mark is 'Chỗ cán bộ đánh dấu cần sửa trong hồ sơ trực tuyến: từng ô khai, từng giấy tờ, kèm lời nhắn (mã hóa)';
comment on column portal.mark.target is 'Đường dẫn của ô khai (children.0.name) hoặc khóa của thành phần hồ sơ';
alter table portal.mark enable row level security;
create policy own_agency on portal.mark
  using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()));
grant select, insert, delete on portal.mark to motcua_app;
grant update (secret, requested_at, mended_at) on portal.mark to motcua_app;

-- NĐ 118/2025/NĐ-CP, Điều 17: the officer learns of an online dossier within two hours.
create table portal.online_watch (
  agency_id int not null,
  dossier_id uuid not null,
  seen_at timestamptz,
  seen_by int,
  reminded_at timestamptz,
  constraint online_watch_pkey primary key (agency_id, dossier_id),
  constraint online_watch_seen check ((seen_at is null) = (seen_by is null))
);
comment on table portal.online_watch is 'Hồ sơ trực tuyến chờ tiếp nhận: cán bộ mở xem lần đầu lúc nào, hệ thống đã nhắc chưa';
alter table portal.online_watch enable row level security;
create policy own_agency on portal.online_watch
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on portal.online_watch to motcua_app;

-- Systems that exchange with ours: the national portal, the post. They belong to the whole installation.
create table portal.partner (
  partner_id text not null,
  kind text not null constraint partner_kind check (kind in ('national-portal', 'post')),
  name text not null,
  -- Where we send to: statuses to the national portal, shipments to the post. Null: we send nothing.
  address text,
  enabled boolean not null default true,
  made_at timestamptz not null,
  made_by int,
  changed_at timestamptz not null,
  changed_by int,
  constraint partner_pkey primary key (partner_id),
  constraint partner_id_shape check (partner_id ~ '^[a-z][a-z0-9-]{1,39}$')
);
comment on table portal.partner is 'Hệ thống trao đổi với hệ thống này: Cổng Dịch vụ công quốc gia, bưu chính';
grant select, insert on portal.partner to motcua_app;
grant update (name, address, enabled, changed_at, changed_by) on portal.partner to motcua_app;

create table portal.partner_key (
  key_id text not null,
  partner_id text not null,
  secret bytea not null,
  made_at timestamptz not null,
  made_by int,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by int,
  constraint partner_key_pkey primary key (key_id),
  constraint partner_key_partner foreign key (partner_id) references portal.partner (partner_id)
);
comment on table portal.partner_key is 'Khóa ký trao đổi với từng hệ thống (mã hóa); chỉ hiện một lần khi tạo';
grant select, insert on portal.partner_key to motcua_app;
grant update (last_used_at, revoked_at, revoked_by) on portal.partner_key to motcua_app;

create table portal.partner_nonce (
  partner_id text not null,
  nonce text not null,
  used_at timestamptz not null,
  constraint partner_nonce_pkey primary key (partner_id, nonce)
);
create index partner_nonce_old on portal.partner_nonce (used_at);
comment on table portal.partner_nonce is 'Số dùng một lần của các yêu cầu đã nhận, để không ai gửi lại yêu cầu cũ';
grant select, insert, delete on portal.partner_nonce to motcua_app;

create table portal.national_dossier (
  agency_id int not null,
  national_id uuid not null,
  partner_id text not null,
  national_code text not null,
  dossier_id uuid,
  state text not null constraint national_dossier_state check (state in ('arriving', 'open', 'withdrawn')),
  -- Moment and content of the last delivery that was taken over.
  updated_at timestamptz,
  content_hash bytea,
  filed_at timestamptz,
  verified boolean not null default false,
  digitised boolean not null default false,
  paid bigint not null default 0,
  -- Somebody works on a delivery of it until then.
  busy_until timestamptz,
  made_at timestamptz not null,
  constraint national_dossier_pkey primary key (agency_id, national_id),
  constraint national_dossier_once unique (partner_id, national_code),
  constraint national_dossier_dossier unique (agency_id, dossier_id),
  constraint national_dossier_open check (state <> 'open' or dossier_id is not null)
);
comment on table portal.national_dossier is 'Hồ sơ nhận từ Cổng Dịch vụ công quốc gia: mã của Cổng bên cạnh mã hồ sơ của cơ quan';
alter table portal.national_dossier enable row level security;
create policy own_agency on portal.national_dossier
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update, delete on portal.national_dossier to motcua_app;

create table portal.delivery (
  -- 0 while it could not be told for which agency it was meant.
  agency_id int not null,
  delivery_id uuid not null,
  partner_id text not null,
  received_at timestamptz not null,
  national_code text not null,
  outcome text not null constraint delivery_outcome check (outcome in ('lodged', 'supplemented', 'withdrawn', 'repeated', 'superseded', 'refused')),
  code text,
  detail text,
  dossier_id uuid,
  constraint delivery_pkey primary key (agency_id, delivery_id)
);
create index delivery_recent on portal.delivery (agency_id, received_at desc);
create index delivery_of_code on portal.delivery (partner_id, national_code, received_at desc);
comment on table portal.delivery is 'Các lần Cổng Dịch vụ công quốc gia gửi hồ sơ đến và kết quả xử lý từng lần';
alter table portal.delivery enable row level security;
create policy own_agency on portal.delivery
  using (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (agency_id = 0 or array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.delivery to motcua_app;

create table portal.status_message (
  agency_id int not null,
  dossier_id uuid not null,
  -- Of the event of the log that it tells; also the order in which messages of a dossier go out.
  version int not null,
  partner_id text not null,
  national_code text not null,
  status smallint not null constraint status_message_status check (status between 1 and 10),
  happened_at timestamptz not null,
  state text not null constraint status_message_state check (state in ('queued', 'sending', 'sent', 'failed', 'skipped')),
  attempts int not null default 0,
  next_at timestamptz not null,
  last_code text,
  queued_at timestamptz not null,
  sent_at timestamptz,
  changed_by int,
  constraint status_message_pkey primary key (agency_id, dossier_id, version),
  constraint status_message_sent check ((state = 'sent') = (sent_at is not null))
);
create index status_message_due on portal.status_message (agency_id, next_at) where state in ('queued', 'sending');
create index status_message_recent on portal.status_message (agency_id, queued_at desc);
comment on table portal.status_message is 'Trạng thái hồ sơ gửi lại Cổng Dịch vụ công quốc gia: đúng thứ tự từng hồ sơ, gửi lại khi lỗi';
alter table portal.status_message enable row level security;
create policy own_agency on portal.status_message
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.status_message to motcua_app;
grant update (state, attempts, next_at, last_code, sent_at, changed_by) on portal.status_message to motcua_app;

-- The post: results brought to the applicant's address.
create table portal.post_setting (
  agency_id int not null,
  partner_id text,
  sender_name text not null,
  sender_address text not null,
  sender_phone text not null,
  -- The carrier's word that it was handed over ends the dossier; else an officer confirms it.
  return_by_itself boolean not null default false,
  changed_at timestamptz not null,
  changed_by int,
  constraint post_setting_pkey primary key (agency_id),
  constraint post_setting_partner foreign key (partner_id) references portal.partner (partner_id)
);
comment on table portal.post_setting is 'Cơ quan gửi kết quả qua bưu chính nào, tên và địa chỉ người gửi, có tự ghi nhận trả kết quả không';
alter table portal.post_setting enable row level security;
create policy own_agency on portal.post_setting
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on portal.post_setting to motcua_app;

create table portal.shipment (
  agency_id int not null,
  shipment_id uuid not null,
  dossier_id uuid not null,
  partner_id text not null,
  -- The command of the person who asked; the carrier knows the shipment by it, so that nothing is sent twice.
  command_id uuid not null,
  -- Name, address and telephone of the addressee: encrypted.
  recipient bytea not null,
  number text,
  state text not null constraint shipment_state
    check (state in ('asked', 'created', 'taken', 'under-way', 'failed-attempt', 'delivered', 'returned', 'lost', 'cancelled')),
  state_at timestamptz not null,
  asked_at timestamptz not null,
  asked_by int not null,
  attempts int not null default 0,
  next_at timestamptz,
  last_code text,
  delivered_at timestamptz,
  returned_result_at timestamptz,
  constraint shipment_pkey primary key (agency_id, shipment_id),
  constraint shipment_command unique (agency_id, command_id),
  constraint shipment_number unique (partner_id, number),
  constraint shipment_delivered check ((state = 'delivered') = (delivered_at is not null))
);
create unique index shipment_one_open on portal.shipment (agency_id, dossier_id)
  where state not in ('delivered', 'returned', 'lost', 'cancelled');
create index shipment_of_dossier on portal.shipment (agency_id, dossier_id, asked_at);
create index shipment_due on portal.shipment (next_at) where next_at is not null;
comment on table portal.shipment is 'Bưu gửi mang kết quả đến địa chỉ người nhận: số hiệu, trạng thái theo báo của bưu chính';
alter table portal.shipment enable row level security;
create policy own_agency on portal.shipment
  using (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()))
  with check (array_position((select platform.scope_agencies()), agency_id) is not null or dossier_id = (select platform.scope_dossier()));
grant select, insert, update on portal.shipment to motcua_app;

create table portal.shipment_event (
  agency_id int not null,
  shipment_id uuid not null,
  -- The carrier's own number of what happened: the same one told twice is one.
  event_id text not null,
  state text not null,
  happened_at timestamptz not null,
  place text not null default '',
  received_at timestamptz not null,
  constraint shipment_event_pkey primary key (agency_id, shipment_id, event_id),
  constraint shipment_event_shipment foreign key (agency_id, shipment_id) references portal.shipment (agency_id, shipment_id)
);
comment on table portal.shipment_event is 'Từng lần bưu chính báo về bưu gửi; báo trùng chỉ ghi một lần';
alter table portal.shipment_event enable row level security;
create policy own_agency on portal.shipment_event
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on portal.shipment_event to motcua_app;
