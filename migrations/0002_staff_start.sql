-- Agencies in a tree with dated names, codes and places in it; the people, posts and delegations inside them.
-- Both ends of a validity belong to it: valid_to is the last day. No valid_to means until further notice.

create extension if not exists btree_gist;
create schema staff;
grant usage on schema staff to motcua_app;

create table staff.agency (
  agency_id int generated always as identity,
  kind text not null,
  valid_from date not null,
  valid_to date,
  constraint agency_key primary key (agency_id),
  constraint agency_kind check (kind in ('central', 'province', 'district', 'commune', 'department', 'police', 'other')),
  constraint agency_validity check (valid_to >= valid_from)
);
comment on table staff.agency is 'Cơ quan, đơn vị hành chính: định danh không đổi qua các thời kỳ';

create table staff.agency_name (
  agency_id int not null,
  valid_from date not null,
  valid_to date,
  full_name text not null,
  full_name_en text,
  search_text text generated always as (platform.search_text(full_name)) stored,
  constraint agency_name_key primary key (agency_id, valid_from),
  constraint agency_name_agency foreign key (agency_id) references staff.agency,
  constraint agency_name_validity check (valid_to >= valid_from),
  constraint agency_name_not_empty check (full_name = btrim(full_name) and length(full_name) between 1 and 300),
  constraint agency_name_one_a_day exclude using gist (agency_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table staff.agency_name is 'Tên của cơ quan theo thời gian';
create index agency_name_search on staff.agency_name using gin (search_text public.gin_trgm_ops);

create table staff.agency_code (
  agency_id int not null,
  scheme text not null,
  code text not null,
  valid_from date not null,
  valid_to date,
  constraint agency_code_key primary key (agency_id, scheme, valid_from),
  constraint agency_code_agency foreign key (agency_id) references staff.agency,
  constraint agency_code_scheme check (scheme in ('gso', 'qcvn102', 'qd20', 'dossier')),
  constraint agency_code_form check (code ~ '^[0-9A-Z][0-9A-Z.-]{0,39}$'),
  constraint agency_code_validity check (valid_to >= valid_from),
  constraint agency_code_one_meaning exclude using gist (scheme with =, code with =, daterange(valid_from, valid_to, '[]') with &&),
  constraint agency_code_one_a_day exclude using gist (agency_id with =, scheme with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table staff.agency_code is 'Mã của cơ quan theo bảng mã và thời gian; một mã có thể trở lại với nghĩa khác';

create table staff.agency_edge (
  agency_id int not null,
  parent_id int not null,
  valid_from date not null,
  valid_to date,
  constraint agency_edge_key primary key (agency_id, valid_from),
  constraint agency_edge_agency foreign key (agency_id) references staff.agency,
  constraint agency_edge_parent foreign key (parent_id) references staff.agency,
  constraint agency_edge_validity check (valid_to >= valid_from),
  constraint agency_edge_not_itself check (agency_id <> parent_id),
  constraint agency_edge_one_parent exclude using gist (agency_id with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table staff.agency_edge is 'Cơ quan cấp trên trực tiếp theo thời gian';
create index agency_edge_children on staff.agency_edge (parent_id);

create table staff.succession (
  old_agency_id int not null,
  new_agency_id int not null,
  kind text not null,
  share numeric(6, 5),
  on_day date not null,
  answers boolean not null,
  confirmed boolean not null default true,
  note text,
  constraint succession_key primary key (old_agency_id, new_agency_id),
  constraint succession_old foreign key (old_agency_id) references staff.agency,
  constraint succession_new foreign key (new_agency_id) references staff.agency,
  constraint succession_kind check (kind in ('merge', 'split', 'rename', 'transfer')),
  constraint succession_share check (share > 0 and share <= 1 and (kind <> 'split' or share is null)),
  constraint succession_not_itself check (old_agency_id <> new_agency_id)
);
comment on table staff.succession is 'Kế thừa giữa cơ quan cũ và mới (N:M); answers: cơ quan mới chịu trách nhiệm hồ sơ cũ';
create index succession_new on staff.succession (new_agency_id);

create table staff.unit (
  agency_id int not null,
  unit_id int generated always as identity,
  kind text not null,
  name text not null,
  valid_from date not null,
  valid_to date,
  constraint unit_key primary key (agency_id, unit_id),
  constraint unit_id_once unique (unit_id),
  constraint unit_agency foreign key (agency_id) references staff.agency,
  constraint unit_kind check (kind in ('one-stop', 'leadership', 'justice', 'land', 'social', 'office', 'economy', 'culture', 'police', 'other')),
  constraint unit_name_not_empty check (name = btrim(name) and length(name) between 1 and 200),
  constraint unit_validity check (valid_to >= valid_from)
);
comment on table staff.unit is 'Bộ phận, phòng, đơn vị bên trong một cơ quan';

create table staff.receiving_point (
  agency_id int not null,
  receiving_point_id int generated always as identity,
  unit_id int not null,
  name text not null,
  address text not null default '',
  phone text not null default '',
  valid_from date not null,
  valid_to date,
  constraint receiving_point_key primary key (agency_id, receiving_point_id),
  constraint receiving_point_id_once unique (receiving_point_id),
  constraint receiving_point_unit foreign key (agency_id, unit_id) references staff.unit (agency_id, unit_id),
  constraint receiving_point_name_not_empty check (name = btrim(name) and length(name) between 1 and 200),
  constraint receiving_point_validity check (valid_to >= valid_from)
);
comment on table staff.receiving_point is 'Điểm tiếp nhận thuộc Bộ phận Một cửa';

create table staff.officer (
  officer_id int generated always as identity,
  name text not null,
  title text not null default '',
  email text not null default '',
  phone text not null default '',
  staff_code text,
  search_text text generated always as (platform.search_text(name)) stored,
  recorded_at timestamptz not null default now(),
  constraint officer_key primary key (officer_id),
  constraint officer_staff_code_once unique (staff_code),
  constraint officer_name_not_empty check (name = btrim(name) and length(name) between 1 and 120)
);
comment on table staff.officer is 'Cán bộ, công chức, viên chức và người làm việc tại cơ quan';
create index officer_search on staff.officer using gin (search_text public.gin_trgm_ops);

create table staff.post (
  agency_id int not null,
  post_id int generated always as identity,
  officer_id int not null,
  unit_id int not null,
  role text not null,
  title text not null default '',
  valid_from date not null,
  valid_to date,
  recorded_at timestamptz not null default now(),
  recorded_by int,
  constraint post_key primary key (agency_id, post_id),
  constraint post_id_once unique (post_id),
  constraint post_officer foreign key (officer_id) references staff.officer,
  constraint post_unit foreign key (agency_id, unit_id) references staff.unit (agency_id, unit_id),
  constraint post_recorded_by foreign key (recorded_by) references staff.officer (officer_id),
  constraint post_role check (role in ('receiving-officer', 'specialist', 'leader', 'clerk', 'agency-admin', 'supervisor', 'auditor', 'system-admin')),
  constraint post_validity check (valid_to >= valid_from),
  constraint post_once exclude using gist (officer_id with =, unit_id with =, role with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table staff.post is 'Vị trí công tác: ai, ở bộ phận nào, với vai trò gì, từ ngày nào đến ngày nào';
create index post_of_officer on staff.post (officer_id);
create index post_of_unit on staff.post (agency_id, unit_id);

create table staff.delegation (
  agency_id int not null,
  delegation_id int generated always as identity,
  post_id int not null,
  to_officer_id int not null,
  valid_from date not null,
  valid_to date not null,
  ended_on date,
  reason text not null,
  recorded_at timestamptz not null default now(),
  recorded_by int,
  constraint delegation_key primary key (agency_id, delegation_id),
  constraint delegation_id_once unique (delegation_id),
  constraint delegation_post foreign key (agency_id, post_id) references staff.post (agency_id, post_id),
  constraint delegation_to foreign key (to_officer_id) references staff.officer (officer_id),
  constraint delegation_recorded_by foreign key (recorded_by) references staff.officer (officer_id),
  constraint delegation_validity check (valid_to >= valid_from),
  constraint delegation_reason_not_empty check (length(btrim(reason)) between 1 and 1000)
);
comment on table staff.delegation is 'Ủy quyền: giao quyền của một vị trí cho người khác trong một thời gian';
create index delegation_to_officer on staff.delegation (to_officer_id);
create index delegation_of_post on staff.delegation (agency_id, post_id);

create table staff.absence (
  agency_id int not null,
  absence_id int generated always as identity,
  officer_id int not null,
  substitute_id int,
  valid_from date not null,
  valid_to date not null,
  reason text not null default '',
  recorded_at timestamptz not null default now(),
  recorded_by int,
  constraint absence_key primary key (agency_id, absence_id),
  constraint absence_agency foreign key (agency_id) references staff.agency,
  constraint absence_officer foreign key (officer_id) references staff.officer,
  constraint absence_substitute foreign key (substitute_id) references staff.officer (officer_id),
  constraint absence_recorded_by foreign key (recorded_by) references staff.officer (officer_id),
  constraint absence_validity check (valid_to >= valid_from),
  constraint absence_not_itself check (substitute_id <> officer_id)
);
comment on table staff.absence is 'Vắng mặt của cán bộ và người làm thay';
create index absence_of_officer on staff.absence (officer_id);

create table staff.hand_over (
  agency_id int not null,
  hand_over_id int generated always as identity,
  from_officer_id int not null,
  to_officer_id int not null,
  reason text not null,
  dossier_count int,
  recorded_at timestamptz not null default now(),
  recorded_by int,
  constraint hand_over_key primary key (agency_id, hand_over_id),
  constraint hand_over_agency foreign key (agency_id) references staff.agency,
  constraint hand_over_from foreign key (from_officer_id) references staff.officer (officer_id),
  constraint hand_over_to foreign key (to_officer_id) references staff.officer (officer_id),
  constraint hand_over_recorded_by foreign key (recorded_by) references staff.officer (officer_id),
  constraint hand_over_not_itself check (from_officer_id <> to_officer_id)
);
comment on table staff.hand_over is 'Bàn giao công việc của người vắng mặt';

create table staff.change (
  agency_id int not null,
  change_id bigint generated always as identity,
  changed_at timestamptz not null default now(),
  changed_by int,
  what text not null,
  details jsonb not null,
  constraint change_key primary key (agency_id, change_id),
  constraint change_agency foreign key (agency_id) references staff.agency,
  constraint change_by foreign key (changed_by) references staff.officer (officer_id)
);
comment on table staff.change is 'Nhật ký thay đổi về tổ chức và nhân sự; chỉ thêm, không sửa, không xóa';

create table staff.command (
  command_id uuid not null,
  done_at timestamptz not null default now(),
  reply jsonb not null,
  constraint command_key primary key (command_id)
);
comment on table staff.command is 'Lệnh quản trị đã thực hiện, để một lệnh gửi lại chỉ có tác dụng một lần';

grant select, insert, update on staff.agency, staff.agency_name, staff.agency_code, staff.agency_edge, staff.succession, staff.unit,
  staff.receiving_point, staff.officer, staff.post, staff.delegation, staff.absence to motcua_app;
grant delete on staff.agency_name, staff.agency_code, staff.agency_edge to motcua_app;
grant select, insert on staff.change, staff.hand_over, staff.command to motcua_app;
grant update (dossier_count) on staff.hand_over to motcua_app;
grant usage on all sequences in schema staff to motcua_app;
