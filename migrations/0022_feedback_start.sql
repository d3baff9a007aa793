-- Citizens' petitions (phản ánh, kiến nghị): the log that is the record, what is written beside it, and what is derived.
create schema feedback;
grant usage on schema feedback to motcua_app;

-- Numbers of petitions: one sequence an agency and year, locked from the insert to the commit.
create table feedback.counter (
  agency_id int not null,
  year smallint not null,
  last int not null check (last >= 0),
  constraint counter_pkey primary key (agency_id, year)
);
comment on table feedback.counter is 'Số thứ tự phản ánh, kiến nghị trong năm của từng cơ quan';
grant select, insert, update on feedback.counter to motcua_app;

-- The log. The application may add to it and read it, nothing else. No words of people: those lie in feedback.writing.
create table feedback.event (
  agency_id int not null,
  petition_id uuid not null,
  version int not null check (version > 0),
  type text not null,
  body jsonb not null,
  recorded_at timestamptz not null,
  officer_id int,
  post_id int,
  on_behalf_of int,
  source text not null check (source in ('officer', 'sender', 'system')),
  command_id uuid not null,
  ordinal smallint not null,
  constraint event_pkey primary key (agency_id, petition_id, version),
  constraint event_one_command unique (agency_id, command_id, ordinal)
);
comment on table feedback.event is 'Nhật ký phản ánh, kiến nghị: chỉ thêm, không sửa, không xóa; là bản ghi gốc';
grant select, insert on feedback.event to motcua_app;

-- The present of each petition, derived from its log in the same transaction.
create table feedback.petition (
  agency_id int not null,
  petition_id uuid not null,
  code text collate "C" not null,
  version int not null,
  status text not null,
  channel text not null,
  reference text collate "C",
  kind text,
  referral text,
  restricted boolean not null,
  concerned int[] not null,
  unit_id int,
  officer_id int,
  registered_by int,
  dossier_code text collate "C",
  procedure_code text,
  phone_index bytea,
  received_at timestamptz not null,
  due_at timestamptz,
  due_what text,
  answered_at timestamptz,
  ended_at timestamptz,
  published_at timestamptz,
  -- Where it went, when it went to another agency of this system.
  next_agency_id int,
  next_petition_id uuid,
  constraint petition_pkey primary key (agency_id, petition_id),
  constraint petition_one_code unique (agency_id, code)
);
create index petition_due on feedback.petition (agency_id, due_at) where ended_at is null;
create index petition_received on feedback.petition (agency_id, received_at);
create index petition_dossier on feedback.petition (agency_id, dossier_code) where dossier_code is not null;
create index petition_phone on feedback.petition (agency_id, phone_index) where phone_index is not null;
comment on table feedback.petition is 'Hiện trạng phản ánh, kiến nghị, suy ra từ nhật ký';
grant select, insert, update on feedback.petition to motcua_app;

-- What people wrote: the story, the sender, reasons, answers. Encrypted; an event names it by its id.
create table feedback.writing (
  agency_id int not null,
  writing_id uuid not null,
  petition_id uuid not null,
  kind text not null,
  sealed bytea,
  recorded_at timestamptz not null,
  erased_at timestamptz,
  constraint writing_pkey primary key (agency_id, writing_id)
);
create index writing_petition on feedback.writing (agency_id, petition_id);
comment on table feedback.writing is 'Nội dung viết trong phản ánh, kiến nghị (lời kể, người gửi, lý do, trả lời), được mã hóa';
grant select, insert, update on feedback.writing to motcua_app;

-- Photographs and papers; the content lies in the file store under its hash, without the place of the photograph.
create table feedback.file (
  agency_id int not null,
  file_id uuid not null,
  petition_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  name text not null,
  origin text not null check (origin in ('sender', 'officer', 'scan')),
  added_by int,
  added_at timestamptz not null,
  constraint file_pkey primary key (agency_id, file_id)
);
create index file_petition on feedback.file (agency_id, petition_id);
comment on table feedback.file is 'Ảnh và giấy tờ kèm phản ánh, kiến nghị';
grant select, insert on feedback.file to motcua_app;

