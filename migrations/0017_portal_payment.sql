-- Fees: what is to be paid and how, what banks and gateways told, cash, receipts, refunds, the books of a day.

-- The account that receives; every change is a new version, and an order keeps the one it was made with.
create table portal.payment_account (
  agency_id int not null,
  version int not null check (version > 0),
  bank_bin text not null,
  account_number text not null,
  account_name text not null,
  receipt_symbol text not null,
  order_days int not null check (order_days between 1 and 365),
  set_by int not null,
  set_at timestamptz not null,
  constraint payment_account_pkey primary key (agency_id, version)
);
comment on table portal.payment_account is 'Tài khoản thu phí, lệ phí của cơ quan: mỗi lần đổi là một phiên bản mới';
grant select, insert on portal.payment_account to motcua_app;

-- Who may send notices, and by which key they are believed.
create table portal.payment_provider (
  agency_id int not null,
  provider text not null check (provider ~ '^[a-z][a-z0-9-]{1,30}$'),
  kind text not null check (kind in ('bank', 'gateway')),
  name text not null,
  method text not null check (method in ('hmac-sha256', 'rsa-sha256')),
  secret bytea,
  public_key text,
  base_url text,
  window_seconds int not null check (window_seconds between 30 and 86400),
  enabled boolean not null,
  changed_by int not null,
  changed_at timestamptz not null,
  constraint payment_provider_pkey primary key (agency_id, provider),
  constraint payment_provider_key check (case method when 'hmac-sha256' then secret is not null else public_key is not null end)
);
comment on table portal.payment_provider is 'Ngân hàng, cổng thanh toán được gửi báo có và khóa xác thực (khóa bí mật được mã hóa)';
grant select, insert, update on portal.payment_provider to motcua_app;

create table portal.payment_order (
  agency_id int not null,
  order_id uuid not null,
  dossier_id uuid not null,
  reference text not null,
  amount bigint not null check (amount > 0),
  account_version int not null,
  created_at timestamptz not null,
  created_by int,
  expires_at timestamptz not null,
  closed_at timestamptz,
  closed_why text check (closed_why in ('paid', 'replaced', 'expired', 'nothing-owed')),
  gateway text,
  gateway_payment text,
  gateway_asked_at timestamptz,
  constraint payment_order_pkey primary key (agency_id, order_id),
  constraint payment_order_one_reference unique (agency_id, reference),
  constraint payment_order_closed check ((closed_at is null) = (closed_why is null))
);
create unique index payment_order_one_open on portal.payment_order (agency_id, dossier_id) where closed_at is null;
create index payment_order_made on portal.payment_order (agency_id, created_at);
create index payment_order_dossier on portal.payment_order (agency_id, dossier_id);
comment on table portal.payment_order is 'Lệnh thanh toán của một hồ sơ: số tiền, mã tham chiếu, thời hạn';
grant select, insert, update on portal.payment_order to motcua_app;

-- What was sent to us, whole and encrypted, before anybody works on it.
create table portal.payment_delivery (
  agency_id int not null,
  delivery_id uuid not null,
  provider text not null,
  source text not null check (source in ('webhook', 'statement', 'query')),
  body bytea not null,
  received_at timestamptz not null,
  file_name text,
  received_by int,
  worked_at timestamptz,
  outcome text check (outcome in ('worked', 'unreadable')),
  transactions int not null default 0,
  known int not null default 0,
  conflicts int not null default 0,
  constraint payment_delivery_pkey primary key (agency_id, delivery_id),
  constraint payment_delivery_worked check ((worked_at is null) = (outcome is null))
);
create index payment_delivery_waiting on portal.payment_delivery (agency_id, received_at) where worked_at is null;
create index payment_delivery_received on portal.payment_delivery (agency_id, received_at);
comment on table portal.payment_delivery is 'Bản tin ngân hàng, cổng thanh toán gửi đến và sao kê được nạp: giữ nguyên văn (mã hóa) trước khi xử lý';
grant select, insert, update on portal.payment_delivery to motcua_app;

