-- Fees that change after they were paid: what is too much goes back, as long as it is too much.
alter table portal.payment_refund add column of_excess boolean not null default false;
comment on column portal.payment_refund.of_excess is 'Hoàn phần đã nộp nhiều hơn mức phí hiện nay; chỉ chi khi vẫn còn thừa';

create index dossier_overpaid on dossiers.dossier (agency_id) where fee_paid > fee_due;
