-- Citizens' accounts, their sessions, codes and logins by providers of OpenID Connect, authority to act for another, and
-- the providers themselves, which officers use too.

create table identity.provider (
  provider_id int generated always as identity,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea,
  for_citizens boolean not null,
  for_officers boolean not null,
  enabled boolean not null,
  settings jsonb not null,
  changed_at timestamptz not null,
  changed_by int,
  constraint provider_key primary key (provider_id),
  constraint provider_client_once unique (issuer, client_id),
  constraint provider_changed_by foreign key (changed_by) references identity.account (account_id)
);
comment on table identity.provider is 'Nhà cung cấp danh tính điện tử (OpenID Connect) mà người dân, cán bộ đăng nhập qua đó; khóa bí mật được mã hóa';
grant select, insert, update on identity.provider to motcua_app;

create table identity.provider_attempt (
  state_hash bytea not null,
  browser_hash bytea not null,
  provider_id int not null,
  purpose text not null,
  secret bytea not null,
  expires_at timestamptz not null,
  constraint provider_attempt_key primary key (state_hash),
  constraint provider_attempt_provider foreign key (provider_id) references identity.provider,
  constraint provider_attempt_purpose check (purpose in ('citizen', 'officer'))
);
comment on table identity.provider_attempt is 'Lần đăng nhập qua nhà cung cấp đang chờ trả lời; dùng một lần rồi xóa';
grant select, insert, delete on identity.provider_attempt to motcua_app;

create table identity.provider_link (
  provider_id int not null,
  subject_index bytea not null,
  account_id int not null,
  linked_at timestamptz not null,
  constraint provider_link_key primary key (provider_id, subject_index),
  constraint provider_link_one_an_account unique (provider_id, account_id),
  constraint provider_link_provider foreign key (provider_id) references identity.provider,
  constraint provider_link_account foreign key (account_id) references identity.account
);
comment on table identity.provider_link is 'Tài khoản cán bộ ứng với người dùng của nhà cung cấp danh tính; chỉ lưu chỉ mục mù';
grant select, insert, delete on identity.provider_link to motcua_app;

create table portal.citizen (
  account_id uuid not null,
  secret bytea,
  password_hash text,
  identity_index bytea,
  identity_verified boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz not null,
  used_at timestamptz not null,
  closed_at timestamptz,
  constraint citizen_key primary key (account_id),
  constraint citizen_closed check (closed_at is null or (secret is null and password_hash is null and identity_index is null))
);
create unique index citizen_identity_once on portal.citizen (identity_index) where identity_verified;
create index citizen_unused on portal.citizen (used_at) where closed_at is null;
comment on table portal.citizen is 'Tài khoản người dân; họ tên, số định danh, liên hệ được mã hóa';
grant select, insert, update on portal.citizen to motcua_app;

create table portal.citizen_contact (
  contact_index bytea not null,
  kind text not null,
  account_id uuid not null,
  confirmed_at timestamptz not null,
  constraint citizen_contact_key primary key (contact_index),
  constraint citizen_contact_account foreign key (account_id) references portal.citizen,
  constraint citizen_contact_kind check (kind in ('phone', 'email')),
  constraint citizen_contact_one_a_kind unique (account_id, kind)
);
comment on table portal.citizen_contact is 'Số điện thoại, thư điện tử đã xác nhận của tài khoản người dân (chỉ mục mù)';
grant select, insert, update, delete on portal.citizen_contact to motcua_app;

create table portal.citizen_login (
  provider_id int not null,
  subject_index bytea not null,
  account_id uuid not null,
  linked_at timestamptz not null,
  constraint citizen_login_key primary key (provider_id, subject_index),
  constraint citizen_login_provider foreign key (provider_id) references identity.provider,
  constraint citizen_login_account foreign key (account_id) references portal.citizen
);
create index citizen_login_account on portal.citizen_login (account_id);
comment on table portal.citizen_login is 'Người dùng của nhà cung cấp danh tính ứng với tài khoản người dân (chỉ mục mù)';
grant select, insert, delete on portal.citizen_login to motcua_app;

