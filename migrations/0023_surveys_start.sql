-- Surveys of satisfaction. Nothing in a ballot leads to a person: see docs/decisions/0020.
create schema surveys;
grant usage on schema surveys to motcua_app;

create table surveys.questionnaire (
  agency_id int not null,
  questionnaire_id uuid not null,
  version int not null constraint questionnaire_version check (version > 0),
  title text not null,
  definition jsonb not null,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint questionnaire_pkey primary key (agency_id, questionnaire_id, version)
);
comment on table surveys.questionnaire is 'Phiếu hỏi khảo sát hài lòng: mỗi phiên bản một dòng, giữ vĩnh viễn';
grant select, insert on surveys.questionnaire to motcua_app;

create table surveys.campaign (
  agency_id int not null,
  campaign_id uuid not null,
  name text not null,
  kind text not null constraint campaign_kind check (kind in ('survey', 'rating', 'totals')),
  state text not null constraint campaign_state check (state in ('draft', 'running', 'closed')),
  first_day date not null,
  last_day date not null,
  -- Copied when it was made: a later version of the questionnaire changes nothing here.
  questionnaire_id uuid,
  questionnaire_version int,
  definition jsonb not null,
  agencies int[] not null,
  channels text[] not null,
  plan jsonb not null,
  -- Names the public page of an open link; null where there is none.
  link_key text,
  created_by int,
  created_at timestamptz not null default now(),
  revision int not null default 1,
  constraint campaign_pkey primary key (agency_id, campaign_id),
  constraint campaign_days check (first_day <= last_day),
  constraint campaign_agencies check (cardinality(agencies) > 0)
);
create unique index campaign_link on surveys.campaign (agency_id, link_key) where link_key is not null;
comment on table surveys.campaign is 'Đợt khảo sát: thời gian, phiếu hỏi, cơ quan, kênh, chọn mẫu, chỉ tiêu';
grant select, insert, update on surveys.campaign to motcua_app;

create table surveys.change (
  agency_id int not null,
  change_id bigint generated always as identity,
  campaign_id uuid,
  questionnaire_id uuid,
  what text not null,
  after jsonb,
  changed_by int,
  changed_at timestamptz not null default now(),
  constraint change_pkey primary key (agency_id, change_id)
);
comment on table surveys.change is 'Nhật ký thay đổi đợt khảo sát, phiếu hỏi; chỉ thêm, không sửa, không xóa';
grant select, insert on surveys.change to motcua_app;

-- Who was asked. It does not say who answered.
create table surveys.invitation (
  agency_id int not null,
  dossier_id uuid not null,
  campaign_agency_id int not null,
  campaign_id uuid not null,
  token_hash bytea not null,
  person_index bytea,
  unit_id int,
  field text not null,
  month text not null,
  invited_on date not null,
  expires_on date not null,
  constraint invitation_pkey primary key (agency_id, dossier_id),
  constraint invitation_token unique (agency_id, token_hash)
);
create index invitation_campaign on surveys.invitation (agency_id, campaign_id, field, unit_id, month);
create index invitation_person on surveys.invitation (agency_id, person_index, invited_on) where person_index is not null;
comment on table surveys.invitation is 'Lời mời khảo sát sau khi trả kết quả: ai được mời, không ghi ai đã trả lời và trả lời gì';
grant select, insert on surveys.invitation to motcua_app;

-- What was used up, under an index that only the keys outside of the database can compute; without a time.
create table surveys.spent (
  agency_id int not null,
  spent_index bytea not null,
  constraint spent_pkey primary key (agency_id, spent_index)
);
comment on table surveys.spent is 'Mã phiếu đã dùng: dấu vết một chiều, không có thời gian, không nối được với phiếu trả lời';
grant select, insert on surveys.spent to motcua_app;

-- Ballots wait here encrypted until enough lie together; then they come out shuffled, in one transaction.
create table surveys.urn (
  agency_id int not null,
  slot_id uuid not null,
  campaign_agency_id int not null,
  campaign_id uuid not null,
  sealed bytea not null,
  constraint urn_pkey primary key (agency_id, slot_id)
);
comment on table surveys.urn is 'Hòm phiếu: phiếu đã niêm phong chờ trộn, khóa nằm ngoài cơ sở dữ liệu';
grant select, insert, delete on surveys.urn to motcua_app;

create table surveys.ballot (
  agency_id int not null,
  ballot_id uuid not null,
  campaign_agency_id int not null,
  campaign_id uuid not null,
  unit_id int,
  field text,
  month text,
  answers jsonb not null,
  constraint ballot_pkey primary key (agency_id, ballot_id)
);
create index ballot_campaign on surveys.ballot (agency_id, campaign_id);
comment on table surveys.ballot is 'Phiếu trả lời đã trộn: chỉ có đơn vị, lĩnh vực, tháng và câu trả lời; không dẫn tới người, hồ sơ hay mã mời';
grant select, insert on surveys.ballot to motcua_app;

