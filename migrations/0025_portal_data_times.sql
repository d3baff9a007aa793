-- Times of requests about personal data as the installation set them; without a row those that come with the program hold.

create table portal.data_time_rule (
  valid_from date not null,
  body jsonb not null,
  basis text not null,
  changed_at timestamptz not null,
  changed_by int not null,
  constraint data_time_rule_key primary key (valid_from),
  constraint data_time_rule_changed_by foreign key (changed_by) references identity.account (account_id)
);
comment on table portal.data_time_rule is 'Thời hạn trả lời, thực hiện yêu cầu về dữ liệu cá nhân do quản trị viên đặt, theo ngày bắt đầu áp dụng và căn cứ';
grant select, insert, update on portal.data_time_rule to motcua_app;