create table portal.citizen_session (
  session_id uuid not null,
  token_hash bytea not null,
  account_id uuid not null,
  level text not null,
  provider_id int,
  source text not null,
  device text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  constraint citizen_session_key primary key (session_id),
  constraint citizen_session_token_once unique (token_hash),
  constraint citizen_session_account foreign key (account_id) references portal.citizen,
  constraint citizen_session_level check (level in ('basic', 'substantial', 'high'))
);
create index citizen_session_account on portal.citizen_session (account_id) where ended_at is null;
create index citizen_session_over on portal.citizen_session (expires_at);
comment on table portal.citizen_session is 'Phiên đăng nhập của người dân; chỉ lưu giá trị băm của mã phiên';
grant select, insert, update, delete on portal.citizen_session to motcua_app;

create table portal.citizen_code (
  token_hash bytea not null,
  purpose text not null,
  contact_index bytea not null,
  account_id uuid,
  secret bytea not null,
  code_mac bytea not null,
  tries smallint not null default 0,
  source text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  used_at timestamptz,
  constraint citizen_code_key primary key (token_hash),
  constraint citizen_code_purpose check (purpose in ('sign-up', 'password', 'contact')),
  constraint citizen_code_tries check (tries between 0 and 5)
);
create index citizen_code_contact on portal.citizen_code (contact_index, made_at);
create index citizen_code_over on portal.citizen_code (expires_at);
comment on table portal.citizen_code is 'Mã xác nhận dùng một lần gửi qua tin nhắn, thư điện tử; năm lần thử, hết hạn sau ít phút';
grant select, insert, update, delete on portal.citizen_code to motcua_app;

create table portal.authority (
  authority_id uuid not null,
  account_id uuid not null,
  kind text not null,
  secret bytea not null,
  principal_index bytea,
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  constraint authority_key primary key (authority_id),
  constraint authority_account foreign key (account_id) references portal.citizen,
  constraint authority_kind check (kind in ('power-of-attorney', 'parent', 'guardian', 'representative')),
  constraint authority_period check (valid_to is null or valid_to >= valid_from)
);
create index authority_account on portal.authority (account_id) where ended_at is null;
comment on table portal.authority is 'Căn cứ để làm thủ tục thay người khác: ủy quyền, cha mẹ, giám hộ, đại diện tổ chức; nội dung được mã hóa';
grant select, insert, update, delete on portal.authority to motcua_app;

create table portal.authority_proof (
  authority_id uuid not null,
  media_type text not null,
  file_name bytea not null,
  content bytea not null,
  bytes int not null,
  constraint authority_proof_key primary key (authority_id),
  constraint authority_proof_authority foreign key (authority_id) references portal.authority on delete cascade,
  constraint authority_proof_size check (bytes between 1 and 5242880)
);
comment on table portal.authority_proof is 'Bản chụp giấy tờ chứng minh căn cứ làm thay, được mã hóa';
grant select, insert, delete on portal.authority_proof to motcua_app;

create table portal.level_rule (
  agency_id int not null,
  procedure_code text not null,
  level text not null,
  changed_at timestamptz not null,
  changed_by int not null,
  constraint level_rule_key primary key (agency_id, procedure_code),
  constraint level_rule_agency foreign key (agency_id) references staff.agency (agency_id),
  constraint level_rule_level check (level in ('none', 'basic', 'substantial', 'high'))
);
comment on table portal.level_rule is 'Mức độ bảo đảm danh tính cần có để nộp trực tuyến, theo cơ quan và thủ tục; mã * là mức chung';
alter table portal.level_rule enable row level security;
create policy own_agency on portal.level_rule to motcua_app
  using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update, delete on portal.level_rule to motcua_app;