-- Facts about the person and free words lie apart, each for itself, so that they do not lead to the rest of the ballot.
create table surveys.loose_answer (
  agency_id int not null,
  answer_id uuid not null,
  campaign_agency_id int not null,
  campaign_id uuid not null,
  question text not null,
  choice text,
  words text,
  constraint loose_answer_pkey primary key (agency_id, answer_id)
);
create index loose_answer_campaign on surveys.loose_answer (agency_id, campaign_id, question);
comment on table surveys.loose_answer is 'Câu trả lời tách rời phiếu: nhân khẩu và ý kiến tự do (đã che dữ liệu cá nhân), mỗi câu một dòng';
grant select, insert on surveys.loose_answer to motcua_app;

-- How many came in by which way on which day; nothing of what they say.
create table surveys.tally (
  agency_id int not null,
  campaign_agency_id int not null,
  campaign_id uuid not null,
  channel text not null,
  day date not null,
  count int not null,
  constraint tally_pkey primary key (agency_id, campaign_id, channel, day)
);
comment on table surveys.tally is 'Số phiếu nhận được theo kênh và ngày';
grant select, insert, update on surveys.tally to motcua_app;

create table surveys.paper (
  agency_id int not null,
  campaign_id uuid not null,
  number int not null constraint paper_number check (number between 1 and 99999),
  campaign_agency_id int not null,
  unit_id int,
  field text,
  month text not null,
  first_answers jsonb not null,
  first_by int not null,
  second_answers jsonb,
  second_by int,
  settled_answers jsonb,
  settled_by int,
  state text not null constraint paper_state check (state in ('once', 'differs', 'settled')),
  constraint paper_pkey primary key (agency_id, campaign_id, number),
  constraint paper_two_people check (second_by <> first_by)
);
comment on table surveys.paper is 'Phiếu giấy nhập hai lần bởi hai người, đối chiếu rồi mới tính';
grant select, insert, update, delete on surveys.paper to motcua_app;

create table surveys.kiosk (
  agency_id int not null,
  kiosk_id uuid not null,
  campaign_agency_id int not null,
  campaign_id uuid not null,
  name text not null,
  unit_id int,
  key_hash bytea not null,
  opened_by int,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  constraint kiosk_pkey primary key (agency_id, kiosk_id)
);
create unique index kiosk_key on surveys.kiosk (agency_id, key_hash);
comment on table surveys.kiosk is 'Máy đánh giá tại quầy và khóa của máy';
grant select, insert, update on surveys.kiosk to motcua_app;

-- Published sums of surveys whose ballots are not with us.
create table surveys.totals (
  agency_id int not null,
  campaign_id uuid not null,
  ballots int not null constraint totals_ballots check (ballots > 0),
  counts jsonb not null,
  source text not null,
  entered_by int,
  entered_at timestamptz not null default now(),
  constraint totals_pkey primary key (agency_id, campaign_id)
);
comment on table surveys.totals is 'Số tổng hợp của đợt khảo sát cũ, nhập theo báo cáo đã công bố, không có từng phiếu';
grant select, insert, update on surveys.totals to motcua_app;

do $$
declare name text;
begin
  foreach name in array array['questionnaire', 'change', 'spent', 'paper', 'totals'] loop
    execute format('alter table surveys.%I enable row level security', name);
    execute format(
      'create policy own_agency on surveys.%I to motcua_app
         using (array_position((select platform.scope_agencies()), agency_id) is not null)
         with check (array_position((select platform.scope_agencies()), agency_id) is not null)', name);
  end loop;
  -- A supervisor's campaign runs in other agencies: its owner reads what came in for it.
  foreach name in array array['invitation', 'urn', 'ballot', 'loose_answer', 'tally', 'kiosk'] loop
    execute format('alter table surveys.%I enable row level security', name);
    execute format(
      'create policy own_or_asking_agency on surveys.%I to motcua_app
         using (array_position((select platform.scope_agencies()), agency_id) is not null
           or array_position((select platform.scope_agencies()), campaign_agency_id) is not null)
         with check (array_position((select platform.scope_agencies()), agency_id) is not null)', name);
  end loop;
  alter table surveys.campaign enable row level security;
  create policy own_or_asked_agency on surveys.campaign to motcua_app
    using (array_position((select platform.scope_agencies()), agency_id) is not null
      or agencies && (select platform.scope_agencies()))
    with check (array_position((select platform.scope_agencies()), agency_id) is not null);
end $$;
