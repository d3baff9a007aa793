-- Reports: their text, the outlines agencies keep, and the papers of each day and week.

create table statistics.report_text (
  agency_id int not null,
  report_id uuid not null,
  template text not null constraint report_text_template check (template in ('periodic', 'thematic')),
  -- Goes up with every saving; who saves names the one that was read.
  version int not null check (version > 0),
  body jsonb not null,
  sign_off jsonb not null,
  -- The numbers as the lock of the report found them; from then on nothing changes.
  frozen jsonb,
  -- Null where nobody wrote: the draft as the lock of the report kept it.
  updated_by int,
  updated_at timestamptz not null,
  constraint report_text_pkey primary key (agency_id, report_id, template),
  constraint report_text_report foreign key (agency_id, report_id) references statistics.report (agency_id, report_id)
);
comment on table statistics.report_text is 'Lời văn của báo cáo: đề cương, đoạn văn có số liệu sống, phần ký; đóng băng khi báo cáo chốt';
alter table statistics.report_text enable row level security;
create policy own_agency on statistics.report_text using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on statistics.report_text to motcua_app;

create function statistics.keep_frozen() returns trigger language plpgsql as $$ begin
  if old.frozen is not null then raise exception 'the text of a locked report does not change'; end if;
  return new;
end $$;
create trigger report_text_keep_frozen before update on statistics.report_text
  for each row execute function statistics.keep_frozen();

create table statistics.report_outline (
  agency_id int not null,
  template text not null constraint report_outline_template check (template in ('periodic', 'thematic')),
  body jsonb not null,
  sign_off jsonb not null,
  updated_by int not null,
  updated_at timestamptz not null,
  constraint report_outline_pkey primary key (agency_id, template)
);
comment on table statistics.report_outline is 'Đề cương báo cáo riêng của cơ quan và phần ký thường dùng, để lập báo cáo kỳ sau';
alter table statistics.report_outline enable row level security;
create policy own_agency on statistics.report_outline using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert, update on statistics.report_outline to motcua_app;

create table statistics.routine_paper (
  agency_id int not null,
  kind text not null constraint routine_paper_kind check (kind in ('daily', 'weekly')),
  day date not null,
  known_at timestamptz not null,
  paper jsonb not null,
  made_at timestamptz not null,
  constraint routine_paper_pkey primary key (agency_id, kind, day)
);
comment on table statistics.routine_paper is 'Báo cáo ngày lúc 16 giờ và báo cáo tiến độ tuần, giữ nguyên như khi lập';
alter table statistics.routine_paper enable row level security;
create policy own_agency on statistics.routine_paper using (array_position((select platform.scope_agencies()), agency_id) is not null)
  with check (array_position((select platform.scope_agencies()), agency_id) is not null);
grant select, insert on statistics.routine_paper to motcua_app;