-- Who looked at the sender, and why.
create table feedback.disclosure (
  agency_id int not null,
  disclosure_id uuid not null,
  petition_id uuid not null,
  officer_id int not null,
  reason text not null check (reason <> ''),
  disclosed_at timestamptz not null,
  constraint disclosure_pkey primary key (agency_id, disclosure_id)
);
comment on table feedback.disclosure is 'Nhật ký xem thông tin người gửi phản ánh, kiến nghị';
grant select, insert on feedback.disclosure to motcua_app;

-- What everybody may read: words with personal data removed, as an officer released them.
create table feedback.publication (
  agency_id int not null,
  petition_id uuid not null,
  code text not null,
  kind text not null,
  title text not null,
  story text not null,
  place text not null,
  answer text not null,
  sender text not null,
  received_on date not null,
  answered_on date not null,
  published_at timestamptz not null,
  -- Letters without accents, for search.
  search_text text not null,
  files uuid[] not null,
  released_by int,
  constraint publication_pkey primary key (agency_id, petition_id)
);
create index publication_latest on feedback.publication (published_at desc, petition_id);
comment on table feedback.publication is 'Phản ánh, kiến nghị đã công khai, không còn thông tin cá nhân';
grant select, insert, update, delete on feedback.publication to motcua_app;

-- What statistics count: one row each time something countable changed, never changed afterwards.
create table feedback.fact (
  agency_id int not null,
  petition_id uuid not null,
  version int not null,
  known_from timestamptz not null,
  code text not null,
  received_on date not null,
  channel text not null,
  status text not null,
  kind text,
  referral text,
  resolved_on date,
  resolved_in_time boolean,
  ended_on date,
  due_at timestamptz,
  published_on date,
  published_in_time boolean,
  transferred boolean not null,
  rating text,
  constraint fact_pkey primary key (agency_id, petition_id, version)
);
create index fact_received on feedback.fact (agency_id, received_on);
comment on table feedback.fact is 'Điều đã biết về từng phản ánh, kiến nghị theo thời gian, cho thống kê';
grant select, insert on feedback.fact to motcua_app;

-- How an agency takes petitions in; the newest row holds.
create table feedback.setting (
  agency_id int not null,
  number int not null check (number > 0),
  content jsonb not null,
  changed_by int,
  changed_at timestamptz not null,
  constraint setting_pkey primary key (agency_id, number)
);
comment on table feedback.setting is 'Địa chỉ tiếp nhận, thời hạn và cách công khai phản ánh, kiến nghị của cơ quan; giữ mọi lần thay đổi';
grant select, insert on feedback.setting to motcua_app;

-- Half-told stories of people who have not sent yet: of nobody's agency, encrypted, gone after a day.
create table feedback.draft (
  token_hash bytea not null,
  sealed bytea not null,
  source text not null,
  changed_at timestamptz not null,
  constraint draft_pkey primary key (token_hash)
);
create index draft_old on feedback.draft (changed_at);
create index draft_source on feedback.draft (source, changed_at);
comment on table feedback.draft is 'Phản ánh, kiến nghị đang viết dở, chưa gửi; tự xóa sau một ngày';
grant select, insert, update, delete on feedback.draft to motcua_app;

alter table feedback.counter enable row level security;
alter table feedback.event enable row level security;
alter table feedback.petition enable row level security;
alter table feedback.writing enable row level security;
alter table feedback.file enable row level security;
alter table feedback.disclosure enable row level security;
alter table feedback.publication enable row level security;
alter table feedback.fact enable row level security;
alter table feedback.setting enable row level security;
create policy own_agency on feedback.counter using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.event using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.petition using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.writing using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.file using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.disclosure using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.publication using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.fact using (array_position((select platform.scope_agencies()), agency_id) is not null);
create policy own_agency on feedback.setting using (array_position((select platform.scope_agencies()), agency_id) is not null);
