-- Accounts, second factors, sessions, failed attempts, one-time links, and the log of who came in and what was unmasked.

create schema identity;
grant usage on schema identity to motcua_app;

create table identity.account (
  account_id int generated always as identity,
  officer_id int not null,
  user_name text not null,
  password_hash text,
  password_set_at timestamptz,
  must_change_password boolean not null default false,
  totp_secret bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint not null default 0,
  demo boolean not null default false,
  used_at timestamptz not null default now(),
  disabled_at timestamptz,
  disabled_why text,
  created_at timestamptz not null default now(),
  constraint account_key primary key (account_id),
  constraint account_one_an_officer unique (officer_id),
  constraint account_user_name_once unique (user_name),
  constraint account_officer foreign key (officer_id) references staff.officer (officer_id),
  constraint account_user_name_form check (user_name ~ '^[a-z0-9][a-z0-9._-]{2,49}$'),
  constraint account_disabled_why check ((disabled_at is null) = (disabled_why is null)),
  constraint account_disabled_reason check (disabled_why in ('idle', 'administrator'))
);
comment on table identity.account is 'Tài khoản đăng nhập của cán bộ';

create table identity.password (
  account_id int not null,
  set_at timestamptz not null,
  password_hash text not null,
  constraint password_key primary key (account_id, set_at),
  constraint password_account foreign key (account_id) references identity.account
);
comment on table identity.password is 'Các mật khẩu đã dùng (chỉ giá trị băm), để không dùng lại';

create table identity.recovery_code (
  account_id int not null,
  code_hash bytea not null,
  used_at timestamptz,
  constraint recovery_code_key primary key (account_id, code_hash),
  constraint recovery_code_account foreign key (account_id) references identity.account
);
comment on table identity.recovery_code is 'Mã dự phòng khi mất thiết bị xác thực, mỗi mã dùng một lần';

create table identity.session (
  session_id uuid not null,
  token_hash bytea not null,
  account_id int not null,
  second_factor text not null,
  source text not null,
  device text not null default '',
  started_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  ended_at timestamptz,
  constraint session_key primary key (session_id),
  constraint session_token_once unique (token_hash),
  constraint session_account foreign key (account_id) references identity.account,
  constraint session_second_factor check (second_factor in ('none', 'awaited', 'given'))
);
comment on table identity.session is 'Phiên làm việc; chỉ lưu giá trị băm của mã phiên';
create index session_of_account on identity.session (account_id) where ended_at is null;

create table identity.failure (
  account_key bytea not null,
  source text not null,
  failure_id bigint generated always as identity,
  failed_at timestamptz not null,
  constraint failure_key primary key (account_key, source, failure_id)
);
comment on table identity.failure is 'Các lần đăng nhập sai theo tài khoản và nguồn';
create index failure_by_source on identity.failure (source, failed_at);

create table identity.one_time_link (
  token_hash bytea not null,
  purpose text not null,
  account_id int,
  created_at timestamptz not null,
  created_by int,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint one_time_link_key primary key (token_hash),
  constraint one_time_link_account foreign key (account_id) references identity.account,
  constraint one_time_link_creator foreign key (created_by) references identity.account (account_id),
  constraint one_time_link_purpose check (purpose in ('first-administrator', 'set-password')),
  constraint one_time_link_target check ((purpose = 'set-password') = (account_id is not null))
);
comment on table identity.one_time_link is 'Liên kết dùng một lần: tạo quản trị viên đầu tiên, đặt mật khẩu';

create table identity.audit (
  audit_id bigint generated always as identity,
  at timestamptz not null,
  agency_id int,
  account_id int,
  what text not null,
  source text not null default '',
  details jsonb not null default '{}',
  constraint audit_key primary key (audit_id)
);
comment on table identity.audit is 'Nhật ký truy cập: đăng nhập, đăng xuất, đặt lại mật khẩu, xem số định danh; chỉ thêm';
create index audit_of_agency on identity.audit (agency_id, audit_id desc);
create index audit_of_account on identity.audit (account_id, audit_id desc);

grant select, insert, update on identity.account, identity.session, identity.recovery_code, identity.one_time_link to motcua_app;
grant delete on identity.recovery_code, identity.session to motcua_app;
grant select, insert, update, delete on identity.password to motcua_app;
grant select, insert, delete on identity.failure to motcua_app;
grant select, insert on identity.audit to motcua_app;