-- One movement on an account, once, however often and by whichever way it was told.
create table portal.payment_notice (
  agency_id int not null,
  notice_id uuid not null,
  -- Whose numbers the transaction ids are: an account, or a gateway.
  books text not null,
  transaction_id text not null,
  kind text not null check (kind in ('credit', 'reversal')),
  reverses text,
  amount bigint not null check (amount > 0),
  paid_at timestamptz not null,
  method text not null check (method in ('transfer', 'online')),
  provider text not null,
  reference text,
  content bytea not null,
  first_seen_at timestamptz not null,
  by_webhook_at timestamptz,
  by_statement_at timestamptz,
  by_query_at timestamptz,
  times int not null default 1,
  conflict boolean not null default false,
  order_id uuid,
  dossier_id uuid,
  state text not null check (state in ('matched', 'suspense', 'reversed', 'reversal')),
  why text,
  accepted bigint not null default 0,
  refunded bigint not null default 0,
  stuck text,
  matched_by int,
  matched_at timestamptz,
  match_reason text,
  settled_at timestamptz,
  constraint payment_notice_pkey primary key (agency_id, notice_id),
  constraint payment_notice_once unique (agency_id, books, kind, transaction_id),
  constraint payment_notice_parts check (accepted >= 0 and refunded >= 0 and accepted + refunded <= amount)
);
create index payment_notice_day on portal.payment_notice (agency_id, paid_at);
create index payment_notice_dossier on portal.payment_notice (agency_id, dossier_id) where dossier_id is not null;
create index payment_notice_reference on portal.payment_notice (agency_id, reference) where reference is not null;
create index payment_notice_reversed on portal.payment_notice (agency_id, books, reverses) where reverses is not null;
create index payment_notice_unsettled on portal.payment_notice (agency_id, dossier_id) where settled_at is null and dossier_id is not null;
create index payment_notice_suspense on portal.payment_notice (agency_id, paid_at) where state = 'suspense';
comment on table portal.payment_notice is 'Giao dịch báo có, thu hồi trên tài khoản: mỗi giao dịch một dòng dù được báo nhiều lần; nội dung chuyển khoản được mã hóa';
grant select, insert, update on portal.payment_notice to motcua_app;

-- What we write into the log of a dossier; the id is the command's, so that a crash between repeats and never doubles.
create table portal.payment_booking (
  agency_id int not null,
  booking_id uuid not null,
  dossier_id uuid not null,
  kind text not null check (kind in ('collect', 'reverse', 'refund')),
  method text not null check (method in ('cash', 'transfer', 'online')),
  amount bigint not null check (amount > 0),
  notice_id uuid,
  refund_id uuid,
  officer_id int,
  state text not null check (state in ('intended', 'done', 'refused')),
  refusal text,
  intended_at timestamptz not null,
  done_at timestamptz,
  hand_over_id uuid,
  constraint payment_booking_pkey primary key (agency_id, booking_id)
);
create unique index payment_booking_one_at_once on portal.payment_booking (agency_id, dossier_id) where state = 'intended';
create index payment_booking_dossier on portal.payment_booking (agency_id, dossier_id);
create index payment_booking_done on portal.payment_booking (agency_id, done_at);
create index payment_booking_to_hand_over on portal.payment_booking (agency_id, done_at) where state = 'done' and kind = 'collect' and hand_over_id is null;
comment on table portal.payment_booking is 'Bút toán thu, thu hồi, hoàn ghi vào nhật ký hồ sơ: định ghi trước, ghi một lần';
grant select, insert, update on portal.payment_booking to motcua_app;

create table portal.payment_series (
  agency_id int not null,
  year int not null,
  last int not null check (last >= 0),
  constraint payment_series_pkey primary key (agency_id, year)
);
comment on table portal.payment_series is 'Số biên lai cuối cùng đã cấp theo cơ quan và năm';
grant select, insert, update on portal.payment_series to motcua_app;

create table portal.payment_receipt (
  agency_id int not null,
  year int not null,
  number int not null check (number > 0),
  symbol text not null,
  booking_id uuid not null,
  dossier_id uuid not null,
  amount bigint not null check (amount > 0),
  method text not null check (method in ('cash', 'transfer', 'online')),
  issued_at timestamptz not null,
  issued_by int,
  -- What is printed, as it stood: names and lines, encrypted.
  content bytea not null,
  printed int not null default 0,
  voided_at timestamptz,
  voided_by int,
  void_reason text,
  constraint payment_receipt_pkey primary key (agency_id, year, number),
  constraint payment_receipt_one unique (agency_id, booking_id),
  constraint payment_receipt_voided check ((voided_at is null) = (void_reason is null))
);
create index payment_receipt_dossier on portal.payment_receipt (agency_id, dossier_id);
create index payment_receipt_day on portal.payment_receipt (agency_id, issued_at);
comment on table portal.payment_receipt is 'Biên lai thu phí, lệ phí: số liên tục theo cơ quan và năm, hủy có lý do';
grant select, insert, update on portal.payment_receipt to motcua_app;

create table portal.payment_refund (
  agency_id int not null,
  refund_id uuid not null,
  dossier_id uuid,
  notice_id uuid,
  kind text not null check (kind in ('collected', 'surplus')),
  way text not null check (way in ('cash', 'transfer', 'gateway')),
  amount bigint not null check (amount > 0),
  reason text not null,
  asked_by int not null,
  asked_at timestamptz not null,
  decided_by int,
  decided_at timestamptz,
  decision_note text,
  state text not null check (state in ('asked', 'approved', 'rejected', 'paying', 'paid', 'failed')),
  paid_by int,
  paid_at timestamptz,
  voucher text,
  failure text,
  constraint payment_refund_pkey primary key (agency_id, refund_id),
  constraint payment_refund_four_eyes check (decided_by is null or decided_by <> asked_by),
  constraint payment_refund_of check (case kind when 'collected' then dossier_id is not null else notice_id is not null end)
);
create index payment_refund_state on portal.payment_refund (agency_id, state, asked_at);
create index payment_refund_dossier on portal.payment_refund (agency_id, dossier_id) where dossier_id is not null;
create index payment_refund_notice on portal.payment_refund (agency_id, notice_id) where notice_id is not null;
comment on table portal.payment_refund is 'Hoàn trả phí, lệ phí và tiền nộp thừa: người đề nghị, người duyệt, người chi';
grant select, insert, update on portal.payment_refund to motcua_app;

create table portal.payment_hand_over (
  agency_id int not null,
  hand_over_id uuid not null,
  voucher text not null,
  amount bigint not null check (amount > 0),
  bookings int not null check (bookings > 0),
  handed_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by int not null,
  constraint payment_hand_over_pkey primary key (agency_id, hand_over_id),
  constraint payment_hand_over_voucher unique (agency_id, voucher)
);
comment on table portal.payment_hand_over is 'Nộp phí, lệ phí vào ngân sách: chứng từ, số tiền, thời điểm (NĐ 118/2025/NĐ-CP, Điều 24)';
grant select, insert on portal.payment_hand_over to motcua_app;

create table portal.payment_day (
  agency_id int not null,
  day date not null,
  version int not null check (version > 0),
  figures jsonb not null,
  explanation text not null,
  signed_by int not null,
  signed_at timestamptz not null,
  constraint payment_day_pkey primary key (agency_id, day, version)
);
comment on table portal.payment_day is 'Xác nhận đối soát của một ngày: số liệu khi ký, giải trình chênh lệch, người ký';
grant select, insert on portal.payment_day to motcua_app;

do $$
declare
  name text;
begin
  foreach name in array array['account', 'provider', 'order', 'delivery', 'notice', 'booking', 'series', 'receipt', 'refund', 'hand_over', 'day'] loop
    execute format('alter table portal.payment_%s enable row level security', name);
    execute format(
      'create policy own_agency on portal.payment_%s to motcua_app
         using (array_position((select platform.scope_agencies()), agency_id) is not null)
         with check (array_position((select platform.scope_agencies()), agency_id) is not null)', name);
  end loop;
end $$;

-- The fees that the log tells of, day by day.
create index event_fees on dossiers.event (agency_id, occurred_at)
  where type in ('feeCollected', 'feeRefunded', 'feeReversed', 'feeWaived', 'paymentRequired');
